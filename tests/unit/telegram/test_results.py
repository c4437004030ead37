"""What each error of the library means for a message; never a second message to be safe."""

from __future__ import annotations

import warnings

import aiohttp
import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.http import AiohttpRequest, TooManyRequests, never_left
from bot.channels.telegram.send import judge
from bot.messages import Failed, RetryLater, SendResult, Unknown


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    """Return the error as it is raised from its cause."""
    error.__cause__ = cause
    return error


REFUSED_CONNECTION = aiohttp.ClientConnectorError(
    aiohttp.client_reqrep.ConnectionKey("host", 443, True, True, None, None, None),
    OSError(111, "refused"),
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TooManyRequests(3), RetryLater),
        (Forbidden("Forbidden: bot was blocked by the user"), Failed),
        (BadRequest("Bad Request: chat not found"), Failed),
        (InvalidToken("Unauthorized"), RetryLater),
        (caused(NetworkError("x"), REFUSED_CONNECTION), RetryLater),
        (caused(TimedOut(), aiohttp.ConnectionTimeoutError()), RetryLater),
        (caused(TimedOut(), aiohttp.SocketTimeoutError()), Unknown),
        (caused(TimedOut(), TimeoutError()), Unknown),
        (caused(NetworkError("x"), aiohttp.ServerDisconnectedError()), Unknown),
        (caused(NetworkError("x"), aiohttp.ClientOSError(104, "reset")), Unknown),
        (caused(NetworkError("x"), aiohttp.ClientPayloadError()), Unknown),
        (NetworkError("Bad Gateway (502)"), Unknown),
        (Conflict("Conflict"), Unknown),
        (TelegramError("Invalid server response"), Unknown),
    ],
    ids=repr,
)
def test_each_error_has_its_result(error: TelegramError, expected: type[SendResult]) -> None:
    assert isinstance(judge(error), expected)


def test_too_many_requests_is_a_retry_after_without_its_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        error = TooManyRequests(2.5)
    assert isinstance(error, RetryAfter)
    assert error.wait_seconds == 2.5
    assert judge(error) == RetryLater(wait_seconds=2.5, reason=error.message)


async def test_an_address_without_a_server_never_left_and_shows_no_token() -> None:
    request = AiohttpRequest("http://127.0.0.1:9/bot")
    with pytest.raises(NetworkError) as raised:
        await request.post("http://127.0.0.1:9/bot4242:secret/getMe")
    await request.shutdown()
    assert never_left(raised.value)
    assert "secret" not in str(raised.value)
