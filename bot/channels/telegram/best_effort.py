"""Calls that only make things nicer, in the background: what fails is a line in the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.http import ODD_ANSWER

_log = logging.getLogger(__name__)


class BestEffort:
    """What is being called at the moment."""

    def __init__(self) -> None:
        """Begin with nothing in hand."""
        self._in_hand: set[asyncio.Task[None]] = set()

    def begin(self, call: Coroutine[Any, Any, object], failed: str) -> None:
        """Make a call; `failed` is what the log says when it did not work."""
        task = asyncio.create_task(_make(call, failed))
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def close(self) -> None:
        """Drop what is not done yet."""
        for task in self._in_hand:
            task.cancel()
        await asyncio.gather(*self._in_hand, return_exceptions=True)


async def _make(call: Coroutine[Any, Any, object], failed: str) -> None:
    try:
        await call
    except (TelegramError, *ODD_ANSWER) as error:
        _log.info("%s: %s", failed, error)
