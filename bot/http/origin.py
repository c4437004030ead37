"""Where a request comes from: the client's address, and whether another site sent it.

Cookies travel along when another site makes a browser post here, so unsafe requests and websocket
upgrades must come from our own pages, or from something that is no browser at all.
"""

from __future__ import annotations

from ipaddress import ip_address
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
    """Return the client's address; a forwarded one is believed only from a private neighbour."""
    peer = request.remote or ""
    if not _is_private(peer):
        return peer
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    # A proxy appends what it saw, so the client itself can only forge the left end.
    return next((hop for hop in reversed(hops) if not _is_private(hop)), peer)


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


def _is_private(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return True  # a Unix socket, or nonsense in a header: no address to count by
