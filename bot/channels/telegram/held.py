"""Messages whose file is still at Telegram: stored, but heard only once the file is here.

A held message is a row like any other, so a crash between the two loses nothing: whoever looks
next finds it and fetches again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from bot.channels.telegram.updates import CHANNEL, FILE_ID
from bot.channels.uploads import is_photo
from bot.delivery import outbox
from bot.messages import Upload
from models.conversation import conversation
from models.message import attachment, message

FETCHING = "its file is being fetched from Telegram"
# Files of chats that were silent for longer are no longer looked for.
LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits for its file."""

    conversation_id: int
    message_id: int
    file_id: str


def hold(connection: Connection, held: Held) -> None:
    """Keep a message that was just stored from being heard."""
    connection.execute(update(message).where(_is(held)).values(state="set_aside", error=FETCHING))


def find_held(connection: Connection, account: str, now: datetime) -> list[Held]:
    """Return the messages of an account that wait for their file, oldest first."""
    c, m = conversation.c, message.c
    rows = connection.execute(
        select(m.conversation_id, m.id, m.data)
        .join(conversation, c.id == m.conversation_id)
        .where(
            c.channel == CHANNEL,
            c.account == account,
            c.updated_at > now - LOOK_BACK,
            m.error == FETCHING,
        )
        .order_by(m.at)
    )
    return [Held(row.conversation_id, row.id, row.data[FILE_ID]) for row in rows]


def release(connection: Connection, held: Held, upload: Upload, now: datetime) -> bool:
    """Put the file to its message and have it heard; False when that was done before."""
    if not _lock_held(connection, held):
        return False
    connection.execute(
        update(message)
        .where(_is(held))
        .values(
            kind="photo" if is_photo(upload) else "file",
            attachment_id=_store(connection, held.conversation_id, upload, now),
            state="waiting",
            error=None,
        )
    )
    _make_due(connection, held.conversation_id, now)
    return True


def refuse(connection: Connection, held: Held, sentence: str, now: datetime) -> bool:
    """Tell the customer why the file does not count; what was written under it is heard."""
    if not _lock_held(connection, held):
        return False
    caption = connection.execute(select(message.c.text).where(_is(held))).scalar_one()
    heard = {"kind": "text", "state": "waiting"} if caption else {"state": "done"}
    connection.execute(update(message).where(_is(held)).values(**heard, error=sentence))
    if caption:
        _make_due(connection, held.conversation_id, now)
    _say(connection, held.conversation_id, sentence, now)
    return True


def _is(held: Held) -> ColumnElement[bool]:
    return and_(message.c.conversation_id == held.conversation_id, message.c.id == held.message_id)


def _lock_held(connection: Connection, held: Held) -> bool:
    """Hold the conversation's row as every writer does, then see whether there is still work."""
    connection.execute(
        select(conversation.c.id)
        .where(conversation.c.id == held.conversation_id)
        .with_for_update()
    )
    query = select(message.c.id).where(_is(held), message.c.error == FETCHING)
    return connection.execute(query).scalar_one_or_none() is not None


def _make_due(connection: Connection, conversation_id: int, now: datetime) -> None:
    c = conversation.c
    connection.execute(
        update(conversation)
        .where(c.id == conversation_id)
        .values(work_due_at=func.coalesce(c.work_due_at, now), updated_at=now)
    )


def _say(connection: Connection, conversation_id: int, sentence: str, now: datetime) -> None:
    query = select(conversation.c.epoch).where(conversation.c.id == conversation_id)
    outbox.put_reply(
        connection,
        conversation_id=conversation_id,
        epoch=connection.execute(query).scalar_one(),
        sender="system",
        text=sentence,
        now=now,
        pushed=True,
    )


def _store(connection: Connection, conversation_id: int, upload: Upload, now: datetime) -> int:
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
