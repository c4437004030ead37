"""What is looked for every few seconds is found by an index, however much there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import IntegrityError

from bot.conversation.overdue import _lapsed, _undecided
from bot.delivery import leases, outbox
from bot.delivery.order_commands import take_due as take_commands
from bot.desk import cases, promises, recovery
from bot.http.metrics import read_levels
from models import Database, dispute, metadata
from tests.factories import NOW, add_dispute

LOOKS: dict[str, tuple[Callable[[Connection], Any], set[str]]] = {
    "metrics": (read_levels, {"message", "order_command"}),
    "to send": (
        lambda c: outbox.take_due(c, channels=["telegram"], resting=[1], limit=9, now=NOW),
        {"message", "earlier", "conversation"},
    ),
    "lost": (
        lambda c: outbox.give_up_on_lost(c, NOW),
        {"message", "conversation"},
    ),
    "to carry out": (lambda c: take_commands(c, limit=9, now=NOW), {"order_command"}),
    "to work on": (
        lambda c: leases.take(c, name="w", limit=9, now=NOW),
        {"conversation", "message"},
    ),
    "to look after": (lambda c: promises.take_due(c, limit=9, now=NOW), {"promise"}),
    "lapsed": (lambda c: _lapsed(c, NOW), {"remedy"}),
    "undecided": (lambda c: _undecided(c, NOW, 3), {"dispute"}),
    "promises": (lambda c: promises.listed(c, NOW, warned=True), {"promise", "conversation"}),
    "recoveries": (
        lambda c: recovery.recovery_claims(c, {"carrier": 9, "supplier": 9}, NOW, at_most=9),
        {"dispute", "remedy", "event"},
    ),
    "conversations": (lambda c: cases.conversations(c, NOW), {"message", "dispute"}),
    "of an order": (lambda c: cases.disputes_of_order(c, "jf1"), {"dispute", "remedy"}),
}
PARTIAL = frozenset(
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
)


@contextmanager
def statements(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Note each statement with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


def _reads_all(plan: str) -> bool:
    """Tell whether a step reads a whole table, or most of one: the chats of a channel are many.

    An index that leaves out what is settled may be read from end to end.
    """
    if plan.startswith("SCAN"):
        return not any(f"INDEX {name}" in plan for name in PARTIAL)
    return "channel=? AND account=? AND external_id=?" not in plan and "(channel=?" in plan


# PostgreSQL plans by how much there is, and reads what is small as a whole.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("look", LOOKS)
async def test_no_table_that_grows_is_read_whole(database: Database, look: str) -> None:
    read, grown = LOOKS[look]

    def plans(connection: Connection) -> list[str]:
        with statements(connection) as seen:
            read(connection)
        return [
            row[3]
            for statement, parameters in list(seen)
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    found = await database.read(plans)
    assert found
    assert [plan for plan in found if _reads_all(plan) and plan.split()[1] in grown] == []


async def test_a_matter_has_one_row(database: Database) -> None:
    number = await database.write(add_dispute)
    row = select(dispute.c.conversation_id).where(dispute.c.id == number)
    here = await database.read(lambda c: c.execute(row).scalar_one())
    with pytest.raises(IntegrityError):
        await database.write(lambda c: add_dispute(c, conversation_id=here))
