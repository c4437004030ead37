"""Rows as the program itself would write them; a test names only what it is about."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.delivery import guards
from models import conversation, customer, dispute, remedy, staff

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, 10:00 in the shop

_numbers = itertools.count(1)


class HandClock:
    """A clock that stands still until it is advanced; call it for the moment."""

    def __init__(self, now: datetime) -> None:
        """Set it to `now`."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment, like `bot.clock.utc_now`."""
        return self.now

    def advance(self, **duration: float) -> datetime:
        """Move on, e.g. `advance(seconds=30)` or `advance(days=7)`; return the new moment."""
        self.now += timedelta(**duration)
        return self.now


def add_customer(connection: Connection, **values: Any) -> int:
    """Add a customer nobody vouched for; return the id."""
    return _add(connection, customer, {"name": "李雷", "created_at": NOW}, values)


def add_conversation(connection: Connection, **values: Any) -> int:
    """Add a web conversation that the bot holds, with a customer unless one is given."""
    if "customer_id" not in values:
        values["customer_id"] = add_customer(connection)
    defaults = {
        "channel": "web",
        "account": "shop",
        "external_id": f"chat-{next(_numbers)}",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return _add(connection, conversation, defaults, values)


def add_staff(connection: Connection, name: str = "小王", **values: Any) -> int:
    """Add an agent who has no way to sign in; return the id."""
    defaults = {"name": name, "role": "agent", "created_at": NOW}
    return _add(connection, staff, defaults, values)


def add_dispute(connection: Connection, **values: Any) -> int:
    """Add an open dispute about a damaged article, with a conversation unless one is given."""
    if "conversation_id" not in values:
        values["conversation_id"] = add_conversation(connection)
    defaults = {
        "matter": "m1",
        "order_no": "DD20261120001",
        "type": "quality",
        "issue": "damaged",
        "issues": ["damaged"],
        "state": "open",
        "opened_at": NOW,
    }
    return _add(connection, dispute, defaults, values)


def add_remedy(connection: Connection, *, dispute_id: int, **values: Any) -> int:
    """Add a proposed partial refund of 30 yuan for the dispute; return the id.

    The chat has shown that the order is its customer's.
    """
    row = connection.execute(dispute.select().where(dispute.c.id == dispute_id)).one()
    guards.note_shown(connection, row.conversation_id, row.order_no, "phone_tail", NOW)
    defaults = {
        "dispute_id": dispute_id,
        "conversation_id": row.conversation_id,
        "order_no": row.order_no,
        "idempotency_key": f"remedy-{next(_numbers)}",
        "kind": "partial_refund",
        "amount_fen": 3000,
        "return_freight": "none",
        "detail": {},
        "state": "proposed",
        "rule": "quality.damaged.partial",
        "policy_version": "2026-11-01",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return _add(connection, remedy, defaults, values)


def _add(
    connection: Connection, table: Table, defaults: dict[str, Any], values: dict[str, Any]
) -> int:
    result = connection.execute(insert(table).values({**defaults, **values}))
    (key,) = result.inserted_primary_key or (None,)
    return int(key)
