"""Read models for the staff's API and console: queue, conversations, disputes, approvals.

Everything here is plain JSON values; the shapes that the HTTP contract names are exactly its.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from bot.desk import at_a_glance, grounds, transcript
from bot.desk.clocks import CLOSED
from bot.desk.permissions import ReleaseLimits, Role, approvers
from bot.levels import LEVELS
from bot.messages import STALE
from models.conversation import conversation
from models.customer import customer
from models.dispute import dispute
from models.message import UNDELIVERED, message
from models.remedy import remedy
from models.staff import audit, staff

LIST_AT_MOST = 200  # rows
# Characters of the customer's latest message that are read for a list; it shows fewer, so that
# what is personal is whole when it is hidden.
WORDS_READ = 300
# A remedy in one of these is a thing of the past, and another may take its place.
GONE = frozenset({"declined", "withdrawn", "expired"})
_GRAVEST_FIRST = case(
    *((conversation.c.queue_level == level, -at) for at, level in enumerate(LEVELS)), else_=0
)


def queue(connection: Connection, now: datetime, *, skip: int = 0) -> list[dict[str, Any]]:
    """Return who waits for a person: the gravest level first, in it who waits longest.

    The list is cut at its end, so nobody in danger is cut off behind those who came before.
    `skip` passes over as many: a later page. Each change of the queue moves its pages.
    """
    c = conversation.c
    order = (_GRAVEST_FIRST, c.queued_at, c.id)
    query = _conversations(c.state == "queued").order_by(*order).offset(skip)
    return _read(connection, query, now)


def conversations(
    connection: Connection, now: datetime, *, state: str | None = None, skip: int = 0
) -> list[dict[str, Any]]:
    """Return conversations, of one state if given, the latest touched first, without `skip`."""
    c = conversation.c
    wanted = [] if state is None else [c.state == state]
    query = _conversations(*wanted).order_by(c.updated_at.desc(), c.id.desc()).offset(skip)
    return _read(connection, query, now)


def some_conversations(
    connection: Connection, now: datetime, ids: Sequence[int]
) -> list[dict[str, Any]]:
    """Return these conversations in this order."""
    found = _read(connection, _conversations(conversation.c.id.in_(ids)), now)
    return sorted(found, key=lambda one: ids.index(one["id"]))


def conversation_detail(
    connection: Connection, conversation_id: int, now: datetime, *, after: int = 0
) -> dict[str, Any] | None:
    """Return a conversation with its messages after that id and its disputes, or None."""
    found = _read(connection, _conversations(conversation.c.id == conversation_id), now)
    if not found:
        return None
    return found[0] | {
        "messages": transcript.for_staff(connection, conversation_id, after=after),
        "disputes": _disputes(connection, dispute.c.conversation_id == conversation_id),
    }


def disputes_of_order(connection: Connection, order_no: str) -> list[dict[str, Any]]:
    """Return the disputes about an order, in any letter case, the oldest first."""
    return _disputes(connection, dispute.c.order_key == order_no)


def dispute_detail(connection: Connection, dispute_id: int) -> dict[str, Any] | None:
    """Return a dispute in the shape of the HTTP contract, or None."""
    found = _disputes(connection, dispute.c.id == dispute_id)
    return found[0] if found else None


def awaiting_approval(connection: Connection) -> list[dict[str, Any]]:
    """Return the remedies that wait for a member of staff, the oldest first."""
    d = dispute.c
    rows = connection.execute(
        select(remedy, d.issue, d.wish, d.escalated_reason, d.escalated_level)
        .join(dispute, d.id == remedy.c.dispute_id)
        .where(remedy.c.state == "awaiting_approval")
        .order_by(remedy.c.updated_at, remedy.c.id)
        .limit(LIST_AT_MOST)
    ).all()
    rests_on = grounds.of_each(connection, rows)
    return [
        _remedy(row)
        | {
            "order_no": row.order_no,
            "dispute_id": row.dispute_id,
            "conversation_id": row.conversation_id,
            "issue": row.issue,
            "wish": row.wish,
            "escalated": _escalated(row),
            "detail": row.detail,
            "payee": row.payee,
            "expires_at": row.expires_at.isoformat() if row.expires_at else None,
            "since": row.updated_at.isoformat(),
            "grounds": rests_on[row.id],
        }
        for row in rows
    ]


def decided_by(
    connection: Connection, role: Role, limits: ReleaseLimits, conversation_id: int | None = None
) -> dict[int, dict[str, Any]]:
    """Return of each remedy that waits, in one chat or in all, who decides it, and whether I may.

    `approver` is the lowest role that may.
    """
    r = remedy.c
    query = (
        select(r.id, r.amount_fen, r.money, dispute.c.escalated_level)
        .join(dispute, dispute.c.id == r.dispute_id)
        .where(r.state == "awaiting_approval")
    )
    if conversation_id is not None:
        query = query.where(r.conversation_id == conversation_id)
    found = {
        row.id: approvers(row.escalated_level or "L1", row.amount_fen, row.money, limits)
        for row in connection.execute(query)
    }
    return {
        number: {"approver": roles[0].value, "may_decide": role in roles}
        for number, roles in found.items()
    }


def _conversations(*wanted: ColumnElement[bool]) -> Select[Any]:
    spoken = message.alias()
    latest = (
        select(spoken.c.id)
        .where(spoken.c.conversation_id == conversation.c.id, spoken.c.sender == "customer")
        .order_by(spoken.c.id.desc())
        .limit(1)
        .correlate(conversation)
        .scalar_subquery()
    )
    m = message.c
    return (
        select(
            conversation,
            customer.c.name.label("customer_name"),
            staff.c.name.label("owner_name"),
            m.kind.label("last_kind"),
            func.substr(m.text, 1, WORDS_READ).label("last_text"),
            m.at.label("last_at"),
        )
        .join(customer, customer.c.id == conversation.c.customer_id)
        .join(staff, staff.c.id == conversation.c.owner_staff_id, isouter=True)
        .join(message, (m.conversation_id == conversation.c.id) & (m.id == latest), isouter=True)
        .where(*wanted)
        .limit(LIST_AT_MOST)
    )


def _read(connection: Connection, query: Select[Any], now: datetime) -> list[dict[str, Any]]:
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    raised, undelivered = _raised(connection, ids), _undelivered(connection, rows)
    orders, due = at_a_glance.orders_in(connection, ids), at_a_glance.answers_due(connection, ids)
    return [
        _conversation(row, raised.get(row.id), now)
        | {
            "undelivered": undelivered.get(row.id, 0),
            "order": orders.get(row.id),
            "answer_by": due.get(row.id),
        }
        for row in rows
    ]


def _undelivered(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, int]:
    """Return how many messages of each conversation may not have arrived, an agent's too.

    What was lost before an agent's words that did arrive is dealt with, and so it is where the
    chat is over, or where the bot has it and was heard since. What it says to who waits for a
    person, of the very loss for one, deals with nothing.
    """
    m, spoken = message.c, message.alias("spoken")
    ids = [row.id for row in rows if row.state != "closed"]
    with_bot = [row.id for row in rows if row.state == "bot"]
    answered = (
        select(func.coalesce(func.max(spoken.c.id), 0))
        .where(
            spoken.c.conversation_id == m.conversation_id,
            spoken.c.direction == "out",
            or_(spoken.c.sender == "agent", spoken.c.conversation_id.in_(with_bot)),
            spoken.c.kind != "note",
            spoken.c.state == "sent",
        )
        .correlate(message)
        .scalar_subquery()
    )
    found = connection.execute(
        select(m.conversation_id, func.count())
        .where(m.conversation_id.in_(ids), UNDELIVERED, m.error != STALE, m.id > answered)
        .group_by(m.conversation_id)
    )
    return {here: int(count) for here, count in found}


def _raised(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the gravest reason among the undecided disputes of each conversation."""
    d = dispute.c
    rows = connection.execute(
        select(d.conversation_id, d.escalated_reason, d.escalated_level)
        .where(d.conversation_id.in_(ids), d.escalated_reason.is_not(None), d.state.not_in(CLOSED))
        .order_by(d.id.desc())
    )
    found = [(row.conversation_id, (row.escalated_reason, row.escalated_level)) for row in rows]
    return dict(sorted(found, key=lambda one: LEVELS.index(one[1][1] or "L1")))


def _conversation(row: Row[Any], raised: tuple[str, str] | None, now: datetime) -> dict[str, Any]:
    reason, level = _gravest(row, raised) or (None, None)
    name = {"name": row.owner_name} if row.owner_name is not None else {}
    waited = None if row.queued_at is None else int((now - row.queued_at).total_seconds())
    return {
        "id": row.id,
        "state": row.state,
        "owner": {"kind": row.owner_kind, **name},
        "channel": row.channel,
        "customer_name": row.customer_name,
        "reason": reason,
        "level": level,
        "waited_seconds": waited,
        "summary": row.summary,
        "last_message": _last(row),
        "epoch": row.epoch,
        "updated_at": row.updated_at.isoformat(),
    }


def _gravest(row: Row[Any], raised: tuple[str, str] | None) -> tuple[str, str] | None:
    """Return why people must look: what the chat was queued for, or what is graver by now."""
    noted = (row.queue_reason, row.queue_level) if row.queue_reason else None
    if noted is None or raised is None or row.state == "queued":
        return noted or raised
    return max(noted, raised, key=lambda why: LEVELS.index(why[1] or "L1"))


def _last(row: Row[Any]) -> dict[str, str] | None:
    """Return the beginning of what the customer sent last."""
    if row.last_at is None:
        return None
    return {"kind": row.last_kind, "text": row.last_text, "at": row.last_at.isoformat()}


def _disputes(connection: Connection, *wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = (
        select(dispute, staff.c.name.label("liability_by_name"))
        .join(staff, staff.c.id == dispute.c.liability_by, isouter=True)
        .where(*wanted)
        .order_by(dispute.c.id)
        .limit(LIST_AT_MOST)
    )
    rows = connection.execute(query).all()
    by_dispute: dict[int, list[Row[Any]]] = {row.id: [] for row in rows}
    # The remedy's own reason is overwritten by what the order system says of it.
    of_it = audit.c.subject == literal("remedy:").concat(cast(remedy.c.id, String))
    granted = and_(of_it, audit.c.deed == "multiple.granted")
    remedies = (
        select(remedy, staff.c.name.label("decided_by"), audit.c.data.label("granted"))
        .join(staff, staff.c.id == remedy.c.approved_by, isouter=True)
        .join(audit, granted, isouter=True)
        .where(remedy.c.dispute_id.in_(by_dispute))
        .order_by(remedy.c.id)
    )
    for row in connection.execute(remedies):
        by_dispute[row.dispute_id].append(row)
    return [_dispute(row, by_dispute[row.id]) for row in rows]


def _dispute(row: Row[Any], remedies: Sequence[Row[Any]]) -> dict[str, Any]:
    standing = [one for one in remedies if one.state not in GONE]
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "order_no": row.order_no,
        "type": row.type,
        "issue": row.issue,
        "issues": row.issues,
        "wish": row.wish,
        "state": row.state,
        "liable": row.liable,
        "cost_bearer": row.cost_bearer,
        "cause": row.cause,
        "liability": {"reason": row.liability_reason, "by": row.liability_by_name},
        "remedy": _remedy(standing[-1]) if standing else None,
        "remedies": [_remedy(one) | _refused(one) | _why(one) for one in remedies],
        "escalated": _escalated(row),
        "opened_at": row.opened_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }


def _remedy(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "amount_fen": row.amount_fen,
        "return_freight": row.return_freight,
        "state": row.state,
        "rule": row.rule,
        "policy_version": row.policy_version,
    }


def _refused(row: Row[Any]) -> dict[str, Any]:
    """Tell a refusal by staff from a customer's no: both are `declined`."""
    if row.state != "declined" or row.decided_by is None:
        return {}
    return {"refused": {"by": row.decided_by, "reason": row.reason or ""}}


def _why(row: Row[Any]) -> dict[str, str]:
    """Return why staff granted damages beyond the price: no rule of the policy says it."""
    return {} if row.granted is None else {"reason": row.granted["reason"]}


def _escalated(row: Row[Any]) -> dict[str, str] | None:
    if row.escalated_reason is None:
        return None
    return {"reason": row.escalated_reason, "level": row.escalated_level}
