"""Agents answer in a Telegram group: a topic a conversation, and who of the staff is who there.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import Id, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and the column."""
    op.create_table(
        "topic",
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("shown_id", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("lost_id", sa.Integer, nullable=False),
        sa.Column("heard_id", sa.BigInteger, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("is_shut", sa.Boolean, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_topic_conversation_id"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_topic"),
    )
    op.create_index("ix_topic_thread", "topic", ["group_id", "thread_id"], unique=True)
    only = sa.text("is_open")
    op.create_index(
        "ix_topic_open", "topic", ["conversation_id"], sqlite_where=only, postgresql_where=only
    )
    op.create_table(
        "agent_group",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("resting_until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agent_group"),
    )
    op.add_column("staff", sa.Column("telegram_id", sa.BigInteger))
    op.create_index("ix_staff_telegram_id", "staff", ["telegram_id"], unique=True)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_staff_telegram_id", "staff")
    op.drop_column("staff", "telegram_id")
    op.drop_table("agent_group")
    op.drop_table("topic")
