"""The first schema: every table of the house.

What later changes in `models/` never changes this file; it says what the tables were on that day.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(JSONB, "postgresql")
Moment = sa.DateTime(timezone=True)


def _only_where(condition: str) -> dict[str, Any]:
    """Return the arguments of a partial index for both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Create every table."""
    _create_book_order()
    _create_customer()
    _create_order_ledger()
    _create_staff()
    _create_audit()
    _create_book_entry()
    _create_conversation()
    _create_staff_session()
    _create_attachment()
    _create_chat_session()
    _create_dispute()
    _create_event()
    _create_ownership_failure()
    _create_message()
    _create_remedy()
    _create_order_command()


def downgrade() -> None:
    """Drop every table."""
    for table in (
        "order_command",
        "remedy",
        "message",
        "ownership_failure",
        "event",
        "dispute",
        "chat_session",
        "attachment",
        "staff_session",
        "conversation",
        "book_entry",
        "audit",
        "staff",
        "order_ledger",
        "customer",
        "book_order",
    ):
        op.drop_table(table)


def _create_book_order() -> None:
    op.create_table(
        "book_order",
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("placed_at", Moment, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("record", Json, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("order_no", name="pk_book_order"),
    )
    op.create_index("ix_book_order_email", "book_order", ["email"], unique=False)
    op.create_index("ix_book_order_phone", "book_order", ["phone"], unique=False)
    op.create_index("ix_book_order_telegram_id", "book_order", ["telegram_id"], unique=False)


def _create_customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("telegram_id", Id, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
    )


def _create_order_ledger() -> None:
    op.create_table(
        "order_ledger",
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("granted_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "granted_fen >= 0 AND granted_fen <= paid_fen",
            name="ck_order_ledger_granted_within_paid",
        ),
        sa.PrimaryKeyConstraint("order_no", name="pk_order_ledger"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("last_seen_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.CheckConstraint("role IN ('agent','supervisor','admin')", name="ck_staff_role"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
        sa.UniqueConstraint("token_hash", name="uq_staff_token_hash"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("deed", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_audit_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def _create_book_entry() -> None:
    op.create_table(
        "book_entry",
        sa.Column("idempotency_key", sa.String(length=96), nullable=False),
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("command", Json, nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["book_order.order_no"], name="fk_book_entry_order_no"
        ),
        sa.PrimaryKeyConstraint("idempotency_key", name="pk_book_entry"),
    )
    op.create_index("ix_book_entry_order_no", "book_entry", ["order_no"], unique=False)


def _create_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner_kind", sa.String(length=16), nullable=False),
        sa.Column("owner_staff_id", Id, nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.Integer(), nullable=False),
        sa.Column("last_event_seq", sa.Integer(), nullable=False),
        sa.Column("queue_reason", sa.String(length=8), nullable=True),
        sa.Column("queue_level", sa.String(length=4), nullable=True),
        sa.Column("queued_at", Moment, nullable=True),
        sa.Column("summary", Json, nullable=True),
        sa.Column("work_due_at", Moment, nullable=True),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.CheckConstraint(
            "owner_kind <> 'agent' OR owner_staff_id IS NOT NULL",
            name="ck_conversation_agent_is_named",
        ),
        sa.CheckConstraint(
            "owner_kind IN ('bot','agent','queue')", name="ck_conversation_owner_kind"
        ),
        sa.CheckConstraint(
            "state IN ('bot','queued','with_person','closed')", name="ck_conversation_state"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name="fk_conversation_customer_id"
        ),
        sa.ForeignKeyConstraint(
            ["owner_staff_id"], ["staff.id"], name="fk_conversation_owner_staff_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint(
            "channel", "account", "external_id", name="uq_conversation_channel_account_external_id"
        ),
    )
    op.create_index("ix_conversation_state", "conversation", ["state", "updated_at"], unique=False)
    op.create_index("ix_conversation_work_due_at", "conversation", ["work_due_at"], unique=False)


def _create_staff_session() -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_session"),
    )


def _create_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_attachment_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index(
        "ix_attachment_conversation_id", "attachment", ["conversation_id"], unique=False
    )


def _create_chat_session() -> None:
    op.create_table(
        "chat_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_chat_session_conversation_id"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_chat_session"),
    )


def _create_dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("matter", sa.String(length=16), nullable=False),
        sa.Column("order_no", sa.String(length=64), nullable=True),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("issue", sa.String(length=32), nullable=False),
        sa.Column("issues", Json, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("liable", sa.String(length=16), nullable=True),
        sa.Column("cost_bearer", sa.String(length=16), nullable=True),
        sa.Column("cause", sa.String(length=64), nullable=True),
        sa.Column("escalated_reason", sa.String(length=8), nullable=True),
        sa.Column("escalated_level", sa.String(length=4), nullable=True),
        sa.Column("verdict", Json, nullable=True),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('open','offered','awaiting_approval','executing','with_person',"
            "'resolved','rejected','withdrawn')",
            name="ck_dispute_state",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_dispute_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )
    op.create_index("ix_dispute_conversation_id", "dispute", ["conversation_id"], unique=False)
    op.create_index("ix_dispute_order_no", "dispute", ["order_no"], unique=False)


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_event_conversation_id"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_event"),
    )


def _create_ownership_failure() -> None:
    op.create_table(
        "ownership_failure",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_ownership_failure_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ownership_failure"),
    )
    op.create_index(
        "ix_ownership_failure_order_no", "ownership_failure", ["order_no", "at"], unique=False
    )


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=160), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choice", sa.String(length=64), nullable=True),
        sa.Column("options", Json, nullable=True),
        sa.Column("data", Json, nullable=True),
        sa.Column("attachment_id", Id, nullable=True),
        sa.Column("staff_id", Id, nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_as", sa.String(length=64), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.CheckConstraint(
            "(direction = 'in' AND state IN ('waiting','done','set_aside')) OR "
            "(direction = 'out' AND state IN ('pending','sending','sent','unknown',"
            "'failed'))",
            name="ck_message_state",
        ),
        sa.CheckConstraint("direction IN ('in','out')", name="ck_message_direction"),
        sa.CheckConstraint(
            "sender IN ('customer','bot','agent','system')", name="ck_message_sender"
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name="fk_message_attachment_id"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_message_conversation_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_message_staff_id"),
        sa.PrimaryKeyConstraint("conversation_id", "id", name="pk_message"),
        sa.UniqueConstraint(
            "conversation_id", "external_id", name="uq_message_conversation_id_external_id"
        ),
    )
    op.create_index(
        "ix_message_unsent",
        "message",
        ["next_attempt_at"],
        unique=False,
        **_only_where("state IN ('pending','sending')"),
    )
    op.create_index(
        "ix_message_unsent_in_order",
        "message",
        ["conversation_id", "id"],
        unique=False,
        **_only_where("state IN ('pending','sending')"),
    )
    op.create_index(
        "ix_message_waiting",
        "message",
        ["conversation_id", "id"],
        unique=False,
        **_only_where("state = 'waiting'"),
    )


def _create_remedy() -> None:
    op.create_table(
        "remedy",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("dispute_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("order_no", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=96), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("return_freight", sa.String(length=8), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("policy_version", sa.String(length=64), nullable=False),
        sa.Column("approved_by", Id, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.CheckConstraint(
            "return_freight IN ('shop','customer','none')", name="ck_remedy_return_freight"
        ),
        sa.CheckConstraint(
            "state IN ('proposed','accepted','awaiting_approval','approved','executing',"
            "'done','failed','uncertain','declined','withdrawn','expired')",
            name="ck_remedy_state",
        ),
        sa.CheckConstraint("amount_fen >= 0", name="ck_remedy_amount_not_negative"),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name="fk_remedy_approved_by"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_remedy_conversation_id"
        ),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_remedy_dispute_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remedy"),
        sa.UniqueConstraint("idempotency_key", name="uq_remedy_idempotency_key"),
    )
    op.create_index("ix_remedy_dispute_id", "remedy", ["dispute_id"], unique=False)
    op.create_index("ix_remedy_order_no", "remedy", ["order_no"], unique=False)
    op.create_index(
        "uq_remedy_in_flight",
        "remedy",
        ["dispute_id"],
        unique=True,
        **_only_where(
            "state IN ('accepted','awaiting_approval','approved','executing','uncertain')"
        ),
    )


def _create_order_command() -> None:
    op.create_table(
        "order_command",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("remedy_id", Id, nullable=False),
        sa.Column("idempotency_key", sa.String(length=96), nullable=False),
        sa.Column("command", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Moment, nullable=True),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.CheckConstraint(
            "state IN ('pending','sending','done','failed','uncertain')",
            name="ck_order_command_state",
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_order_command_conversation_id"
        ),
        sa.ForeignKeyConstraint(["remedy_id"], ["remedy.id"], name="fk_order_command_remedy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_order_command"),
        sa.UniqueConstraint("idempotency_key", name="uq_order_command_idempotency_key"),
        sa.UniqueConstraint("remedy_id", name="uq_order_command_remedy_id"),
    )
    op.create_index(
        "ix_order_command_due",
        "order_command",
        ["next_attempt_at"],
        unique=False,
        **_only_where("state IN ('pending','sending','uncertain')"),
    )
