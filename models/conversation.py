"""Conversations and their logs of events; a conversation is one customer on one channel."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from models.base import Id, Json, Moment, metadata

conversation = Table(
    "conversation",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),  # web | telegram | terminal
    Column("account", String(64), nullable=False),  # the shop's account on it (bot id)
    Column("external_id", String(128), nullable=False),  # the chat's id there
    Column("customer_id", Id, ForeignKey("customer.id"), nullable=False),
    Column("state", String(16), nullable=False, default="bot"),
    Column("owner_kind", String(16), nullable=False, default="bot"),
    Column("owner_staff_id", Id, ForeignKey("staff.id")),
    # Rises at each change of owner; what was written under an older one is refused.
    Column("epoch", Integer, nullable=False, default=0),
    Column("last_message_id", Integer, nullable=False, default=0),
    Column("last_event_seq", Integer, nullable=False, default=0),
    Column("queue_reason", String(8)),  # E1…E14 while queued, or arisen while a person holds it
    Column("queue_level", String(4)),  # L1 | L2 | S with it
    Column("queued_at", Moment),
    Column("summary", Json),  # the hand-over summary for staff
    Column("work_due_at", Moment),  # set while messages wait for a worker
    Column("leased_by", String(64)),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False, default=0),  # failed turns in a row
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("channel", "account", "external_id"),
    CheckConstraint("state IN ('bot','queued','with_person','closed')", name="state"),
    CheckConstraint("owner_kind IN ('bot','agent','queue')", name="owner_kind"),
    CheckConstraint("owner_kind <> 'agent' OR owner_staff_id IS NOT NULL", name="agent_is_named"),
)
Index("ix_conversation_work_due_at", conversation.c.work_due_at)
# What changed lately: each open console asks every few seconds.
Index("ix_conversation_updated_at", conversation.c.updated_at)
Index("ix_conversation_state", conversation.c.state, conversation.c.updated_at)

event = Table(
    "event",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(48), nullable=False),
    Column("data", Json, nullable=False),
    Column("at", Moment, nullable=False),
)
