"""The database itself: work is grouped, but each piece stands or falls alone."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from errno import ESTALE
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import DBAPIError

from models import Database, staff
from models.database import FREE_AT_LEAST
from tests.factories import add_conversation, add_staff


async def test_each_piece_of_work_stands_or_falls_alone(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add_staff(connection, "undone")
        raise ValueError("no")

    results = await asyncio.gather(
        database.write(lambda c: add_staff(c, "first")),
        database.write(fails),
        database.write(lambda c: add_staff(c, "third")),
        return_exceptions=True,
    )
    assert isinstance(results[1], ValueError)
    names = await database.read(lambda c: list(c.execute(select(staff.c.name)).scalars()))
    assert sorted(names) == ["first", "third"]


READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


async def test_a_database_that_can_only_be_read_does_not_pass_for_sound(
    database: Database,
) -> None:
    await database.check()

    def forbid_writing(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(READ_ONLY[database.engine.dialect.name])

    event.listen(database.engine, "checkout", forbid_writing)
    assert await database.read(lambda c: c.execute(select(func.count(staff.c.id))).scalar()) == 0
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        await database.check()


async def test_the_check_writes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    opened = Database(f"sqlite:///{path}")
    sizes = []
    for _ in range(3):
        await opened.check()
        sizes.append(path.with_name("new.db-wal").stat().st_size)
    opened.close()
    assert sizes == sorted(set(sizes))


async def test_a_full_disk_shows_in_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'new.db'}")
    await opened.check()
    full = shutil.disk_usage(tmp_path)._replace(free=FREE_AT_LEAST - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(DBAPIError, match="full"):
        await opened.check()
    opened.close()


async def test_a_disk_that_cannot_be_asked_shows_in_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_path: Path) -> None:
        raise OSError(ESTALE, "stale file handle")

    opened = Database(f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setattr(shutil, "disk_usage", stale)
    with pytest.raises(DBAPIError, match="stale"):
        await opened.check()
    opened.close()


@pytest.mark.parametrize("_again", range(2))
async def test_every_test_begins_with_no_rows(database: Database, _again: int) -> None:
    count = select(func.count()).select_from(staff)
    assert await database.read(lambda c: c.execute(count).scalar_one()) == 0
    await database.write(lambda c: (add_staff(c), add_conversation(c)))


async def test_a_new_file_that_another_process_writes_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opened = Database(f"sqlite:///{path}")
    waiting = asyncio.create_task(opened.read(lambda c: c.execute(select(1)).scalar_one()))
    done, _ = await asyncio.wait([waiting], timeout=0.3)
    other.execute("COMMIT")
    other.close()
    assert await waiting == 1
    assert not done
    opened.close()
