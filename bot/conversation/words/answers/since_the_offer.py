"""What makes a short answer to an offer mean more, or less, than it says: 退钱, 对; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.shapes.state import Matter
from bot.conversation.words.wishes.demands import gives
from bot.remedies.wishes import NOTHING_SENT_BACK


def is_for_spoilt(option: Mapping[str, Any]) -> bool:
    """Tell whether a part of the price is paid for goods that nobody sends back: 鸡蛋坏了7个."""
    kind, term = str(option["kind"]), str(option["promise"])
    return kind == "partial_refund" and term == NOTHING_SENT_BACK


def wished_else(matter: Matter | None, option_id: str) -> bool:
    """Tell whether something else was asked for since the offer, so that 对 may be to that."""
    if matter is None or matter.demand is None or matter.demand == matter.offered_for:
        return False
    option = matter.offered(option_id)
    return option is None or not gives(matter.demand, option)
