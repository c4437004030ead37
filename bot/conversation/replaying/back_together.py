"""How many articles of an order a return is about, where more or fewer are told of now; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, Matter
from bot.conversation.words.matters.mistaken import EXCHANGED_FOR
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.wishes.all_back import (
    adds_to_return,
    all_go_back,
    leaves_out,
    only_one_back,
)

_RETURNS = frozenset({"want_return", "want_refund"})


def with_articles_told(
    matter: Matter,
    spoke: CustomerSpoke,
    own: str | None,
    lines: Sequence[Mapping[str, Any]],
    wish: str | None,
) -> Matter | None:
    """Return the return as it is about the articles told of now; None where those are the same.

    What is meant of several articles, and is not all of the order, is for a person: its pieces
    are then counted across articles. The whole order is reckoned in one sum.
    """
    bought = {str(line["sku"]): int(line["quantity"]) for line in lines if line["paid_fen"]}
    known = {own} if own in bought else set(bought) if matter.whole_order else set()
    if len(bought) < 2 or not known:
        return None
    titles = [str(line["title"]) for line in lines]
    told = {str(lines[at]["sku"]) for at in named_among(spoke.plain, titles)} & set(bought)
    added = wish in _RETURNS and adds_to_return(spoke.plain, titles)
    meant = _meant(spoke.plain, known, told, bought, added)
    if meant == known or not meant:
        return None
    anew = replace(matter, stage="gathering", picked=None, offer=(), verdict=None)
    if len(meant) == 1:
        return replace(anew, sku=meant.pop(), whole_order=False, quantity=None)
    counted = {own: matter.quantity} if own and matter.quantity else {}
    if spoke.heard.quantity and len(told - known) == 1:
        counted[(told - known).pop()] = spoke.heard.quantity
    pieces = sum(counted.get(sku) or bought[sku] for sku in meant)
    some = pieces if pieces < sum(bought.values()) else None
    return replace(anew, sku=None, whole_order=True, quantity=some)


def may_take_articles(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether it is a return at the customer's wish, still talked of, and of nothing else."""
    heard = spoke.heard
    other_order = bool(heard.order_nos) and heard.order_nos[-1] != matter.order_no
    else_told = set(heard.issues) - {"refused"} or heard.signs or spoke.choices or other_order
    goes_back = matter.issue == "none" and matter.intent in _RETURNS and matter.stage in TALKING
    return goes_back and not else_told and not EXCHANGED_FOR.search(spoke.plain)


def _meant(
    text: str, known: set[str], told: set[str], bought: Mapping[str, int], added: bool
) -> set[str]:
    """Return which articles go back after what is said now, by their numbers."""
    if told and leaves_out(text):
        return known - told if len(known) > 1 else known
    if len(told) == 1 and only_one_back(text):
        return told
    if not told and all_go_back(text, sum(bought.values())):
        return set(bought)
    return known | told if added else known
