"""The worker: every turn is done, a broken one stops nobody else, a clean stop finishes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.delivery import crew, inbox, leases
from bot.delivery.leases import Lease
from bot.delivery.wakeups import DESK, OUTBOX, WORK, Wakeups, conversation_topic
from bot.delivery.worker import Worker
from models import Database, conversation, message
from tests.factories import NOW, HandClock, add_conversation

Handle = Callable[[Lease], Awaitable[None]]
SOON = 20.0  # seconds; a test that waits this long has failed


def add_work(connection: Connection, key: str = "k1", here: int | None = None) -> int:
    """Add a message that waits, in a new conversation unless one is given."""
    here = add_conversation(connection) if here is None else here
    inbox.put_signal(connection, here, key, {}, NOW)
    return here


class Engine:
    """Marks everything done, and keeps the order in which it was asked."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.handled: list[int] = []
        self.fails_with: dict[int, Exception] = {}

    async def handle(self, lease: Lease) -> None:
        here = lease.conversation_id
        self.handled.append(here)
        if here in self.fails_with:
            raise self.fails_with[here]
        await self.database.write(partial(self._finish, lease))

    def _finish(self, lease: Lease, connection: Connection) -> None:
        leases.check_held(connection, lease)
        here = lease.conversation_id
        ids = [one.id for one in inbox.waiting(connection, here)]
        inbox.mark_done(connection, here, ids)


def a_worker(database: Database, handle: Handle, clock: HandClock, **options: Any) -> Worker:
    wakeups = options.pop("wakeups", None) or Wakeups()
    return Worker(database, handle, wakeups, clock, name="test", **options)


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[asyncio.Task[None]]:
    """Run the worker inside the block and stop it cleanly."""
    async with asyncio.timeout(SOON):
        task = asyncio.create_task(worker.run())
        yield task
        worker.stop()
        await task


async def one_round(worker: Worker) -> None:
    """Take what is due and work on it, as `run` does, without waiting for anything."""
    await asyncio.gather(*[worker.work_on(lease) for lease in await worker.take(16)])


async def row(database: Database, here: int) -> Any:
    query = select(conversation).where(conversation.c.id == here)
    return await database.read(lambda c: c.execute(query).one())


async def test_a_turn_done_leaves_no_work(database: Database, clock: HandClock) -> None:
    engine = Engine(database)
    here = await database.write(add_work)
    worker = a_worker(database, engine.handle, clock)
    await one_round(worker)
    await one_round(worker)
    assert engine.handled == [here]
    after = await row(database, here)
    assert (after.work_due_at, after.leased_by, after.attempts) == (None, None, 0)


async def test_a_message_that_arrives_during_the_turn_gets_the_next_one(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    here = await database.write(add_work)

    async def handle(lease: Lease) -> None:
        await engine.handle(lease)
        if len(engine.handled) == 1:
            await database.write(partial(add_work, key="k2", here=here))

    worker = a_worker(database, handle, clock)
    await one_round(worker)
    await one_round(worker)
    await one_round(worker)
    assert engine.handled == [here, here]


async def test_a_broken_turn_is_tried_again_later_and_the_others_go_on(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    broken, sound = await database.write(add_work), await database.write(add_work)
    engine.fails_with[broken] = RuntimeError("no")
    worker = a_worker(database, engine.handle, clock)
    await one_round(worker)
    await one_round(worker)
    assert Counter(engine.handled) == {broken: 1, sound: 1}
    assert (await row(database, broken)).attempts == 1
    clock.advance(seconds=1)  # the first wait of retry.TURN
    del engine.fails_with[broken]
    await one_round(worker)
    assert (await row(database, broken)).attempts == 0
    assert await database.read(inbox.backlog) == 0


async def test_after_five_failures_the_messages_are_set_aside_and_shown(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    here = await database.write(add_work)
    engine.fails_with[here] = RuntimeError("no")
    told: list[tuple[int, str]] = []
    worker = a_worker(
        database,
        engine.handle,
        clock,
        on_poison=lambda _connection, number, error: told.append((number, str(error))),
    )
    for _ in range(7):
        await one_round(worker)
        clock.advance(seconds=30)
    assert engine.handled == [here] * 5
    assert told == [(here, "no")]
    state = select(message.c.state, message.c.error)
    assert await database.read(lambda c: c.execute(state).all()) == [
        ("set_aside", "RuntimeError: no")
    ]
    del engine.fails_with[here]
    await database.write(partial(add_work, key="k2", here=here))
    await one_round(worker)
    assert engine.handled == [here] * 6


async def test_who_waits_for_the_words_of_poison_is_woken(
    database: Database, clock: HandClock
) -> None:
    engine, wakeups = Engine(database), Wakeups()
    here = await database.write(add_work)
    engine.fails_with[here] = RuntimeError("no")
    worker = a_worker(database, engine.handle, clock, wakeups=wakeups)
    for topic in (DESK, OUTBOX, conversation_topic(here)):
        with wakeups.listen(topic) as listener:
            await one_round(worker)
            assert await listener.wait(0.01), topic
        clock.advance(seconds=30)


async def test_poison_goes_aside_even_when_nobody_can_be_told(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    here = await database.write(add_work)
    engine.fails_with[here] = RuntimeError("no")

    def on_poison(connection: Connection, _here: int, _error: Exception) -> None:
        add_conversation(connection)
        raise ValueError("the desk is broken too")

    worker = a_worker(database, engine.handle, clock, on_poison=on_poison)
    for _ in range(5):
        await one_round(worker)
        clock.advance(seconds=30)
    assert await database.read(inbox.backlog) == 0


async def test_a_turn_that_lost_its_lease_changes_and_counts_nothing(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    here = await database.write(add_work)
    slow, other = (a_worker(database, engine.handle, clock) for _ in range(2))
    (lost,) = await slow.take(1)
    clock.advance(seconds=31)
    (held,) = await other.take(1)
    await slow.work_on(lost)
    assert (await row(database, here)).attempts == 0
    assert len(await database.read(lambda c: inbox.waiting(c, here))) == 1
    await other.work_on(held)
    assert await database.read(inbox.backlog) == 0


async def test_a_long_turn_is_held_by_its_heartbeat(database: Database, clock: HandClock) -> None:
    engine = Engine(database)
    await database.write(add_work)
    slow, other = (a_worker(database, engine.handle, clock) for _ in range(2))
    (lease,) = await slow.take(1)
    for _ in range(6):
        clock.advance(seconds=leases.HEARTBEAT_SECONDS)
        await slow.beat()
    assert await other.take(1) == []
    await slow.work_on(lease)
    assert await database.read(inbox.backlog) == 0


async def test_work_is_picked_up_by_the_wake_up_and_not_by_looking_again(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LOOK_EVERY_SECONDS", 3600)
    engine, wakeups = Engine(database), Wakeups()
    done = asyncio.Event()

    async def handle(lease: Lease) -> None:
        await engine.handle(lease)
        done.set()

    async with running(a_worker(database, handle, clock, wakeups=wakeups)):
        for key in ("k1", "k2", "k3"):
            await database.write(partial(add_work, key=key))
            wakeups.notify(WORK)
            await done.wait()
            done.clear()
    assert len(engine.handled) == 3


async def test_work_is_found_when_the_wake_up_was_missed(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LOOK_EVERY_SECONDS", 0.01)
    engine, done = Engine(database), asyncio.Event()

    async def handle(lease: Lease) -> None:
        await engine.handle(lease)
        done.set()

    async with running(a_worker(database, handle, clock)):
        await database.write(add_work)
        await done.wait()


async def test_a_conversation_that_waits_for_something_does_not_hold_up_the_others(
    database: Database, clock: HandClock
) -> None:
    engine, wakeups = Engine(database), Wakeups()
    stuck = await database.write(add_work)
    go_on, others_done = asyncio.Event(), asyncio.Event()

    async def handle(lease: Lease) -> None:
        if lease.conversation_id == stuck:
            await go_on.wait()
        await engine.handle(lease)
        if len(engine.handled) == 3:
            others_done.set()

    async with running(a_worker(database, handle, clock, wakeups=wakeups)):
        for _ in range(3):
            await database.write(add_work)
        wakeups.notify(WORK)
        await others_done.wait()
        go_on.set()
    assert engine.handled[-1] == stuck


async def test_a_clean_stop_finishes_the_turn_in_hand(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    await database.write(add_work)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(lease: Lease) -> None:
        begun.set()
        await go_on.wait()
        await engine.handle(lease)

    worker = a_worker(database, handle, clock)
    async with running(worker) as task:
        await begun.wait()
        worker.stop()
        await asyncio.sleep(0)
        assert not task.done()
        go_on.set()
        await task
    assert await database.read(inbox.backlog) == 0


async def test_a_stop_before_the_loop_begins_is_not_lost(
    database: Database, clock: HandClock
) -> None:
    engine = Engine(database)
    await database.write(add_work)
    worker = a_worker(database, engine.handle, clock)
    worker.stop()
    async with asyncio.timeout(SOON):
        await worker.run()
    assert engine.handled == []


async def test_two_workers_never_work_on_one_conversation_at_once(
    database: Database, clock: HandClock
) -> None:
    engine, wakeups = Engine(database), Wakeups()
    chats = [await database.write(add_work) for _ in range(6)]
    busy: set[int] = set()
    all_done = asyncio.Event()

    async def handle(lease: Lease) -> None:
        here = lease.conversation_id
        assert here not in busy
        busy.add(here)
        await engine.handle(lease)
        if Counter(engine.handled)[here] < 4:
            key = f"k{len(engine.handled) + 1}"
            await database.write(partial(add_work, key=key, here=here))
        busy.discard(here)
        if len(engine.handled) == 4 * len(chats):
            all_done.set()

    workers = [a_worker(database, handle, clock, wakeups=wakeups) for _ in range(2)]
    async with running(workers[0]), running(workers[1]):
        await all_done.wait()
    assert Counter(engine.handled) == dict.fromkeys(chats, 4)
    assert await database.read(inbox.backlog) == 0
