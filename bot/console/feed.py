"""Hints to the console's pages: something changed, fetch it.

One look at the database serves every open page; a page that reads slowly gets fewer, newer hints.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from aiohttp import web
from sqlalchemy import Connection, select

from bot.console.access import access_staff, staff_may
from bot.delivery.wakeups import DESK
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.http.problems import Problem
from bot.http.routes import API, Route
from bot.http.services import CLOSING, Services
from bot.http.sockets import Send, serve_socket
from models import conversation

LOOK_EVERY = 3.0  # seconds; a wake-up from another process may get lost
REST = 0.2  # seconds between two looks, however much happens
WINDOW = timedelta(seconds=30)  # transactions may commit later than the moment they carry
CHECK_EVERY = 60.0  # seconds; a session may end while its socket is open

Mark = tuple[str, int, int]  # what is different when a conversation has changed

_log = logging.getLogger(__name__)


class Page:
    """What one open page has not been told yet."""

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self._news = asyncio.Event()
        self._changed: set[int] = set()

    def tell(self, changed: set[int]) -> None:
        """Note that the desk and these conversations changed."""
        self._changed |= changed
        self._news.set()

    async def hints(self, timeout: float) -> list[str]:
        """Return what to send, as soon as there is something; empty after the timeout."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._news.wait()
        if not self._news.is_set():
            return []
        self._news.clear()
        changed, self._changed = sorted(self._changed), set()
        hints = [{"kind": "conversation", "id": one} for one in changed]
        return [json.dumps(hint) for hint in ({"kind": "desk"}, *hints)]


class DeskFeed:
    """Looks for what changed whenever the desk is notified, and tells every open page."""

    def __init__(self, services: Services) -> None:
        """Begin with no page open."""
        self._services = services
        self._pages: set[Page] = set()
        self._marks: dict[int, Mark] = {}

    @contextmanager
    def open_page(self) -> Iterator[Page]:
        """Tell a page what changes inside the block."""
        page = Page()
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)

    def close_pages(self) -> None:
        """Let every page look up, so that it sees the program close."""
        for page in self._pages:
            page.tell(set())

    async def run(self) -> None:
        """Look and tell until cancelled."""
        with self._services.wakeups.listen(DESK) as listener:
            while True:
                woken = await listener.wait(LOOK_EVERY)
                try:
                    changed = await self._look() if self._pages else set()
                except Exception:
                    _log.exception("could not look what changed at the desk")
                    continue
                if woken or changed:
                    for page in self._pages:
                        page.tell(changed)
                await asyncio.sleep(REST)

    async def _look(self) -> set[int]:
        marks = await self._services.database.read(self._read_marks)
        changed = {key for key, mark in marks.items() if self._marks.get(key) != mark}
        self._marks = marks
        return changed

    def _read_marks(self, connection: Connection) -> dict[int, Mark]:
        c = conversation.c
        since = self._services.clock() - WINDOW
        rows = connection.execute(
            select(c.id, c.state, c.epoch, c.last_message_id).where(c.updated_at > since)
        )
        return {row.id: (row.state, row.epoch, row.last_message_id) for row in rows}


FEED = web.AppKey("feed", DeskFeed)


async def push_hints(request: web.Request, _staff: Staff) -> web.WebSocketResponse:
    """Push hints until the page goes or its session ends."""
    closing, clock = request.app[CLOSING], asyncio.get_running_loop().time

    async def push(send: Send) -> None:
        checked_at = clock()
        with request.app[FEED].open_page() as page:
            while not closing.is_set():
                for hint in await page.hints(CHECK_EVERY):
                    await send(hint)
                if clock() - checked_at >= CHECK_EVERY:
                    checked_at = clock()
                    if not await _is_still_signed_in(request):
                        return

    return await serve_socket(request, push, kind="desk")


async def run_feed(app: web.Application) -> AsyncIterator[None]:
    """Run the feed as long as the application runs; a cleanup context."""
    running = asyncio.create_task(app[FEED].run())
    yield
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def close_pages(app: web.Application) -> None:
    """Let the sockets end when the application shuts down."""
    app[FEED].close_pages()


async def _is_still_signed_in(request: web.Request) -> bool:
    try:
        await access_staff(request)
    except Problem:
        return False
    return True


FEED_ROUTE = Route(
    method="GET",
    path=f"{API}/desk/ws",
    handler=push_hints,
    summary="客服台变动提示（WebSocket）",
    guard=staff_may(Permission.CONVERSATION_READ),
    status=101,
    refuses=(400,),
)
