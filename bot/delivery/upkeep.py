"""Keeps the loops of a process running, and says which of them had to be started again.

Every loop finds its work in the database, so that starting it again is as good as starting the
process again; and it is better than ending the process, which may have nobody to restart it, and
whose other loops and pages do their work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

AGAIN_SECONDS = 5.0
LATELY_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Upkeep:
    """The loops of one process, by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ended_at: dict[str, float] = {}
        self._stopped = asyncio.Event()

    async def keep(self, name: str, run: Callable[[], Awaitable[object]]) -> None:
        """Run a loop until it returns by itself; after a fault, again and again until `stop`."""
        while True:
            try:
                await run()
            except Exception:
                _log.exception("%s ended by a fault and is started again", name)
            else:
                return
            self._ended_at[name] = _seconds()
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN_SECONDS):
                    await self._stopped.wait()
                    return

    def stop(self) -> None:
        """Start nothing again from here on."""
        self._stopped.set()

    async def check(self) -> str | None:
        """Return what ended lately, for /readyz."""
        since = _seconds() - LATELY_SECONDS
        lately = sorted(name for name, at in self._ended_at.items() if at > since)
        return f"ended and started again: {', '.join(lately)}" if lately else None


def _seconds() -> float:
    return asyncio.get_running_loop().time()
