"""A process that is killed while it carries out a command; started by test_command_runner.py.

Usage: dying_runner.py DATABASE_URL LEDGER_FILE before|after
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.delivery.command_runner import CommandRunner
from bot.delivery.wakeups import Wakeups
from bot.order_record import CommandResult, OrderCommand
from models import Database
from tests.factories import NOW, HandClock


class DyingOrderSystem:
    """Dies by SIGKILL in the middle of a command: before it took effect, or after."""

    def __init__(self, file: Path, moment: str) -> None:
        self._file = file
        self._moment = moment

    async def execute(self, command: OrderCommand) -> CommandResult:
        if self._moment == "after":
            with self._file.open("a") as file:
                file.write(f"{command.idempotency_key}\n")
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        raise AssertionError(f"nobody asked about {idempotency_key}")


async def main(url: str, file: str, moment: str) -> None:
    """Run until killed."""
    orders = DyingOrderSystem(Path(file), moment)
    await CommandRunner(Database(url), orders, Wakeups(), HandClock(NOW)).run()


asyncio.run(main(*sys.argv[1:]))
