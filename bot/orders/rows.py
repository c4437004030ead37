"""The book's two tables as Python values: how orders and entries are stored, found and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select

from bot.errors import StorageError
from bot.order_record import CommandResult, OrderCommand, OrderRecord, phone_key
from models.base import order_key
from models.insert import dialect_insert
from models.order import book_entry, book_order


@dataclass(frozen=True, slots=True)
class Entry:
    """A command carried out; `touched` are ids of the payments and returns that it changed."""

    command: OrderCommand
    reference: str
    note: str  # Chinese
    touched: frozenset[str]
    sequence: int  # within the order, from 1
    at: datetime

    @property
    def result(self) -> CommandResult:
        """Return what the command was answered with."""
        return CommandResult(reference=self.reference, note=self.note)


def order_row(record: OrderRecord, at: datetime) -> dict[str, Any]:
    """Return the row of `book_order` for a record written at that moment."""
    return {
        "order_no": order_key(record.order_no),
        "phone": phone_key(record.customer.phone),
        "telegram_id": record.customer.telegram_id,
        "email": record.customer.email,
        "placed_at": record.placed_at,
        "status": record.status.value,
        "record": record.snapshot(),
        "updated_at": at,
    }


def upsert_orders(connection: Connection, records: Sequence[OrderRecord], at: datetime) -> None:
    """Insert the orders, or replace those that are there."""
    statement = dialect_insert(connection, book_order)
    new = {c.name: c for c in statement.excluded if c.name != "order_no"}
    statement = statement.on_conflict_do_update(index_elements=["order_no"], set_=new)
    connection.execute(statement, [order_row(record, at) for record in records])


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return the row of `book_entry` for an entry."""
    return {
        "idempotency_key": entry.command.idempotency_key,
        "order_no": order_key(entry.command.order_no),
        "command": entry.command.model_dump(mode="json"),
        "result": {
            "reference": entry.reference,
            "note": entry.note,
            "sequence": entry.sequence,
            "touched": sorted(entry.touched),
        },
        "at": entry.at,
    }


def entry_of_command(connection: Connection, idempotency_key: str) -> Entry | None:
    """Return the entry that a command left, or None when it never took effect."""
    query = select(book_entry).where(book_entry.c.idempotency_key == idempotency_key)
    row = connection.execute(query).one_or_none()
    return None if row is None else _entry(row)


def entries_by_order(connection: Connection, order_keys: Sequence[str]) -> dict[str, list[Entry]]:
    """Return the entries of each order, oldest first; an order without any is absent."""
    query = select(book_entry).where(book_entry.c.order_no.in_(order_keys))
    found: dict[str, list[Entry]] = {}
    for entry in sorted(map(_entry, connection.execute(query)), key=_sequence):
        found.setdefault(order_key(entry.command.order_no), []).append(entry)
    return found


def _sequence(entry: Entry) -> int:
    return entry.sequence


def _entry(row: Any) -> Entry:
    """Return the entry of a row.

    One that cannot be read stops what is asked of its order: without it a refund would be
    forgotten, and paid again.
    """
    try:
        result = row.result
        return Entry(
            command=OrderCommand.from_stored(row.command),
            reference=result["reference"],
            note=result["note"],
            touched=frozenset(result["touched"]),
            sequence=result["sequence"],
            at=row.at,
        )
    except (ValidationError, KeyError, TypeError) as error:
        what = f"what was done to order {row.order_no} (key {row.idempotency_key})"
        raise StorageError(f"{what} cannot be read by this release") from error
