"""One worker a conversation, and no work forgotten, whoever dies or comes late."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.delivery import inbox, leases
from bot.delivery.leases import Lease, LeaseLost
from models import Database, conversation
from tests.conftest import Race, wait_for_waiters
from tests.factories import NOW, HandClock, add_conversation


def add_work(connection: Connection, how_many: int = 1) -> list[int]:
    """Add conversations with a message waiting in each."""
    ids = [add_conversation(connection) for _ in range(how_many)]
    for number in ids:
        inbox.put_signal(connection, number, "k", {}, NOW)
    return ids


async def take(database: Database, clock: HandClock, limit: int = 16) -> list[Lease]:
    return await database.write(lambda c: leases.take(c, name="worker", limit=limit, now=clock()))


async def due_at(database: Database, conversation_id: int) -> object:
    c = conversation.c
    query = select(c.work_due_at).where(c.id == conversation_id)
    return await database.read(lambda connection: connection.execute(query).scalar_one())


async def test_what_is_taken_is_not_taken_again(database: Database, clock: HandClock) -> None:
    ids = await database.write(partial(add_work, how_many=3))
    first = await take(database, clock, limit=2)
    second = await take(database, clock)
    assert sorted(lease.conversation_id for lease in first + second) == ids
    assert await take(database, clock) == []


async def test_workers_that_take_at_once_share_the_work(database: Database, race: Race) -> None:
    ids = await database.write(partial(add_work, how_many=8))
    takes = [
        partial(leases.take, name=f"worker-{number}", limit=3, now=NOW) for number in range(4)
    ]
    taken = [lease.conversation_id for result in race(*takes) for lease in result]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(ids)
    # Whoever was skipped because another looked at it is still there for the next look.
    rest = await database.write(lambda c: leases.take(c, name="w", limit=9, now=NOW))
    assert sorted(taken + [lease.conversation_id for lease in rest]) == ids


async def test_a_dead_workers_conversation_is_taken_over(
    database: Database, clock: HandClock
) -> None:
    await database.write(add_work)
    (dead,) = await take(database, clock)
    clock.advance(seconds=11)
    assert await take(database, clock) == []
    clock.advance(seconds=1)
    (alive,) = await take(database, clock)
    assert alive.conversation_id == dead.conversation_id
    with pytest.raises(LeaseLost):
        await database.write(lambda c: leases.check_held(c, dead))
    await database.write(lambda c: leases.check_held(c, alive))


async def test_one_and_the_same_worker_cannot_use_its_earlier_lease(
    database: Database, clock: HandClock
) -> None:
    await database.write(add_work)
    (earlier,) = await take(database, clock)
    clock.advance(seconds=60)
    await take(database, clock)
    with pytest.raises(LeaseLost):
        await database.write(lambda c: leases.release(c, earlier, clock()))


async def test_a_heartbeat_holds_on(database: Database, clock: HandClock) -> None:
    await database.write(partial(add_work, how_many=2))
    held = await take(database, clock)
    clock.advance(seconds=8)
    assert await database.write(lambda c: leases.extend(c, held, clock())) == set(held)
    clock.advance(seconds=8)
    assert await take(database, clock) == []
    clock.advance(seconds=8)
    await take(database, clock)
    assert await database.write(lambda c: leases.extend(c, held, clock())) == set()


async def test_release_leaves_no_work_when_everything_is_done(
    database: Database, clock: HandClock
) -> None:
    (here,) = await database.write(add_work)
    (lease,) = await take(database, clock)
    await database.write(lambda c: inbox.mark_done(c, here, [1]))
    assert not await database.write(lambda c: leases.release(c, lease, clock()))
    assert await due_at(database, here) is None
    assert await take(database, clock) == []


async def test_release_leaves_work_when_a_message_came_meanwhile(
    database: Database, clock: HandClock
) -> None:
    (here,) = await database.write(add_work)
    (lease,) = await take(database, clock)
    await database.write(lambda c: inbox.put_signal(c, here, "k2", {}, clock()))
    await database.write(lambda c: inbox.mark_done(c, here, [1]))
    assert await database.write(lambda c: leases.release(c, lease, clock()))
    assert len(await take(database, clock)) == 1


async def test_a_message_committed_while_release_waits_for_the_row_is_not_forgotten(
    database: Database, clock: HandClock
) -> None:
    (here,) = await database.write(add_work)
    (lease,) = await take(database, clock)
    await database.write(lambda c: inbox.mark_done(c, here, [1]))

    def release() -> None:
        with database.engine.begin() as connection:
            leases.release(connection, lease, clock())

    releasing = threading.Thread(target=release)
    with database.engine.begin() as connection:
        inbox.put_signal(connection, here, "k2", {}, clock())
        releasing.start()
        wait_for_waiters(database, 1)
    releasing.join()
    assert await due_at(database, here) == clock()
