"""Carries wake-ups between processes by PostgreSQL's LISTEN and NOTIFY.

Topics are sent after the commit, over a connection of their own and many at once: a NOTIFY inside
each transaction would make all commits of the server wait for one another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from bot.delivery.wakeups import Wakeups

CHANNEL = "jiefen"
RECONNECT_SECONDS = 1.0
TOPICS_A_NOTICE = 100  # PostgreSQL takes less than 8,000 bytes a notice

_log = logging.getLogger(__name__)


class PostgresBridge:
    """Joins this process's wake-ups with those of the others; run it as one task."""

    def __init__(self, database_url: str, wakeups: Wakeups) -> None:
        """Collect topics from now on; nothing is connected before `run`."""
        url = make_url(database_url).set(drivername="postgresql")
        self._address = url.render_as_string(hide_password=False)
        self._wakeups = wakeups
        self._origin = uuid4().hex[:12]
        self._topics: set[str] = set()
        self._has_topics = asyncio.Event()
        wakeups.forward_to(self._send_later)

    async def run(self) -> None:
        """Listen and tell until cancelled, connecting again whenever the server went away."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_doing(self._listen))
            group.create_task(self._keep_doing(self._tell))

    def _send_later(self, topic: str) -> None:
        self._topics.add(topic)
        self._has_topics.set()

    async def _keep_doing(self, job: Callable[[psycopg.AsyncConnection], Awaitable[None]]) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await job(connection)
            except psycopg.Error as error:
                _log.warning("wake-ups from other processes are interrupted: %s", error)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _connect(self) -> psycopg.AsyncConnection:
        return await psycopg.AsyncConnection.connect(
            self._address, autocommit=True, connect_timeout=10, keepalives_idle=30
        )

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        self._wakeups.wake_everybody()  # whatever was said while nobody listened
        async for notice in connection.notifies():
            origin, _, topics = notice.payload.partition(" ")
            if origin != self._origin:
                for topic in topics.split():
                    self._wakeups.notify_here(topic)

    async def _tell(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            await self._has_topics.wait()
            some = list(self._topics)[:TOPICS_A_NOTICE]
            self._topics.difference_update(some)
            if not self._topics:
                self._has_topics.clear()
            try:
                payload = " ".join([self._origin, *some])
                await connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
            except psycopg.Error:
                self._topics.update(some)
                self._has_topics.set()
                raise
