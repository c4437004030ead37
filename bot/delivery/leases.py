"""A worker's hold on a conversation: a row, so that a dead worker's work is taken over.

The token in the lease is new at each take. Whoever acts on a lease checks it inside his own
transaction (`check_held`), so a worker that was asleep too long can never write over another's
turn, however wrong its clock is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, bindparam, exists, or_, select, update

from bot.errors import JiefenError
from models.conversation import conversation
from models.message import message

LEASE = timedelta(seconds=12)  # also how long a customer waits when a worker dies mid-turn
HEARTBEAT_SECONDS = 4.0
NAME_AT_MOST = 31  # characters; the column holds a name, a colon and a token of 32


class LeaseLost(JiefenError):
    """Another worker holds the conversation by now; nothing was written."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one conversation until it expires or is released."""

    conversation_id: int
    holder: str


# Statements of the hot path are built once: building one costs as much as running it.
_C = conversation.c
_DUE = (
    select(_C.id)
    .where(
        _C.work_due_at <= bindparam("now"),
        or_(_C.leased_until.is_(None), _C.leased_until <= bindparam("now")),
    )
    .order_by(_C.work_due_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(conversation)
    .where(_C.id.in_(bindparam("ids", expanding=True)))
    .values(leased_by=bindparam("holder"), leased_until=bindparam("until"))
)
_HOLDER = select(_C.leased_by).where(_C.id == bindparam("here")).with_for_update()
_HAS_WAITING = select(
    exists().where(message.c.conversation_id == bindparam("here"), message.c.state == "waiting")
)
_LET_GO = (
    update(conversation)
    .where(_C.id == bindparam("here"))
    .values(
        leased_by=None,
        leased_until=None,
        attempts=bindparam("failed"),
        work_due_at=bindparam("due"),
    )
)


def take(connection: Connection, *, name: str, limit: int, now: datetime) -> list[Lease]:
    """Take up to `limit` conversations that have work and no living worker, longest due first."""
    found = list(connection.execute(_DUE, {"now": now, "limit": limit}).scalars())
    holder = f"{name[:NAME_AT_MOST]}:{uuid4().hex}"
    if found:
        connection.execute(_TAKE, {"ids": found, "holder": holder, "until": now + LEASE})
    return [Lease(conversation_id, holder) for conversation_id in found]


def extend(connection: Connection, leases: Collection[Lease], now: datetime) -> set[Lease]:
    """Hold these leases for another full length; return those that were still ours."""
    c = conversation.c
    rows = connection.execute(
        update(conversation)
        .where(
            c.id.in_({lease.conversation_id for lease in leases}),
            c.leased_by.in_({lease.holder for lease in leases}),
        )
        .values(leased_until=now + LEASE)
        .returning(c.id, c.leased_by)
    )
    return {Lease(row.id, row.leased_by) for row in rows}


def check_held(connection: Connection, lease: Lease) -> None:
    """Raise LeaseLost unless the lease is still ours; hold the row until the transaction ends."""
    parameters = {"here": lease.conversation_id}
    if connection.execute(_HOLDER, parameters).scalar_one_or_none() != lease.holder:
        raise LeaseLost(f"conversation {lease.conversation_id} is in other hands")


def release(connection: Connection, lease: Lease, now: datetime) -> bool:
    """End a turn that went well; return whether messages still wait. Raises LeaseLost."""
    # First the lock, then the look: a message committed while we waited for the lock is seen.
    check_held(connection, lease)
    has_work = _has_waiting(connection, lease.conversation_id)
    let_go(connection, lease, attempts=0, due_at=now if has_work else None)
    return has_work


def failures(connection: Connection, lease: Lease) -> int:
    """Return how many turns of the conversation have failed in a row."""
    query = select(conversation.c.attempts).where(conversation.c.id == lease.conversation_id)
    return int(connection.execute(query).scalar_one())


def let_go(
    connection: Connection, lease: Lease, *, attempts: int, due_at: datetime | None
) -> None:
    """Give the conversation up; its work falls due then. The lease must have been checked."""
    here = {"here": lease.conversation_id}
    connection.execute(_LET_GO, {**here, "failed": attempts, "due": due_at})


def _has_waiting(connection: Connection, conversation_id: int) -> bool:
    return bool(connection.execute(_HAS_WAITING, {"here": conversation_id}).scalar_one())
