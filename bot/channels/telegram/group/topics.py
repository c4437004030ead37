"""What the group is to be told next, and what it was told: a view, which the database can remake.

One call at a time over all processes, for Telegram counts the whole group: whoever moves the
group's rest forward may make one. Nothing is left out; what was on its way when a process died
or Telegram gave no answer is told again, which in a view does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, or_, select, update

from bot.desk import personal, transcript
from bot.desk.masking import shown_name
from bot.levels import LEVELS
from models import agent_group, conversation, customer, message, staff, topic
from models.insert import dialect_insert, insert_once
from models.message import UNDELIVERED, unsent

PACE = timedelta(seconds=3.2)  # 20 messages a minute are borne by a group, whatever their topic
IN_HAND = timedelta(seconds=60)  # longer than a call may take
BACKGROUND = 12  # messages before the hand-over that are shown with it
LOST_AT_ONCE = 10  # replies that may not have arrived, in one post
NOTHING_TOLD = -1  # an epoch that no conversation has
WRITTEN_HERE = "telegram:"  # how the id of what agents write in the group begins

_C, _T, _M = conversation.c, topic.c, message.c
_HELD = _C.state.in_(("queued", "with_person"))
_GRAVEST_FIRST = case(
    *((_C.queue_level == level, at) for at, level in enumerate(reversed(LEVELS))),
    else_=len(LEVELS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A conversation of which the group does not know all, as it may be read by everybody there.

    `messages` have the shape of `transcript.for_staff`, with `is_own` where an agent wrote it in
    the group itself; `skipped` counts those before them that the group is not shown. `lost` are
    agents' words that may not have arrived.
    """

    conversation_id: int
    thread_id: int | None
    customer_name: str
    state: str
    owner_name: str | None
    epoch: int
    is_told: bool  # who has the chat is known there
    is_new: bool  # nothing of it was shown yet
    is_shut: bool  # only admins of the group can write in its topic
    reason: str | None
    level: str | None
    summary: dict[str, Any] | None
    messages: tuple[dict[str, Any], ...]
    skipped: int
    lost: tuple[dict[str, Any], ...]
    is_sending: bool  # agents' words are on their way to the customer
    last_id: int


def take_due(connection: Connection, group_id: int, now: datetime) -> Due | None:
    """Take what the group must be told next, if it can bear a message; it is in hand from here."""
    row = _next(connection, group_id, now)
    if row is None or not _take_turn(connection, group_id, now):
        return None
    _hold(connection, group_id, row.id, now)
    return _read(connection, row)


def rest(connection: Connection, group_id: int, until: datetime) -> None:
    """Tell the group nothing before that moment."""
    connection.execute(
        update(agent_group).where(agent_group.c.id == group_id).values(resting_until=until)
    )


def made(connection: Connection, due: Due, thread_id: int, now: datetime) -> None:
    """Keep which thread Telegram made for the conversation."""
    _write(connection, due.conversation_id, thread_id=thread_id, due_at=now)


def told(connection: Connection, due: Due, upto: int, now: datetime) -> None:
    """Keep that the group knows who has the chat, and the messages up to that id."""
    lost = max((one["id"] for one in due.lost), default=0)
    more = upto < due.last_id or due.is_sending  # what is on its way may get lost yet
    _write(
        connection,
        due.conversation_id,
        shown_id=upto,
        epoch=due.epoch,
        is_open=due.state in {"queued", "with_person"} or more,
        due_at=now,
        **({"lost_id": lost} if lost else {}),
    )


def shut(connection: Connection, due: Due, *, is_shut: bool) -> None:
    """Keep whether its topic is shut."""
    _write(connection, due.conversation_id, is_shut=is_shut)


def gone(connection: Connection, due: Due, now: datetime) -> None:
    """Keep that its thread is no more: another is made, and shown the chat anew."""
    _write(
        connection, due.conversation_id, thread_id=None, epoch=NOTHING_TOLD, due_at=now,
        is_shut=False, shown_id=_start(connection, due.conversation_id),
    )  # fmt: skip


def later(connection: Connection, due: Due, until: datetime) -> None:
    """Try again then."""
    _write(connection, due.conversation_id, due_at=until)


def chat_of_thread(connection: Connection, group_id: int, thread_id: int) -> int | None:
    """Return the conversation that a thread shows, or None."""
    here = (_T.group_id == group_id, _T.thread_id == thread_id)
    return connection.execute(select(_T.conversation_id).where(*here)).scalar_one_or_none()


def was_heard(connection: Connection, conversation_id: int, message_id: int) -> bool:
    """Tell whether this very command was the last that was obeyed: an update may come twice."""
    here = (_T.conversation_id == conversation_id, _T.heard_id == message_id)
    return connection.execute(select(_T.conversation_id).where(*here)).first() is not None


def is_first_hearing(connection: Connection, conversation_id: int, message_id: int) -> bool:
    """Tell whether a command is to be obeyed: one that comes after a later one is not."""
    here = (_T.conversation_id == conversation_id, _T.heard_id < message_id)
    heard = connection.execute(
        update(topic).where(*here).values(heard_id=message_id, is_open=True)  # it is told of this
    )
    return heard.rowcount == 1


def _next(connection: Connection, group_id: int, now: datetime) -> Row[Any] | None:
    """Return the chat to be told of: the gravest of who is new, then whoever waits longest."""
    lost = exists().where(
        _M.conversation_id == _C.id, UNDELIVERED, _M.sender == "agent", _M.id > _T.lost_id
    )
    news: ColumnElement[bool] = and_(
        _T.due_at <= now, or_(_C.last_message_id > _T.shown_id, _C.epoch != _T.epoch, lost)
    )
    held = _chats(group_id).where(_HELD, or_(_T.conversation_id.is_(None), news))
    over = _chats(group_id).where(~_HELD, _T.is_open, news)
    waiting = held.order_by(_T.conversation_id.is_not(None), _T.due_at, _GRAVEST_FIRST, _C.id)
    found = connection.execute(waiting.limit(1)).one_or_none()
    return found or connection.execute(over.order_by(_T.due_at, _C.id).limit(1)).one_or_none()


def _chats(group_id: int) -> Any:
    """Return the query for conversations, each with its topic in this group if it has one."""
    mine = and_(_T.conversation_id == _C.id, _T.group_id == group_id)
    return (
        select(
            conversation,
            topic.c.thread_id,
            topic.c.shown_id,
            topic.c.lost_id,
            topic.c.epoch.label("told_epoch"),
            customer.c.name.label("customer_name"),
            staff.c.name.label("owner_name"),
        )
        .select_from(conversation)
        .join(topic, mine, isouter=True)
        .join(customer, customer.c.id == _C.customer_id)
        .join(staff, staff.c.id == _C.owner_staff_id, isouter=True)
    )


def _take_turn(connection: Connection, group_id: int, now: datetime) -> bool:
    """Move the group's rest forward; only one process succeeds."""
    g = agent_group.c
    until = now + PACE
    moved = connection.execute(
        update(agent_group)
        .where(g.id == group_id, g.resting_until <= now)
        .values(resting_until=until)
    )
    first = {"id": group_id, "resting_until": until}
    return moved.rowcount == 1 or insert_once(connection, agent_group, first, g.id) is not None


def _hold(connection: Connection, group_id: int, conversation_id: int, now: datetime) -> None:
    """Let no other process tell of this conversation meanwhile; a new topic begins here."""
    begun = {
        "group_id": group_id,
        "thread_id": None,
        "shown_id": _start(connection, conversation_id),
        "epoch": NOTHING_TOLD,
        "lost_id": _last_lost(connection, conversation_id),
        "heard_id": 0,
        "is_open": True,
        "is_shut": False,
    }
    insert = dialect_insert(connection, topic).values(
        conversation_id=conversation_id, due_at=now + IN_HAND, **begun
    )
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=[_T.conversation_id],
            set_={**begun, "due_at": now + IN_HAND},
            where=_T.group_id != group_id,  # the shop's agents moved to another group
        )
    )
    _write(connection, conversation_id, due_at=now + IN_HAND)


def _write(connection: Connection, conversation_id: int, **values: Any) -> None:
    connection.execute(update(topic).where(_T.conversation_id == conversation_id).values(**values))


def _own(connection: Connection, conversation_id: int, after: int) -> set[int]:
    here = (_M.conversation_id == conversation_id, _M.id > after)
    written = _M.external_id.like(f"staff:%:{WRITTEN_HERE}%")
    return set(connection.execute(select(_M.id).where(*here, written)).scalars())


def _start(connection: Connection, conversation_id: int) -> int:
    """Return the message after which a new topic begins."""
    visible = select(_M.id).where(_M.conversation_id == conversation_id, _M.kind != "signal")
    last = visible.order_by(_M.id.desc()).offset(BACKGROUND).limit(1)
    return int(connection.execute(last).scalar_one_or_none() or 0)


def _last_lost(connection: Connection, conversation_id: int) -> int:
    """Return the last loss that stands in the chat already: it is no news of the topic's."""
    lost = select(_M.id).where(_M.conversation_id == conversation_id, UNDELIVERED)
    found = connection.execute(lost.order_by(_M.id.desc()).limit(1)).scalar_one_or_none()
    return int(found or 0)


def _read(connection: Connection, row: Row[Any]) -> Due:
    """Read what is new, without what only the one who holds the chat may read."""
    known = personal.known_in(connection, [row.id])[row.id]
    now_at = connection.execute(select(topic).where(_T.conversation_id == row.id)).one()
    said = transcript.for_staff(connection, row.id, after=now_at.shown_id)
    own_ids = _own(connection, row.id, now_at.shown_id)
    skipped = max(0, len(said) - BACKGROUND) if now_at.epoch != row.epoch else 0
    lost = connection.execute(
        select(_M.id, _M.text, _M.at)
        .where(
            _M.conversation_id == row.id, UNDELIVERED, _M.sender == "agent", _M.id > now_at.lost_id
        )
        .order_by(_M.id)
        .limit(LOST_AT_ONCE)
    )
    agents = (_M.conversation_id == row.id, _M.sender == "agent", unsent("message"))
    sending = connection.execute(select(_M.id).where(*agents).limit(1)).first() is not None
    return Due(
        conversation_id=row.id,
        thread_id=now_at.thread_id,
        customer_name=shown_name(row.customer_name),
        state=row.state,
        owner_name=row.owner_name,
        epoch=row.epoch,
        is_told=now_at.epoch == row.epoch,
        is_new=now_at.epoch == NOTHING_TOLD,
        is_shut=now_at.is_shut,
        reason=row.queue_reason,
        level=row.queue_level,
        summary=known.hidden_in(row.summary),
        messages=tuple(
            {**one, "text": known.hidden_in(one["text"]), "is_own": one["id"] in own_ids}
            for one in said[skipped:]
        ),
        skipped=skipped,
        lost=tuple(
            {"id": one.id, "text": known.hidden_in(one.text), "at": one.at} for one in lost
        ),
        is_sending=sending,
        last_id=max((one["id"] for one in said), default=0)
        if len(said) >= transcript.PAGE
        else row.last_message_id,
    )
