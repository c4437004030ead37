"""Takes conversations that have messages waiting and hands each to the engine, one turn a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery import inbox, leases
from bot.delivery.crew import Crew
from bot.delivery.leases import Lease, LeaseLost
from bot.delivery.retry import TURN
from bot.delivery.wakeups import DESK, OUTBOX, WORK, Wakeups, conversation_topic
from models.database import Database

Handle = Callable[[Lease], Awaitable[None]]
OnPoison = Callable[[Connection, int, Exception], object]

_log = logging.getLogger(__name__)


class Worker:
    """The loop around the engine; any number of processes may run one."""

    def __init__(
        self,
        database: Database,
        handle: Handle,
        wakeups: Wakeups,
        clock: Clock,
        *,
        name: str,
        on_poison: OnPoison = lambda _connection, _conversation_id, _error: None,
        at_once: int = 16,
    ) -> None:
        """`on_poison` runs in the transaction that sets the messages of a conversation aside."""
        self._database = database
        self._handle = handle
        self._wakeups = wakeups
        self._clock = clock
        self._name = name
        self._on_poison = on_poison
        self._held: set[Lease] = set()
        self._crew: Crew[Lease] = Crew(
            topic=WORK, wakeups=wakeups, take=self.take, do=self.work_on, at_once=at_once
        )

    async def run(self) -> None:
        """Work until `stop`, holding the leases of turns that take long."""
        self._held.clear()  # run again after a fault, it holds none for a turn that never began
        heart = asyncio.create_task(self._keep_beating())
        try:
            await self._crew.run()
        finally:
            heart.cancel()

    def stop(self) -> None:
        """Begin no more turns; `run` returns when those in hand are finished."""
        self._crew.stop()

    async def take(self, limit: int) -> Sequence[Lease]:
        """Lease up to `limit` conversations that have work."""
        now = self._clock()
        taken = await self._database.write(
            lambda c: leases.take(c, name=self._name, limit=limit, now=now)
        )
        self._held.update(taken)
        return taken

    async def work_on(self, lease: Lease) -> None:
        """Let the engine do one turn, then let the conversation go."""
        try:
            await self._handle(lease)
            await self._database.write(lambda c: leases.release(c, lease, self._clock()))
        except LeaseLost:
            _log.warning("lost the lease of conversation %s", lease.conversation_id)
        except Exception as error:
            await self._note_failure(lease, error)
        finally:
            self._held.discard(lease)

    async def beat(self) -> None:
        """Extend every lease in hand; one that was lost is found out by who acts on it."""
        held, now = list(self._held), self._clock()
        if held:
            await self._database.write(lambda c: leases.extend(c, held, now))

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(leases.HEARTBEAT_SECONDS)
            try:
                await self.beat()
            except Exception:
                _log.exception("could not extend the leases; trying again shortly")

    async def _note_failure(self, lease: Lease, error: Exception) -> None:
        _log.exception("a turn of conversation %s failed", lease.conversation_id)
        now = self._clock()
        try:
            await self._database.write(
                lambda c: fail_turn(c, lease, error, on_poison=self._on_poison, now=now)
            )
        except LeaseLost:
            return  # whoever took over counts for himself
        # Where it was set aside, the customer is told so, on whatever channel.
        self._wakeups.notify(DESK, OUTBOX, conversation_topic(lease.conversation_id))


def fail_turn(
    connection: Connection, lease: Lease, error: Exception, *, on_poison: OnPoison, now: datetime
) -> None:
    """Count a failed turn: it is tried again after a while, or set aside and shown to staff."""
    leases.check_held(connection, lease)
    failed = leases.failures(connection, lease) + 1
    wait = TURN.wait_seconds(failed)
    if wait is not None:
        again = now + timedelta(seconds=wait)
        leases.let_go(connection, lease, attempts=failed, due_at=again)
        return
    inbox.set_aside(connection, lease.conversation_id, f"{type(error).__name__}: {error}")
    leases.let_go(connection, lease, attempts=0, due_at=None)
    try:
        with connection.begin_nested():
            on_poison(connection, lease.conversation_id, error)
    except Exception:  # the messages must go aside even when nobody can be told
        _log.exception("could not report the poison of conversation %s", lease.conversation_id)
