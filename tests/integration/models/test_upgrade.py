"""The migrations make what the models say, on both databases, and know what they find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, insert, inspect, select, text

from models import (
    Database,
    dispute,
    event,
    metadata,
    order_ledger,
    ownership_failure,
    remedy,
    shown_order,
)
from models.upgrade import SchemaError, _config, check_schema, upgrade
from tests.factories import NOW, add_conversation

ROOT = Path(__file__).parents[3]


@pytest.fixture
def empty_database(empty_database_url: str) -> Iterator[Database]:
    opened = Database(empty_database_url)
    yield opened
    opened.close()


def test_migrations_give_the_schema_of_the_models(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        migrated = described(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    with empty_database.engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert migrated == described(connection)
    assert any("granted_fen <= paid_fen" in word for word in migrated)


def described(connection: Connection) -> set[str]:
    """Return every constraint and index as the database itself words it."""
    if connection.dialect.name == "postgresql":
        queries = [
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        ]
        rows = [row for query in queries for row in connection.execute(text(query)).scalars()]
        return {row for row in rows if "alembic_version" not in row}
    indexes = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    words = set(connection.execute(text(indexes)).scalars())
    inspector = inspect(connection)
    for table in metadata.tables:
        for found in (
            inspector.get_check_constraints(table),
            inspector.get_unique_constraints(table),
            inspector.get_foreign_keys(table),
        ):
            words |= {f"{table} {sorted(one.items(), key=str)}" for one in found}
    return words


def test_upgrading_twice_changes_nothing(empty_database: Database) -> None:
    upgrade(empty_database)
    upgrade(empty_database)
    check_schema(empty_database)


def test_a_database_without_tables_says_how_to_make_them(empty_database: Database) -> None:
    with pytest.raises(SchemaError, match="no tables yet: run `jiefen db upgrade`"):
        check_schema(empty_database)


def test_a_database_whose_tables_are_gone_is_not_called_up_to_date(
    empty_database: Database,
) -> None:
    upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("DROP TABLE example"))
    for refuses in (check_schema, upgrade):
        with pytest.raises(SchemaError, match="lacks example: restore it"):
            refuses(empty_database)


def test_a_database_of_a_newer_program_is_left_alone(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuses in (check_schema, upgrade):
        with pytest.raises(SchemaError, match="newer than this program"):
            refuses(empty_database)


def test_a_database_of_an_older_program_says_how_to_upgrade(empty_database: Database) -> None:
    upgrade_to(empty_database, "0001")
    with pytest.raises(SchemaError, match="older than this program: run `jiefen db upgrade`"):
        check_schema(empty_database)
    upgrade(empty_database)
    check_schema(empty_database)


def test_what_chats_had_shown_before_0002_still_counts(empty_database: Database) -> None:
    upgrade_to(empty_database, "0001")
    shown = [{"order_no": "JF1", "by": "phone_tail"}, {"order_no": "JF1", "by": "identity"}]
    with empty_database.engine.begin() as connection:
        customer_id = connection.execute(
            text("INSERT INTO customer (name, created_at) VALUES ('李雷', :now) RETURNING id"),
            {"now": NOW},
        ).scalar_one()
        here = add_conversation(connection, customer_id=customer_id)
        for seq, data in enumerate([*shown, {"order_no": "JF2"}]):
            kind = "OwnershipShown" if "by" in data else "OwnershipFailed"
            row = {"conversation_id": here, "seq": seq, "kind": kind, "data": data, "at": NOW}
            connection.execute(insert(event).values(row))
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        rows = connection.execute(select(shown_order)).all()
    assert [(row.conversation_id, row.order_no) for row in rows] == [(here, "JF1")]


def test_disputes_before_0008_that_only_called_a_person_wish_for_nothing(
    empty_database: Database,
) -> None:
    upgrade_to(empty_database, "0007")
    with empty_database.engine.begin() as connection:
        here = add_conversation(connection)
        old = tables_of(connection)["dispute"]
        for matter, issue, verdict, reason in (
            ("1", "none", None, "E3"),
            ("2", "none", {"rule": "none.return_7d"}, "E8"),
            ("3", "none", None, None),
            ("4", "damaged", None, "E3"),
        ):
            row = {"conversation_id": here, "matter": matter, "type": "none", "issue": issue,
                   "issues": [issue], "state": "open", "verdict": verdict,
                   "escalated_reason": reason, "opened_at": NOW}  # fmt: skip
            connection.execute(insert(old).values(row))
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        wishes = connection.execute(select(dispute.c.wish).order_by(dispute.c.matter)).scalars()
        assert wishes.all() == [None, "want_return", "want_return", None]


def test_an_order_of_two_spellings_before_0009_is_one(empty_database: Database) -> None:
    upgrade_to(empty_database, "0008")
    with empty_database.engine.begin() as connection:
        old = tables_of(connection)
        here = add_conversation(connection)
        for number, written in enumerate(("JF1", "jf1", "ＪＦ１", "JF2")):
            chat = {"conversation_id": here, "order_no": written}
            shown = {**chat, "shown_by": "phone_tail", "at": NOW - timedelta(hours=number)}
            complaint = {**chat, "matter": f"m{number}", "type": "quality", "issue": "damaged",
                         "issues": [], "state": "executing", "opened_at": NOW}  # fmt: skip
            granted = {**chat, "idempotency_key": f"k{number}", "kind": "compensation",
                       "amount_fen": 200, "return_freight": "none", "detail": {},
                       "state": "done", "rule": "r", "policy_version": "p",
                       "created_at": NOW, "updated_at": NOW}  # fmt: skip
            sums = {"order_no": written, "paid_fen": 500, "granted_fen": 200}
            connection.execute(insert(old["order_ledger"]).values(sums))
            connection.execute(insert(old["shown_order"]).values(shown))
            connection.execute(insert(old["ownership_failure"]).values({**chat, "at": NOW}))
            about = connection.execute(insert(old["dispute"]).values(complaint))
            granted["dispute_id"] = (about.inserted_primary_key or (None,))[0]
            connection.execute(insert(old["remedy"]).values(granted))
    upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        sums = connection.execute(select(order_ledger).order_by(order_ledger.c.order_no)).all()
        shown = connection.execute(select(shown_order).order_by(shown_order.c.order_no)).all()
        wrong = connection.execute(select(ownership_failure.c.order_no)).scalars().all()
        kept = [
            [tuple(row) for row in connection.execute(
                select(table.c.order_no, table.c.order_key).order_by(table.c.id))]
            for table in (dispute, remedy)
        ]  # fmt: skip
    assert [tuple(row) for row in sums] == [("JF1", 600, 600), ("JF2", 500, 200)]
    assert [(row.order_no, row.at) for row in shown] == [
        ("JF1", NOW - timedelta(hours=2)), ("JF2", NOW - timedelta(hours=3)),
    ]  # fmt: skip
    assert sorted(wrong) == ["JF1", "JF1", "JF1", "JF2"]
    assert kept == [[("JF1", "JF1"), ("jf1", "JF1"), ("ＪＦ１", "JF1"), ("JF2", "JF2")]] * 2


def test_a_matter_of_two_rows_before_0009_stops_the_upgrade_and_is_named(
    empty_database: Database,
) -> None:
    upgrade_to(empty_database, "0008")
    with empty_database.engine.begin() as connection:
        old = tables_of(connection)["dispute"]
        here = add_conversation(connection)
        row = {"conversation_id": here, "matter": "m1", "type": "quality", "issue": "damaged",
               "issues": [], "state": "open", "opened_at": NOW}  # fmt: skip
        connection.execute(insert(old), [row, row])
    with pytest.raises(SchemaError, match=f"conversation {here} are both numbered m1: nothing"):
        upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        assert "order_key" not in tables_of(connection)["dispute"].c
        connection.execute(text("DELETE FROM dispute WHERE id = 2"))
    upgrade(empty_database)


def tables_of(connection: Connection) -> Mapping[str, Table]:
    """Return the tables as an earlier release left them: the models know columns of later ones."""
    found = MetaData()
    found.reflect(connection)
    return found.tables


def upgrade_to(database: Database, revision: str) -> None:
    """Bring the schema to an earlier release's."""
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def test_two_processes_may_upgrade_at_once(empty_database: Database) -> None:
    script = (
        "import sys; from models import Database; from models.upgrade import upgrade;"
        " upgrade(Database(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, empty_database.url]
    environment = {"PYTHONPATH": str(ROOT)}
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    check_schema(empty_database)
