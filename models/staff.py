"""Staff, their console sessions, and the audit log of sensitive deeds."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table

from models.base import Id, Json, Moment, metadata

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(256)),
    Column("token_hash", String(64), unique=True),  # sha256 of the API token
    Column("telegram_id", BigInteger),  # who they are in the agents' group
    Column("created_at", Moment, nullable=False),
    CheckConstraint("role IN ('agent','supervisor','admin')", name="role"),
)
Index("ix_staff_telegram_id", staff.c.telegram_id, unique=True)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),  # null: the bot or the command line
    Column("deed", String(64), nullable=False),  # dotted: remedy.approved, conversation.taken
    Column("subject", String(96), nullable=False, index=True),  # conversation:12, remedy:7
    Column("data", Json, nullable=False),
)
