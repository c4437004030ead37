"""What is said of a remedy once the order system carried it out; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.saying.replies import Replies

# Remedies whose new or mended goods hang on what is found once the old ones are back.
_AFTER_CHECK = frozenset({"exchange", "repair"})
# Remedies of which something is still to come once they are registered.
GOES_ON = frozenset({"exchange", "repair", "intercept", "invoice", "expedite"})


def done_text(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what follows a remedy that was carried out; a change is shown to be checked."""
    detail = option.get("detail", {})
    correction, note = detail.get("correction"), detail.get("note")
    if option["kind"] == "correct_order" and correction:
        return replies.text("corrected", correction=correction)
    told = str(replies.texts["done"].get(option["kind"], ""))
    if option["kind"] == "exchange" and correction:
        told += replies.text("exchanged_for", correction=correction)
    if option["kind"] in _AFTER_CHECK and note:
        told += replies.text("done_note", note=note)
    return told
