"""What words mean once a return without a reason was refused; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import State
from bot.conversation.words.matters.after_refusal import asks_if_fault, speaks_of_term

EXPIRED = "food_expired"  # the sign of 过期, which may be the term


def after_refusal(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 那掉毛算不算质量问题 as that fault, and 过期一天也不行吗 as of the refusal just told.

    A fault has a term of its own, and a photo shows whether it is one.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.end != "rejected" or matter.issue not in FAULTLESS:
        return spoke
    if set(heard.signs) - {EXPIRED} or heard.order_nos or spoke.choices:
        return spoke
    if asks_if_fault(spoke.plain):
        return spoke.heard_as(issues=("defect",), confident=True, intent="complain")
    if speaks_of_term(spoke.plain):
        return spoke.heard_as(issues=("refused",), confident=False, signs=())
    return spoke
