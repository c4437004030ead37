"""What an approver must know of each remedy that waits: the goods, the sums, why, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, select

from bot.order_record import OrderRecord
from models import event, message, order_ledger, promise
from models.base import order_key

TOLD_AT_MOST = 500  # characters of the customer's own words, the latest
# The events that hold an order's record, and what a remedy was granted on.
_LOOKED_UP, _GRANTED = "OrderChecked", "RemedyGranted"

Json = dict[str, Any]


def of_each(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, Json]:
    """Return what each of these remedies rests on, by its id."""
    granted, records = _logged(connection, {row.conversation_id for row in rows})
    sums = _sums(connection, {row.order_key for row in rows})
    due = _due(connection, [row.id for row in rows])
    photos = _with_photo(connection, {row.conversation_id for row in rows})
    found = {}
    for row in rows:
        grant = granted.get(row.idempotency_key, {})
        record = _sound(records.get((row.conversation_id, row.order_key)))
        signed_at = record.delivered_at if record else None
        paid_fen, granted_fen = sums.get(row.order_key, (None, None))
        found[row.id] = {
            "articles": list(_articles(record, row.detail)) if record else [],
            "goods_fen": _goods_fen(record, row.detail) if record else None,
            "photo": row.conversation_id in photos,
            "paid_fen": paid_fen,
            # Its own sum is set aside already, and is not given yet.
            "granted_fen": None if granted_fen is None else granted_fen - row.amount_fen,
            "signed_at": signed_at.isoformat() if signed_at else None,
            "reasons": grant.get("verdict", {}).get("reasons", []),
            "told": grant.get("told", ""),
            "asked_by": _asked_by(grant),
            "answer_by": due.get(row.id),
        }
    return found


def latest(told: str) -> str:
    """Return the customer's latest words, in whole lines as far as there is room for one.

    Whoever may not read what is personal in them gets it hidden before: half a number is not
    known for one.
    """
    if len(told) <= TOLD_AT_MOST:
        return told
    _, _, whole_lines = told[-TOLD_AT_MOST - 1 :].partition("\n")
    return whole_lines or told[-TOLD_AT_MOST:]


def _sound(stored: Json | None) -> OrderRecord | None:
    """Return a stored record; one that is not sound must not hide every other remedy."""
    try:
        return OrderRecord.from_stored(stored) if stored else None
    except ValidationError:
        return None


def _logged(
    connection: Connection, chats: set[int]
) -> tuple[dict[str, Json], dict[tuple[int, str], Json]]:
    """Return the grants by the remedies' keys, and the latest records by chat and order."""
    granted: dict[str, Json] = {}
    records: dict[tuple[int, str], Json] = {}
    e = event.c
    query = (
        select(e.conversation_id, e.kind, e.data)
        .where(e.conversation_id.in_(chats), e.kind.in_((_LOOKED_UP, _GRANTED)))
        .order_by(e.conversation_id, e.seq)
    )
    for chat, kind, data in connection.execute(query):
        if kind == _GRANTED:
            granted[f"{chat}-{data['key']}"] = data
        elif record := data.get("record"):
            records[chat, order_key(record["order_no"])] = record
    return granted, records


def _asked_by(grant: Mapping[str, Any]) -> str | None:
    """Return who of the staff laid it before others, and why; None where the bot did."""
    by, reason = grant.get("by"), grant.get("reason")
    return (f"{by}：{reason}" if reason else str(by)) if by else None


def _articles(record: OrderRecord, detail: Mapping[str, Any]) -> Iterator[Json]:
    """Yield the articles that a remedy is for: those that it names, or the whole order's."""
    named = _named(detail)
    for line in record.lines:
        if not named or line.sku in named:
            some = detail.get("quantity") if len(named) == 1 else None
            yield {"title": line.title, "quantity": some or line.quantity}


def _named(detail: Mapping[str, Any]) -> set[Any]:
    return {detail.get("sku"), *(detail.get("skus") or ())} - {None}


def _goods_fen(record: OrderRecord, detail: Mapping[str, Any]) -> int | None:
    """Return what was paid for the pieces that a remedy names; None where it names none."""
    named = _named(detail)
    meant = [line for line in record.lines if line.sku in named]
    some = detail.get("quantity") if len(named) == 1 else None
    if not meant:
        return None
    return sum(line.paid_fen * (some or line.quantity) // line.quantity for line in meant)


def _with_photo(connection: Connection, chats: set[int]) -> set[int]:
    """Return the chats in which the customer sent a photo."""
    m = message.c
    query = select(m.conversation_id).where(
        m.conversation_id.in_(chats), m.sender == "customer", m.kind == "photo"
    )
    return set(connection.execute(query).scalars())


def _sums(connection: Connection, orders: set[str]) -> dict[str, tuple[int, int]]:
    o = order_ledger.c
    query = select(o.order_no, o.paid_fen, o.granted_fen).where(o.order_no.in_(orders))
    return {row.order_no: (row.paid_fen, row.granted_fen) for row in connection.execute(query)}


def _due(connection: Connection, remedies: Sequence[int]) -> dict[int, str]:
    p = promise.c
    query = select(p.remedy_id, p.due_at).where(
        p.remedy_id.in_(remedies), p.what == "approval", p.state == "open"
    )
    return {row.remedy_id: row.due_at.isoformat() for row in connection.execute(query)}
