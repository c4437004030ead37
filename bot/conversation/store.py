"""The log of events and the disputes' rows in the database: plain functions of a connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, exists, func, insert, literal, select, update

from bot.conversation import signals
from bot.conversation.shapes.events import (
    Event,
    Logged,
    RemedyGranted,
    from_row,
    to_row,
)
from bot.conversation.shapes.state import Matter, State
from bot.delivery import inbox, ledger
from bot.delivery.inbox import Waiting
from bot.delivery.remedy_states import GRANTED, SPOKEN_KINDS
from bot.order_record import MULTIPLE
from bot.remedies.verdict import NUDGES
from models import (
    conversation,
    customer,
    dispute,
    event,
    order_ledger,
    ownership_failure,
    remedy,
    shown_order,
)
from models.base import Moment
from models.insert import insert_once
from nlp.labels import TYPE_OF

DISPUTE_STATE = {
    "gathering": "open",
    "offered": "offered",
    "confirming": "offered",
    "approval": "awaiting_approval",
    "executing": "executing",
    "with_person": "with_person",
}


LIABILITY = ("liable", "cost_bearer", "cause", "liability_reason")


@dataclass(frozen=True, slots=True)
class Granted:
    """What stands granted on an order."""

    fen: int
    standing: tuple[dict[str, Any], ...]


class TurnOvertaken(Exception):
    """Somebody else wrote into the log since it was read; the turn is worked out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A conversation as a turn finds it."""

    row: Row[Any]
    waiting: tuple[Waiting, ...]  # inbound messages, oldest first
    lost: frozenset[int] = frozenset()  # replies told of in it that may still not have arrived
    coming: int = 0  # photos that were sent and are not here yet
    phone: str | None  # signed by the shop
    telegram_id: int | None

    @property
    def channel(self) -> str:
        """The channel's name."""
        return str(self.row.channel)


def load(connection: Connection, conversation_id: int) -> Loaded:
    """Return the conversation, and what waits to be read."""
    row = connection.execute(
        select(conversation, customer.c.phone, customer.c.telegram_id)
        .join(customer, customer.c.id == conversation.c.customer_id)
        .where(conversation.c.id == conversation_id)
    ).one()
    waiting = tuple(inbox.waiting(connection, conversation_id))
    return Loaded(
        row=row,
        waiting=waiting,
        lost=signals.still_lost(connection, conversation_id, row.state, [m.data for m in waiting]),
        coming=inbox.count_coming(connection, conversation_id),
        phone=row.phone,
        telegram_id=row.telegram_id,
    )


def channel_of(connection: Connection, conversation_id: int) -> str:
    """Return the name of the conversation's channel."""
    query = select(conversation.c.channel).where(conversation.c.id == conversation_id)
    return str(connection.execute(query).scalar_one())


def epoch_of(connection: Connection, conversation_id: int) -> int:
    """Return the epoch of who may speak in the conversation."""
    query = select(conversation.c.epoch).where(conversation.c.id == conversation_id)
    return int(connection.execute(query).scalar_one())


def read_events(connection: Connection, conversation_id: int) -> tuple[Event, ...]:
    """Return the conversation's events, oldest first."""
    return tuple(logged.event for logged in read_log(connection, conversation_id))


def read_from(
    connection: Connection, conversation_id: int, seq: int
) -> Iterator[tuple[int, datetime, Event]]:
    """Yield the conversation's events from that place in its log on: place, moment, event."""
    rows = connection.execute(
        select(event.c.seq, event.c.at, event.c.kind, event.c.data)
        .where(event.c.conversation_id == conversation_id, event.c.seq >= seq)
        .order_by(event.c.seq)
    )
    yield from ((row.seq, row.at, from_row(row.kind, row.data)) for row in rows)


def read_log(connection: Connection, conversation_id: int) -> tuple[Logged, ...]:
    """Return the conversation's events with their moments, oldest first."""
    rows = connection.execute(
        select(event.c.kind, event.c.data, event.c.at)
        .where(event.c.conversation_id == conversation_id)
        .order_by(event.c.seq)
    )
    return tuple(Logged(from_row(row.kind, row.data), row.at) for row in rows)


def grant_of(connection: Connection, conversation_id: int, key: str) -> RemedyGranted | None:
    """Return the event by which the remedy of that key was granted, or None."""
    events = read_events(connection, conversation_id)
    granted = (e for e in events if isinstance(e, RemedyGranted) and e.key == key)
    return next(granted, None)


def append(
    connection: Connection,
    conversation_id: int,
    events: Sequence[Event],
    now: datetime,
    *,
    expected_seq: int | None = None,
) -> None:
    """Append events under the row's lock.

    Raises TurnOvertaken when the log has grown past `expected_seq` since it was read.
    """
    count = len(events)
    change = update(conversation).where(conversation.c.id == conversation_id)
    if expected_seq is not None:
        change = change.where(conversation.c.last_event_seq == expected_seq)
    last = connection.execute(
        change.values(
            last_event_seq=conversation.c.last_event_seq + count, updated_at=now
        ).returning(conversation.c.last_event_seq)
    ).scalar()
    if last is None:
        raise TurnOvertaken
    rows = [
        {"conversation_id": conversation_id, "seq": last - count + place, "kind": kind,
         "data": data, "at": now}
        for place, (kind, data) in enumerate(map(to_row, events), start=1)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(event), rows)


def save_disputes(
    connection: Connection, conversation_id: int, before: State, after: State, now: datetime
) -> None:
    """Write the rows of every matter that changed."""
    for matter in after.matters:
        if before.matter(matter.id) != matter:
            _save_dispute(connection, conversation_id, matter, now)


def _save_dispute(
    connection: Connection, conversation_id: int, matter: Matter, now: datetime
) -> None:
    values = _dispute_values(matter)
    ended_at = now if matter.stage == "ended" else None
    # What a member of staff found about liability outlives every later turn.
    kept: dict[str, Any] = {
        name: case((dispute.c.liability_by.is_(None), values[name]), else_=dispute.c[name])
        for name in LIABILITY
    }
    if ended_at is not None:  # it ended when it first did; taken up again, it may end anew
        kept["closed_at"] = func.coalesce(dispute.c.closed_at, literal(ended_at, Moment))
    changed = connection.execute(
        update(dispute)
        .where(dispute.c.conversation_id == conversation_id, dispute.c.matter == matter.id)
        .values({**values, "closed_at": ended_at, **kept})
    )
    if changed.rowcount == 0:
        connection.execute(
            insert(dispute).values(
                conversation_id=conversation_id,
                matter=matter.id,
                opened_at=now,
                closed_at=ended_at,
                **values,
            )
        )


def _dispute_values(matter: Matter) -> dict[str, Any]:
    ended = matter.stage == "ended"
    state = (matter.end or "resolved") if ended else DISPUTE_STATE[matter.stage]
    verdict = matter.verdict or {}
    reason, level = matter.escalated or (None, None)
    settled = matter.remedy is not None  # who answers and who pays, with it and not before
    return {
        "order_no": matter.order_no,
        "order_key": matter.order_no,
        "type": TYPE_OF[matter.issue],
        "issue": matter.issue,
        "issues": list(matter.issues),
        "wish": matter.wish,
        "state": state,
        "liable": verdict.get("liable") if settled else None,
        "cost_bearer": verdict.get("cost_bearer") if settled else None,
        "cause": verdict.get("cause") if settled else None,
        "liability_reason": verdict.get("responsibility") if settled else None,
        "escalated_reason": reason,
        "escalated_level": level,
        "verdict": matter.verdict,
    }


def dispute_id(connection: Connection, conversation_id: int, matter_id: str) -> int:
    """Return the id of a matter's row; raises NoResultFound when there is none."""
    query = select(dispute.c.id).where(
        dispute.c.conversation_id == conversation_id, dispute.c.matter == matter_id
    )
    return int(connection.execute(query).scalar_one())


def hold_order(connection: Connection, order_no: str, paid_fen: int) -> None:
    """Keep everybody else from granting on the order until the transaction ends."""
    row = {"order_no": order_no, "paid_fen": paid_fen, "granted_fen": 0}
    insert_once(connection, order_ledger, row, order_ledger.c.order_no)
    connection.execute(
        select(order_ledger.c.order_no)
        .where(order_ledger.c.order_no == order_no)
        .with_for_update()
    )


def granted_on(connection: Connection, order_no: str, conversation_id: int) -> Granted:
    """Return what stands granted on the order, from every chat.

    Words and nudges do not count, nor damages beyond the price, which take nothing from it.
    """
    rows = connection.execute(
        select(remedy.c.kind, remedy.c.detail, remedy.c.amount_fen, remedy.c.money, remedy.c.state,
               dispute.c.issue, dispute.c.matter, dispute.c.conversation_id)
        .join(dispute, dispute.c.id == remedy.c.dispute_id)
        .where(
            remedy.c.order_key == order_no,
            remedy.c.state.in_(GRANTED),
            remedy.c.kind.not_in(NUDGES | SPOKEN_KINDS),
            func.coalesce(remedy.c.money, "") != MULTIPLE,
        )
        .order_by(remedy.c.id)
    )  # fmt: skip
    return Granted(
        fen=ledger.granted_fen(connection, order_no),
        standing=tuple(
            {
                "kind": row.kind,
                "issue": row.issue,
                "sku": row.detail.get("sku"),
                "skus": row.detail.get("skus"),
                "quantity": row.detail.get("quantity"),
                "return_no": row.detail.get("return_no"),
                "amount_fen": row.amount_fen,
                "money": row.money,
                "pending": row.state == "awaiting_approval",
                "matter": row.matter if row.conversation_id == conversation_id else "",
            }
            for row in rows
        ),
    )


def under_way_on(
    connection: Connection, order_no: str, dispute_id: int
) -> tuple[dict[str, Any], ...]:
    """Return the remedies on their way on the order, from every chat; `mine`: of that dispute.

    What only hurries somebody stands in the way of nothing in another dispute.
    """
    r = remedy.c
    rows = connection.execute(
        select(r.dispute_id, r.kind, r.detail)
        .where(
            r.order_key == order_no,
            r.state.in_(GRANTED - {"done"}),
            func.coalesce(r.money, "") != MULTIPLE,
        )
        .order_by(r.id)
    )
    return tuple(
        {
            "mine": row.dispute_id == dispute_id,
            "sku": row.detail.get("sku"),
            "skus": row.detail.get("skus"),
        }
        for row in rows
        if row.dispute_id == dispute_id or row.kind not in NUDGES
    )


def contacts_of(
    connection: Connection, order_no: str, conversation_id: int, now: datetime
) -> tuple[dict[str, Any], ...]:
    """Return the order's disputes of other chats that got as far as an answer, oldest first.

    Only of chats that had shown whose order it is: a stranger's visits are not the owner's.
    """
    shown = exists().where(
        shown_order.c.conversation_id == dispute.c.conversation_id,
        shown_order.c.order_no == order_no,
    )
    rows = connection.execute(
        select(dispute.c.issue, dispute.c.state, dispute.c.opened_at, dispute.c.verdict,
               remedy.c.kind, remedy.c.rule)
        .outerjoin(remedy, remedy.c.dispute_id == dispute.c.id)
        .where(
            dispute.c.order_key == order_no,
            dispute.c.conversation_id != conversation_id,
            dispute.c.state.not_in(("open", "withdrawn")),
            shown,
        )
        .order_by(dispute.c.id, remedy.c.id)
    )  # fmt: skip
    return tuple(
        {
            "issue": row.issue,
            "state": row.state,
            "kind": row.kind,
            "rule": row.rule,
            "hours": round((now - row.opened_at).total_seconds() / 3600, 2),
        }
        for row in rows
    )


def count_ahead(connection: Connection, conversation_id: int) -> int:
    """Return how many other conversations wait for a person."""
    others = conversation.c.id != conversation_id
    return connection.execute(
        select(func.count())
        .select_from(conversation)
        .where(conversation.c.state == "queued", others)
    ).scalar_one()


def count_ownership_failures(connection: Connection, order_no: str, since: datetime) -> int:
    """Return how often the order's phone tail was guessed wrong since then, in any chat."""
    return connection.execute(
        select(func.count())
        .select_from(ownership_failure)
        .where(ownership_failure.c.order_no == order_no, ownership_failure.c.at >= since)
    ).scalar_one()


def record_ownership_failure(
    connection: Connection, conversation_id: int, order_no: str, now: datetime
) -> None:
    """Write a wrong phone tail down."""
    connection.execute(
        insert(ownership_failure).values(
            conversation_id=conversation_id, order_no=order_no, at=now
        )
    )
