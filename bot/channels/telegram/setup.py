"""The calls at start: nice to have, so they run in the background and never stop anything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.health import OK, UNREACHABLE, Health
from bot.channels.telegram.http import ODD_ANSWER, TooManyRequests
from bot.channels.telegram.polling import ALLOWED_UPDATES
from bot.channels.telegram.webhook import PATH
from bot.delivery.retry import Backoff

AGAIN = Backoff(first_seconds=2, longest_seconds=300)
LOOK_AGAIN = Backoff(first_seconds=2, longest_seconds=30)  # readiness waits for it
REFUSED = (BadRequest, Forbidden, InvalidToken)  # trying again cannot help
COMMANDS = [BotCommand("start", "开始咨询"), BotCommand("human", "转人工")]
AGENTS_COMMANDS = [
    BotCommand("take", "接待这位顾客"), BotCommand("return", "交还机器人"),
    BotCommand("close", "结束会话"), BotCommand("note", "只留给同事的备注"),
]  # fmt: skip

Call = Callable[[], Awaitable[object]]

_log = logging.getLogger(__name__)


class Setup:
    """Makes the bot known to Telegram."""

    def __init__(self, bot: Bot, health: Health, agent_group: int | None) -> None:
        """Do nothing yet."""
        self._bot = bot
        self._health = health
        self._agent_group = agent_group

    async def introduce(self) -> None:
        """Show customers and agents their commands, and look after the line meanwhile."""
        await asyncio.gather(self._look_out(), self._show_commands())

    async def _look_out(self) -> None:
        """Check the token; then look whether a line that is down is back.

        Nobody else would notice while there is nothing to send.
        """
        await self._keep_trying("getMe", self._look, LOOK_AGAIN)
        while True:
            await asyncio.sleep(LOOK_AGAIN.longest_seconds)
            if self._health.is_down:
                await self._keep_trying("getMe", self._look, LOOK_AGAIN)

    async def _look(self) -> None:
        """Ask who we are, and remember whether there was an answer."""
        try:
            await self._bot.get_me()
        except REFUSED as error:
            self._health.note_refusal(error, method_is_optional=True)
            self._health.note_answer()
            raise
        except NetworkError:
            self._health.note(UNREACHABLE)
            raise
        except (TelegramError, *ODD_ANSWER):
            self._health.note_answer()
            raise
        self._health.note(OK)

    async def _show_commands(self) -> None:
        await self._show(COMMANDS, BotCommandScopeAllPrivateChats())
        if self._agent_group is not None:
            await self._show(AGENTS_COMMANDS, BotCommandScopeChat(self._agent_group))

    async def _show(self, commands: Sequence[BotCommand], scope: BotCommandScope) -> None:
        await self._keep_trying(
            "setMyCommands", lambda: self._bot.set_my_commands(commands, scope=scope), AGAIN
        )

    async def register_webhook(self, public_url: str, secret: str) -> None:
        """Ask Telegram to push, for as long as it refuses; what waits there is never dropped."""
        self._health.await_webhook()
        while refusal := await self._keep_trying(
            "setWebhook",
            lambda: self._bot.set_webhook(
                public_url.rstrip("/") + PATH,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=False,
            ),
            AGAIN,
        ):
            self._health.note_webhook(refusal)
            # Telegram looks the host up: a name that is not known yet may be known later.
            await asyncio.sleep(AGAIN.longest_seconds)
        self._health.note_webhook(None)

    async def drop_webhook(self) -> None:
        """Ask Telegram once to be polled instead; a conflict while polling asks again."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except (TelegramError, *ODD_ANSWER) as error:
            _log.info("deleteWebhook did not work: %s", error)

    async def _keep_trying(self, name: str, call: Call, again: Backoff) -> str | None:
        """Call until there is an answer; return why it was refused, or None.

        A server of one's own may lack the method, and push without being asked: what such a call
        comes to says nothing of the line.
        """
        failures = 0
        while True:
            try:
                await call()
            except REFUSED as error:
                _log.info("%s was refused, going on without: %s", name, error.message)
                return None if isinstance(error, InvalidToken) else error.message
            except ODD_ANSWER as error:
                _log.info("%s was answered oddly: %r", name, error)
                return None
            except TelegramError as error:
                failures += 1
                _log.info("%s did not work, trying again: %s", name, error.message)
                asked = error.wait_seconds if isinstance(error, TooManyRequests) else 0.0
                await asyncio.sleep(max(again.wait_seconds(failures) or 0.0, asked))
            else:
                return None
