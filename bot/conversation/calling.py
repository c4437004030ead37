"""Calling people to a chat: from then on it waits for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.conversation import store
from bot.delivery import outbox
from bot.delivery.conversations import hold
from bot.desk import ownership


def call_people(
    connection: Connection,
    conversation_id: int,
    *,
    reason: str,
    level: str,
    summary: Mapping[str, Any],
    now: datetime,
    unanswered: bool = False,
) -> int:
    """Let the chat wait for a person; return the epoch to speak under, as `to_queue` does.

    What the bot wrote before and has not sent still goes out: nobody else speaks yet.
    """
    hold(connection, conversation_id)
    before = store.epoch_of(connection, conversation_id)
    epoch = ownership.to_queue(
        connection, conversation_id, reason=reason, level=level, summary=summary, now=now,
        unanswered=unanswered,
    )  # fmt: skip
    outbox.carry_over(connection, conversation_id, before, epoch)
    return epoch
