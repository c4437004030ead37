"""Policies in service are kept, so that a later change of the files loses nothing.

Revision ID: 0003
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(JSONB, "postgresql")


def upgrade() -> None:
    """Create the table of policy texts."""
    op.create_table(
        "policy_text",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_text"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("policy_text")
