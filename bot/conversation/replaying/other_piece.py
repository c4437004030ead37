"""When pieces that were kept are spoken of, after others of the article went back; pure."""

from __future__ import annotations

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTS
from bot.conversation.shapes.state import SETTLED, Matter, State
from bot.conversation.words.wishes.all_back import (
    leaves_out,
    names_other_piece,
    rest_goes_back,
)
from bot.remedies.wishes import DEMAND_OF

WISHES = frozenset({*DEMAND_OF, "want_compensation"})
GOES_BACK = frozenset({"return_refund", "exchange"})


def tells_of_rest(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether something is wrong with, or wished for, the pieces kept: 另一双也退.

    The record shows one return or exchange of the article, which is not of these pieces.
    """
    heard, text = spoke.heard, spoke.plain
    elsewhere = bool(heard.order_nos) and heard.order_nos[-1] != matter.order_no
    if elsewhere or heard.signs or not _some_went_back(matter) or leaves_out(text):
        return False
    if rest_goes_back(text):
        return True
    if not _pieces_kept(state, matter):
        return False
    fault = FAULTS.intersection((*heard.issues, heard.guess))
    wish = heard.demand or heard.intent in WISHES
    asks = heard.intent in {"ask_policy", "order_status"}
    return bool(fault or wish) and not asks and names_other_piece(text)


def _pieces_kept(state: State, matter: Matter) -> int:
    """Return how many pieces the customer keeps of an article of which counted ones go back."""
    lines = state.lines_of(matter)
    bought = sum(line["quantity"] for line in lines if line["sku"] == matter.article)
    return max(0, int(bought) - (matter.quantity or 0))


def _some_went_back(matter: Matter) -> bool:
    """Tell whether counted pieces were agreed to go back, and that still holds."""
    agreed = matter.granted_kind in GOES_BACK and matter.quantity is not None
    return agreed and matter.stage in SETTLED and matter.end != "withdrawn"
