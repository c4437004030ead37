"""When staff were last seen is kept no more: nothing asked for it.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the moment that every request of the console wrote."""
    with op.batch_alter_table("staff") as table:
        table.drop_column("last_seen_at")


def downgrade() -> None:
    """Begin again with nobody seen."""
    op.add_column("staff", sa.Column("last_seen_at", Moment, nullable=True))
