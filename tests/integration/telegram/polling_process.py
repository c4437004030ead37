"""A process that polls until it is killed; arguments: the Bot API's base URL, the database's."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.channels.telegram.build import build_telegram
from bot.channels.uploads import check_upload
from bot.clock import utc_now
from bot.delivery.wakeups import Wakeups
from bot.settings import LOOPBACK, Settings, TelegramSettings, read_networks
from models import Database
from tests.bot_api_server import TOKEN
from tests.integration.telegram.conftest import COMMANDS


async def poll(api: str, database_url: str) -> None:
    """Run the channel's tasks."""
    settings = Settings(
        home=Path(),
        database_url=database_url,
        given_secret="",
        public_url=None,
        rate_limited=False,
        trusted_proxies=read_networks(LOOPBACK),
        telegram=TelegramSettings(
            token=TOKEN, api=api, mode="polling", secret=None, agent_group=None
        ),
    )
    database = Database(database_url)
    parts = build_telegram(settings, database, Wakeups(), utc_now, check_upload, COMMANDS)
    await asyncio.gather(*(task() for task in parts.tasks))


asyncio.run(poll(*sys.argv[1:]))
