"""What is told of a return that the order's record knows less of than the customer; pure."""

from __future__ import annotations

from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import HandOver
from bot.conversation.words.things.way_back import (
    OF_RETURN,
    brings_number,
    return_under_way,
    speaks_of_unknown_return,
    tells_it_came,
    was_answered,
)


def take_way_back(state: State) -> HandOver | None:
    """The number of what was sent back, or that it has come, is for a person to write down.

    It is asked for where the record shows a return that was not sent yet, or has not arrived, or
    holds none at all.
    """
    matter, spoke = state.current, state.unanswered
    order = state.orders.get((matter.order_no if matter else state.order_no) or "")
    if spoke is None or state.picked or order is None or not order.shown:
        return None
    unknown = matter is not None and speaks_of_unknown_return(matter, order.shown)
    if not unknown and return_under_way(order.shown) is None:
        return None
    if spoke.heard.confident and set(spoke.heard.issues) - OF_RETURN:
        return None  # another complaint is judged by itself
    came = matter is not None and was_answered(matter) and tells_it_came(spoke.plain)
    if not came and not brings_number(spoke.plain, order.shown):
        return None
    return HandOver(reason="E13", level="L1", matter=matter.id if matter else None)
