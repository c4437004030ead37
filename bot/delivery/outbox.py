"""Messages to the customer: written down here first, sent later, and what became of each.

A row in `sending` whose sender has gone is `unknown`, never `pending` again: the customer may have
read it. Within a conversation the oldest unsent message goes first and alone; a message whose fate
is known, or known to be unknown, holds nothing up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    exists,
    insert,
    not_,
    or_,
    select,
    update,
)

from bot.delivery.conversations import hold, next_message_id
from bot.delivery.retry import SEND
from bot.messages import (
    STALE,
    Failed,
    Option,
    OutboundMessage,
    RetryLater,
    SendResult,
    Sent,
    Unknown,
)
from models.conversation import conversation
from models.message import UNDELIVERED_STATES, message, unsent

# Longer than a channel may take for one call, or a slow send would be called lost.
SENDING_AT_MOST = timedelta(seconds=40)
LOST = "the sender stopped before the channel's answer was recorded"
PARTS_SENT = "parts_sent"  # in the data of a long reply that was interrupted


# Statements of the hot path are built once: building one costs as much as running it.
_M = message.c
_IS_LOST = (unsent(), _M.state == "sending", _M.next_attempt_at <= bindparam("now"))
# Chats are held before their messages, as every writer does; a busy one has its turn at the next
# look, for in a transaction of many chats, to wait for one is to invite a deadlock.
_HOLD_LOST = (
    select(conversation.c.id)
    .where(conversation.c.id.in_(select(_M.conversation_id).where(*_IS_LOST)))
    .order_by(conversation.c.id)
    .with_for_update(skip_locked=True)
)
_GIVE_UP = (
    update(message)
    .where(*_IS_LOST, _M.conversation_id.in_(bindparam("held", expanding=True)))
    .values(state="unknown", error=LOST, next_attempt_at=None)
    .returning(_M.conversation_id, _M.id, _M.sender)
)
_EPOCH_NOW = (
    select(conversation.c.epoch).where(conversation.c.id == _M.conversation_id).scalar_subquery()
)
_REFUSE_STALE = (  # what the bot wrote before somebody else took over
    update(message)
    .where(unsent(), _M.state == "pending", _M.sender == "bot", _M.epoch != _EPOCH_NOW)
    .values(state="failed", error=STALE, next_attempt_at=None)
)
_EARLIER = message.alias("earlier")
_HAS_EARLIER = exists().where(
    _EARLIER.c.conversation_id == _M.conversation_id,
    _EARLIER.c.id < _M.id,
    unsent("earlier"),
)
# As an expression it has no index: SQLite would begin with every chat of the channel, of which
# there are many, and not with what is unsent.
_CHANNEL = conversation.c.channel.concat("")
_HEADS = (  # the oldest unsent message of each conversation, if its time has come
    select(message, conversation.c.channel, conversation.c.external_id.label("chat_id"))
    .join(conversation, conversation.c.id == _M.conversation_id)
    .where(
        unsent(),
        _M.state == "pending",
        _M.next_attempt_at <= bindparam("now"),
        _CHANNEL.in_(bindparam("channels", expanding=True)),
        _M.conversation_id.not_in(bindparam("resting", expanding=True)),
        or_(_M.sender != "bot", _M.epoch == conversation.c.epoch),
        not_(_HAS_EARLIER),
    )
    .order_by(_M.next_attempt_at)
    .limit(bindparam("limit"))
    .with_for_update(of=message, skip_locked=True)
)
_MARK_SENDING = (
    update(message)
    .where(_M.conversation_id == bindparam("here"), _M.id == bindparam("number"))
    .values(state="sending", attempts=_M.attempts + 1, next_attempt_at=bindparam("until"))
)


_CARRY_OVER = (
    update(message)
    .where(
        _M.conversation_id == bindparam("here"),
        _M.state == "pending",
        _M.sender == "bot",
        _M.epoch == bindparam("before"),
    )
    .values(epoch=bindparam("now_on"))
)

# Told, in the same transaction, of a reply of the bot's that may never arrive: its conversation,
# then its id.
OnLost = Callable[[Connection, int, int], object]


def tell_nobody(_connection: Connection, _conversation_id: int, _message_id: int) -> None:
    """Call nobody for a lost reply."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way; `attempts` tells this try from any other."""

    channel: str
    attempts: int
    message: OutboundMessage


def put_reply(
    connection: Connection,
    *,
    conversation_id: int,
    epoch: int,
    sender: str,
    text: str,
    options: Sequence[Option] = (),
    now: datetime,
    pushed: bool,
    staff_id: int | None = None,
    external_id: str | None = None,
) -> int:
    """Write a reply down under the epoch it was thought up in; return its message id.

    The same `external_id` again is the same message, and nothing is written twice.
    `pushed` says that a channel must carry it; otherwise the customer fetches it, and it counts as
    sent. Raises StaleOwner when the conversation changed hands. A turn that both changes the owner
    and speaks changes first, then speaks under the new epoch.
    """
    values = {
        "sender": sender,
        "kind": "text",
        "text": text,
        "options": [option.as_dict() for option in options] or None,
        "staff_id": staff_id,
        "external_id": external_id,
        "epoch": epoch,
        "state": "pending" if pushed else "sent",
        "next_attempt_at": now if pushed else None,
    }
    if known := _written(connection, conversation_id, external_id):
        return known
    message_id = next_message_id(connection, conversation_id, now, epoch=epoch)
    return _put(connection, conversation_id, message_id, now, values)


def carry_over(connection: Connection, conversation_id: int, before: int, epoch: int) -> None:
    """Let what the bot wrote before it changed the owner still go out: nobody else spoke."""
    if before == epoch:
        return
    moved = {"here": conversation_id, "before": before, "now_on": epoch}
    connection.execute(_CARRY_OVER, moved)


def still_lost(
    connection: Connection, conversation_id: int, message_ids: Collection[int]
) -> frozenset[int]:
    """Return which of these messages may not have arrived even now.

    A late answer of the channel may have settled one; who tapped a button of it has it.
    """
    m = message.c
    here = m.conversation_id == conversation_id
    chosen = select(m.choice).where(here, m.direction == "in", m.choice.is_not(None))
    rows = connection.execute(
        select(m.id, m.options).where(here, m.id.in_(message_ids), m.state.in_(UNDELIVERED_STATES))
    ).all()
    tapped = set(connection.execute(chosen).scalars()) if rows else set()
    return frozenset(
        row.id for row in rows if tapped.isdisjoint(one["id"] for one in row.options or ())
    )


def find(connection: Connection, conversation_id: int, external_id: str) -> int | None:
    """Return the id of the message written under that external id, or None."""
    m = message.c
    return connection.execute(
        select(m.id).where(m.conversation_id == conversation_id, m.external_id == external_id)
    ).scalar_one_or_none()


def put_note(
    connection: Connection,
    *,
    conversation_id: int,
    staff_id: int,
    text: str,
    now: datetime,
    external_id: str | None = None,
) -> int:
    """Write down a remark between staff, which no customer ever sees; return its message id.

    The same `external_id` again is the same remark.
    """
    values = {
        "external_id": external_id,
        "sender": "agent",
        "kind": "note",
        "text": text,
        "staff_id": staff_id,
        "state": "sent",
    }
    if known := _written(connection, conversation_id, external_id):
        return known
    message_id = next_message_id(connection, conversation_id, now)
    return _put(connection, conversation_id, message_id, now, values)


def _written(connection: Connection, conversation_id: int, external_id: str | None) -> int | None:
    """Return the id of the message that was written under that external id, or None."""
    if external_id is None:
        return None
    hold(connection, conversation_id)  # two of the same at once meet here
    return find(connection, conversation_id, external_id)


def take_due(
    connection: Connection,
    *,
    channels: Collection[str],
    resting: Collection[int],
    limit: int,
    now: datetime,
) -> list[Outgoing]:
    """Mark up to `limit` messages as being sent and return them: one a conversation, the oldest.

    `resting` are conversations whose chat has had enough for the moment.
    """
    connection.execute(_REFUSE_STALE)
    wanted = {"channels": list(channels), "resting": list(resting), "limit": limit, "now": now}
    rows = connection.execute(_HEADS, wanted).all()
    if rows:
        until = now + SENDING_AT_MOST
        keys = [{"here": row.conversation_id, "number": row.id, "until": until} for row in rows]
        connection.execute(_MARK_SENDING, keys)
    return [_outgoing(row) for row in rows]


def give_up_on_lost(
    connection: Connection,
    now: datetime,
    on_lost: OnLost = tell_nobody,
) -> list[int]:
    """Call unknown whatever a sender that is gone was sending; return the chats it was for."""
    held = list(connection.execute(_HOLD_LOST, {"now": now}).scalars())
    if not held:
        return []
    lost = connection.execute(_GIVE_UP, {"now": now, "held": held}).all()
    for row in sorted(lost, key=lambda row: (row.conversation_id, row.id)):
        if row.sender == "bot":
            on_lost(connection, row.conversation_id, row.id)
    return sorted({row.conversation_id for row in lost})


def record(
    connection: Connection,
    sent: Outgoing,
    result: SendResult,
    now: datetime,
    on_lost: OnLost = tell_nobody,
) -> bool:
    """Write down what became of one try; a late answer still settles an unknown message.

    Return whether a message was lost by it. Only the bot's call people: staff see what became of
    their own words, and of what was said in their name.
    """
    states = ["sending"] if isinstance(result, RetryLater) else ["sending", "unknown"]
    place = (sent.message.conversation_id, sent.message.message_id)
    values = _recorded(result, sent.attempts, now)
    never_arrived = values["state"] in UNDELIVERED_STATES
    if never_arrived:
        hold(connection, sent.message.conversation_id)  # first, as every writer does
    sender = connection.execute(
        update(message)
        .where(
            message.c.conversation_id == place[0],
            message.c.id == place[1],
            message.c.attempts == sent.attempts,
            message.c.state.in_(states),
        )
        .values(**values)
        .returning(message.c.sender)
    ).scalar()
    is_lost = never_arrived and sender is not None
    if is_lost and sender == "bot":
        on_lost(connection, *place)
    return is_lost


def _recorded(result: SendResult, attempts: int, now: datetime) -> dict[str, Any]:
    match result:
        case Sent(sent_as=sent_as):
            return {
                "state": "sent",
                "sent_as": sent_as,
                "error": None,
                "next_attempt_at": None,
            }
        case Unknown(reason=reason):
            return {"state": "unknown", "error": reason, "next_attempt_at": None}
        case Failed(reason=reason):
            return {"state": "failed", "error": reason, "next_attempt_at": None}
        case RetryLater(wait_seconds=asked, reason=reason, parts_sent=parts):
            wait = SEND.wait_seconds(attempts)
            if wait is None:
                told = f", {parts} parts sent" if parts else ""
                error = f"given up after {attempts} attempts{told}: {reason}"
                return {"state": "failed", "error": error, "next_attempt_at": None}
            again = now + timedelta(seconds=max(wait, asked))
            data = {"data": {PARTS_SENT: parts}} if parts else {}
            return {"state": "pending", "error": reason, "next_attempt_at": again, **data}


def _put(
    connection: Connection,
    conversation_id: int,
    message_id: int,
    now: datetime,
    values: dict[str, Any],
) -> int:
    place = {"conversation_id": conversation_id, "id": message_id, "direction": "out", "at": now}
    connection.execute(insert(message), {**place, **values})
    return message_id


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        channel=row.channel,
        attempts=row.attempts + 1,
        message=OutboundMessage(
            conversation_id=row.conversation_id,
            message_id=row.id,
            chat_id=row.chat_id,
            text=row.text,
            options=tuple(Option(**option) for option in row.options or ()),
            parts_sent=(row.data or {}).get(PARTS_SENT, 0),
        ),
    )
