"""The database as the rest of the program sees it: read, write, and nothing open in between.

Work is a plain function of a `Connection`; the database chooses its thread and its transaction.
On SQLite one thread writes, and whatever waits shares one commit (each piece in its own savepoint,
so one failure spoils only itself): measured 3 times the throughput of a commit a message. On
PostgreSQL several threads write, each piece in its own transaction: sharing one there would hold
the row locks of many conversations together and invite deadlocks between processes.
"""

from __future__ import annotations

import asyncio
import os
import queue
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, false, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from models.conversation import conversation

T = TypeVar("T")
Work = Callable[[Connection], T]

READERS = 4
WRITERS_POSTGRESQL = 4
GROUP_AT_MOST = 64
BUSY_TIMEOUT_SECONDS = 30
BUSY_WAIT_SECONDS = 0.01
FREE_AT_LEAST = 4 << 20  # bytes of disk
_CHECK = "PRAGMA user_version = 1"  # writes a page; the number means nothing
# PostgreSQL's "two transactions met": the work is a function, so it is simply run again.
RETRYABLE_SQLSTATES = frozenset({"40001", "40P01"})
RETRIES = 3


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    future: Future[Any]
    result: Any = None
    error: BaseException | None = None


class Database:
    """Runs work on SQLite or PostgreSQL; close it when done."""

    def __init__(self, url: str) -> None:
        """Open lazily: no connection is made before the first work."""
        self.url = url
        self.engine = _create_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        self._writers = ThreadPoolExecutor(
            1 if self.is_sqlite else WRITERS_POSTGRESQL, thread_name_prefix="db-write"
        )
        self._waiting: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._group_lock = threading.Lock()

    @property
    def file(self) -> Path | None:
        """Return the file of a SQLite database; None for one in memory or on a server."""
        name = self.engine.url.database if self.is_sqlite else None
        return Path(name) if name and name != ":memory:" else None

    def keep_private(self) -> None:
        """Create the file, if there is none yet, for its owner alone; raises OSError.

        SQLite gives the files that it puts beside it the same rights. A file that was there, of
        an earlier release or put back from a copy, is kept from others where it is ours.
        """
        if self.file is None:
            return
        if not self.file.exists():
            self.file.touch(mode=0o600)
        for name in (self.file.name, f"{self.file.name}-wal", f"{self.file.name}-shm"):
            _keep_from_others(self.file.with_name(name))

    async def read(self, work: Work[T]) -> T:
        """Run `work` in a read transaction of its own."""
        return await asyncio.wrap_future(self._readers.submit(self._run_alone, work))

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction; on return it is committed, on an exception undone."""
        if not self.is_sqlite:
            return await asyncio.wrap_future(self._writers.submit(self._run_alone, work))
        job = _Job(work, Future())
        self._waiting.put(job)
        self._writers.submit(self._write_group)
        return await asyncio.shield(asyncio.wrap_future(job.future))

    async def check(self) -> None:
        """Raise `DBAPIError` where nothing could be written now: unreachable, read-only or full.

        On SQLite a page is written. As it may go into space that the
        file has already, the disk is asked as well: a full one fails the next customer's message.
        """
        if self.is_sqlite:
            await self.write(lambda c: c.exec_driver_sql(_CHECK))
            if self.file is not None:
                _check_space(self.file.parent)
            return
        nothing = update(conversation).values(id=conversation.c.id).where(false())
        await self.write(lambda connection: connection.execute(nothing))

    def close(self) -> None:
        """Finish what was submitted, then let every connection go."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.engine.dispose()

    def _run_alone(self, work: Work[T]) -> T:
        for attempt in range(RETRIES):
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt == RETRIES - 1 or not _is_retryable(error):
                    raise
        raise AssertionError("unreachable")

    def _write_group(self) -> None:
        jobs = self._take_waiting()
        if not jobs:
            return  # an earlier call took the job that this call was submitted for
        try:
            with self.engine.begin() as connection:
                for job in jobs:
                    _run_in_savepoint(connection, job)
        except BaseException as error:
            for job in jobs:
                job.error = job.error or error
        for job in jobs:
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)

    def _take_waiting(self) -> list[_Job]:
        jobs: list[_Job] = []
        while len(jobs) < GROUP_AT_MOST:
            try:
                jobs.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return jobs


def _keep_from_others(file: Path) -> None:
    """Take everybody else's rights away; where that does not work, they stay as they are."""
    with suppress(OSError):
        state = file.stat()
        if state.st_uid == os.geteuid() and state.st_mode & 0o077:
            file.chmod(state.st_mode & 0o700)


def _check_space(folder: Path) -> None:
    """Raise `OperationalError` where the disk is full, or cannot be asked."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise OperationalError(_CHECK, None, error) from error
    if free < FREE_AT_LEAST:
        raise OperationalError(_CHECK, None, OSError(ENOSPC, "the disk is full"))


def _run_in_savepoint(connection: Connection, job: _Job) -> None:
    try:
        with connection.begin_nested():
            job.result = job.work(connection)
    except Exception as error:
        job.error = error


def _is_retryable(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in RETRYABLE_SQLSTATES


def _create_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            pool_size=READERS + WRITERS_POSTGRESQL,
            max_overflow=4,
            pool_pre_ping=True,
            hide_parameters=True,  # an error's text must not carry a customer's words into a log
        )
    engine = create_engine(
        parsed, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # sqlite3 must not open transactions by itself, or savepoints break (SQLAlchemy's own advice).
    connection.isolation_level = None
    _journal_ahead(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _journal_ahead(connection: sqlite3.Connection) -> None:
    """Take up write-ahead logging, which a file keeps once it has it.

    SQLite's busy timeout does not hold here: the change begins as a read that then wants to
    write, and of two such SQLite refuses one at once. So first starts at the same time wait.
    """
    give_up = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # The lowest byte is the family of the error.
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > give_up:
                raise
            time.sleep(BUSY_WAIT_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: a transaction that starts as a reader and then writes fails when another wrote.
    reading = threading.current_thread().name.startswith("db-read")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
