"""What the shop may claim back: derived from closed and running disputes, never kept beside them.

A claim exists where somebody outside the shop is to bear the cost of a remedy that was granted. It
is read from dispute and ledger each time, so it cannot contradict them: an overruled liability or
a remedy that failed changes it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select, union_all

from bot.order_record import MULTIPLE
from models.base import order_key
from models.conversation import event
from models.dispute import dispute
from models.remedy import remedy

# Money has gone, or surely will.
SPENT = ("executing", "uncertain", "done")
# What costs nothing is nothing to claim.
FREE = frozenset({"explain", "reject", "handover", "expedite", "trace", "correct_order"})
LIST_AT_MOST = 500  # disputes


def recovery_claims(
    connection: Connection,
    terms: Mapping[str, float],
    now: datetime,
    *,
    opened_from: datetime | None = None,
    opened_before: datetime | None = None,
    at_most: int | None = None,
) -> list[dict[str, Any]]:
    """Return what may be claimed back, the earliest deadline first.

    Of more than `at_most` disputes the latest are taken: claims are never closed, and those that
    are still to be made must not stand behind old ones.

    `terms` says within how many days from its opening a dispute's cost is to be claimed from each
    party; parties without a term are none of those that one claims from.
    """
    d, r = dispute.c, remedy.c
    wanted: list[ColumnElement[bool]] = [
        r.state.in_(SPENT),
        r.kind.not_in(FREE),
        # Damages beyond the price answer for the shop's own conduct: nobody else bears them.
        func.coalesce(r.money, "") != MULTIPLE,
    ]
    wanted += [d.opened_at >= opened_from] if opened_from else []
    wanted += [d.opened_at < opened_before] if opened_before else []
    latest = _latest(terms, wanted, at_most)
    rows = connection.execute(
        select(dispute, r.kind, r.amount_fen)
        .join(remedy, r.dispute_id == d.id)
        .where(*wanted, d.id.in_(latest))
        .order_by(d.opened_at, d.id, r.id)
    ).all()
    by_dispute: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_dispute.setdefault(row.id, []).append(row)
    records = _records(connection, select(d.conversation_id).where(d.id.in_(latest)))
    claims = [_claim(rows, terms, records, now) for rows in by_dispute.values()]
    return sorted(claims, key=lambda claim: (claim["deadline"], claim["dispute_id"]))


def _latest(
    terms: Iterable[str], wanted: Sequence[ColumnElement[bool]], at_most: int | None
) -> Select[tuple[int]]:
    """Return the query for the latest disputes of which there is something to claim.

    The latest of each party first, by the index; then the latest of these.
    """
    d = dispute.c
    is_claimed = exists().where(remedy.c.dispute_id == d.id, *wanted)

    def of(party: str) -> Select[tuple[int, datetime]]:
        query = select(d.id, d.opened_at).where(d.cost_bearer == party, is_claimed)
        latest = query.order_by(d.opened_at.desc(), d.id.desc()).limit(at_most).subquery()
        return select(latest.c.id, latest.c.opened_at)

    found = union_all(*map(of, terms)).subquery()
    return select(found.c.id).order_by(found.c.opened_at.desc(), found.c.id.desc()).limit(at_most)


def _claim(
    rows: Sequence[Row[Any]],
    terms: Mapping[str, float],
    records: Mapping[tuple[int, str], Mapping[str, Any]],
    now: datetime,
) -> dict[str, Any]:
    first = rows[0]
    deadline = first.opened_at + timedelta(days=terms[first.cost_bearer])
    record = records.get((first.conversation_id, first.order_key), {})
    return {
        "dispute_id": first.id,
        "conversation_id": first.conversation_id,
        "order_no": first.order_no,
        "issue": first.issue,
        "wish": first.wish,
        "against": first.cost_bearer,
        "name": _name(first.cost_bearer, record),
        "cause": first.cause,
        "reason": first.liability_reason,
        "remedies": [row.kind for row in rows],
        # Goods sent again have no sum in the ledger; their value is the claimant's to state.
        "amount_fen": sum(row.amount_fen for row in rows),
        "opened_at": first.opened_at.isoformat(),
        "deadline": deadline.isoformat(),
        "overdue": now >= deadline,
    }


def _records(
    connection: Connection, conversation_ids: Select[tuple[int]]
) -> dict[tuple[int, str], Mapping[str, Any]]:
    """Return the orders as last looked up in these conversations, by conversation and number."""
    rows = connection.execute(
        select(event.c.conversation_id, event.c.data)
        .where(event.c.conversation_id.in_(conversation_ids), event.c.kind == "OrderChecked")
        .order_by(event.c.conversation_id, event.c.seq)
    )
    return {
        (row.conversation_id, order_key(row.data["record"]["order_no"])): row.data["record"]
        for row in rows
        if row.data.get("record")
    }


def _name(party: str, record: Mapping[str, Any]) -> str:
    """Return which carrier, supplier or payment provider it is, with the parcel's number."""
    match party:
        case "carrier":
            names = [f"{s['carrier']} {s['tracking_no']}" for s in record.get("shipments", ())]
        case "supplier":
            names = [line["supplier"] for line in record.get("lines", ()) if line.get("supplier")]
        case "payment":
            names = [f"{p['method']} {p['id']}" for p in record.get("payments", ())]
        case _:
            names = []
    return "、".join(dict.fromkeys(names))
