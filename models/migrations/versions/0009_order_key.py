"""An order is one order however its number is written; what is looked for often has an index.

Rows of two spellings become one: sums are added, remedies and disputes keep their rows.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.upgrade import SchemaError

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OFTEN = (
    ("ix_message_unknown", "message", "conversation_id", "state = 'unknown'"),
    ("ix_remedy_awaits_approval", "remedy", "expires_at", "state = 'awaiting_approval'"),
    (
        "ix_dispute_undecided", "dispute", "opened_at",
        "overdue_at IS NULL AND state IN ('open','offered','awaiting_approval','with_person')",
    ),
)  # fmt: skip
KEYED = ("dispute", "remedy")
FOUND_BY = frozenset({"order_no", "conversation_id"})
order_ledger = sa.table(
    "order_ledger", sa.column("order_no"), sa.column("paid_fen"), sa.column("granted_fen")
)
shown_order = sa.table(
    "shown_order",
    *map(sa.column, ("conversation_id", "order_no", "shown_by", "at")),
)


def upgrade() -> None:
    """Put the key beside the number, and fold what stands under several spellings."""
    _number_disputes()
    for name, table, column, where in OFTEN:
        op.create_index(
            name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.add_column("dispute", sa.Column("order_key", sa.String(64), nullable=True))
    # SQLite adds a column that is never null only with a default, and cannot take that away.
    op.add_column(
        "remedy", sa.Column("order_key", sa.String(64), nullable=False, server_default="")
    )
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("remedy", "order_key", server_default=None)
    for table in KEYED:
        op.execute(f"UPDATE {table} SET order_key = order_no")  # noqa: S608
        _spell(table, "order_key")
        op.drop_index(f"ix_{table}_order_no", table)
        op.create_index(f"ix_{table}_order_key", table, ["order_key"])
    _spell("ownership_failure", "order_no")
    _fold(order_ledger, lambda row: _key(row.order_no), _added)
    _fold(shown_order, lambda row: (row.conversation_id, _key(row.order_no)), _first)


def downgrade() -> None:
    """Look for orders by what is written again; what was folded stays one."""
    for name, table, _, _ in OFTEN:
        op.drop_index(name, table)
    op.drop_index("uq_dispute_conversation_id_matter", "dispute")
    op.create_index("ix_dispute_conversation_id", "dispute", ["conversation_id"])
    for table in KEYED:
        op.drop_index(f"ix_{table}_order_key", table)
        op.drop_column(table, "order_key")
        op.create_index(f"ix_{table}_order_no", table, ["order_no"])


def _number_disputes() -> None:
    """Let a matter have one row. One writer at a time made them, so none should have two.

    Where one has, nothing is upgraded: which row its remedies belong to is for a person to say.
    """
    d = sa.table("dispute", sa.column("id"), sa.column("conversation_id"), sa.column("matter"))
    place = (d.c.conversation_id, d.c.matter)
    twice = sa.select(*place).group_by(*place).having(sa.func.count() > 1).order_by(*place)
    found = op.get_bind().execute(twice.limit(1)).first()
    if found is not None:
        raise SchemaError(
            f"two disputes of conversation {found.conversation_id} are both numbered"
            f" {found.matter}: nothing was upgraded; join them by hand, then upgrade again"
        )
    op.create_index(
        "uq_dispute_conversation_id_matter", "dispute", ["conversation_id", "matter"], unique=True
    )
    op.drop_index("ix_dispute_conversation_id", "dispute")


def _key(order_no: str) -> str:
    """Spell a number as this release does; a later one may do otherwise."""
    return unicodedata.normalize("NFKC", order_no).strip().upper()


def _spell(name: str, into: str) -> None:
    """Write the key of each number that is written otherwise."""
    bind, table = op.get_bind(), sa.table(name, sa.column("order_no"), sa.column(into))
    found = bind.execute(sa.select(table.c.order_no).distinct()).scalars().all()
    others = [
        {"written": written, "key": _key(written)}
        for written in found
        if written is not None and _key(written) != written
    ]
    change = sa.update(table).where(table.c.order_no == sa.bindparam("written"))
    _for_each(change.values({into: sa.bindparam("key")}), others)


def _for_each(statement: sa.UpdateBase, rows: Sequence[dict[str, Any]]) -> None:
    """Do it for all rows at once: a shop may write every number in small letters."""
    if rows:
        op.get_bind().execute(statement, rows)


def _fold(
    table: sa.TableClause,
    key: Callable[[Any], Any],
    folded: Callable[[Sequence[Any]], dict[str, Any]],
) -> None:
    """Put one row in the place of those whose key is the same."""
    rows = sorted(op.get_bind().execute(sa.select(table)).all(), key=key)
    groups = [list(group) for _, group in groupby(rows, key=key)]
    changed = [g for g in groups if len(g) > 1 or _key(g[0].order_no) != g[0].order_no]
    found_by = [column for column in table.c if column.name in FOUND_BY]
    mine = sa.and_(*(column == sa.bindparam(f"its_{column.name}") for column in found_by))
    gone = [
        {f"its_{column.name}": row._mapping[column.name] for column in found_by}
        for group in changed
        for row in group
    ]
    _for_each(sa.delete(table).where(mine), gone)
    _for_each(sa.insert(table), [folded(group) for group in changed])


def _added(rows: Sequence[Any]) -> dict[str, Any]:
    """Add what was granted. Where that is more than was paid, it stands as if paid.

    Then nothing more is granted on the order: the next grant is measured by what was truly paid.
    """
    granted = sum(row.granted_fen for row in rows)
    paid = max(granted, *(row.paid_fen for row in rows))
    return {"order_no": _key(rows[0].order_no), "paid_fen": paid, "granted_fen": granted}


def _first(rows: Sequence[Any]) -> dict[str, Any]:
    """Return how the order was shown first."""
    first = min(rows, key=lambda row: row.at)
    return {**first._mapping, "order_no": _key(first.order_no)}
