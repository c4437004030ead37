"""What arrives is stored here once, before anybody is told "got it".

Every writer holds the conversation's row while it takes the next message id, so ids grow in the
order of commits. Keys of customers and of the house are kept apart by a prefix: no customer can
choose an id that makes the house believe it has already spoken to itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    func,
    insert,
    select,
    update,
)

from bot.delivery.conversations import hold, make_due, next_work_id, open_conversation
from bot.errors import NotAllowed
from bot.messages import InboundMessage, MessageKind, Upload, same_words
from models.conversation import conversation
from models.message import attachment, message

# Stands beside a message whose file is still on its way, whether or not its words were heard.
FILE_TO_COME = "its file is being fetched from Telegram"
FILES_AT_MOST = 30  # of one conversation
FILES_SIZE_AT_MOST = 60 << 20  # bytes of all of them
TOO_MANY_FILES = (
    "这个会话里的文件已经够多了（最多 30 个、共 60 MB），这一个没有收下。"
    "已发的我们都能看到，其余的请用文字说明。"
)


class TooManyFiles(NotAllowed):
    """A conversation holds as many files as it may."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Where a message was stored; `is_new` is False when it had been stored before."""

    conversation_id: int
    message_id: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A stored message that no turn has dealt with yet."""

    id: int
    sender: str  # customer | system
    kind: str  # text | choice | photo | file | signal
    text: str
    choice: str | None
    attachment_id: int | None
    data: Mapping[str, Any]
    at: datetime


# Statements of the hot path are built once: building one costs as much as running it.
_M = message.c
_HERE = _M.conversation_id == bindparam("here")
_WAITS = _M.state == "waiting"
_FIND = select(_M.id, _M.text, _M.data, _M.state, _M.error, _M.attachment_id).where(
    _HERE, _M.external_id == bindparam("key")
)
_WAITING = (
    select(*(_M[name] for name in Waiting.__dataclass_fields__))
    .where(_HERE, _WAITS)
    .order_by(_M.id)
)
_COMING = select(func.count()).where(_HERE, _M.kind == "photo", _M.error == FILE_TO_COME)
_MARK_DONE = (
    update(message)
    .where(_HERE, _WAITS, _M.id.in_(bindparam("ids", expanding=True)))
    .values(state="done")
)


def accept(connection: Connection, incoming: InboundMessage, now: datetime) -> Accepted:
    """Store a customer's message once; its conversation is opened when it has none yet.

    The external id has at most 128 characters.
    """
    conversation_id = _conversation_of(connection, incoming, now)
    values = {
        "sender": "customer",
        "kind": incoming.kind,
        "text": incoming.text,
        "choice": incoming.choice,
        "data": dict(incoming.data) or None,
        "at": incoming.at,
    }
    key = customer_key(incoming.external_id)
    return _store(connection, conversation_id, key, values, now, incoming.upload)


def accept_edit(connection: Connection, incoming: InboundMessage, now: datetime) -> Accepted:
    """Put an edited text in place, keep the earlier ones in `data`, and have it heard again.

    `incoming` carries the external id of the message that was edited and the moment of the edit.
    An edit of a message that never arrived is the message. One of stops, blanks and signs alone
    says nothing new, and one of a message that waits for its file is heard with that.
    """
    conversation_id = _conversation_of(connection, incoming, now)
    row = _find(connection, conversation_id, customer_key(incoming.external_id))
    if row is None:
        return accept(connection, incoming, now)
    data, edited_at = dict(row["data"] or {}), incoming.at.isoformat()
    known = Accepted(conversation_id, row["id"], is_new=False)
    if row["text"] == incoming.text or data.get("edited_at", "") > edited_at:
        return known
    data["edits"] = [*data.get("edits", ()), {"text": row["text"], "until": edited_at}]
    data["edited_at"] = edited_at
    place = _place(conversation_id, row["id"])
    connection.execute(update(message).where(*place).values(text=incoming.text, data=data))
    awaits_file = row["state"] == "set_aside" and row["error"] == FILE_TO_COME
    if awaits_file or same_words(row["text"], incoming.text):
        return known
    if _is_leased(connection, conversation_id):
        return _hear_beside(connection, row, incoming, now)
    connection.execute(update(message).where(*place).values(state="waiting"))
    make_due(connection, conversation_id, now)
    return Accepted(conversation_id, row["id"], is_new=True)


def _hear_beside(
    connection: Connection, row: RowMapping, incoming: InboundMessage, now: datetime
) -> Accepted:
    """Have an edit heard as a message of its own: the turn under way may read the old text.

    The edited message is not read beside it, unless it holds a file that must not be missed.
    """
    key = f"{incoming.external_id}@{incoming.at.isoformat()}"
    copy = accept(connection, replace(incoming, external_id=key, kind="text"), now)
    if row["attachment_id"] is None and row["state"] == "waiting":
        place = _place(copy.conversation_id, row["id"])
        connection.execute(update(message).where(*place).values(state="done"))
    return copy


def put_file(
    connection: Connection,
    conversation_id: int,
    external_id: str,
    kind: MessageKind,
    upload: Upload,
    now: datetime,
) -> Accepted:
    """Store a file that came after its words were heard, as a message of its own."""
    hold(connection, conversation_id)
    values = {"sender": "customer", "kind": kind, "text": "", "at": now}
    return _store(connection, conversation_id, external_id, values, now, upload)


def put_signal(
    connection: Connection,
    conversation_id: int,
    key: str,
    data: Mapping[str, Any],
    now: datetime,
) -> Accepted:
    """Let the house speak to itself once for each key: a message that only the engine reads."""
    hold(connection, conversation_id)
    values = {"sender": "system", "kind": "signal", "data": dict(data), "at": now}
    return _store(connection, conversation_id, signal_key(key), values, now)


def waiting(connection: Connection, conversation_id: int) -> list[Waiting]:
    """Return what waits for a turn, oldest first."""
    rows = connection.execute(_WAITING, {"here": conversation_id})
    return [Waiting(**{**row._mapping, "data": row.data or {}}) for row in rows]


def count_coming(connection: Connection, conversation_id: int) -> int:
    """Return how many photos of the conversation are still on their way."""
    return int(connection.execute(_COMING, {"here": conversation_id}).scalar_one())


def mark_done(connection: Connection, conversation_id: int, ids: Collection[int]) -> None:
    """Note that a turn dealt with these messages."""
    connection.execute(_MARK_DONE, {"here": conversation_id, "ids": list(ids)})


def set_aside(connection: Connection, conversation_id: int, error: str) -> list[int]:
    """Take everything that waits out of the way and say why; return the message ids."""
    ids = connection.execute(
        update(message)
        .where(_WAITS, message.c.conversation_id == conversation_id)
        .values(state="set_aside", error=error)
        .returning(message.c.id)
    )
    return sorted(ids.scalars())


def backlog(connection: Connection) -> int:
    """Return how many conversations wait for a turn, for back-pressure and the metrics."""
    due = select(func.count()).select_from(conversation)
    return connection.execute(due.where(conversation.c.work_due_at.is_not(None))).scalar_one()


def customer_key(external_id: str) -> str:
    """Return the stored form of an id that a customer or a channel chose."""
    return f"customer:{external_id}"


def signal_key(key: str) -> str:
    """Return the stored form of a key that the house chose."""
    return f"signal:{key}"


def _conversation_of(connection: Connection, incoming: InboundMessage, now: datetime) -> int:
    return open_conversation(
        connection,
        channel=incoming.channel,
        account=incoming.account,
        chat_id=incoming.chat_id,
        now=now,
        name=incoming.customer_name,
        telegram_id=incoming.telegram_id,
    )


def _store(
    connection: Connection,
    conversation_id: int,
    key: str,
    values: Mapping[str, Any],
    now: datetime,
    upload: Upload | None = None,
) -> Accepted:
    """Store a waiting message unless its key is known; the conversation's row must be held."""
    known = _find(connection, conversation_id, key)
    if known is not None:
        return Accepted(conversation_id, known["id"], is_new=False)
    message_id = next_work_id(connection, conversation_id, now)
    place = {"conversation_id": conversation_id, "id": message_id, "external_id": key}
    attachment_id = upload and store_upload(connection, conversation_id, upload, now)
    row = {**place, "direction": "in", "state": "waiting", "attachment_id": attachment_id}
    connection.execute(insert(message), {**row, **values})
    return Accepted(conversation_id, message_id, is_new=True)


def _find(connection: Connection, conversation_id: int, key: str) -> RowMapping | None:
    parameters = {"here": conversation_id, "key": key}
    return connection.execute(_FIND, parameters).mappings().one_or_none()


def _place(conversation_id: int, message_id: int) -> tuple[ColumnElement[bool], ...]:
    return message.c.conversation_id == conversation_id, message.c.id == message_id


def _is_leased(connection: Connection, conversation_id: int) -> bool:
    query = select(conversation.c.leased_by).where(conversation.c.id == conversation_id)
    return connection.execute(query).scalar_one() is not None


def store_upload(
    connection: Connection, conversation_id: int, upload: Upload, now: datetime
) -> int:
    """Store a file beside its conversation, whose row must be held; return its id.

    Raises TooManyFiles when the chat has sent as much as a dispute can need.
    """
    _check_room(connection, conversation_id, len(upload.content))
    values = {
        "conversation_id": conversation_id,
        "sha256": hashlib.sha256(upload.content).hexdigest(),
        "mime": upload.mime,
        "size": len(upload.content),
        "content": upload.content,
        "at": now,
    }
    query = insert(attachment).values(**values).returning(attachment.c.id)
    return int(connection.execute(query).scalar_one())


def _check_room(connection: Connection, conversation_id: int, size: int) -> None:
    """Refuse what would let one client, whom nobody knows, fill the disk."""
    query = select(func.count(), func.coalesce(func.sum(attachment.c.size), 0))
    count, stored = connection.execute(
        query.where(attachment.c.conversation_id == conversation_id)
    ).one()
    if count >= FILES_AT_MOST or stored + size > FILES_SIZE_AT_MOST:
        raise TooManyFiles(TOO_MANY_FILES)
