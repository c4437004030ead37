"""Back-pressure: rather refuse a message, visibly, than take one that nobody gets to."""

from __future__ import annotations

import time

from aiohttp import web

from bot.delivery import inbox
from bot.http.problems import Problem
from bot.http.services import SERVICES

COUNTED_EVERY = 0.5  # seconds
RETRY_AFTER = "10"  # seconds


class Backlog:
    """The length of the line as counted a moment ago."""

    def __init__(self) -> None:
        """Begin uncounted."""
        self.length = 0
        self.counted_at = float("-inf")


BACKLOG = web.AppKey("backlog", Backlog)


async def check_not_swamped(request: web.Request) -> None:
    """Refuse with 503 while more conversations wait for a turn than the settings bear."""
    services, backlog = request.app[SERVICES], request.app[BACKLOG]
    if time.monotonic() - backlog.counted_at > COUNTED_EVERY:
        backlog.counted_at = time.monotonic()
        backlog.length = await services.database.read(inbox.backlog)
    if backlog.length > services.busy_above:
        detail = "现在咨询的人很多，您的消息还没有发出，请稍后再发。"
        raise Problem(503, detail, headers={"Retry-After": RETRY_AFTER})
