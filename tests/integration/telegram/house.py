"""What the tests of this folder share: the webhook served, and a look into the inbox."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image
from sqlalchemy import Connection, select

from bot.channels.telegram.build import TelegramParts
from bot.http.backlog import BACKLOG, Backlog
from bot.http.problems import answer_problems
from bot.http.routes import register
from bot.http.services import SERVICES
from models import Database, attachment, conversation, message

SECRET = "a-secret_of-the-webhook"


@asynccontextmanager
async def listening(
    parts: TelegramParts, database: Database, *, busy_above: int = 5000
) -> AsyncIterator[str]:
    """Serve the webhook; gives its URL."""
    app = web.Application(middlewares=[answer_problems])
    app[BACKLOG] = Backlog()
    # The route asks only how long the line is; the rest of the services are of other rooms.
    app[SERVICES] = SimpleNamespace(database=database, busy_above=busy_above)
    register(app, parts.routes)
    async with TestServer(app) as house:
        yield str(house.make_url("/telegram/webhook"))


def photo_bytes(colour: str = "red") -> bytes:
    """Return a small JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(file, "JPEG")
    return file.getvalue()


async def stored(database: Database, **wanted: Any) -> list[Any]:
    """Return the rows of messages, with their chat, in the order they were stored."""

    def read(connection: Connection) -> list[Any]:
        query = select(message, conversation.c.external_id.label("chat_id")).join(conversation)
        query = query.order_by(message.c.conversation_id, message.c.id)
        wishes = [message.c[name] == value for name, value in wanted.items()]
        return list(connection.execute(query.where(*wishes)).all())

    return await database.read(read)


async def attachments(database: Database) -> list[Any]:
    """Return the files that were stored."""
    return await database.read(lambda c: list(c.execute(select(attachment)).all()))


async def eventually(condition: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Wait until a condition, which may be awaitable, holds; return what it gave."""
    async with asyncio.timeout(seconds):
        while True:
            value = condition()
            value = await value if asyncio.iscoroutine(value) else value
            if value:
                return value
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(parts: TelegramParts) -> AsyncIterator[None]:
    """Run the background tasks, and cut them off at the end."""
    tasks = [asyncio.ensure_future(task()) for task in parts.tasks]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    errors = [e for e in outcomes if isinstance(e, Exception)]
    assert errors == []
