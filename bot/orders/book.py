"""The embedded order book: the `Orders` port for a shop without an order system of its own.

Each command is carried out in one transaction that first locks the order's row, so two processes
with one key meet there, and the second finds the first one's entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from bot.clock import Clock, utc_now
from bot.errors import OrderSystemRefused
from bot.money import yuan
from bot.order_record import CommandResult, OrderCommand, OrderRecord, OrderStatus, phone_key
from bot.orders.effects import KINDS, Deed, apply, refusal
from bot.orders.port import BookEntry, sound_orders
from bot.orders.rows import (
    Entry,
    entries_by_order,
    entry_of_command,
    entry_row,
    order_row,
    upsert_orders,
)
from models.base import order_key
from models.database import Database
from models.order import book_entry, book_order

PUT_AT_ONCE = 500  # rows a statement; SQLite allows 32,766 parameters
SEARCH_AT_MOST = 100  # orders of one customer


class OrderBook:
    """Keeps orders and carries out remedies on them, in the house's own database."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use a database whose tables exist."""
        self._database = database
        self._clock = clock

    async def find(self, order_no: str) -> OrderRecord | None:
        """Return the order, or None; letter case, width and surrounding blanks do not matter."""
        return await self._database.read(partial(_find, key=order_key(order_no)))

    async def search(
        self, *, phone: str | None = None, telegram_id: int | None = None
    ) -> list[OrderRecord]:
        """Return the newest orders that match all that is given; empty when nothing is."""
        return await self._database.read(partial(_search, phone=phone, telegram_id=telegram_id))

    async def execute(self, command: OrderCommand) -> CommandResult:
        """Carry out the command once for its key; raises OrderSystemRefused, changing nothing."""
        return await self._database.write(partial(_execute, command=command, at=self._clock()))

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        """Return what came of a command, or None when it never took effect."""
        work = partial(entry_of_command, idempotency_key=idempotency_key)
        entry = await self._database.read(work)
        return None if entry is None else entry.result

    async def history(self, order_no: str) -> list[BookEntry]:
        """Return what was done to the order, newest last; empty for an unknown order."""
        return await self._database.read(partial(_history, key=order_key(order_no)))

    async def has_history(self, prefix: str) -> bool:
        """Tell whether anything was done to an order whose number begins so."""
        return await self._database.read(
            lambda c: (
                c.execute(
                    select(book_entry.c.order_no)
                    .where(book_entry.c.order_no.startswith(prefix, autoescape=True))
                    .limit(1)
                ).first()
                is not None
            )
        )

    async def put(self, records: Sequence[OrderRecord]) -> None:
        """Insert or replace the orders, all or nothing.

        What the book itself did to an order outlives the import: its entries are applied again.
        """
        await self._database.write(partial(_put, records=records, at=self._clock()))


def _records() -> Select[Any]:
    return select(book_order.c.record)


def _one_record(connection: Connection, query: Select[Any]) -> OrderRecord | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else OrderRecord.from_stored(row.record)


def _find(connection: Connection, *, key: str) -> OrderRecord | None:
    return _one_record(connection, _records().where(book_order.c.order_no == key))


def _search(
    connection: Connection, *, phone: str | None, telegram_id: int | None
) -> list[OrderRecord]:
    conditions = []
    if phone is not None:
        conditions.append(book_order.c.phone == phone_key(phone))
    if telegram_id is not None:
        conditions.append(book_order.c.telegram_id == telegram_id)
    if not conditions:
        return []
    newest = (book_order.c.placed_at.desc(), book_order.c.order_no.desc())
    query = _records().where(*conditions).order_by(*newest).limit(SEARCH_AT_MOST)
    return sound_orders(connection.execute(query).scalars(), OrderRecord.from_stored)


def _history(connection: Connection, *, key: str) -> list[BookEntry]:
    return [
        BookEntry(e.command.kind, e.command.amount_fen, e.at, e.reference, e.note)
        for e in entries_by_order(connection, [key]).get(key, [])
    ]


def _execute(connection: Connection, *, command: OrderCommand, at: datetime) -> CommandResult:
    key = order_key(command.order_no)
    # The lock comes first: only then does the look for an earlier entry see every rival's.
    record = _one_record(
        connection, _records().where(book_order.c.order_no == key).with_for_update()
    )
    if record is None:
        raise OrderSystemRefused(f"订单 {command.order_no} 不存在")
    earlier = entry_of_command(connection, command.idempotency_key)
    if earlier is not None:
        return _same_deed(earlier, command)
    return _carry_out(connection, record, command, at)


def _same_deed(earlier: Entry, command: OrderCommand) -> CommandResult:
    if _deed_of(earlier.command) != _deed_of(command):
        raise OrderSystemRefused(f"幂等键 {command.idempotency_key} 已用于另一项操作")
    return earlier.result


def _deed_of(command: OrderCommand) -> tuple[str, str, int]:
    return command.kind, order_key(command.order_no), command.amount_fen


def _carry_out(
    connection: Connection, before: OrderRecord, command: OrderCommand, at: datetime
) -> CommandResult:
    key = order_key(before.order_no)
    entries = entries_by_order(connection, [key]).get(key, [])
    held_fen = _held_fen(before, entries)
    reason = refusal(before, command, held_fen, _touched_by(entries))
    if reason is not None:
        raise OrderSystemRefused(f"订单 {before.order_no}：{reason}")
    sequence = len(entries) + 1
    reference = f"{KINDS[command.kind].prefix}-{before.order_no}-{sequence}"
    after = apply(before, Deed(command, reference, at, held_fen - command.taken_fen))
    note, touched = _note(before, after, command), _touched(before, after)
    entry = Entry(command, reference, note, touched, sequence, at)
    connection.execute(insert(book_entry).values(entry_row(entry)))
    if after != before:
        mine = book_order.c.order_no == key
        connection.execute(update(book_order).where(mine).values(order_row(after, at)))
    return entry.result


def _held_fen(record: OrderRecord, entries: Sequence[Entry]) -> int:
    """Return what the shop still holds: received, less what it or the book gave back."""
    by_book = _touched_by(entries)
    received_fen = record.received_fen + sum(
        p.amount_fen for p in record.payments if p.status == "refunded" and p.id in by_book
    )
    elsewhere_fen = sum(
        r.amount_fen for r in record.returns if r.state == "refunded" and r.no not in by_book
    )
    return received_fen - elsewhere_fen - sum(entry.command.taken_fen for entry in entries)


def _touched_by(entries: Sequence[Entry]) -> frozenset[str]:
    return frozenset[str]().union(*(entry.touched for entry in entries))


def _touched(before: OrderRecord, after: OrderRecord) -> frozenset[str]:
    payments = {p.id for p in after.payments if p not in before.payments}
    returns = {r.no for r in after.returns if r not in before.returns}
    return frozenset(payments | returns)


def _note(before: OrderRecord, after: OrderRecord, command: OrderCommand) -> str:
    word = KINDS[command.kind].word
    parts = [f"{word} {yuan(command.amount_fen)}" if command.amount_fen else f"{word}已登记"]
    if after.status is OrderStatus.CANCELLED and before.status is not OrderStatus.CANCELLED:
        parts.append("订单已取消")
    if after.address != before.address:
        old = before.address
        parts.append(f"原收货信息：{old.province}{old.city}{old.district}{old.detail} {old.name}")
    return "；".join(parts)


def _put(connection: Connection, *, records: Sequence[OrderRecord], at: datetime) -> None:
    # In one order everywhere: two imports at a time must not wait for each other's rows.
    for chunk in _chunks(sorted(records, key=_key_of)):
        keys = [_key_of(record) for record in chunk]
        _lock(connection, keys)
        done = entries_by_order(connection, keys)
        current = [_brought_up(record, done.get(_key_of(record), [])) for record in chunk]
        upsert_orders(connection, current, at)


def _key_of(record: OrderRecord) -> str:
    return order_key(record.order_no)


def _chunks(records: list[OrderRecord]) -> Iterator[list[OrderRecord]]:
    for start in range(0, len(records), PUT_AT_ONCE):
        yield records[start : start + PUT_AT_ONCE]


def _lock(connection: Connection, keys: Sequence[str]) -> None:
    column = book_order.c.order_no
    query = select(column).where(column.in_(keys)).order_by(column).with_for_update()
    connection.execute(query).all()


def _brought_up(record: OrderRecord, entries: Sequence[Entry]) -> OrderRecord:
    """Return an imported record with everything on it that the book did before."""
    left_fen = _held_fen(record, entries) + sum(e.command.taken_fen for e in entries)
    for entry in entries:
        left_fen -= entry.command.taken_fen
        record = apply(record, Deed(entry.command, entry.reference, entry.at, left_fen))
    return record
