"""The database holds phones and chats, and only its owner may read it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.settings import read_settings
from bot.wiring import open_database
from models.database import Database


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


async def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "shop" / "var"
    database = open_database(read_settings({"JIEFEN_HOME": str(home)}))
    await database.check()
    modes = {path.name: path.stat().st_mode & 0o777 for path in (home, *home.iterdir())}
    database.close()
    assert modes == {
        "var": 0o700, "jiefen.db": 0o600, "jiefen.db-wal": 0o600, "jiefen.db-shm": 0o600,
    }  # fmt: skip


def test_a_folder_and_a_file_that_were_there_keep_their_rights(tmp_path: Path) -> None:
    file = tmp_path / "jiefen.db"
    file.touch(mode=0o640)
    tmp_path.chmod(0o755)
    open_database(read_settings({"JIEFEN_HOME": str(tmp_path)})).close()
    assert (tmp_path.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o755, 0o640)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gone' / 'x.db'}"
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_DATABASE_URL": url})
    with pytest.raises(StorageError, match=r"gone/x\.db.*allowed to write"):
        open_database(settings)


def test_a_database_in_memory_has_no_file() -> None:
    Database("sqlite://").keep_private()
