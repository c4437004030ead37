"""What the routes are built on, handed in by wiring and reached through the application."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import web

from bot.clock import Clock
from bot.conversation.commands import StaffCommands
from bot.conversation.releasing import Releasing
from bot.delivery.wakeups import Wakeups
from bot.http.metrics import Metrics
from bot.order_record import OrderRecord
from bot.settings import Settings
from models.database import Database

T = TypeVar("T")

Check = Callable[[], Awaitable[str | None]]  # returns what is wrong, or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a route may use; tests build one with what they need."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    settings: Settings
    understand: Callable[[str], Mapping[str, Any]]
    explain: Callable[[str], Sequence[tuple[str, float]]]  # the weightiest words, with weights
    find_order: Callable[[str], Awaitable[OrderRecord | None]]
    commands: StaffCommands
    releasing: Releasing
    shop_name: str
    stories: Callable[[], Sequence[Mapping[str, Any]]] = tuple
    checks: Mapping[str, Check] = field(default_factory=dict)
    metrics: Metrics = field(default_factory=Metrics)
    busy_above: int = 5000  # conversations waiting for a turn


SERVICES = web.AppKey("services", Services)
CLOSING = web.AppKey("closing", asyncio.Event)
HEAVY = web.AppKey("heavy", ThreadPoolExecutor)


async def in_thread(request: web.Request, work: Callable[..., T], *arguments: Any) -> T:
    """Run work that takes long or much memory beside the loop, a few at a time."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(request.app[HEAVY], work, *arguments)
