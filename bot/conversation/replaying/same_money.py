"""Money asked for beside an offer of just that money, by another name; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import Matter, State
from bot.conversation.words.answers.taken_twice import speaks_of_extra
from bot.conversation.words.sentence import manner
from bot.conversation.words.wishes.said_again import DELAYS

# What may be complained of an order that was cancelled while its money is still with the shop.
_OF_CANCELLED = DELAYS | {"refund_delay", "refused", "system", "overcharge", "not_received"}


def as_same_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 钱呢, and 退多扣的那笔, as of the sum on offer: it is one matter, and is paid once."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in {"offered", "confirming"} or heard.order_nos:
        return spoke
    issues = set(heard.issues) - {matter.issue}
    if not issues or heard.signs or manner.adds(spoke.plain):
        return spoke
    extra = matter.issue == "double_charge" and issues <= {"overcharge", "refund_delay"}
    same = (extra and speaks_of_extra(spoke.plain)) or (
        issues <= _OF_CANCELLED and _gives_all_of_cancelled(state, matter)
    )
    return replace(spoke, heard=replace(heard, issues=(matter.issue,))) if same else spoke


def _gives_all_of_cancelled(state: State, matter: Matter) -> bool:
    """Tell whether the offer is no more than the money of an order that was cancelled."""
    known = state.orders.get(matter.order_no or "")
    record: Mapping[str, Any] = (known.record or {}) if known and known.owned else {}
    kinds = {str(option["kind"]) for option in matter.offer}
    return record.get("status") == "cancelled" and kinds == {"refund"}
