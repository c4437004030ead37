"""The loop that the worker, the sender and the command runner share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.delivery.wakeups import Listener, Wakeups

T = TypeVar("T")

LOOK_EVERY_SECONDS = 1.0  # a wake-up may be missed; the database is the truth

_log = logging.getLogger(__name__)


class Crew(Generic[T]):
    """Takes pieces of work as they fall due and does several at once, until stopped."""

    def __init__(
        self,
        *,
        topic: str,
        wakeups: Wakeups,
        take: Callable[[int], Awaitable[Sequence[T]]],
        do: Callable[[T], Awaitable[None]],
        at_once: int,
    ) -> None:
        """`take(n)` marks at most n pieces as ours; `do` finishes one and says so itself."""
        self._topic = topic
        self._wakeups = wakeups
        self._take = take
        self._do = do
        self._at_once = at_once
        self._busy = 0
        self._stopping = False
        self._listener: Listener | None = None

    async def run(self) -> None:
        """Work until `stop`; what is in hand then is finished.

        After a fault it may be run again: what was taken and not begun is nobody's any more.
        """
        self._busy = 0
        with self._wakeups.listen(self._topic) as self._listener:
            async with asyncio.TaskGroup() as group:
                while not self._stopping:
                    taken = await self._take_some()
                    for piece in taken:
                        self._busy += 1
                        group.create_task(self._do_one(piece))
                    if not taken or self._busy == self._at_once:
                        await self._listener.wait(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """Take nothing more; `run` returns when what is in hand is finished."""
        self._stopping = True
        self._look_again()

    async def _take_some(self) -> Sequence[T]:
        free = self._at_once - self._busy
        if not free:
            return ()
        try:
            return await self._take(free)
        except Exception:
            _log.exception("could not look for %s; looking again shortly", self._topic)
            return ()

    async def _do_one(self, piece: T) -> None:
        try:
            await self._do(piece)
        except Exception:
            # Nothing is lost: the hold on the piece runs out, and somebody takes it up again.
            _log.exception("could not finish a piece of %s", self._topic)
        finally:
            self._busy -= 1
            self._look_again()

    def _look_again(self) -> None:
        if self._listener is not None:
            self._listener.wake()
