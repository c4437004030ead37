"""Builds the Telegram channel: what wiring adds to the application, runs, and closes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot

from bot.channels.telegram.best_effort import BestEffort
from bot.channels.telegram.files import CheckUpload, Fetcher
from bot.channels.telegram.group.deeds import Deeds
from bot.channels.telegram.group.mirror import Mirror
from bot.channels.telegram.health import Health
from bot.channels.telegram.http import AiohttpRequest
from bot.channels.telegram.intake import Intake, move_chat
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.webhook import Webhook
from bot.clock import Clock
from bot.conversation.commands import StaffCommands
from bot.delivery.wakeups import Wakeups
from bot.errors import SettingsError
from bot.http.routes import Route
from bot.settings import TELEGRAM_API, Settings, TelegramSettings
from models.database import Database

Task = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramParts:
    """The channel for the sender, the routes for the application, and the tasks of a server.

    A process that only works sends through `channel` and leaves routes and tasks alone.
    """

    channel: TelegramChannel
    intake: Intake
    routes: tuple[Route, ...]
    tasks: tuple[Task, ...]  # each runs until cancelled or done; none raises
    health: Health
    mirror: Mirror | None  # shows chats in the agents' group, if there is one
    close: Task

    def status(self) -> str:
        """Return starting, ok, unreachable, conflict or token refused."""
        return self.health.status

    async def check(self) -> str | None:
        """Return what keeps Telegram from being ready, for /readyz."""
        return self.health.trouble


def build_telegram(
    settings: Settings,
    database: Database,
    wakeups: Wakeups,
    clock: Clock,
    check_upload: CheckUpload,
    commands: StaffCommands,
) -> TelegramParts:
    """Build everything and call nobody; raises SettingsError without a token.

    Must be called where an event loop runs or will run; it opens no connection.
    """
    telegram = settings.telegram
    if telegram is None:
        raise SettingsError("JIEFEN_TELEGRAM_TOKEN: not set")
    account = account_of(telegram.token)
    request = AiohttpRequest(telegram.api)
    bot = _bot(telegram, request)
    health, taps = Health(), BestEffort()
    fetcher = Fetcher(bot, database, wakeups, clock, account, check_upload)

    def confirm(query_id: str) -> None:
        """Let the customer's app wait no longer for its tap; usually one too old fails."""
        taps.begin(bot.answer_callback_query(query_id), "a tap was not confirmed")

    group = telegram.agent_group
    deeds = Deeds(bot, database, wakeups, clock, commands, group) if group else None
    intake = Intake(
        database, wakeups, clock, account,
        confirm=confirm, fetch=fetcher.fetch_soon, deeds=deeds,
    )  # fmt: skip
    setup = Setup(bot, health, group)
    routes, tasks = _ways_in(settings, telegram, intake, setup, health)
    mirror = Mirror(
        bot, database, wakeups, clock,
        group_id=group, kind_names=commands.policy.kind_names, public_url=settings.public_url,
    ) if group else None  # fmt: skip

    async def moved(old_id: str, new_id: int) -> None:
        try:
            await database.write(lambda c: move_chat(c, account, old_id, str(new_id)))
        except Exception:  # the next message to the old id finds out again
            _log.exception("could not write down that a chat has a new id")

    async def close() -> None:
        await fetcher.close()
        await taps.close()
        if deeds:
            await deeds.close()
        await request.shutdown()

    return TelegramParts(
        channel=TelegramChannel(bot, health, moved),
        intake=intake,
        routes=routes,
        tasks=(fetcher.run, *tasks),
        health=health,
        mirror=mirror,
        close=close,
    )


def account_of(token: str) -> str:
    """Return the bot's id, which is the public part of its token."""
    number, colon, _ = token.partition(":")
    return number if colon and number.isdecimal() else "bot"


def _bot(settings: TelegramSettings, request: AiohttpRequest) -> Bot:
    return Bot(
        settings.token,
        base_url=settings.api,
        base_file_url=f"{settings.api.removesuffix('/bot')}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _ways_in(
    settings: Settings, telegram: TelegramSettings, intake: Intake, setup: Setup, health: Health
) -> tuple[tuple[Route, ...], tuple[Task, ...]]:
    if telegram.mode == "polling":
        poller = Poller(telegram.api, telegram.token, intake, health, setup.drop_webhook)
        return (), (setup.introduce, poller.run)
    secret, public_url = telegram.secret, settings.public_url
    if not secret:
        raise SettingsError("JIEFEN_TELEGRAM_SECRET: webhook mode needs a secret")
    routes = (Webhook(intake, secret).route,)
    if not public_url:
        _log.warning(
            "JIEFEN_PUBLIC_URL is not set, so Telegram must be told of the webhook by hand"
        )
        return routes, (setup.introduce,)
    if telegram.api == TELEGRAM_API and not public_url.startswith("https://"):
        raise SettingsError(
            f"JIEFEN_PUBLIC_URL: Telegram calls no {public_url}; write https://HOST, "
            "or set JIEFEN_TELEGRAM_MODE to polling"
        )
    return routes, (setup.introduce, lambda: setup.register_webhook(public_url, secret))
