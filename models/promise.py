"""What customers were promised and by when: each watched until it was kept, broken, or void."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.base import Id, Moment, metadata

promise = Table(
    "promise",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("dispute_id", Id, ForeignKey("dispute.id")),
    Column("remedy_id", Id, ForeignKey("remedy.id")),
    # What was said, once: the same key again is the same promise.
    Column("key", String(96), nullable=False),
    Column("what", String(32), nullable=False),  # person | answer | approval | offer | a remedy
    Column("said", Text, nullable=False),  # in the words that staff read
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    # Runs from the arrival of what the customer sends back; null where `due_at` stands.
    Column("after_return_hours", Float),
    Column("state", String(8), nullable=False),
    Column("settled_at", Moment),
    Column("look_at", Moment),  # when the watch looks next; null once it is settled
    Column("leased_until", Moment),
    Column("looks", Integer, nullable=False, default=0),  # tells one hold from any other
    UniqueConstraint("conversation_id", "key"),
    CheckConstraint("state IN ('open','kept','broken','void')", name="state"),
    CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_once"),
)
# In a query too it stands as text: SQLite takes the index only for the condition's own words.
OPEN = text("state = 'open'")
Index("ix_promise_look_at", promise.c.look_at, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_promise_remedy_id", promise.c.remedy_id)
