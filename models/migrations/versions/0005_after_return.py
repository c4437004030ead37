"""Promises whose clock starts when the goods are back.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hours that run from the return's arrival."""
    op.add_column("promise", sa.Column("after_return_hours", sa.Float(), nullable=True))


def downgrade() -> None:
    """Forget which promises wait for a return."""
    with op.batch_alter_table("promise") as table:
        table.drop_column("after_return_hours")
