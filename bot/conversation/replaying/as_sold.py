"""What a complaint may be called by what was sold and where it stands; pure.

坏了 is food gone off or a fault, 没发 a piece or the whole order, 不动了 a fault or a halt.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import DELAYS, STATES_OF_GOODS, WAITS
from bot.conversation.shapes.state import KnownOrder, State
from bot.conversation.words.matters.told_apart import (
    asks_whether_sent,
    fault_of,
    goes_off,
    is_lacking,
    is_stuck,
    never_came,
    not_credited,
    not_got_yet,
    only_not_sent,
    only_stuck,
)
from bot.conversation.words.matters.traced import fears_lost
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.things.way_back import awaits_money
from bot.conversation.words.wishes.demands import only_wants_money
from bot.order_record import ARRIVED
from nlp.labels import NONE

EATEN = frozenset({"food", "fresh"})


def read_as_sold(state: State, order_no: str) -> State:
    """Return the state with matters read as what befalls what was ordered, as it stands."""
    known = state.orders.get(order_no)
    for matter in state.matters:
        if matter.order_no == order_no and matter.stage == "gathering":
            issues = _read_again(known, matter.issues, matter.told, matter.sku)
            if matter.guessed:
                issues = _not_come(known, issues, matter.told)
            issues = _money_called_for(known, issues, matter.told) or issues
            state = state.with_matter(replace(matter, issue=issues[0], issues=issues))
    return state


def heard_as_sold(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 坏了一个 of an order without food as a fault from the start, and the like."""
    heard = spoke.heard
    if not heard.issues and heard.guess is None:
        return spoke
    named, current = heard.order_nos[-1:], state.current
    about = current if current and (not named or named[0] == current.order_no) else None
    order_no = named[0] if named else (about and about.order_no) or state.order_no
    known, sku = state.orders.get(order_no or ""), about.sku if about else None
    guesses = (heard.guess, *heard.other_guesses) if heard.guess else ()
    waited_as = about.issue if about and about.issue in DELAYS else "no_tracking"
    guesses = _read_again(known, guesses, spoke.plain, sku, waited_as)
    issues = _read_again(known, heard.issues, spoke.plain, sku, waited_as)
    return spoke.heard_as(
        issues=issues if heard.confident else _not_come(known, issues, spoke.plain),
        guess=guesses[0] if guesses else None,
        other_guesses=guesses[1:],
    )


def _read_again(
    known: KnownOrder | None,
    issues: tuple[str, ...],
    told: str,
    sku: str | None,
    waited_as: str = "no_tracking",
) -> tuple[str, ...]:
    """Return the issues with those by another name that the order rules out.

    A parcel feared lost on its way is waited for, as it is `waited_as` already.
    Only of an order shown to be the customer's: nobody else is told what it is.
    """
    if known is None or not known.shown:
        return issues
    if "spoiled" in issues and _sells_no_food(known.shown, told, sku):
        issues = _renamed(issues, {"spoiled"}, fault_of(told))
    if "missing_item" in issues and _lacks_all(known.shown, told):
        issues = _renamed(issues, {"missing_item"}, "not_received")
    if _lacks_article(known.shown, told):
        issues = _renamed(issues, WAITS, "missing_item")
    if "refund_delay" in issues and not_credited(told) and _owes_virtual(known):
        issues = _renamed(issues, {"refund_delay"}, "system")
    if _has_not_left(known.shown):
        return _not_sent(issues, told)
    return _under_way(issues, told, waited_as) if _is_on_its_way(known.shown) else issues


def _not_sent(issues: tuple[str, ...], told: str) -> tuple[str, ...]:
    """Return the issues of an order of which nothing has left."""
    if only_not_sent(told):
        issues = _renamed(issues, {"missing_item"}, "not_shipped")
    if asks_whether_sent(told) or only_stuck(told):
        issues = _renamed(issues, STATES_OF_GOODS, "not_shipped")
    return issues


def _under_way(issues: tuple[str, ...], told: str, waited_as: str) -> tuple[str, ...]:
    """Return the issues of an order of which nothing has come."""
    if fears_lost(told):
        issues = _renamed(issues, {"not_received"}, waited_as)
    if is_stuck(told):
        issues = _renamed(issues, STATES_OF_GOODS, "slow")
    if only_stuck(told):
        issues = _renamed(issues, STATES_OF_GOODS | {"not_shipped"}, "slow")
    return issues


def _not_come(known: KnownOrder | None, issues: tuple[str, ...], told: str) -> tuple[str, ...]:
    """Read an unsure 皮带还没收到 of an order that is signed for as a parcel that never came.

    One of several articles may still be to come, or lack in what came: that is no such parcel.
    """
    if issues != ("slow",) or known is None or not known.shown:
        return issues
    lines = known.lines
    alone = len(lines) == 1 or not named_among(told, [str(line["title"]) for line in lines])
    arrived = known.shown.get("status") in ARRIVED
    return ("not_received",) if alone and arrived and not_got_yet(told) else issues


def _money_called_for(
    known: KnownOrder | None, issues: tuple[str, ...], told: str
) -> tuple[str, ...] | None:
    """Return what 退钱给我 is of: a mere wish, or money of the order's that is to come.

    None where more is told.
    """
    called = set(issues) <= {"refund_delay", NONE} and only_wants_money(told)
    if not called or known is None or not known.owned:
        return None
    return ("refund_delay",) if awaits_money(known.record or {}) else (NONE,)


def _renamed(issues: tuple[str, ...], read: AbstractSet[str], meant: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant if issue in read else issue for issue in issues))


def _lacks_all(record: Mapping[str, Any], told: str) -> bool:
    """Tell whether the only piece of the order is said not to have come, so that nothing did."""
    lines = record.get("lines", ())
    alone = len(lines) == 1 and lines[0].get("quantity") == 1
    return alone and never_came(told, str(lines[0]["title"]))


def _lacks_article(record: Mapping[str, Any], told: str) -> bool:
    """Tell whether one of several articles is said not to have come, though every parcel has."""
    parcels, lines = record.get("shipments", ()), record.get("lines", ())
    if record.get("status") not in ARRIVED or not parcels or not is_lacking(told):
        return False
    if not all(parcel.get("delivered_at") for parcel in parcels):
        return False
    named = named_among(told, [str(line["title"]) for line in lines])
    return 0 < len(named) < len(lines)


def _has_not_left(record: Mapping[str, Any]) -> bool:
    """Tell whether nothing of the order has left, so that no piece can be lacking."""
    parcels = record.get("shipments", ())
    return record.get("status") == "paid" and not any(s.get("shipped_at") for s in parcels)


def _owes_virtual(known: KnownOrder) -> bool:
    """Tell whether only virtual goods were bought, and no money of theirs is on its way back."""
    record = known.record or {}
    virtual = all(line["category"] == "virtual" for line in record["lines"])
    refunded = any(payment["status"] == "refunded" for payment in record.get("payments", ()))
    given_back = refunded or record.get("returns") or record.get("status") == "cancelled"
    return virtual and not (given_back or known.granted_fen)


def _is_on_its_way(record: Mapping[str, Any]) -> bool:
    """Tell whether all of the order is under way, so that nobody can have found a fault."""
    parcels = record.get("shipments", ())
    return record.get("status") == "shipped" and not any(s.get("delivered_at") for s in parcels)


def _sells_no_food(record: Mapping[str, Any], told: str, sku: str | None) -> bool:
    """Tell whether what is complained of cannot be food."""
    if goes_off(told):
        return False
    return not EATEN & {str(line["category"]) for line in _meant(record, told, sku)}


def _meant(record: Mapping[str, Any], told: str, sku: str | None) -> list[Mapping[str, Any]]:
    """Return the lines that are complained of, all of them where none is named."""
    lines = list(record["lines"])
    if picked := [line for line in lines if line["sku"] == sku]:
        return picked
    named = named_among(told, [str(line["title"]) for line in lines])
    return [lines[at] for at in named] or lines
