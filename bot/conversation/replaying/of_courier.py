"""What is said of the courier, beside a parcel and by itself: a complaint, and no wish; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import State
from bot.conversation.words.things import courier
from bot.conversation.words.wishes.second_thoughts import AWAITS_PARCEL
from nlp.labels import TYPE_OF, WANT_HUMAN

COURIER = ("courier",)
_OFFERED = frozenset({"offered", "confirming"})
_OF_GOODS = frozenset({"quality", "order_info", "amount"})


def of_courier(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 换个快递员送, 谁给我拒收了, 没人给我打电话 as complaints of the courier.

    None of them wishes for goods, or calls a person; what the rules hear besides goes before.
    """
    heard, text = spoke.heard, spoke.plain
    if heard.signs or spoke.choices:
        return spoke
    if courier.wants_notice_again(text) or courier.wants_apology(text):
        spoke = replace(spoke, heard=replace(heard, demand=None, meanings=()))
    if _complains(state, spoke):
        heard = replace(
            spoke.heard, issues=COURIER, confident=True, intent="complain", demand=None,
            guess=None, other_guesses=(), meanings=(),
        )  # fmt: skip
        return replace(spoke, heard=heard)
    return _of_nobody(state, spoke)


def _complains(state: State, spoke: CustomerSpoke) -> bool:
    heard, text = spoke.heard, spoke.plain
    if heard.confident and any(TYPE_OF[issue] in _OF_GOODS for issue in heard.issues):
        return False
    beside = _is_beside_parcel(state)
    if courier.asks_of_courier(text, of_parcel=beside or "courier" in heard.issues):
        return True
    if courier.denies_refusal(text):
        return True
    said = courier.wants_notice_again(text) or courier.lacks_notice(text)
    return beside and (said or courier.nobody_came(text))


def _of_nobody(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 怎么没人 beside an offer as impatience: the bot is there, and nobody is called for."""
    heard, matter = spoke.heard, state.current
    if (
        matter is None
        or matter.stage not in _OFFERED
        or not courier.only_finds_nobody(spoke.plain)
    ):
        return spoke
    intent = "other" if heard.intent == WANT_HUMAN else heard.intent
    heard = replace(heard, issues=(), guess=None, other_guesses=(), intent=intent, meanings=())
    return replace(spoke, heard=heard)


def _is_beside_parcel(state: State) -> bool:
    """Tell whether an offer for a parcel that is awaited, or was brought badly, stands."""
    matter = state.current
    return matter is not None and matter.stage in _OFFERED and matter.issue in AWAITS_PARCEL
