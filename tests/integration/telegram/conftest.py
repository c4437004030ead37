"""A Bot API server, a house that listens to it, and updates as customers cause them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.build import TelegramParts, build_telegram
from bot.channels.uploads import check_upload
from bot.conversation.commands import StaffCommands
from bot.conversation.saying.replies import load_replies
from bot.delivery.wakeups import Wakeups
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR, LOOPBACK, Settings, TelegramSettings, read_networks
from models import Database
from tests.bot_api_server import TOKEN, BotApiServer
from tests.factories import HandClock
from tests.integration.telegram.house import SECRET

COMMANDS = StaffCommands(load_replies(DATA_DIR / "replies"), load_policy(DATA_DIR / "policy"))


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """A Bot API server that listens."""
    made = BotApiServer()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings_for() -> Callable[..., Settings]:
    """Make settings that point at a Bot API server."""

    def make(api: str, mode: str = "webhook", **changes: Any) -> Settings:
        telegram = {
            "token": TOKEN,
            "api": api,
            "mode": mode,
            "secret": SECRET,
            "agent_group": None,
            **changes,
        }
        return Settings(
            home=Path("unused"),
            database_url="",
            given_secret="",
            public_url="https://shop.example",
            rate_limited=False,
            trusted_proxies=read_networks(LOOPBACK),
            telegram=TelegramSettings(**telegram),
        )

    return make


Build = Callable[..., Awaitable[TelegramParts]]


@pytest.fixture
async def build(
    server: BotApiServer, clock: HandClock, settings_for: Callable[..., Settings]
) -> AsyncIterator[Build]:
    """Build the channel on a database, as wiring does; everything is closed at the end."""
    built: list[TelegramParts] = []

    async def make(database: Database, mode: str = "webhook", **changes: Any) -> TelegramParts:
        settings = settings_for(server.api, mode, **changes)
        parts = build_telegram(settings, database, Wakeups(), clock, check_upload, COMMANDS)
        built.append(parts)
        return parts

    yield make
    for parts in built:
        await parts.close()
