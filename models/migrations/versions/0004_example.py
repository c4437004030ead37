"""Examples: labelled texts from the shop's own chats.

Revision ID: 0004
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(JSONB, "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table of examples."""
    op.create_table(
        "example",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("issues", Json, nullable=False),
        sa.Column("intent", sa.String(length=24), nullable=False),
        sa.Column("flags", Json, nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("artefact", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("suggested_by", Id, nullable=True),
        sa.Column("reviewed_by", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reviewed_at", Moment, nullable=True),
        sa.CheckConstraint("origin IN ('correction','uncertain')", name="ck_example_origin"),
        sa.CheckConstraint("state IN ('pending','accepted','rejected')", name="ck_example_state"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_example_conversation_id"
        ),
        sa.ForeignKeyConstraint(["suggested_by"], ["staff.id"], name="fk_example_suggested_by"),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name="fk_example_reviewed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_example"),
        sa.UniqueConstraint("text_hash", name="uq_example_text_hash"),
    )
    op.create_index("ix_example_state", "example", ["state", "id"], unique=False)


def downgrade() -> None:
    """Drop the table of examples."""
    op.drop_table("example")
