"""Messages whose file is still at Telegram: stored at once, heard with the file if it is quick.

A message that waits for its file keeps those behind it waiting as well, so that they are read in
the order in which they were sent; but nobody waits longer than `GRACE`. After that the words are
heard, and the file when it comes. All of it is in rows, so a crash loses nothing: whoever looks
next finds what is to be fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from bot.channels.telegram.updates import CHANNEL, FILE_ID
from bot.channels.uploads import is_photo
from bot.delivery import inbox, outbox
from bot.delivery.conversations import make_due
from bot.delivery.inbox import FILE_TO_COME
from bot.messages import MessageKind, Upload
from models.base import Moment
from models.conversation import conversation
from models.message import message

# A photo is nearly always here within it; a word that cannot wait loses no more than that.
GRACE = timedelta(seconds=3)
# Files of chats that were silent for longer are no longer looked for.
LOOK_BACK = timedelta(days=7)

# Statements of the hot path are built once: building one costs as much as running it.
_C, _M = conversation.c, message.c
_HERE = _M.conversation_id == bindparam("here")
_GRACE_ENDS = select(func.min(_M.next_attempt_at)).where(
    _HERE,
    _M.error == FILE_TO_COME,
    _M.state == "set_aside",
    _M.next_attempt_at > bindparam("now", type_=Moment),
)
_WAITING_SINCE = select(func.min(_M.at)).where(_HERE, _M.state == "waiting")
_SET_DUE = (
    update(conversation)
    .where(_C.id == bindparam("here"), _C.leased_by.is_(None), _C.attempts == 0)
    .values(work_due_at=bindparam("due", type_=Moment))
)


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits for its file."""

    conversation_id: int
    message_id: int
    file_id: str


def hold(connection: Connection, held: Held, now: datetime) -> None:
    """Keep a message that was just stored from being heard for a moment."""
    connection.execute(
        update(message)
        .where(_is(held))
        .values(state="set_aside", error=FILE_TO_COME, next_attempt_at=now + GRACE)
    )


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
            m.error == FILE_TO_COME,
        )
        .order_by(m.at)
    )
    return [Held(row.conversation_id, row.id, row.data[FILE_ID]) for row in rows]


def release(connection: Connection, held: Held, upload: Upload, now: datetime) -> bool:
    """Put the file to its message and have it heard; False when that was done before."""
    row = _lock_held(connection, held)
    if row is None:
        return False
    kind: MessageKind = "photo" if is_photo(upload) else "file"
    settled = {"error": None, "next_attempt_at": None}
    if row["state"] == "set_aside":
        file_id = inbox.store_upload(connection, held.conversation_id, upload, now)
        with_file = {"kind": kind, "attachment_id": file_id, "state": "waiting"}
        connection.execute(update(message).where(_is(held)).values(**with_file, **settled))
    else:  # its words are not heard twice
        connection.execute(update(message).where(_is(held)).values(kind="text", **settled))
        key = f"{row['external_id']}:file"
        inbox.put_file(connection, held.conversation_id, key, kind, upload, now)
    fall_due(connection, held.conversation_id, now)
    return True


def hear_words(connection: Connection, held: Held, now: datetime) -> bool:
    """Wait no longer with what was written, here and behind; False when there is no need."""
    row = _lock_held(connection, held)
    if row is None or row["state"] != "set_aside":
        return False
    heard = {"state": "waiting"} if row["text"] else {}
    values = {"next_attempt_at": None, **heard}
    connection.execute(update(message).where(_is(held)).values(**values))
    fall_due(connection, held.conversation_id, now)
    return True


def refuse(connection: Connection, held: Held, sentence: str, now: datetime) -> bool:
    """Tell the customer why the file does not count; what was written under it is heard."""
    row = _lock_held(connection, held)
    if row is None:
        return False
    unheard = row["state"] == "set_aside"
    heard = {"state": "waiting" if row["text"] else "done"} if unheard else {}
    kind = {"kind": "text"} if row["text"] else {}
    values = {**heard, **kind, "error": sentence, "next_attempt_at": None}
    connection.execute(update(message).where(_is(held)).values(**values))
    fall_due(connection, held.conversation_id, now)
    if not _was_told(connection, held, sentence, now):
        _say(connection, held.conversation_id, sentence, now)
    return True


def keep_order(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Let a message that was just stored wait behind one that is held; the row must be held."""
    if connection.execute(_GRACE_ENDS, {"here": conversation_id, "now": now}).scalar():
        fall_due(connection, conversation_id, now)


def fall_due(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Let a conversation be read now, or when the grace of its oldest held message ends.

    The row must be held. A turn under way, or one that failed, goes on at its own time; and
    what has waited as long as that is not kept waiting for yet another photo.
    """
    until = connection.execute(_GRACE_ENDS, {"here": conversation_id, "now": now}).scalar()
    since = connection.execute(_WAITING_SINCE, {"here": conversation_id}).scalar()
    has_waited = since is not None and since <= now - GRACE
    due = now if until is None or has_waited else until
    if not connection.execute(_SET_DUE, {"here": conversation_id, "due": due}).rowcount:
        make_due(connection, conversation_id, now)


def _is(held: Held) -> ColumnElement[bool]:
    return and_(message.c.conversation_id == held.conversation_id, message.c.id == held.message_id)


def _lock_held(connection: Connection, held: Held) -> RowMapping | None:
    """Hold the conversation's row as every writer does, then see whether there is still work."""
    connection.execute(
        select(conversation.c.id)
        .where(conversation.c.id == held.conversation_id)
        .with_for_update()
    )
    m = message.c
    query = select(m.state, m.text, m.external_id).where(_is(held), m.error == FILE_TO_COME)
    return connection.execute(query).mappings().one_or_none()


def _was_told(connection: Connection, held: Held, sentence: str, now: datetime) -> bool:
    """Tell whether the same was said since it was sent, or just now: of another of an album."""
    m = message.c
    said = select(m.id).where(
        m.conversation_id == held.conversation_id,
        m.direction == "out",
        m.text == sentence,
        or_(m.id > held.message_id, m.at > now - GRACE),
    )
    return connection.execute(said.limit(1)).first() is not None


def _say(connection: Connection, conversation_id: int, sentence: str, now: datetime) -> None:
    """Say it in the name of whoever the chat is with: lost, only the bot's words call people."""
    c = conversation.c
    here = connection.execute(select(c.epoch, c.state).where(c.id == conversation_id)).one()
    outbox.put_reply(
        connection,
        conversation_id=conversation_id,
        epoch=here.epoch,
        sender="bot" if here.state == "bot" else "system",
        text=sentence,
        now=now,
        pushed=True,
    )
