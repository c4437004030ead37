"""The end of an order that was wished, where the order is put right instead; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import ENTERED
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.wishes.order_kept import keeps_order
from nlp.labels import NONE

_ENDINGS = frozenset({"want_cancel", "want_refund"})
_END_TOLD = re.compile(r"取消|退")


def wish_to_end(state: State, beside: Matter) -> Matter | None:
    """Return the open wish for the same order's end, beside what is to be put right in it."""
    if beside.stage not in TALKING or not ENTERED.intersection(beside.issues):
        return None
    return next(
        (
            matter
            for matter in reversed(state.matters)
            if matter.id != beside.id
            and (matter.issue, matter.stage in TALKING) == (NONE, True)
            and matter.intent in _ENDINGS
            and beside.order_no in {None, matter.order_no}
        ),
        None,
    )


def is_of_other_wish(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether 那就不取消了 is said of the order's end, and drops no correction of it."""
    if not keeps_order(spoke.plain) or not ENTERED.intersection(matter.issues):
        return False
    ended = wish_to_end(state, matter) is not None or bool(_END_TOLD.search(matter.told))
    return matter.stage in TALKING and ended
