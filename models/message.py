"""Messages in and out, and the files that customers send.

A message's id counts within its conversation and is given out under that row's lock, so a reader
that asks for "everything after id N" can never be overtaken by a lower id committed later.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)

from models.base import Id, Json, Moment, metadata

message = Table(
    "message",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("direction", String(3), nullable=False),  # in | out
    Column("sender", String(16), nullable=False),  # customer | bot | agent | system
    # text | choice | photo | file; note: staff only; signal: the house speaking to itself
    Column("kind", String(16), nullable=False),
    Column("external_id", String(160)),  # client_id, update id …: what makes it arrive once
    Column("text", Text, nullable=False, default=""),
    Column("choice", String(64)),  # the option that was picked
    Column("options", Json),  # [{id, label, kind}] under a reply
    Column("data", Json),  # a signal's content; an edit's earlier texts; parts sent
    Column("attachment_id", Id, ForeignKey("attachment.id")),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("epoch", Integer, nullable=False, default=0),
    # in: waiting → done | set_aside.  out: pending → sending → sent | unknown | failed
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", Moment),
    Column("error", Text),
    Column("sent_as", String(64)),  # the channel's own id of what was sent
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "external_id"),
    CheckConstraint("direction IN ('in','out')", name="direction"),
    CheckConstraint("sender IN ('customer','bot','agent','system')", name="sender"),
    CheckConstraint(
        "(direction = 'in' AND state IN ('waiting','done','set_aside')) OR "
        "(direction = 'out' AND state IN ('pending','sending','sent','unknown','failed'))",
        name="state",
    ),
)
Index(
    "ix_message_waiting",
    message.c.conversation_id,
    message.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
# In a query too these stand as text: SQLite takes the index only for the condition's own words.
UNSENT = text(_UNSENT := "state IN ('pending','sending')")
UNKNOWN = text("state = 'unknown'")
UNDELIVERED_STATES = ("unknown", "failed")
UNDELIVERED = text("state IN ({})".format(",".join(f"'{state}'" for state in UNDELIVERED_STATES)))
Index(
    "ix_message_unsent",
    message.c.next_attempt_at,
    sqlite_where=UNSENT,
    postgresql_where=UNSENT,
)
# The oldest unsent message of a conversation goes first; this finds it without reading the rest.
Index(
    "ix_message_unsent_in_order",
    message.c.conversation_id,
    message.c.id,
    sqlite_where=UNSENT,
    postgresql_where=UNSENT,
)
Index(
    "ix_message_unknown",
    message.c.conversation_id,
    sqlite_where=UNKNOWN,
    postgresql_where=UNKNOWN,
)
Index(
    "ix_message_undelivered",
    message.c.conversation_id,
    message.c.id,
    sqlite_where=UNDELIVERED,
    postgresql_where=UNDELIVERED,
)


def unsent(table: str = "message") -> TextClause:
    """Return the words of UNSENT for a query in which other tables have a `state` as well."""
    return text(f"{table}.{_UNSENT}")


attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("mime", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)
