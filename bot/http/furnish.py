"""Puts into an application what its routes reach for, and lets go of it at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from bot.http.backlog import BACKLOG, Backlog
from bot.http.headers import add_headers
from bot.http.limits import LIMITER, Limiter
from bot.http.services import CLOSING, HEAVY, SERVICES, Services
from bot.http.sockets import OPEN_SOCKETS, OpenSockets

HEAVY_AT_ONCE = 2  # a photo may take 160 MB while it is decoded, so few at a time


def furnish(app: web.Application, services: Services) -> None:
    """Give the application its services and what it remembers while it runs."""
    app[SERVICES] = services
    app[CLOSING] = asyncio.Event()
    app[LIMITER] = Limiter()
    app[BACKLOG] = Backlog()
    app[OPEN_SOCKETS] = OpenSockets()
    app.cleanup_ctx.append(_heavy_threads)
    app.on_shutdown.append(_let_waiters_go)
    app.on_response_prepare.append(add_headers)


async def _heavy_threads(app: web.Application) -> AsyncIterator[None]:
    with ThreadPoolExecutor(HEAVY_AT_ONCE, thread_name_prefix="heavy") as threads:
        app[HEAVY] = threads
        yield


async def _let_waiters_go(app: web.Application) -> None:
    """End long polls and pushes at once: a restart must not wait half a minute for them."""
    app[CLOSING].set()
    app[SERVICES].wakeups.wake_everybody()
