"""The embedded order book: whole records, and each command it carried out, once."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from models.base import Json, Moment, metadata

book_order = Table(
    "book_order",
    metadata,
    Column("order_no", String(64), primary_key=True),
    Column("phone", String(32), nullable=False, index=True),
    Column("telegram_id", BigInteger, index=True),
    Column("email", String(254), index=True),
    Column("placed_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("record", Json, nullable=False),  # the order record of the contract, whole
    Column("updated_at", Moment, nullable=False),
)

book_entry = Table(
    "book_entry",
    metadata,
    Column("idempotency_key", String(96), primary_key=True),
    Column("order_no", String(64), ForeignKey("book_order.order_no"), nullable=False, index=True),
    Column("command", Json, nullable=False),
    Column("result", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
