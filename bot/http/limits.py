"""How often one client may do a thing; wide enough that no human ever meets a limit."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import hdrs, web
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.http.origin import client_address
from bot.http.problems import Problem
from bot.http.services import SERVICES

KEYS_AT_MOST = 5000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests in so long a window, counted for each key apart."""

    name: str
    rate: RateLimitItem
    key: Callable[[web.Request], str]


def by_address(name: str, rate: str) -> Limit:
    """Count for each client address, e.g. `by_address("login", "20/minute")`."""
    return Limit(name, parse(rate), client_address)


def by_token(name: str, rate: str) -> Limit:
    """Count for each bearer token, and for the address of a client that shows none."""
    return Limit(name, parse(rate), _token_or_address)


class Limiter:
    """Remembers who did what lately; a process of its own counts on its own."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._storages: dict[str, MemoryStorage] = {}

    def check(self, limit: Limit, request: web.Request) -> None:
        """Count the request, or refuse it with the time after which it would pass."""
        key = limit.key(request)
        windows = MovingWindowRateLimiter(self._storage_of(limit))
        if windows.hit(limit.rate, limit.name, key):
            return
        reset = windows.get_window_stats(limit.rate, limit.name, key).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise Problem(429, f"请在 {wait} 秒后再试。", headers={"Retry-After": str(wait)})

    def _storage_of(self, limit: Limit) -> MemoryStorage:
        """Return the limit's own counts; they begin anew when there are too many.

        The storage never forgets a key by itself. Each limit keeps its own, so that whoever shows
        thousands of made-up tokens to one does not wipe out what another has counted.
        """
        storage = self._storages.get(limit.name)
        if storage is None or len(storage.events) > KEYS_AT_MOST:
            storage = self._storages[limit.name] = MemoryStorage()
        return storage


LIMITER = web.AppKey("limiter", Limiter)


def check_limits(request: web.Request, limits: tuple[Limit, ...]) -> None:
    """Count the request against each limit; does nothing where limits are turned off."""
    if not limits or not request.app[SERVICES].settings.rate_limited:
        return
    limiter = request.app[LIMITER]
    for limit in limits:
        limiter.check(limit, request)


def _token_or_address(request: web.Request) -> str:
    shown = request.headers.get(hdrs.AUTHORIZATION)
    if shown is None:
        return client_address(request)
    return hashlib.sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()
