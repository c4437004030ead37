"""Promises as rows: written with the words that made them, held while looked at, settled once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select, union_all, update

from bot.desk.clocks import Outcome, nearing_at, standing
from models.conversation import conversation
from models.dispute import dispute
from models.insert import insert_once
from models.promise import OPEN, promise
from models.remedy import remedy

# Longer than a look at the order system may take, or a slow one would be done twice.
LOOKING_AT_MOST = timedelta(seconds=60)
LIST_AT_MOST = 200  # rows
LOOK_FOR_RETURN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that the customer was told will have happened by `due_at`."""

    key: str  # the same key in a conversation is the same promise
    what: str  # person | answer | approval | offer | a remedy kind
    said: str  # Chinese, for staff
    due_at: datetime  # with `after_return_hours`: until when the goods are waited for
    dispute_id: int | None = None
    remedy_id: int | None = None
    after_return_hours: float | None = None  # runs from the arrival of what is sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A promise in the hands of one look; `looks` tells it from any other's."""

    id: int
    conversation_id: int
    dispute_id: int | None
    matter: str | None
    what: str
    said: str
    order_no: str | None
    made_at: datetime
    due_at: datetime
    remedy_state: str | None
    dispute_state: str | None
    after_return_hours: float | None
    looks: int


def make(connection: Connection, conversation_id: int, made: Promise, now: datetime) -> None:
    """Write a promise down, once for its key."""
    values = {
        "conversation_id": conversation_id,
        "dispute_id": made.dispute_id,
        "remedy_id": made.remedy_id,
        "key": made.key,
        "what": made.what,
        "said": made.said,
        "made_at": now,
        "due_at": made.due_at,
        "after_return_hours": made.after_return_hours,
        "state": "open",
        "look_at": now + LOOK_FOR_RETURN_EVERY
        if made.after_return_hours
        else nearing_at(now, made.due_at),
    }
    insert_once(connection, promise, values, promise.c.id)


def keep(connection: Connection, now: datetime, **which: Any) -> None:
    """Note that the open promises of that conversation, remedy or kind were kept."""
    _settle(connection, "kept", now, which)


def void(connection: Connection, now: datetime, **which: Any) -> None:
    """Note that the open promises of that conversation, dispute or kind have no object left."""
    _settle(connection, "void", now, which)


def take_due(connection: Connection, *, limit: int, now: datetime) -> list[Held]:
    """Hold up to `limit` open promises that are to be looked at, for as long as a look takes."""
    p = promise.c
    rows = connection.execute(
        _with_states()
        .where(
            p.state == "open",
            p.look_at <= now,
            or_(p.leased_until.is_(None), p.leased_until <= now),
        )
        .order_by(p.due_at, p.id)
        .limit(limit)
        .with_for_update(of=promise, skip_locked=True)
    ).all()
    connection.execute(
        update(promise)
        .where(p.id.in_([row.id for row in rows]))
        .values(leased_until=now + LOOKING_AT_MOST, looks=p.looks + 1)
    )
    names = Held.__dataclass_fields__
    return [Held(**{n: getattr(row, n) for n in names} | {"looks": row.looks + 1}) for row in rows]


def settle(connection: Connection, held: Held, result: Outcome, now: datetime) -> bool:
    """Write down what a look found; return False, changing nothing, when it came too late."""
    if result == "open":
        return _after_look(
            connection, held, {"look_at": held.due_at if now < held.due_at else now}
        )
    return _after_look(connection, held, {"state": result, "settled_at": now, "look_at": None})


def start_clock(connection: Connection, held: Held, due_at: datetime, now: datetime) -> bool:
    """The goods are back: from now on `due_at` stands. Return False when a look came too late."""
    changes = {"due_at": due_at, "after_return_hours": None, "look_at": nearing_at(now, due_at)}
    return _after_look(connection, held, changes)


def wait_on(connection: Connection, held: Held, now: datetime) -> bool:
    """The goods are not back yet: look again. Return False when a look came too late."""
    return look_again(connection, held, now + LOOK_FOR_RETURN_EVERY)


def look_again(connection: Connection, held: Held, at: datetime) -> bool:
    """A look found nothing out: look again then. Return False when it came too late."""
    return _after_look(connection, held, {"look_at": at})


def _after_look(connection: Connection, held: Held, changes: Mapping[str, Any]) -> bool:
    p = promise.c
    mine = (p.id == held.id, p.looks == held.looks, p.state == "open")
    values = {"leased_until": None, **changes}
    return connection.execute(update(promise).where(*mine).values(values)).rowcount == 1


def still_standing(connection: Connection, held: Held) -> Held:
    """Return the promise with its remedy and dispute as they are now."""
    row = connection.execute(_with_states().where(promise.c.id == held.id)).one()
    names = Held.__dataclass_fields__
    return Held(**{n: getattr(row, n) for n in names})


def broken_since(connection: Connection, conversation_id: int, since: datetime | None) -> bool:
    """Tell whether a promise in the conversation was broken after that moment (None: ever)."""
    p = promise.c
    wanted = [p.conversation_id == conversation_id, p.state == "broken"]
    if since is not None:
        wanted.append(p.settled_at > since)
    return connection.execute(select(p.id).where(*wanted).limit(1)).first() is not None


def is_open(connection: Connection, conversation_id: int, what: Collection[str]) -> bool:
    """Tell whether a promise of one of those kinds is open in the conversation."""
    p = promise.c
    wanted = (p.conversation_id == conversation_id, p.state == "open", p.what.in_(what))
    return connection.execute(select(p.id).where(*wanted).limit(1)).first() is not None


def listed(connection: Connection, now: datetime, *, warned: bool) -> list[dict[str, Any]]:
    """Return promises for staff, the soonest due first: the open ones, or (`warned`) those of
    them that near their deadline, and what was broken and is still with a person.

    What runs from the arrival of the customer's parcel has no deadline before it, and comes last.
    """
    p = promise.c
    c = conversation.c
    with_people = select(c.id).where(c.state.in_(("queued", "with_person")))
    unanswered = (p.state == "broken", p.conversation_id.in_(with_people))
    # Each part by an index of its own: asked for as one, they would read every promise ever made.
    wanted = union_all(select(p.id).where(OPEN), select(p.id).where(*unanswered))
    rows = connection.execute(
        _with_states()
        .where(p.id.in_(wanted), p.what != "offer")
        .order_by(p.after_return_hours.is_not(None), p.due_at, p.id)
        .limit(LIST_AT_MOST)
    )
    found = [_listed(row, now) for row in rows]
    return [one for one in found if not warned or one["standing"] != "open"]


def of_dispute(connection: Connection, dispute_id: int, now: datetime) -> list[dict[str, Any]]:
    """Return everything that was promised in a dispute, the oldest first."""
    query = _with_states().where(promise.c.dispute_id == dispute_id).order_by(promise.c.id)
    return [_listed(row, now) for row in connection.execute(query)]


def _listed(row: Row[Any], now: datetime) -> dict[str, Any]:
    awaits_return = row.after_return_hours is not None
    stands = "missed"
    if row.state == "open":
        stands = "open" if awaits_return else standing(row.made_at, row.due_at, now)
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "dispute_id": row.dispute_id,
        "order_no": row.order_no,
        "what": row.what,
        "said": row.said,
        "made_at": row.made_at.isoformat(),
        "due_at": None if awaits_return else row.due_at.isoformat(),
        "state": row.state,
        "standing": stands,
    }


def _with_states() -> Select[Any]:
    return (
        select(
            promise,
            remedy.c.state.label("remedy_state"),
            dispute.c.state.label("dispute_state"),
            dispute.c.matter,
            dispute.c.order_no,
        )
        .join(remedy, remedy.c.id == promise.c.remedy_id, isouter=True)
        .join(dispute, dispute.c.id == promise.c.dispute_id, isouter=True)
    )


def _settle(
    connection: Connection, state: Outcome, now: datetime, which: Mapping[str, Any]
) -> None:
    wanted: list[ColumnElement[bool]] = [
        promise.c[name].in_(value)
        if isinstance(value, Collection) and not isinstance(value, str)
        else promise.c[name] == value
        for name, value in which.items()
    ]
    connection.execute(
        update(promise)
        .where(promise.c.state == "open", *wanted)
        .values(state=state, settled_at=now, look_at=None, leased_until=None)
    )
