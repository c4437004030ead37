"""A conversation's row: opened once, held while its next message id is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.errors import StaleOwner
from models.base import Moment
from models.conversation import conversation
from models.customer import customer
from models.insert import insert_once

# Statements of the hot path are built once: building one costs as much as running it.
_C = conversation.c
_NOW = bindparam("now", type_=Moment)
_DUE = func.coalesce(_C.work_due_at, _NOW)
_HOLD = select(_C.id).where(_C.id == bindparam("here")).with_for_update()
_HOLD_CHAT = (
    select(_C.id)
    .where(
        _C.channel == bindparam("channel"),
        _C.account == bindparam("account"),
        _C.external_id == bindparam("external_id"),
    )
    .with_for_update()
)
_NEXT_ID = (
    update(conversation)
    .where(_C.id == bindparam("here"))
    .values(last_message_id=_C.last_message_id + 1, updated_at=_NOW)
    .returning(_C.last_message_id)
)
_NEXT_ID_OF_EPOCH = _NEXT_ID.where(_C.epoch == bindparam("under"))
_NEXT_ID_OF_WORK = _NEXT_ID.values(work_due_at=_DUE)
_MAKE_DUE = (
    update(conversation)
    .where(_C.id == bindparam("here"))
    .values(work_due_at=_DUE, updated_at=_NOW)
)


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
    found: int | None = connection.execute(_HOLD_CHAT, place).scalar_one_or_none()
    if found is not None:
        return found
    customer_id = _add_customer(connection, known_of_customer, now)
    values = {**place, "customer_id": customer_id, "created_at": now, "updated_at": now}
    opened: int | None = insert_once(connection, conversation, values, conversation.c.id)
    if opened is None:  # another process opened it between our look and our insert
        connection.execute(delete(customer).where(customer.c.id == customer_id))
        opened = connection.execute(_HOLD_CHAT, place).scalar_one_or_none()
    if opened is None:
        raise LookupError(f"the conversation of chat {chat_id} vanished")
    return opened


def hold(connection: Connection, conversation_id: int) -> None:
    """Hold the row until the transaction ends: what is read after this is newer than the hold.

    Raises LookupError when there is no such conversation.
    """
    if connection.execute(_HOLD, {"here": conversation_id}).one_or_none() is None:
        raise LookupError(f"there is no conversation {conversation_id}")


def next_message_id(
    connection: Connection, conversation_id: int, now: datetime, *, epoch: int | None = None
) -> int:
    """Take the next message id, holding the row.

    With an epoch, raises StaleOwner when the conversation has changed hands since.
    """
    statement = _NEXT_ID if epoch is None else _NEXT_ID_OF_EPOCH
    parameters = {"here": conversation_id, "now": now, "under": epoch}
    message_id = connection.execute(statement, parameters).scalar_one_or_none()
    if message_id is None:
        raise StaleOwner(f"conversation {conversation_id} has changed hands since epoch {epoch}")
    return int(message_id)


def next_work_id(connection: Connection, conversation_id: int, now: datetime) -> int:
    """Take the next message id and let the conversation fall due for a worker."""
    parameters = {"here": conversation_id, "now": now}
    return int(connection.execute(_NEXT_ID_OF_WORK, parameters).scalar_one())


def make_due(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Let the conversation fall due for a worker, unless it is due already."""
    connection.execute(_MAKE_DUE, {"here": conversation_id, "now": now})


def _add_customer(connection: Connection, known: Mapping[str, Any], now: datetime) -> int:
    values = {**known, "created_at": now}
    query = insert(customer).values(**values).returning(customer.c.id)
    return int(connection.execute(query).scalar_one())
