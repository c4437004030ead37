"""Whether the goods go back, as the remedies themselves have it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.saying.replies import Replies
from bot.remedies.assess import SENT_BACK


def goods_back(replies: Replies, labelled: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Return which of the remedies send the goods back; each is given with its words."""
    if len(labelled) == 1:
        option = labelled[0][1]
        return replies.text(f"beside.{_key(option)}") + _note(option)
    lines = (
        f"{label}：{replies.text(f'beside.{_key(option)}_short')}{_note(option)}"
        for label, option in labelled
    )
    return "\n".join(lines)


def _key(option: Mapping[str, Any]) -> str:
    return "sent_back" if option["kind"] in SENT_BACK else "not_sent_back"


def _note(option: Mapping[str, Any]) -> str:
    note = option.get("detail", {}).get("note")
    return f"（{note}）" if note else ""
