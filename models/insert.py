"""Two forms of INSERT that both databases know and SQLAlchemy spells differently for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

DialectInsert = postgresql.Insert | sqlite.Insert


def dialect_insert(connection: Connection, table: Table) -> DialectInsert:
    """Return an INSERT that understands ON CONFLICT."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_once(
    connection: Connection, table: Table, values: Mapping[str, Any], returning: Column[Any]
) -> Any | None:
    """Insert a row; return the column, or None when some unique key is already taken."""
    statement = dialect_insert(connection, table).values(**values)
    return connection.execute(
        statement.on_conflict_do_nothing().returning(returning)
    ).scalar_one_or_none()
