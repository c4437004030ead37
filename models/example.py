"""Examples: labelled texts from the shop's own chats, to be reviewed and then learnt from."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from models.base import Id, Json, Moment, metadata

example = Table(
    "example",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("text_hash", String(64), nullable=False, unique=True),  # sha256: each text once
    Column("text", Text, nullable=False),  # personal data masked
    Column("origin", String(16), nullable=False),  # correction | uncertain
    # The labels suggested, and once accepted those to learn from; issues are empty for none.
    Column("issues", Json, nullable=False),
    Column("intent", String(24), nullable=False),
    Column("flags", Json, nullable=False),
    Column("said", Json, nullable=False),  # what the classifier made of it
    Column("artefact", String(32), nullable=False),  # which classifier
    Column("state", String(16), nullable=False, default="pending"),
    Column("conversation_id", Id, ForeignKey("conversation.id")),
    Column("message_id", Integer),
    Column("suggested_by", Id, ForeignKey("staff.id")),  # null: the bot was unsure
    Column("reviewed_by", Id, ForeignKey("staff.id")),
    Column("at", Moment, nullable=False),
    Column("reviewed_at", Moment),
    CheckConstraint("origin IN ('correction','uncertain')", name="origin"),
    CheckConstraint("state IN ('pending','accepted','rejected')", name="state"),
)
Index("ix_example_state", example.c.state, example.c.id)
