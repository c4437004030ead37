"""Where a request comes from, told from headers that anybody may write."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.http.origin import client_address


def address(peer: str, *forwarded: str) -> str:
    """Return the address that a request with these headers is counted by."""
    transport = Mock()
    transport.get_extra_info.return_value = (peer, 1234)
    headers = [("X-Forwarded-For", value) for value in forwarded]
    return client_address(make_mocked_request("GET", "/", headers=headers, transport=transport))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("8.8.8.8", (), "8.8.8.8"),
        ("8.8.8.8", ("1.1.1.1",), "8.8.8.8"),  # a stranger's word is not believed
        ("127.0.0.1", ("1.1.1.1",), "1.1.1.1"),
        ("10.0.0.2", ("9.9.9.9, 1.1.1.1",), "1.1.1.1"),
        ("10.0.0.2", ("9.9.9.9", "1.1.1.1, 10.0.0.3"), "1.1.1.1"),
        ("127.0.0.1", ("nonsense",), "127.0.0.1"),
        ("127.0.0.1", (), "127.0.0.1"),
        ("::1", ("2001:4860:4860::8888",), "2001:4860:4860::8888"),
    ],
)
def test_the_address_is_the_nearest_that_can_be_believed(
    peer: str, forwarded: tuple[str, ...], counted: str
) -> None:
    assert address(peer, *forwarded) == counted
