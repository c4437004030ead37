"""What is wished for where nothing is wrong is kept, apart from calls for a person alone.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

dispute = sa.table(
    "dispute",
    sa.column("id", sa.Integer),
    sa.column("issue", sa.String),
    sa.column("verdict", sa.JSON),
    sa.column("escalated_reason", sa.String),
    sa.column("wish", sa.String),
)


def upgrade() -> None:
    """Add the wish; before now only a danger opened a dispute unjudged, and called a person."""
    op.add_column("dispute", sa.Column("wish", sa.String(24), nullable=True))
    d = dispute.c
    bind = op.get_bind()
    rows = bind.execute(sa.select(d.id, d.verdict, d.escalated_reason).where(d.issue == "none"))
    for row in rows.all():
        if row.verdict or row.escalated_reason is None:
            bind.execute(sa.update(dispute).where(d.id == row.id).values(wish="want_return"))


def downgrade() -> None:
    """Forget the wishes."""
    op.drop_column("dispute", "wish")
