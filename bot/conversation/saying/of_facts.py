"""Answers from the order's own facts, beside an offer or a grant; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.saying.options import later, option_label
from bot.conversation.saying.order_words import signed_for
from bot.conversation.saying.parcel_words import seen_last
from bot.conversation.saying.replies import Replies
from bot.conversation.shapes.state import Matter, State

OF_FACTS = frozenset(
    {"stock", "where_left", "not_signed", "collect", "new_first", "told_then", "new_arrives"}
)
_LOOKS = ("trace", "expedite")


def of_facts(
    replies: Replies,
    topic: str,
    options: Sequence[Mapping[str, Any]],
    matter: Matter,
    state: State,
) -> str:
    """Return what the order says of what is asked, and what can be done to know more."""
    looks = next((o for kind in _LOOKS for o in options if o["kind"] == kind), None)
    way = f"“{option_label(replies, looks)}”" if looks else ""
    within = str(looks["within"]) if looks else ""
    record = state.shown_of(matter) or {}
    if topic == "stock":
        return replies.text("beside.stock", way=way) if way else replies.text("beside.stock_only")
    if topic == "where_left":
        told = replies.text("beside.where_left", seen=signed_for(record) or seen_last(record))
        return told + (replies.text("beside.look", way=way, within=within) if way else "")
    if topic == "not_signed":
        return replies.text("beside.not_signed", reasons="\n".join(matter.reasons))
    if topic == "told_then":
        return replies.text("beside.told_then", way=way, within=within)
    if topic == "new_arrives":
        return replies.text("beside.new_arrives", within=later(str(options[0]["within"])))
    return replies.text(f"beside.{topic}")
