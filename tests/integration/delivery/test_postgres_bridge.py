"""Wake-ups between processes that share a PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager

import pytest
from sqlalchemy import text

from bot.delivery import postgres_bridge
from bot.delivery.postgres_bridge import PostgresBridge
from bot.delivery.wakeups import WORK, Listener, Wakeups, conversation_topic
from models import Database
from tests.conftest import PostgresServer

SOON = 20.0  # seconds; a test that waits this long has failed


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create("template0")
    yield postgres_server.url(name)
    postgres_server.drop(name)


@asynccontextmanager
async def a_process(url: str, topic: str) -> AsyncIterator[tuple[Wakeups, Listener]]:
    """Run a bridge as another process would, and begin when it hears."""
    wakeups = Wakeups()
    running = asyncio.create_task(PostgresBridge(url, wakeups).run())
    with wakeups.listen(topic) as listener:
        assert await listener.wait(SOON)  # everybody is woken when the listening begins
        yield wakeups, listener
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_one_process_says_the_other_hears(url: str) -> None:
    topic = conversation_topic(7)
    async with a_process(url, topic) as (here, _), a_process(url, topic) as (_, there):
        here.notify(topic)
        assert await there.wait(SOON)


async def test_many_topics_at_once_all_arrive(url: str) -> None:
    topics = [conversation_topic(number) for number in range(250)]
    async with a_process(url, WORK) as (here, _), a_process(url, WORK) as (there, _):
        with ExitStack() as stack:
            ears = [stack.enter_context(there.listen(topic)) for topic in topics]
            here.notify(*topics)
            assert all(await asyncio.gather(*(ear.wait(SOON) for ear in ears)))


async def test_nobody_is_woken_twice_by_his_own_word(url: str) -> None:
    async with a_process(url, WORK) as (here, own_ears), a_process(url, WORK) as (_, there):
        here.notify(WORK)
        assert await own_ears.wait(SOON)
        here.notify(conversation_topic(1), WORK)
        assert await own_ears.wait(SOON)
        assert await there.wait(SOON)
        assert not await own_ears.wait(0)


async def test_a_broken_connection_is_made_again_and_everybody_looks(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_bridge, "RECONNECT_SECONDS", 0.01)
    database = Database(url)
    hang_up = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with a_process(url, WORK) as (here, _), a_process(url, WORK) as (_, there):
        assert await database.write(lambda c: c.execute(hang_up).scalar_one()) >= 2
        assert await there.wait(SOON)  # it listens again; something may have been missed
        here.notify(WORK)
        assert await there.wait(SOON)
    database.close()
