"""Pushing over a websocket: only a faster way to fetch, so a lost socket loses nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import WSCloseCode, web

from bot.http.problems import Problem

HEARTBEAT_SECONDS = 25.0
SEND_SECONDS = 30.0  # a client that reads more slowly than this is cut off and comes back
SOCKETS_AT_MOST = 5000
INCOMING_AT_MOST = 4096  # bytes; clients have nothing to say here

Send = Callable[[str], Awaitable[None]]
Push = Callable[[Send], Awaitable[None]]

_log = logging.getLogger(__name__)


class OpenSockets:
    """How many sockets this process serves."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0


OPEN_SOCKETS = web.AppKey("open_sockets", OpenSockets)


async def serve_socket(
    request: web.Request, push: Push, *, protocols: tuple[str, ...] = ()
) -> web.WebSocketResponse:
    """Run `push` with a way to send until it ends, the client goes, or the client stalls."""
    sockets = request.app[OPEN_SOCKETS]
    if sockets.count >= SOCKETS_AT_MOST:
        raise Problem(503, headers={"Retry-After": "10"})
    socket = web.WebSocketResponse(
        heartbeat=HEARTBEAT_SECONDS, max_msg_size=INCOMING_AT_MOST, protocols=protocols
    )
    await socket.prepare(request)
    sockets.count += 1
    try:
        await _push_and_listen(socket, push)
    finally:
        sockets.count -= 1
    return socket


async def _push_and_listen(socket: web.WebSocketResponse, push: Push) -> None:
    pushing = asyncio.create_task(_push(socket, push))
    try:
        async for _ in socket:  # without a reader there is no heartbeat (aiohttp#3443)
            pass
    finally:
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)


async def _push(socket: web.WebSocketResponse, push: Push) -> None:
    async def send(text: str) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await socket.send_str(text)

    code = WSCloseCode.GOING_AWAY
    try:
        await push(send)
    except (ConnectionError, TimeoutError):
        pass
    except Exception:
        _log.exception("pushing over a websocket failed")
        code = WSCloseCode.INTERNAL_ERROR
    await socket.close(code=code)
