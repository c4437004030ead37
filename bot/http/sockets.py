"""Pushing over a websocket: only a faster way to fetch, so a lost socket loses nothing."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from aiohttp import WSCloseCode, web

from bot.http.problems import Problem

HEARTBEAT_SECONDS = 25.0
SEND_SECONDS = 30.0  # a client that reads more slowly than this is cut off and comes back
SOCKETS_AT_MOST = 5000  # of each kind: customers must not keep staff out
OF_ONE_AT_MOST = 5  # of one customer's chat: a page and a few forgotten ones
INCOMING_AT_MOST = 4096  # bytes; clients have nothing to say here

Send = Callable[[str], Awaitable[None]]
Push = Callable[[Send], Awaitable[None]]

_log = logging.getLogger(__name__)


class OpenSockets:
    """How many sockets this process serves: of each kind, and of each chat."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kinds: Counter[str] = Counter()
        self._ones: Counter[tuple[str, int]] = Counter()

    @contextmanager
    def one_more(self, kind: str, one: int | None) -> Iterator[None]:
        """Count a socket inside the block, or refuse it; `one` is whose sockets are few."""
        key = None if one is None else (kind, one)
        if self._kinds[kind] >= SOCKETS_AT_MOST:
            raise Problem(503, headers={"Retry-After": "10"})
        if key is not None and self._ones[key] >= OF_ONE_AT_MOST:
            raise Problem(
                429, "这个会话打开的页面太多了，请关掉几个再试。", headers={"Retry-After": "10"}
            )
        self._kinds[kind] += 1
        self._ones.update([key] if key else [])
        try:
            yield
        finally:
            self._kinds[kind] -= 1
            if key is not None:
                self._ones[key] -= 1
                if not self._ones[key]:
                    del self._ones[key]


OPEN_SOCKETS = web.AppKey("open_sockets", OpenSockets)


async def serve_socket(
    request: web.Request,
    push: Push,
    *,
    kind: str,
    one: int | None = None,
    protocols: tuple[str, ...] = (),
) -> web.WebSocketResponse:
    """Run `push` with a way to send until it ends, the client goes, or the client stalls."""
    with request.app[OPEN_SOCKETS].one_more(kind, one):
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_SECONDS, max_msg_size=INCOMING_AT_MOST, protocols=protocols
        )
        await socket.prepare(request)
        await _push_and_listen(socket, push)
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
