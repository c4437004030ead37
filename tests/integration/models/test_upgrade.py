"""The migrations make what the models say, on both databases, and know what they find."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from models import Database, metadata
from models.upgrade import SchemaError, check_schema, upgrade

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


def test_a_database_of_a_newer_program_is_left_alone(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuses in (check_schema, upgrade):
        with pytest.raises(SchemaError, match="newer than this program"):
            refuses(empty_database)


def test_a_database_of_an_older_program_says_how_to_upgrade(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_database)
    monkeypatch.setattr("alembic.script.ScriptDirectory.get_current_head", lambda _scripts: "0002")
    with pytest.raises(SchemaError, match="older than this program: run `jiefen db upgrade`"):
        check_schema(empty_database)


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
