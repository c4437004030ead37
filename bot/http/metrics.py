"""What Prometheus may read, in a registry of its own.

Counters and times are this process's; the gauges are read from the database when asked.
"""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Column, Connection, Select, func, select

from bot.delivery import inbox
from models import conversation, message, order_command
from models.message import UNKNOWN, UNSENT
from models.remedy import UNSETTLED

TURN_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Metrics:
    """Counts what passes; whoever sees it happen calls `inc` or `observe`."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._registry = registry = CollectorRegistry()
        self.accepted = Counter(
            "jiefen_messages_accepted", "Messages stored", ["channel"], registry=registry
        )
        self.replies = Counter("jiefen_replies", "Replies written", ["sender"], registry=registry)
        self.turn_seconds = Histogram(
            "jiefen_turn_seconds", "Time of one turn", buckets=TURN_BUCKETS, registry=registry
        )
        self._gauges = {
            name: Gauge(f"jiefen_{name}", about, registry=registry)
            for name, about in (
                ("queue_length", "Conversations that wait for a person"),
                ("backlog", "Conversations that wait for a turn"),
                ("messages_waiting", "Messages that no turn has dealt with"),
                ("outbox_unsent", "Replies not yet handed to their channel"),
                ("outbox_unknown", "Replies whose channel gave no answer"),
                ("commands_uncertain", "Remedies whose order system gave no answer"),
            )
        }

    def turn_done(self, seconds: float, replies: int) -> None:
        """Count a turn of the bot: since its oldest message came in, and what it said."""
        self.turn_seconds.observe(seconds)
        self.replies.labels("bot").inc(replies)

    def render(self, levels: dict[str, int]) -> bytes:
        """Return the text that Prometheus reads, with these gauge levels."""
        for name, level in levels.items():
            self._gauges[name].set(level)
        return generate_latest(self._registry)


def read_levels(connection: Connection) -> dict[str, int]:
    """Count what stands in line right now."""
    counted = {
        "queue_length": _count(conversation.c.id).where(conversation.c.state == "queued"),
        "messages_waiting": _count(message.c.id).where(message.c.state == "waiting"),
        "outbox_unsent": _count(message.c.id).where(UNSENT),
        "outbox_unknown": _count(message.c.id).where(UNKNOWN),
        "commands_uncertain": _count(order_command.c.id).where(
            UNSETTLED, order_command.c.state == "uncertain"
        ),
    }
    levels = {name: int(connection.execute(query).scalar_one()) for name, query in counted.items()}
    return {**levels, "backlog": inbox.backlog(connection)}


def _count(column: Column[Any]) -> Select[Any]:
    return select(func.count(column))
