"""HTTP under `telegram.Bot`: aiohttp, which costs a sixth of the CPU that httpx does there.

Errors are those of python-telegram-bot; the cause says whether the request ever left the house.
Their texts name only the kind of error: aiohttp's own texts may carry the URL, and that the token.
"""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta
from typing import Any

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

READ_SECONDS = 20.0
WRITE_SECONDS = 20.0
CONNECT_SECONDS = 5.0  # waiting for a free connection of the pool included
CONNECTIONS = 100
ANSWER_AT_MOST = 21 * 1024 * 1024  # bytes; Telegram lets a bot download 20 MB
FLOOD_WAIT_SECONDS = 5.0  # when a 429 does not say how long

_log = logging.getLogger(__name__)

# Raised before the first byte was written: sending again can repeat nothing.
NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class TooManyRequests(RetryAfter):
    """Telegram wants a pause; made without the deprecation warning of its parent."""

    def __init__(self, wait_seconds: float) -> None:
        """Keep the pause that was asked for."""
        TelegramError.__init__(self, f"429, retry after {wait_seconds:g} s")
        self._retry_after = timedelta(seconds=wait_seconds)

    @property
    def wait_seconds(self) -> float:
        """Return the pause."""
        return self._retry_after.total_seconds()


# What the library raises when a server says yes but its answer lacks what it must have.
ODD_ANSWER = (KeyError, TypeError, AttributeError, ValueError)


def never_left(error: BaseException) -> bool:
    """Tell whether a failed request certainly never reached Telegram."""
    return isinstance(error.__cause__, NEVER_LEFT)


def open_session(api: str) -> aiohttp.ClientSession:
    """Open a session; HTTPS_PROXY is for the way out, not for a server of one's own next door."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS),
        trust_env=api.startswith("https://"),
        headers={"User-Agent": BaseRequest.USER_AGENT},
    )


class AiohttpRequest(BaseRequest):
    """Carries the calls of one `telegram.Bot` over one session, opened at the first call."""

    def __init__(self, api: str) -> None:
        """Open nothing yet: a session belongs to a running event loop."""
        self._api = api
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return how long an answer may take."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the session."""
        self._open()

    async def shutdown(self) -> None:
        """Close the session; a later call opens another."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  part of connecting here
    ) -> tuple[int, bytes]:
        """Do one request; raises TimedOut or NetworkError, whose cause is aiohttp's error."""
        timeout = _timeout(connect_timeout, write_timeout, read_timeout)
        body = _body(request_data) if request_data else None
        try:
            async with self._open().request(method, url, data=body, timeout=timeout) as response:
                status, payload = response.status, await _read(response)
        except TimeoutError as error:
            raise TimedOut(f"timed out: {type(error).__name__}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error
        if status == 429:
            raise TooManyRequests(_flood_wait_seconds(payload))
        if status >= 300 and not _is_object(payload):
            _log.warning("Telegram answered %s with no reason that can be read", status)
            return status, b"{}"  # a proxy's page, which is no reason for people to read
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer; raises TelegramError, after one line in the log and no page of it."""
        if not _is_object(payload):
            _log.warning("Telegram answered yes with something that cannot be read")
            raise TelegramError("the answer cannot be read")
        return dict(json.loads(payload))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = open_session(self._api)
        return self._session


def _timeout(connect: Any, write: Any, read: Any) -> aiohttp.ClientTimeout:
    connect = CONNECT_SECONDS if connect is BaseRequest.DEFAULT_NONE else connect
    write = WRITE_SECONDS if write is BaseRequest.DEFAULT_NONE else write
    read = READ_SECONDS if read is BaseRequest.DEFAULT_NONE else read
    endless = None in (connect, write, read)
    # aiohttp has no timeout for writing; the total bounds a server that takes nothing in.
    total = None if endless else connect + write + read
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _body(data: RequestData) -> dict[str, str] | aiohttp.FormData:
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in data.multipart_data.items():
        # aiohttp sends a file in pieces but bytes in one, which would hold up the loop.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form


async def _read(response: aiohttp.ClientResponse) -> bytes:
    payload = bytearray()
    async for chunk in response.content.iter_any():
        payload += chunk
        if len(payload) > ANSWER_AT_MOST:
            raise aiohttp.ClientPayloadError("the answer is too long")
    return bytes(payload)


def _is_object(payload: bytes) -> bool:
    try:
        return isinstance(json.loads(payload), dict)
    except (ValueError, RecursionError):
        return False


def _flood_wait_seconds(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return FLOOD_WAIT_SECONDS
