"""What the first that is said of a matter begins with: regret, and which order it is; pure."""

from __future__ import annotations

from bot.conversation.saying.order_words import title
from bot.conversation.saying.progress import acknowledge_once
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter, State


def opening(replies: Replies, matter: Matter | None, state: State) -> str:
    """Return the regret for the matter, and which order was taken where none was named."""
    parts = (acknowledge_once(replies, matter, state), order_taken(replies, state))
    return "\n".join(filter(None, parts))


def order_taken(replies: Replies, state: State) -> str:
    """Return which order was taken for the customer's only one; nothing once that was told."""
    known = state.orders.get(state.presumed or "")
    if known is None or known.shown is None:
        return ""
    return replies.text("order_taken", order_no=known.order_no, title=title(known.shown))
