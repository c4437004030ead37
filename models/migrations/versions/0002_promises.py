"""Promises, day caps, whose order it was shown to be, and who overruled a liability.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

# What chats have shown before this release stands in their logs.
_SHOWN_BEFORE = (
    "INSERT INTO shown_order (conversation_id, order_no, shown_by, at)"
    " SELECT conversation_id, {order_no}, 'earlier', min(at) FROM event"
    " WHERE kind = 'OwnershipShown' GROUP BY conversation_id, {order_no}"
)


def upgrade() -> None:
    """Create the tables, add the columns, and carry over whose orders were shown."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _create_day_ledger()
    _create_shown_order()
    _create_promise()
    for column in (
        sa.Column("payee", sa.String(length=96), nullable=True),
        sa.Column("customer_key", sa.String(length=32), nullable=True),
        sa.Column("money", sa.String(length=16), nullable=True),
        sa.Column("counted_on", sa.String(length=10), nullable=True),
        sa.Column("expires_at", Moment, nullable=True),
    ):
        op.add_column("remedy", column)
    op.add_column("dispute", sa.Column("liability_reason", sa.Text(), nullable=True))
    op.add_column("dispute", sa.Column("liability_by", Id, nullable=True))
    op.add_column("dispute", sa.Column("overdue_at", Moment, nullable=True))
    order_no = "json_extract(data, '$.order_no')" if sqlite else "data->>'order_no'"
    op.execute(_SHOWN_BEFORE.format(order_no=order_no))


def _create_day_ledger() -> None:
    op.create_table(
        "day_ledger",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("customer_key", sa.String(length=32), nullable=False),
        sa.Column("released_fen", sa.BigInteger(), nullable=False),
        sa.Column("limit_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "released_fen >= 0 AND released_fen <= limit_fen",
            name="ck_day_ledger_released_within_limit",
        ),
        sa.PrimaryKeyConstraint("day", "customer_key", name="pk_day_ledger"),
    )


def _create_shown_order() -> None:
    op.create_table(
        "shown_order",
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("shown_by", sa.String(length=16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_shown_order_conversation_id"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "order_no", name="pk_shown_order"),
    )


def _create_promise() -> None:
    op.create_table(
        "promise",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("dispute_id", Id, nullable=True),
        sa.Column("remedy_id", Id, nullable=True),
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("look_at", Moment, nullable=True),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open','kept','broken','void')", name="ck_promise_state"),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name="ck_promise_settled_once"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_promise_conversation_id"
        ),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_promise_dispute_id"),
        sa.ForeignKeyConstraint(["remedy_id"], ["remedy.id"], name="fk_promise_remedy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sa.UniqueConstraint("conversation_id", "key", name="uq_promise_conversation_id_key"),
    )
    open_ones = sa.text("state = 'open'")
    op.create_index(
        "ix_promise_look_at",
        "promise",
        ["look_at"],
        unique=False,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.create_index("ix_promise_remedy_id", "promise", ["remedy_id"], unique=False)
