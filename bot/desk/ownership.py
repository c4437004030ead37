"""Who speaks in a conversation: the bot, one agent, the queue, or nobody any more.

Each change is made under the row's lock, raises the epoch by one and leaves an audit row. What was
written under an older epoch is refused by the outbox, so there is never a second speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.desk import audit
from bot.desk.permissions import Permission, may
from bot.desk.staff import Staff
from bot.errors import NotAllowed, StaleOwner
from models.conversation import conversation
from models.staff import staff as staff_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Who holds a conversation at the moment."""

    conversation_id: int
    state: str  # bot | queued | with_person | closed
    owner_staff_id: int | None
    owner_name: str | None
    epoch: int


def take(connection: Connection, conversation_id: int, by: Staff, now: datetime) -> int:
    """Let somebody of the staff speak from here on; return the new epoch.

    Taking what is one's own changes nothing. Raises NotAllowed when another agent has it (unless
    `by` may take over) or when the conversation is closed.
    """
    now_held = _hold(connection, conversation_id)
    if now_held.owner_staff_id == by.id:
        return now_held.epoch
    _check_open(now_held)
    _check_not_anothers(now_held, by)
    owner = {"state": "with_person", "owner_kind": "agent", "owner_staff_id": by.id}
    return _change(connection, now_held, "conversation.taken", owner, by, now)


def to_queue(
    connection: Connection,
    conversation_id: int,
    *,
    reason: str,
    level: str,
    summary: Mapping[str, Any],
    now: datetime,
    by: Staff | None = None,
    unanswered: bool = False,
) -> int:
    """Let the conversation wait for a person; return the epoch to speak under from here on.

    In the queue already, it keeps its place and its epoch, and only the reason, level and summary
    are renewed. `by` None is the bot: it raises StaleOwner when a person has taken over meanwhile,
    unless they left the customer `unanswered`: then the chat is taken from them.
    """
    now_held = _hold(connection, conversation_id)
    if now_held.state == "with_person" and by is None and not unanswered:
        raise StaleOwner(f"conversation {conversation_id} is with {now_held.owner_name} by now")
    if by is not None:
        _check_not_anothers(now_held, by)
    why = {"queue_reason": reason, "queue_level": level, "summary": dict(summary)}
    if now_held.state == "queued":
        _write(connection, conversation_id, {**why, "updated_at": now})
        return now_held.epoch
    owner = {"state": "queued", "owner_kind": "queue", "queued_at": now, **why}
    return _change(connection, now_held, "conversation.queued", owner, by, now)


def leave_queue(connection: Connection, conversation_id: int, now: datetime) -> int:
    """Let the bot speak again because the customer waits no longer; return the new epoch.

    Raises StaleOwner when the conversation does not wait any more: somebody may have taken it.
    """
    now_held = _hold(connection, conversation_id)
    if now_held.state != "queued":
        raise StaleOwner(f"conversation {conversation_id} waits for nobody")
    return _change(connection, now_held, "conversation.left_queue", _BOT, None, now)


def return_to_bot(connection: Connection, conversation_id: int, by: Staff, now: datetime) -> int:
    """Let the bot speak again; return the new epoch. Raises NotAllowed like `take`."""
    now_held = _hold(connection, conversation_id)
    _check_open(now_held)
    _check_not_anothers(now_held, by)
    if now_held.state == "bot":
        return now_held.epoch
    return _change(connection, now_held, "conversation.returned", _BOT, by, now)


def close(connection: Connection, conversation_id: int, by: Staff | None, now: datetime) -> int:
    """End the conversation; return the new epoch. `by` None is the bot, which may end its own.

    Raises NotAllowed when another agent has it, StaleOwner when the bot no longer has it.
    """
    now_held = _hold(connection, conversation_id)
    if now_held.state == "closed":
        return now_held.epoch
    if by is None and now_held.state != "bot":
        raise StaleOwner(f"conversation {conversation_id} is not the bot's any more")
    if by is not None:
        _check_not_anothers(now_held, by)
    closed = {"state": "closed", "owner_kind": "bot"}
    return _change(connection, now_held, "conversation.closed", closed, by, now)


def reopen(connection: Connection, conversation_id: int, now: datetime) -> int:
    """Let the bot speak again in a closed conversation, because somebody goes on talking; return
    the epoch. One that is not closed is left alone.
    """
    now_held = _hold(connection, conversation_id)
    if now_held.state != "closed":
        return now_held.epoch
    return _change(connection, now_held, "conversation.reopened", _BOT, None, now)


def note_danger(connection: Connection, conversation_id: int, reason: str, level: str) -> None:
    """Keep, for the lists, why a chat that a person holds became graver; nothing else changes."""
    if _hold(connection, conversation_id).state == "with_person":
        why = {"queue_reason": reason, "queue_level": level}
        _write(connection, conversation_id, why)


def put_summary(connection: Connection, conversation_id: int, summary: Mapping[str, Any]) -> None:
    """Keep what people must know who decide about a remedy while the bot goes on speaking."""
    _hold(connection, conversation_id)
    _write(connection, conversation_id, {"summary": dict(summary)})


def add_to_summary(
    connection: Connection, conversation_id: int, learnt: Mapping[str, Any]
) -> None:
    """Keep what came to light while somebody waits for a person, or speaks with one.

    A chat that nobody was called to has no summary, and gets none. What is learnt of another
    matter than the one that they were called for does not take its place.
    """
    _hold(connection, conversation_id)
    known = connection.execute(
        select(conversation.c.summary).where(conversation.c.id == conversation_id)
    ).scalar_one()
    same = known and all(
        known.get(name) in {None, learnt.get(name)} for name in ("matter", "order_no")
    )
    if known and "order_no" in known and same:
        _write(connection, conversation_id, {"summary": {**known, **learnt}})


def check_may_speak(connection: Connection, conversation_id: int, by: Staff) -> int:
    """Return the epoch under which `by` may write; raises NotAllowed for anybody but the owner."""
    now_held = _hold(connection, conversation_id)
    if now_held.owner_staff_id == by.id:
        return now_held.epoch
    _check_open(now_held)
    if now_held.owner_name is not None:
        raise NotAllowed(f"已由{now_held.owner_name}接待，您不能在此会话中回复")
    raise NotAllowed("请先接管会话，再回复客户")


_BOT = {"state": "bot", "owner_kind": "bot"}
# An owner who is not named in a change has gone, and so has the wait in the queue.
_NOBODY = {"owner_staff_id": None, "queue_reason": None, "queue_level": None, "queued_at": None}


def held_by(connection: Connection, staff_id: int) -> Sequence[int]:
    """Return the chats that somebody of the staff has in hand, in the order of their ids."""
    c = conversation.c
    theirs = (c.owner_staff_id == staff_id, c.state == "with_person")
    return connection.execute(select(c.id).where(*theirs).order_by(c.id)).scalars().all()


def _hold(connection: Connection, conversation_id: int) -> Hold:
    """Hold the row until the transaction ends and return who has the conversation."""
    c = conversation.c
    row = connection.execute(
        select(c.state, c.owner_staff_id, c.epoch).where(c.id == conversation_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotAllowed("没有这个会话")
    name = connection.execute(
        select(staff_table.c.name).where(staff_table.c.id == row.owner_staff_id)
    ).scalar_one_or_none()
    return Hold(conversation_id=conversation_id, owner_name=name, **row._mapping)


def _change(
    connection: Connection,
    was: Hold,
    deed: str,
    owner: Mapping[str, Any],
    by: Staff | None,
    now: datetime,
) -> int:
    epoch = was.epoch + 1
    values = {**_NOBODY, **owner, "epoch": epoch, "updated_at": now}
    _write(connection, was.conversation_id, values)
    data = {"from": was.state, "from_name": was.owner_name, "epoch": epoch}
    subject = f"conversation:{was.conversation_id}"
    audit.record(connection, by.id if by else None, deed, subject, data, now)
    return epoch


def _write(connection: Connection, conversation_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(
        update(conversation).where(conversation.c.id == conversation_id).values(**values)
    )


def _check_open(held: Hold) -> None:
    if held.state == "closed":
        raise NotAllowed("该会话已结束")


def _check_not_anothers(held: Hold, by: Staff) -> None:
    is_anothers = held.owner_staff_id is not None and held.owner_staff_id != by.id
    if is_anothers and not may(by.role, Permission.CONVERSATION_TAKE_OVER):
        raise NotAllowed(f"已由{held.owner_name}接待")
