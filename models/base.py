"""What every table shares: one MetaData, the column types, and the naming of constraints."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

Json = JSON().with_variant(JSONB, "postgresql")


ORDER_NO_AT_MOST = 64  # characters, as written and as a key


def order_key(order_no: str) -> str:
    """Return the one form of an order number: letter case, width and outer blanks do not count."""
    return unicodedata.normalize("NFKC", order_no).strip().upper()


class OrderKey(TypeDecorator[str]):
    """An order number by which rows are found; whatever is stored or asked for gets one form.

    What people and the order system are shown stands beside it, in the shop's own spelling.
    """

    impl = String(ORDER_NO_AT_MOST)
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Spell it in the one form."""
        return None if value is None else order_key(value)


def key_of_row(context: Any) -> str | None:
    """Return the order number of a row that is being written, for the key beside it."""
    number: str | None = context.get_current_parameters().get("order_no")
    return number


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; naive ones are refused on the way in, never guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC; SQLite keeps no zone, so drop it there after converting."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: every stored time carries its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give every time back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
