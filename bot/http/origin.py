"""Where a request comes from: the client's address, and whether another site sent it.

Cookies travel along when another site makes a browser post here, so unsafe requests and websocket
upgrades must come from our own pages, or from something that is no browser at all.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from bot.http.problems import Handler, Problem
from bot.http.services import SERVICES

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})  # none: typed in, or opened from a bookmark


@web.middleware
async def refuse_cross_site(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse unsafe requests and websocket upgrades that another site's page sent."""
    upgrade = request.headers.get(hdrs.UPGRADE, "").lower() == "websocket"
    if (upgrade or request.method not in SAFE_METHODS) and not _is_ours(request, upgrade=upgrade):
        raise Problem(403, "这个请求来自其他网站，已拒绝。")
    return await handler(request)


def client_address(request: web.Request) -> str:
    """Return the nearest address that is none of the shop's own proxies."""
    trusted = request.app[SERVICES].settings.trusted_proxies
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
    return nearest_untrusted(request.remote or "", forwarded, trusted)


def nearest_untrusted(
    peer: str, forwarded: str, trusted: Collection[IPv4Network | IPv6Network]
) -> str:
    """Return the right-most address that no trusted proxy has, or the last proxy's.

    A proxy appends whom it saw, so each hop is known only by the word of the one to its right,
    and the client itself can only forge the left end.
    """
    found = peer
    for hop in (peer, *reversed(forwarded.split(","))):
        address = _address(hop)
        if address is None:  # a Unix socket, or nonsense in a header: no address to count by
            return found
        found = str(address)
        if not any(address in network for network in trusted):
            return found
    return found


def is_https(request: web.Request) -> bool:
    """Say whether the browser speaks TLS, to us or to the proxy before us."""
    public = request.app[SERVICES].settings.public_url or ""
    forwarded = request.headers.get("X-Forwarded-Proto", "")
    return request.secure or public.startswith("https://") or forwarded == "https"


def _is_ours(request: web.Request, *, upgrade: bool) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    # Browsers disagree about this header on upgrades, but all send the Origin there.
    if site is not None and not (upgrade and hdrs.ORIGIN in request.headers):
        return site in OURS
    origin = request.headers.get(hdrs.ORIGIN)
    return origin is None or _host_of(origin) in _own_hosts(request)


def _own_hosts(request: web.Request) -> set[str]:
    public = request.app[SERVICES].settings.public_url
    return {request.host.lower(), *([_host_of(public)] if public else [])}


def _host_of(url: str) -> str:
    """Return host and port, without a port that the scheme implies; "" for "null"."""
    try:
        parts = urlsplit(url.lower())
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    implied = {"http": ":80", "https": ":443"}.get(parts.scheme, "\0")
    return host.removesuffix(implied)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    # Where one socket serves both kinds, a client of the old one is shown as ::ffff:192.0.2.1.
    return getattr(address, "ipv4_mapped", None) or address
