"""What may not have reached a customer has an index: the lists of chats show it.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME = "ix_message_undelivered"


def upgrade() -> None:
    """Add the index."""
    where = sa.text("state IN ('unknown','failed')")
    columns = ["conversation_id", "id"]
    op.create_index(NAME, "message", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(NAME, "message")
