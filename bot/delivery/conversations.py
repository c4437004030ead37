"""A conversation's row: opened once, held while its next message id is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.delivery.rows import insert_once
from bot.errors import StaleOwner
from models.conversation import conversation
from models.customer import customer


def open_conversation(
    connection: Connection,
    *,
    channel: str,
    account: str,
    chat_id: str,
    now: datetime,
    **known_of_customer: Any,
) -> int:
    """Find or open the conversation of a chat, and hold its row until the transaction ends.

    What is known of the customer (name, phone, telegram_id, email) is kept only on opening.
    """
    place = {"channel": channel, "account": account, "external_id": chat_id}
    found = _find_and_hold(connection, place)
    if found is not None:
        return found
    customer_id = _add_customer(connection, known_of_customer, now)
    values = {**place, "customer_id": customer_id, "created_at": now, "updated_at": now}
    opened: int | None = insert_once(connection, conversation, values, conversation.c.id)
    if opened is None:  # another process opened it between our look and our insert
        connection.execute(delete(customer).where(customer.c.id == customer_id))
        opened = _find_and_hold(connection, place)
    if opened is None:
        raise LookupError(f"the conversation of chat {chat_id} vanished")
    return opened


def hold(connection: Connection, conversation_id: int) -> None:
    """Hold the row until the transaction ends: what is read after this is newer than the hold.

    Raises LookupError when there is no such conversation.
    """
    if _find_and_hold(connection, {"id": conversation_id}) is None:
        raise LookupError(f"there is no conversation {conversation_id}")


def next_message_id(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    epoch: int | None = None,
    is_work: bool = False,
) -> int:
    """Take the next message id, holding the row; `is_work` makes it fall due for a worker.

    With an epoch, raises StaleOwner when the conversation has changed hands since.
    """
    c = conversation.c
    values = {"last_message_id": c.last_message_id + 1, "updated_at": now}
    if is_work:
        values["work_due_at"] = func.coalesce(c.work_due_at, now)
    wanted = [c.id == conversation_id] + ([] if epoch is None else [c.epoch == epoch])
    message_id = connection.execute(
        update(conversation).where(*wanted).values(**values).returning(c.last_message_id)
    ).scalar_one_or_none()
    if message_id is None:
        raise StaleOwner(f"conversation {conversation_id} has changed hands since epoch {epoch}")
    return int(message_id)


def make_due(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Let the conversation fall due for a worker, unless it is due already."""
    connection.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(work_due_at=func.coalesce(conversation.c.work_due_at, now), updated_at=now)
    )


def _find_and_hold(connection: Connection, place: Mapping[str, Any]) -> int | None:
    wanted = [conversation.c[name] == value for name, value in place.items()]
    query = select(conversation.c.id).where(*wanted).with_for_update()
    return connection.execute(query).scalar_one_or_none()


def _add_customer(connection: Connection, known: Mapping[str, Any], now: datetime) -> int:
    values = {**known, "created_at": now}
    query = insert(customer).values(**values).returning(customer.c.id)
    return int(connection.execute(query).scalar_one())
