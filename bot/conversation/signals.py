"""What the house says to itself of remedies and replies, as events; some of it is void by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from bot.conversation.shapes.events import Event, ReplyLost, from_row
from bot.delivery import outbox
from models import conversation, message


def heard_of(
    signals: Iterable[Mapping[str, Any]], epoch: int, lost: Collection[int]
) -> list[Event]:
    """Return the events of signals.

    One that was made for an owner who has gone is void, and so is one of a reply that is not
    `lost` any more.
    """
    current = (data for data in signals if data.get("epoch", epoch) == epoch)
    events = [from_row(data["kind"], dict(data["data"])) for data in current]
    return [e for e in events if not isinstance(e, ReplyLost) or e.message_id in lost]


def still_lost(
    connection: Connection, conversation_id: int, state: str, signals: Iterable[Mapping[str, Any]]
) -> frozenset[int]:
    """Return which of the replies that the signals tell of are lost, and somebody's business.

    A chat that a person ended is over, whether or not their goodbye arrived.
    """
    told = [d["data"]["message_id"] for d in signals if d.get("kind") == ReplyLost.__name__]
    if not told or state == "closed":
        return frozenset()
    return outbox.still_lost(connection, conversation_id, told)


def take_set_aside(connection: Connection, conversation_id: int) -> list[Event]:
    """Return the events of signals that were set aside, oldest first, and call them done."""
    m = message.c
    c = conversation.c
    here = connection.execute(select(c.state, c.epoch).where(c.id == conversation_id)).one()
    rows = connection.execute(
        update(message)
        .where(m.conversation_id == conversation_id, m.kind == "signal", m.state == "set_aside")
        .values(state="done")
        .returning(m.id, m.data)
    )
    told = [row.data for row in sorted(rows, key=lambda row: row.id)]
    lost = still_lost(connection, conversation_id, here.state, told)
    return heard_of(told, here.epoch, lost)
