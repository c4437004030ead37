"""What is told of a return that the order's record knows less of than the customer; pure."""

from __future__ import annotations

from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import HandOver
from bot.conversation.words.things.way_back import brings_number, return_under_way, tells_it_came

# What may be complained of beside the return's number.
_OF_RETURN = frozenset({"refund_delay", "refused"})


def take_way_back(state: State) -> HandOver | None:
    """The number of what was sent back, or that it has come, is for a person to write down.

    It is asked for where the record shows a return that was not sent yet, or has not arrived.
    """
    matter, spoke = state.current, state.unanswered
    order = state.orders.get((matter.order_no if matter else state.order_no) or "")
    if spoke is None or state.picked or order is None or not order.shown:
        return None
    if return_under_way(order.shown) is None:
        return None
    if spoke.heard.confident and set(spoke.heard.issues) - _OF_RETURN:
        return None  # another complaint is judged by itself
    came = matter is not None and _was_answered(matter) and tells_it_came(spoke.plain)
    if not came and not brings_number(spoke.plain, order.shown):
        return None
    return HandOver(reason="E13", level="L1", matter=matter.id if matter else None)


def _was_answered(matter: Matter) -> bool:
    """Tell whether it was said of the money for a return where that return stands."""
    told = bool(matter.offer) or matter.stage in {"executing", "ended"}
    return matter.issue in {"refund_delay", "refused"} and told and matter.end != "withdrawn"
