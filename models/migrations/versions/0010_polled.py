"""What the console asks for every few seconds has an index.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

POLLED = (
    ("ix_conversation_updated_at", "conversation", ("updated_at",)),
    ("ix_dispute_cost_bearer", "dispute", ("cost_bearer", "opened_at")),
    ("ix_audit_subject", "audit", ("subject",)),
)


def upgrade() -> None:
    """Add the indexes."""
    for name, table, columns in POLLED:
        op.create_index(name, table, list(columns))


def downgrade() -> None:
    """Take them away."""
    for name, table, _ in POLLED:
        op.drop_index(name, table)
