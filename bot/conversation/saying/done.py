"""What is said of a remedy once the order system carried it out; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.saying.replies import Replies

# Remedies of which something is still to come once they are registered.
GOES_ON = frozenset({"exchange", "repair", "intercept", "invoice", "expedite"})


def done_text(replies: Replies, option: Mapping[str, Any]) -> str:
    """Return what follows a remedy that was carried out; a change is shown to be checked."""
    correction = option.get("detail", {}).get("correction")
    if option["kind"] == "correct_order" and correction:
        return replies.text("corrected", correction=correction)
    return str(replies.texts["done"].get(option["kind"], ""))
