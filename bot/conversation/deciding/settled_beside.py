"""Whether what became of an article in one matter leaves nothing open in another; pure."""

from __future__ import annotations

from bot.conversation.deciding.settle import FOR_GOODS
from bot.conversation.replaying.other_article import article_of
from bot.conversation.shapes.state import Matter, State
from bot.conversation.words.wishes.said_again import STATES_OF_GOODS

OF_THE_PIECE = STATES_OF_GOODS | {"wrong_item"}  # what may be wrong with one and the same piece


def settled_beside(state: State, matter: Matter) -> Matter | None:
    """Return the matter that settled the very piece which this one has an offer for, or None.

    The customer left the offer and took that of the other fault, so nobody need be called for it
    unasked. What was never laid before them, what people looked at, and what may be of another
    piece is not over by that.
    """
    seen_to = matter.remedies or matter.escalated or matter.blocked or state.handed_back
    if seen_to or matter.verdict is None or matter.issue not in OF_THE_PIECE:
        return None
    return next(
        (
            other for other in reversed(state.matters)
            if other.id != matter.id
            and other.order_no == matter.order_no
            and _is_done_for_goods(other)
            and _is_one_piece(state, matter, other)
        ),
        None,
    )  # fmt: skip


def _is_done_for_goods(matter: Matter) -> bool:
    """Tell whether it was carried out what becomes of goods with a fault."""
    remedy = matter.remedy
    done = remedy is not None and remedy.state == "done" and matter.end == "resolved"
    kind = remedy.option["kind"] if remedy else None
    return done and matter.issue in OF_THE_PIECE and kind in FOR_GOODS


def _is_one_piece(state: State, one: Matter, other: Matter) -> bool:
    """Tell whether both are about one article, of which a single piece was bought."""
    known = state.orders.get(one.order_no or "")
    lines = (known.record or {}).get("lines", ()) if known else ()
    skus = {article_of(one), article_of(other)}
    bought = [line["quantity"] for line in lines if skus == {line["sku"]}]
    return bought == [1]
