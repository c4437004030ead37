"""The database holds phones and chats, and only its owner may read it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
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


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o640, 0o600), (0o600, 0o600)])
def test_a_file_that_was_there_is_kept_from_others_and_the_folder_left_alone(
    tmp_path: Path, before: int, after: int
) -> None:
    file = tmp_path / "jiefen.db"
    beside = tmp_path / "jiefen.db-wal"
    for path in (file, beside):
        path.touch()
        path.chmod(before)
    tmp_path.chmod(0o755)
    Database(f"sqlite:///{file}").keep_private()
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path, file, beside)]
    assert modes == [0o755, after, after]


def test_rights_that_cannot_be_changed_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "jiefen.db"
    file.touch()
    file.chmod(0o644)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    Database(f"sqlite:///{file}").keep_private()
    monkeypatch.undo()
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)  # another's file
    Database(f"sqlite:///{file}").keep_private()
    assert file.stat().st_mode & 0o777 == 0o644


def test_the_recipe_of_the_readme_copies_a_shop_that_is_being_written(tmp_path: Path) -> None:
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")
    recipe = re.search(r"## Backup.*?`(\(umask [^`]+)`", readme, re.DOTALL)
    assert recipe
    with _written(tmp_path / "jiefen.db"):
        path = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(
            ["/bin/sh", "-c", recipe[1]], cwd=tmp_path, check=True, timeout=20, env=path
        )
    copied = tmp_path / "copy.db"
    assert copied.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copied)) as whole:
        assert whole.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert whole.execute("SELECT count(*) FROM t").fetchone()[0] > 500


@contextmanager
def _written(file: Path) -> Iterator[None]:
    """Have another process write to a database without a pause."""
    code = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)\n"
        "c.execute('PRAGMA journal_mode=WAL')\n"
        "c.execute('CREATE TABLE t (x)')\n"
        "for n in range(10**9):\n"
        "    c.execute('INSERT INTO t VALUES (zeroblob(2000))')\n"
        "    if n == 1000: print('going', flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline()
        yield
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gone' / 'x.db'}"
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_DATABASE_URL": url})
    with pytest.raises(StorageError, match=r"gone/x\.db.*allowed to write"):
        open_database(settings)


def test_a_database_in_memory_has_no_file() -> None:
    Database("sqlite://").keep_private()
