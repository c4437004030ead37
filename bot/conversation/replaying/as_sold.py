"""坏了 is read as food gone off or as a fault: what was sold decides; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import KnownOrder, Matter, State
from bot.conversation.words.articles import named_among
from bot.conversation.words.told_apart import fault_of, goes_off

EATEN = frozenset({"food", "fresh"})


def read_as_sold(state: State, order_no: str) -> State:
    """Return the state with matters of food gone off as faults where no food was sold."""
    known = state.orders.get(order_no)
    for matter in state.matters:
        about = matter.order_no == order_no and matter.stage == "gathering"
        if about and "spoiled" in matter.issues and _sells_no_food(known, matter.told, matter.sku):
            state = state.with_matter(_as_fault(matter))
    return state


def heard_as_sold(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 坏了一个 of an order without food as a fault from the start."""
    heard = spoke.heard
    if "spoiled" not in (*heard.issues, heard.guess, *heard.other_guesses):
        return spoke
    named, current = heard.order_nos[-1:], state.current
    about = current if current and (not named or named[0] == current.order_no) else None
    order_no = named[0] if named else (about and about.order_no) or state.order_no
    known, sku = state.orders.get(order_no or ""), about.sku if about else None
    if not _sells_no_food(known, spoke.plain, sku):
        return spoke
    fault = fault_of(spoke.plain)
    guesses = _with_fault((heard.guess, *heard.other_guesses), fault) if heard.guess else ()
    heard = replace(
        heard,
        issues=_with_fault(heard.issues, fault),
        guess=guesses[0] if guesses else None,
        other_guesses=guesses[1:],
    )
    return replace(spoke, heard=heard)


def _as_fault(matter: Matter) -> Matter:
    fault = fault_of(matter.told)
    issues = _with_fault(matter.issues, fault)
    return replace(matter, issue=issues[0], issues=issues)


def _with_fault(issues: tuple[str | None, ...], fault: str) -> tuple[str, ...]:
    named = (fault if issue == "spoiled" else issue for issue in issues)
    return tuple(dict.fromkeys(issue for issue in named if issue is not None))


def _sells_no_food(known: KnownOrder | None, told: str, sku: str | None) -> bool:
    """Tell whether what is complained of cannot be food; only of an order shown to be theirs."""
    if known is None or not known.owned or known.record is None or goes_off(told):
        return False
    return not EATEN & {str(line["category"]) for line in _meant(known.record, told, sku)}


def _meant(record: Mapping[str, Any], told: str, sku: str | None) -> list[Mapping[str, Any]]:
    """Return the lines that are complained of, all of them where none is named."""
    lines = list(record["lines"])
    if picked := [line for line in lines if line["sku"] == sku]:
        return picked
    named = named_among(told, [str(line["title"]) for line in lines])
    return [lines[at] for at in named] or lines
