"""Alive, ready, and measured."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from bot.http.metrics import read_levels
from bot.http.routes import Route, answer
from bot.http.services import SERVICES, Check

CHECK_SECONDS = 5.0
KEPT_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Readiness(BaseModel):
    """What works and what does not; each check says "ok" or what is wrong."""

    status: str = Field(description="ok | failing")
    checks: dict[str, str]


async def show_alive(_request: web.Request) -> Alive:
    """Answer as long as the loop turns."""
    return Alive()


class LastLook:
    """What the checks found last: one of them writes, and anybody may ask."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self._found: Readiness | None = None
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def readiness(self, checks: Mapping[str, Check]) -> Readiness:
        """Return what the checks find now, or found a moment ago; who comes meanwhile waits."""
        clock = asyncio.get_running_loop().time
        async with self._lock:
            if self._found is None or clock() >= self._until:
                self._found = await _look(checks)
                self._until = clock() + KEPT_SECONDS
            return self._found


LAST_LOOK = web.AppKey("last_look", LastLook)


async def show_ready(request: web.Request) -> web.Response:
    """Tell what every check says; 503 names the ones that fail."""
    checks = request.app[SERVICES].checks
    found = await request.app[LAST_LOOK].readiness(checks)
    return answer(found, 200 if found.status == "ok" else 503)


async def _look(checks: Mapping[str, Check]) -> Readiness:
    """Run every check side by side."""
    found = await asyncio.gather(*(_outcome(name, check) for name, check in checks.items()))
    failing = any(outcome != "ok" for outcome in found)
    return Readiness(
        status="failing" if failing else "ok", checks=dict(zip(checks, found, strict=True))
    )


async def show_metrics(request: web.Request) -> web.Response:
    """Give Prometheus its text."""
    services = request.app[SERVICES]
    levels = await services.database.read(read_levels)
    text = services.metrics.render(levels)
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _outcome(name: str, check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check() or "ok"
    except TimeoutError:
        return "no answer"
    except Exception:
        # The page is public: the reason goes to the log only.
        _log.exception("the readiness check of %s failed", name)
        return "failed"


HEALTH_ROUTES = (
    Route(
        method="GET", path="/healthz", handler=show_alive, summary="进程是否存活",
        gives=Alive,
    ),
    Route(
        method="GET", path="/readyz", handler=show_ready, summary="依赖是否就绪",
        gives=Readiness, gives_failing=Readiness,
    ),
    Route(
        method="GET", path="/metrics", handler=show_metrics, summary="Prometheus 指标",
        media="text/plain",
    ),
)  # fmt: skip
