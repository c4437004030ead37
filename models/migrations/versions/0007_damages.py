"""Damages beyond the price stand beside any other remedy of their dispute, and once.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNDER_WAY = "'accepted','awaiting_approval','approved','executing','uncertain'"
ANY = f"state IN ({UNDER_WAY})"
OTHERS = f"{ANY} AND (money IS NULL OR money <> 'multiple')"
DAMAGES = f"state IN ({UNDER_WAY},'done') AND money = 'multiple'"


def upgrade() -> None:
    """Count damages apart."""
    op.drop_index("uq_remedy_in_flight", "remedy")
    _unique("uq_remedy_in_flight", OTHERS)
    _unique("uq_remedy_damages", DAMAGES)


def downgrade() -> None:
    """Let damages wait for other remedies again."""
    op.drop_index("uq_remedy_damages", "remedy")
    op.drop_index("uq_remedy_in_flight", "remedy")
    _unique("uq_remedy_in_flight", ANY)


def _unique(name: str, where: str) -> None:
    op.create_index(
        name, "remedy", ["dispute_id"], unique=True,
        sqlite_where=sa.text(where), postgresql_where=sa.text(where),
    )  # fmt: skip
