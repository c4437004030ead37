"""Commands to the order system as rows: taken, held, and settled together with their remedy.

A command that was `sending` when its runner vanished may or may not have reached the order system:
it is asked about first, and told again only when the order system says it never took effect.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import Connection, and_, case, or_, select, update

from bot.delivery import ledger
from bot.delivery.conversations import hold
from bot.delivery.retry import RECONCILE
from bot.order_record import OrderCommand
from models.remedy import UNSETTLED, order_command

# Longer than a call may take, or a slow one would be called lost.
RUNNING_AT_MOST = timedelta(seconds=45)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A command in our hands; `attempt` tells this hold from any other."""

    id: int
    remedy_id: int
    conversation_id: int
    attempt: int
    idempotency_key: str
    command: OrderCommand | None  # None: this release cannot read it
    may_have_happened: bool  # ask the order system before telling it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the order system made of a command; `note` is Chinese and may be shown."""

    state: Literal["done", "failed", "uncertain"]
    reference: str = ""
    note: str = ""


OnResult = Callable[[Connection, int, Outcome], object]


def take_due(connection: Connection, *, limit: int, now: datetime) -> list[Taken]:
    """Hold up to `limit` commands whose time has come, or whose runner has gone."""
    c = order_command.c
    is_due = or_(
        and_(c.state == "pending", c.next_attempt_at <= now),
        and_(c.state == "sending", c.leased_until <= now),
        and_(
            c.state == "uncertain",
            c.next_attempt_at <= now,
            or_(c.leased_until.is_(None), c.leased_until <= now),
        ),
    )
    query = (
        select(order_command)
        .where(UNSETTLED, is_due)
        .order_by(c.next_attempt_at, c.id)  # by the index: by id it would read the whole table
        .limit(limit)
    )
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    _hold(connection, [row.id for row in rows], now)
    return [
        Taken(
            id=row.id,
            remedy_id=row.remedy_id,
            conversation_id=row.conversation_id,
            attempt=row.attempts + 1,
            idempotency_key=row.idempotency_key,
            command=_read(row.id, row.command),
            may_have_happened=row.state != "pending",
        )
        for row in rows
    ]


def settle(
    connection: Connection, taken: Taken, outcome: Outcome, *, on_result: OnResult, now: datetime
) -> bool:
    """Record the outcome with the remedy's state and tell `on_result`, all or nothing.

    Returns False, and changes nothing, when somebody else took the command over meanwhile.
    """
    # The chat first, then its rows, as every turn does: else the two wait for each other.
    hold(connection, ledger.get(connection, taken.remedy_id).conversation_id)
    is_uncertain = outcome.state == "uncertain"
    wait = RECONCILE.wait_seconds(taken.attempt) or 0
    changes = {
        "state": outcome.state,
        "error": outcome.note or None,
        "next_attempt_at": now + timedelta(seconds=wait) if is_uncertain else None,
    }
    if not _let_go(connection, taken, changes):
        return False
    if is_uncertain and ledger.get(connection, taken.remedy_id).state == "uncertain":
        return True  # known already, and told already
    reason = outcome.note or None
    ledger.finish(connection, taken.remedy_id, outcome.state, now=now, reason=reason)
    on_result(connection, taken.remedy_id, outcome)
    return True


def send_again(connection: Connection, taken: Taken, *, now: datetime) -> bool:
    """Note that the order system never heard of the command, so that it may be told again."""
    changes = {"state": "pending", "error": None, "next_attempt_at": now}
    if not _let_go(connection, taken, changes):
        return False
    if ledger.get(connection, taken.remedy_id).state == "uncertain":
        ledger.resume(connection, taken.remedy_id, now=now)
    return True


def _read(command_id: int, stored: Any) -> OrderCommand | None:
    """Return the command of a row; one that cannot be read must not stop the others."""
    try:
        return OrderCommand.from_stored(stored)
    except ValidationError:
        _log.exception("command %s cannot be read by this release", command_id)
        return None


def _hold(connection: Connection, ids: list[int], now: datetime) -> None:
    c = order_command.c
    if ids:
        connection.execute(
            update(order_command)
            .where(c.id.in_(ids))
            .values(
                state=case((c.state == "pending", "sending"), else_=c.state),
                attempts=c.attempts + 1,
                leased_until=now + RUNNING_AT_MOST,
            )
        )


def _let_go(connection: Connection, taken: Taken, changes: dict[str, Any]) -> bool:
    c = order_command.c
    still_ours = update(order_command).where(
        c.id == taken.id,
        c.attempts == taken.attempt,
        c.state.in_(["sending", "uncertain"]),
    )
    result = connection.execute(still_ours.values(leased_until=None, **changes))
    return result.rowcount == 1
