"""The remedy ledger: what was granted, guarded by the database itself.

`order_ledger` holds one row an order with what was paid and what has been granted; its CHECK makes
granting more than was paid impossible, and the partial unique index makes it impossible that one
dispute grants two remedies at the same time, whatever process tries. `day_ledger` does the same
for what the bot releases alone in a day.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.base import Id, Json, Moment, OrderKey, key_of_row, metadata

remedy = Table(
    "remedy",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("dispute_id", Id, ForeignKey("dispute.id"), nullable=False, index=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("order_no", String(64), nullable=False),  # as the shop writes it
    Column("order_key", OrderKey, nullable=False, index=True, default=key_of_row),
    Column("idempotency_key", String(96), nullable=False, unique=True),
    Column("kind", String(24), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("return_freight", String(8), nullable=False),
    Column("detail", Json, nullable=False),  # what the order system needs: sku, address, …
    Column("state", String(24), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("policy_version", String(64), nullable=False),
    Column("approved_by", Id, ForeignKey("staff.id")),
    Column("reason", Text),
    # Who gets it: the order's customer and payment, as an approver sees them.
    Column("payee", String(96)),
    Column("customer_key", String(32)),  # the same for every order of one customer
    Column("money", String(16)),  # statutory | discretionary | multiple; null: no money
    Column("counted_on", String(10)),  # the shop's day whose caps it counts against
    Column("expires_at", Moment),  # until when it may be approved
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    CheckConstraint("amount_fen >= 0", name="amount_not_negative"),
    CheckConstraint("return_freight IN ('shop','customer','none')", name="return_freight"),
    CheckConstraint(
        "state IN ('proposed','accepted','awaiting_approval','approved','executing','done',"
        "'failed','uncertain','declined','withdrawn','expired')",
        name="state",
    ),
)
# "On its way" at most once a dispute: a double click, two workers or a replay cannot grant twice.
# Damages beyond the price come on top of any remedy; they too are granted once.
_IN_FLIGHT = (
    "state IN ('accepted','awaiting_approval','approved','executing','uncertain')"
    " AND (money IS NULL OR money <> 'multiple')"
)
_DAMAGES = (
    "state IN ('accepted','awaiting_approval','approved','executing','uncertain','done')"
    " AND money = 'multiple'"
)
for _name, _where in (("uq_remedy_in_flight", _IN_FLIGHT), ("uq_remedy_damages", _DAMAGES)):
    Index(
        _name, remedy.c.dispute_id, unique=True,
        sqlite_where=text(_where), postgresql_where=text(_where),
    )  # fmt: skip
# In a query too it stands as text: SQLite takes the index only for the condition's own words.
AWAITS_APPROVAL = text("state = 'awaiting_approval'")
Index(
    "ix_remedy_awaits_approval",
    remedy.c.expires_at,
    sqlite_where=AWAITS_APPROVAL,
    postgresql_where=AWAITS_APPROVAL,
)

order_ledger = Table(
    "order_ledger",
    metadata,
    Column("order_no", OrderKey, primary_key=True),
    Column("paid_fen", BigInteger, nullable=False),
    Column("granted_fen", BigInteger, nullable=False, default=0),
    CheckConstraint("granted_fen >= 0 AND granted_fen <= paid_fen", name="granted_within_paid"),
)

# What the bot released alone on one of the shop's days: to one customer, and ("") to everybody.
day_ledger = Table(
    "day_ledger",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("customer_key", String(32), primary_key=True),
    Column("released_fen", BigInteger, nullable=False),
    Column("limit_fen", BigInteger, nullable=False),
    CheckConstraint(
        "released_fen >= 0 AND released_fen <= limit_fen", name="released_within_limit"
    ),
)

# Orders that a chat has shown to be its customer's; without a row here nothing is granted.
shown_order = Table(
    "shown_order",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversation.id"), primary_key=True),
    Column("order_no", OrderKey, primary_key=True),
    Column("shown_by", String(16), nullable=False),  # phone_tail | identity
    Column("at", Moment, nullable=False),
)

order_command = Table(
    "order_command",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", Id, ForeignKey("conversation.id"), nullable=False),
    Column("remedy_id", Id, ForeignKey("remedy.id"), nullable=False),
    Column("idempotency_key", String(96), nullable=False),
    Column("command", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", Moment),
    Column("leased_until", Moment),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("remedy_id"),
    UniqueConstraint("idempotency_key"),
    CheckConstraint("state IN ('pending','sending','done','failed','uncertain')", name="state"),
)
# In a query too it stands as text, as above.
UNSETTLED = text("state IN ('pending','sending','uncertain')")
Index(
    "ix_order_command_due",
    order_command.c.next_attempt_at,
    sqlite_where=UNSETTLED,
    postgresql_where=UNSETTLED,
)
