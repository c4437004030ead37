"""What is said of a return that is on record: of its parcel, and to take it back; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import OFFERED, TALKING, Matter, State
from bot.conversation.words.things.way_back import (
    brings_number,
    return_under_way,
    tells_it_came,
)
from bot.conversation.words.wishes.demands import bare_wish
from bot.conversation.words.wishes.exclusions import besides_freight, is_of_way_back
from bot.conversation.words.wishes.second_thoughts import is_under_way
from bot.conversation.words.wishes.undone import returns_no_longer, wants_return_undone
from nlp.labels import TYPE_OF

# What 运费凭啥我出 是你们不给退 is taken for where a return with its freight is on offer.
_OF_FREIGHT = frozenset({"fee", "overcharge", "refused", "refund_delay"})
# What the parcel on its way back may be complained of as well.
_OF_PARCEL = frozenset({"not_received", "no_tracking", "slow"})


def of_way_back(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 快递显示前天签收的, and a carrier's number, as of the return whose money is awaited."""
    matter, heard = state.current, spoke.heard
    record = state.shown_of(matter)
    if matter is None or matter.issue != "refund_delay" or not record:
        return spoke
    if return_under_way(record) is None:
        return spoke
    if brings_number(spoke.plain, record) and not set(heard.order_nos) & set(state.orders):
        issues = tuple(issue for issue in heard.issues if issue not in _OF_PARCEL)
        return spoke.heard_as(order_nos=(), issues=issues)
    of_parcel = {*heard.issues, heard.guess} & _OF_PARCEL
    if not of_parcel or heard.order_nos or not tells_it_came(spoke.plain):
        return spoke
    return spoke.heard_as(issues=(matter.issue,))


def of_freight_back(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 运费凭啥我出 是你们不给退 beside an offered return as of its freight, and of no fee.

    It takes nothing, unless that is said besides: 退吧 运费你们出.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED or not _offers_way_back(matter):
        return spoke
    other = set(heard.issues) - _OF_FREIGHT - set(matter.issues)
    if other or heard.order_nos or heard.signs or spoke.choices:
        return spoke
    if not is_of_way_back(spoke.plain):
        return spoke
    rest = besides_freight(spoke.plain)
    taken = any(bare_wish(clause) for clause in rest.split("，"))
    if not (heard.issues or heard.guess or (heard.demand and not rest)):
        return spoke
    return spoke.heard_as(
        issues=(), guess=None, other_guesses=(), demand=heard.demand if taken else None
    )


def _offers_way_back(matter: Matter) -> bool:
    """Tell whether goods would go back at somebody's cost, beside no complaint of a bill."""
    back = any(option["return_freight"] != "none" for option in matter.offer)
    return back and TYPE_OF[matter.issue] != "amount"


def of_undoing(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 撤销退货申请 as the wish for a person: only they can undo a return that is on record.

    What was wished, offered or granted in this chat is taken back there; 不退了 is of the record
    only where that holds an open return, and nothing else is wished in its place.
    """
    matter, text = state.current, spoke.plain
    if spoke.choices or spoke.heard.signs:
        return spoke
    if matter and (matter.stage == "approval" or is_under_way(matter)):
        return spoke
    talked = matter is not None and (
        matter.stage in OFFERED or (matter.issue == "none" and matter.stage in TALKING)
    )
    on_record = _has_open_return(state)
    undone = wants_return_undone(text) and (on_record or not talked)
    kept = on_record and spoke.heard.demand is None and returns_no_longer(text)
    if not undone and not kept:
        return spoke
    return spoke.heard_as(intent="want_human", issues=(), demand=None, confident=False)


def _has_open_return(state: State) -> bool:
    """Tell whether the order spoken of last, shown to be theirs, has a return under way."""
    known = state.shown_order
    returns = (known.record or {}).get("returns", ()) if known else ()
    return any(entry["state"] in {"requested", "approved"} for entry in returns)
