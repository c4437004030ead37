"""Whether what became of an article or a parcel leaves nothing open in another matter; pure."""

from __future__ import annotations

from bot.conversation.deciding.given_before import FOR_GOODS
from bot.conversation.replaying.order_kept import wish_to_end
from bot.conversation.shapes.events import DisputeWithdrawn
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, STATES_OF_GOODS
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Note
from bot.conversation.words.wishes.demands import redirects
from bot.conversation.words.wishes.order_kept import keeps_order
from bot.order_record import ENDS_ORDER
from nlp.labels import NONE

# What ends the wait for a parcel: it is not to come, or another one is.
ENDS_WAIT = frozenset({"refund", "cancel", "intercept", "reship"})
_ENDS = frozenset({"cancel", "intercept"})  # of all that was ordered
OF_THE_PIECE = STATES_OF_GOODS | {"wrong_item"}  # what may be wrong with one and the same piece


def settled_beside(state: State, matter: Matter) -> Matter | None:
    """Return the matter that settled the piece or parcel which this one has an offer for, or None.

    The customer left the offer and took that of the other fault, so nobody need be called for it
    unasked. What was never laid before them, what people looked at, and what may be of another
    piece is not over by that.
    """
    seen_to = matter.remedies or matter.escalated or matter.blocked or state.handed_back
    if seen_to or matter.verdict is None:
        return None
    if over := _settled_for_parcel(state, matter) or _corrected_instead(state, matter):
        return over
    if matter.issue not in OF_THE_PIECE:
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


def keep_order(state: State) -> Note | None:
    """Drop the wish for the order's end of who says so beside a correction: 那就不取消了."""
    matter = state.current
    wish = wish_to_end(state, matter) if matter else None
    if wish is None or not keeps_order(state.text):
        return None
    return Note(event=DisputeWithdrawn(matter=wish.id))


def _corrected_instead(state: State, matter: Matter) -> Matter | None:
    """Return the correction that was carried out after all of the order's end was wished for.

    Who has an order put right, or sent elsewhere, keeps it; one article of it may still go back.
    """
    ends = any(o["kind"] in _ENDS or o["detail"].get(ENDS_ORDER) for o in matter.offer)
    if matter.issue != NONE or not ends:
        return None
    later = state.matters[state.matters.index(matter) + 1 :]
    return next(
        (
            other for other in reversed(later)
            if other.order_no == matter.order_no and other.end == "resolved"
            and other.remedy is not None and other.remedy.state == "done"
            and (other.granted_kind == "correct_order" or redirects(other.remedy.option))
        ),
        None,
    )  # fmt: skip


def _settled_for_parcel(state: State, matter: Matter) -> Matter | None:
    """Return the matter of the same parcel that was settled, and left nothing owed in this one."""
    if matter.issue not in {*AWAITS_PARCEL, NONE}:
        return None
    done = [
        other for other in reversed(state.matters)
        if other.id != matter.id and other.order_no == matter.order_no
        and other.issue in {*AWAITS_PARCEL, NONE} and other.end == "resolved"
        and other.remedy is not None and other.remedy.state == "done"
    ]  # fmt: skip
    return next((other for other in done if _leaves_nothing(matter, other)), None)


def _leaves_nothing(matter: Matter, done: Matter) -> bool:
    """Tell whether what was carried out ends the wait, or all that is owed for it was seen there.

    Who took one of the same remedies chose it over the others. A wish is met by nothing less than
    the order's end.
    """
    kind = done.granted_kind
    if kind in ENDS_WAIT:
        return True
    if matter.issue == NONE:
        return False
    seen = {option["kind"] for option in (done.verdict or {}).get("options", ())}
    owed = {o["kind"] for o in matter.offer if o["money"] == "statutory"}
    return owed <= seen


def _is_done_for_goods(matter: Matter) -> bool:
    """Tell whether it was carried out what becomes of goods with a fault."""
    remedy = matter.remedy
    done = remedy is not None and remedy.state == "done" and matter.end == "resolved"
    kind = remedy.option["kind"] if remedy else None
    return done and matter.issue in OF_THE_PIECE and kind in FOR_GOODS


def _is_one_piece(state: State, one: Matter, other: Matter) -> bool:
    """Tell whether both are about one article, of which a single piece was bought."""
    lines = state.lines_of(one)
    skus = {one.article, other.article}
    bought = [line["quantity"] for line in lines if skus == {line["sku"]}]
    return bought == [1]
