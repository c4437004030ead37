"""POST /telegram/webhook: check the secret, store, commit, and only then say 200.

Whatever is stored is answered with 200, readable or not: Telegram repeats a refused update for a
day and holds back everything else of that chat meanwhile. Any other failure is a 503.
"""

from __future__ import annotations

import asyncio
import hmac
import logging

from aiohttp import web

from bot.channels.telegram.intake import Intake
from bot.http.backlog import check_not_swamped
from bot.http.problems import Problem
from bot.http.routes import Route

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
BODY_AT_MOST = 1 << 20  # bytes; the largest real updates are a tenth of it
READ_SECONDS = 30.0
RETRY_AFTER = "2"  # seconds; Telegram honours it

_log = logging.getLogger(__name__)


class Webhook:
    """Takes updates from Telegram, and from nobody who does not know the secret."""

    def __init__(self, intake: Intake, secret: str) -> None:
        """`secret` is what setWebhook was told."""
        self._intake = intake
        self._secret = secret.encode()

    @property
    def route(self) -> Route:
        """Return the declaration for the application."""
        return Route(
            method="POST",
            path=PATH,
            handler=self.receive,
            summary="Telegram 推送更新",
            refuses=(401, 408, 413),
        )

    async def receive(self, request: web.Request) -> web.Response:
        """Store one update."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            raise Problem(401, title="secret token is wrong")
        await check_not_swamped(request)
        body = await _read(request)
        try:
            await self._intake.take_body(body)
        except Exception as error:
            _log.exception("could not store an update; Telegram will send it again")
            raise Problem(503, headers={"Retry-After": RETRY_AFTER}) from error
        return web.json_response({})


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > BODY_AT_MOST:
                    raise Problem(413)
    except TimeoutError:
        raise Problem(408) from None
    return bytes(body)
