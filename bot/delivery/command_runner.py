"""Tells the order system what was granted, each command once, whatever dies in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery import order_commands
from bot.delivery.crew import Crew
from bot.delivery.order_commands import OnResult, Outcome, Taken
from bot.delivery.wakeups import COMMANDS, DESK, WORK, Wakeups, conversation_topic
from bot.errors import OrderSystemRefused
from bot.order_record import CommandResult, OrderCommand
from models.database import Database

CALL_TIMEOUT_SECONDS = 30.0  # shorter than order_commands.RUNNING_AT_MOST
UNREADABLE = Outcome(state="uncertain", note="这项操作的记录无法读取，没有执行，请人工核对")

_log = logging.getLogger(__name__)


class OrderSystem(Protocol):
    """The half of the order port (`bot.orders.port`) that carries remedies out."""

    async def execute(self, command: OrderCommand) -> CommandResult:
        """Carry out the command once for its key."""
        ...

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        """Return what came of a command, or None when it never took effect."""
        ...


class CommandRunner:
    """The loop that carries out remedies; any number of processes may run one."""

    def __init__(
        self,
        database: Database,
        orders: OrderSystem,
        wakeups: Wakeups,
        clock: Clock,
        *,
        on_result: OnResult = lambda _connection, _remedy_id, _outcome: None,
        at_once: int = 8,
    ) -> None:
        """`on_result` runs in the transaction that records an outcome, once for each outcome."""
        self._database = database
        self._orders = orders
        self._wakeups = wakeups
        self._clock = clock
        self._on_result = on_result
        self._crew: Crew[Taken] = Crew(
            topic=COMMANDS, wakeups=wakeups, take=self.take, do=self.carry_out, at_once=at_once
        )

    async def run(self) -> None:
        """Carry commands out until `stop`."""
        await self._crew.run()

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what was begun is recorded."""
        self._crew.stop()

    async def take(self, limit: int) -> Sequence[Taken]:
        """Hold what is due, and commit, before the order system is called."""
        now = self._clock()
        return await self._database.write(
            lambda c: order_commands.take_due(c, limit=limit, now=now)
        )

    async def carry_out(self, taken: Taken) -> None:
        """Tell the order system, or ask it about a command that it may have heard; record it."""
        outcome = await (self._ask(taken) if taken.may_have_happened else self._tell(taken))
        if outcome is None:
            await self._database.write(
                lambda c: order_commands.send_again(c, taken, now=self._clock())
            )
            self._wakeups.notify(COMMANDS)
            return
        await self._database.write(lambda c: self._settle(c, taken, outcome))
        self._wakeups.notify(WORK, DESK, conversation_topic(taken.conversation_id))

    def _settle(self, connection: Connection, taken: Taken, outcome: Outcome) -> None:
        order_commands.settle(
            connection, taken, outcome, on_result=self._on_result, now=self._clock()
        )

    async def _tell(self, taken: Taken) -> Outcome:
        if taken.command is None:
            return UNREADABLE
        try:
            async with asyncio.timeout(CALL_TIMEOUT_SECONDS):
                result = await self._orders.execute(taken.command)
        except OrderSystemRefused as error:
            return Outcome(state="failed", note=str(error))
        except Exception as error:  # whatever else it was, the order system may have done it
            return _uncertain(taken, error)
        return _done(result)

    async def _ask(self, taken: Taken) -> Outcome | None:
        """Return what came of the command, or None when it never took effect."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT_SECONDS):
                result = await self._orders.outcome(taken.idempotency_key)
        except Exception as error:  # it did not even say that
            return _uncertain(taken, error)
        if result is not None:
            return _done(result)
        # What cannot be read cannot be told either; a newer release may read it and ask again.
        return UNREADABLE if taken.command is None else None


def _done(result: CommandResult) -> Outcome:
    return Outcome(state="done", reference=result.reference, note=result.note)


def _uncertain(taken: Taken, error: Exception) -> Outcome:
    _log.warning("command %s is uncertain: %r", taken.id, error)
    return Outcome(state="uncertain", note=str(error) or type(error).__name__)
