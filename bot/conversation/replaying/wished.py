"""The wish that opens a matter by itself, where nothing is wrong; pure."""

from __future__ import annotations

from bot.conversation.replaying.asked_of_own import asked_of_own
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import State
from bot.conversation.words.things.parcels import has_refused_parcel
from bot.conversation.words.wishes import exclusions
from bot.conversation.words.wishes.asked_if import INVOICE
from bot.conversation.words.wishes.told import told_wish
from bot.remedies.wishes import DEMAND_OF, INTENT_OF


def wished(state: State, spoke: CustomerSpoke) -> str | None:
    """Return the wish that opens a matter by itself: the intent, or a demand on an order."""
    heard = spoke.heard
    if exclusions.only_denies(spoke.plain):
        return None  # 别退款 我等着
    if heard.intent in DEMAND_OF:
        return heard.intent
    if (asked := asked_of_own(state, spoke)) and asked != INVOICE:
        return asked
    if has_refused_parcel(spoke.plain):
        return "want_refund"
    if heard.intent == "want_correction" and not (heard.guess or heard.demand):
        return heard.intent if _can_be_changed(state) else None
    wish = INTENT_OF.get(heard.demand or "")
    # "可以退货吗" of a named order asks for the return, whatever else it asks about the rules.
    speaks = heard.intent in {"complain", "ask_policy", "inform"} or heard.demand == "intercept"
    if heard.order_nos and speaks and not heard.guess:
        return wish
    shown = state.shown_order is not None and not heard.guess
    return told_wish(spoke.plain) if wish and shown and not heard.order_nos else None


def _can_be_changed(state: State) -> bool:
    """Tell whether the order spoken of has not arrived yet, as far as is known."""
    known = state.shown_order
    status = known.record["status"] if known and known.record else None
    return status not in {"delivered", "completed", "cancelled"}
