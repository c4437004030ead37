"""Disputes (纠纷): one order, one matter, across chats."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, text

from models.base import Id, Json, Moment, OrderKey, key_of_row, metadata

dispute = Table(
    "dispute",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    # The number that the conversation's events know the dispute by.
    Column("matter", String(16), nullable=False),
    Column("order_no", String(64)),  # as the shop writes it, once the order was found
    Column("order_key", OrderKey, index=True, default=key_of_row),
    Column("type", String(16), nullable=False),
    Column("issue", String(32), nullable=False),
    Column("issues", Json, nullable=False),
    Column("wish", String(24)),  # the intent, where nothing is wrong: want_return and the like
    Column("state", String(24), nullable=False),
    Column("liable", String(16)),
    Column("cost_bearer", String(16)),
    Column("cause", String(64)),
    Column("liability_reason", Text),  # one Chinese sentence
    # The member of staff who overruled the policy; null: as the policy says. No foreign key,
    # because SQLite cannot give one to a table that is there already; accounts are never deleted.
    Column("liability_by", Id),
    Column("escalated_reason", String(8)),
    Column("escalated_level", String(4)),
    Column("verdict", Json),  # the latest: options, reasons, facts used, policy version
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("overdue_at", Moment),  # when it was escalated for being undecided too long
    CheckConstraint(
        "state IN ('open','offered','awaiting_approval','executing','with_person',"
        "'resolved','rejected','withdrawn')",
        name="state",
    ),
)
# One row a matter: turns and staff look for it by these two.
Index(
    "uq_dispute_conversation_id_matter", dispute.c.conversation_id, dispute.c.matter, unique=True
)
# What may be claimed back from each party, the latest first.
Index("ix_dispute_cost_bearer", dispute.c.cost_bearer, dispute.c.opened_at)
# In a query too these stand as text: SQLite takes the index only for the condition's own words.
UNDECIDED = text(
    "overdue_at IS NULL AND state IN ('open','offered','awaiting_approval','with_person')"
)
Index(
    "ix_dispute_undecided",
    dispute.c.opened_at,
    sqlite_where=UNDECIDED,
    postgresql_where=UNDECIDED,
)
