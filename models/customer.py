"""Customers, their chat sessions, and failed attempts to show that an order is theirs."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from models.base import Id, Moment, OrderKey, metadata

customer = Table(
    "customer",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", String(128), nullable=False, default=""),
    Column("phone", String(32)),  # only when the shop signed it
    Column("telegram_id", Id),
    Column("email", String(254)),
    Column("created_at", Moment, nullable=False),
)

chat_session = Table(
    "chat_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # sha256; the token itself is not kept
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
)

ownership_failure = Table(
    "ownership_failure",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_no", OrderKey, nullable=False),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_ownership_failure_order_no", ownership_failure.c.order_no, ownership_failure.c.at)
