"""Brings a database to the program's schema, and tells whether it has it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from models.base import metadata
from models.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as every process that upgrades takes the same one.
UPGRADE_LOCK = 5_246_017


class SchemaError(Exception):
    """The database does not have the program's schema; the text says what to do."""


def upgrade(database: Database) -> None:
    """Create the tables, or bring them up to date, whole or not at all.

    Raises SchemaError when a newer program has been here, or when tables are gone.
    """
    with database.engine.begin() as connection:
        if not database.is_sqlite:  # SQLite lets one process write at a time anyway
            connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
        current = _revision(connection)
        if current is not None:
            _check_known(connection, current)
        command.upgrade(_config(connection), "head")
        _check_whole(connection)


def check_schema(database: Database) -> None:
    """Raise SchemaError unless the database has exactly the program's schema."""
    with database.engine.connect() as connection:
        current = _revision(connection)
        if current is None:
            raise SchemaError("the database has no tables yet: run `jiefen db upgrade`")
        _check_known(connection, current)
        if current != _scripts(connection).get_current_head():
            raise SchemaError("the database is older than this program: run `jiefen db upgrade`")
        _check_whole(connection)


def _check_whole(connection: Connection) -> None:
    missing = sorted(set(metadata.tables) - set(inspect(connection).get_table_names()))
    if missing:
        raise SchemaError(f"the database lacks {', '.join(missing)}: restore it from a copy")


def _check_known(connection: Connection, current: str) -> None:
    try:
        _scripts(connection).get_revision(current)
    except CommandError:
        raise SchemaError(
            f"the database is newer than this program (schema {current}): update Jiefen"
        ) from None


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts(connection: Connection) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
