"""Where a request comes from, told from headers that anybody may write."""

from __future__ import annotations

import pytest

from bot.http.origin import nearest_untrusted
from bot.settings import LOOPBACK, read_networks

BRIDGE = LOOPBACK + ", 10.0.0.2, 172.18.0.0/16"


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),  # a stranger's word is not believed
        ("10.0.0.2", "1.1.1.1", "10.0.0.2"),  # nor a neighbour's, in an office or on a bridge
        ("172.18.0.1", "1.1.1.1", "172.18.0.1"),
        ("192.168.1.7", "1.1.1.1", "192.168.1.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("127.0.0.1", "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        ("127.0.0.1", "1.1.1.1, 10.0.0.3", "10.0.0.3"),
        ("127.0.0.1", "1.1.1.1,,", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "nonsense, 1.1.1.1", "1.1.1.1"),
        ("::1", "2001:4860:4860::8888", "2001:4860:4860::8888"),
        ("::ffff:127.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("::ffff:8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("", "1.1.1.1", ""),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed_by_default(
    peer: str, forwarded: str, counted: str
) -> None:
    assert nearest_untrusted(peer, forwarded, read_networks(LOOPBACK)) == counted


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("10.0.0.2", "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.2", "9.9.9.9, 1.1.1.1, 172.18.0.5", "1.1.1.1"),
        ("10.0.0.2", "9.9.9.9, 1.1.1.1, 10.0.0.3", "10.0.0.3"),  # not in the list
        ("10.0.0.2", "172.18.0.5", "172.18.0.5"),
        ("10.0.0.3", "1.1.1.1", "10.0.0.3"),
    ],
)
def test_a_chain_of_listed_proxies_is_gone_through(
    peer: str, forwarded: str, counted: str
) -> None:
    assert nearest_untrusted(peer, forwarded, read_networks(BRIDGE)) == counted


def test_an_empty_list_believes_nobody() -> None:
    assert nearest_untrusted("127.0.0.1", "1.1.1.1", read_networks("")) == "127.0.0.1"
