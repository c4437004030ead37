"""The calls at start: nice to have, so they run in the background and never stop anything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.health import OK, UNREACHABLE, Health
from bot.channels.telegram.http import ODD_ANSWER, TooManyRequests
from bot.channels.telegram.polling import ALLOWED_UPDATES
from bot.channels.telegram.webhook import PATH
from bot.delivery.retry import Backoff

AGAIN = Backoff(first_seconds=2, longest_seconds=300)
LOOK_AGAIN_SECONDS = 30.0
REFUSED = (BadRequest, Forbidden, InvalidToken)  # trying again cannot help
COMMANDS = [BotCommand("start", "开始咨询"), BotCommand("human", "转人工")]

Call = Callable[[], Awaitable[object]]

_log = logging.getLogger(__name__)


class Setup:
    """Makes the bot known to Telegram."""

    def __init__(self, bot: Bot, health: Health) -> None:
        """Do nothing yet."""
        self._bot = bot
        self._health = health

    async def introduce(self) -> None:
        """Check the token and show the customers' commands; then look after a line that is down.

        Nobody else would notice that it is back while there is nothing to send.
        """
        await asyncio.gather(
            self._keep_trying("getMe", self._bot.get_me),
            self._keep_trying(
                "setMyCommands",
                lambda: self._bot.set_my_commands(
                    COMMANDS, scope=BotCommandScopeAllPrivateChats()
                ),
            ),
        )
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            if self._health.status == UNREACHABLE:
                await self._keep_trying("getMe", self._bot.get_me)

    async def register_webhook(self, public_url: str, secret: str) -> None:
        """Ask Telegram to push, for as long as it refuses; what waits there is never dropped."""
        while refusal := await self._keep_trying(
            "setWebhook",
            lambda: self._bot.set_webhook(
                public_url.rstrip("/") + PATH,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=False,
            ),
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

    async def _keep_trying(self, name: str, call: Call) -> str | None:
        """Call until there is an answer; return why it was refused, or None.

        A server of one's own may lack the method, and push without being asked.
        """
        failures = 0
        while True:
            try:
                await call()
            except REFUSED as error:
                self._health.note_refusal(error, method_is_optional=True)
                self._health.note_answer()
                _log.info("%s was refused, going on without: %s", name, error.message)
                return None if isinstance(error, InvalidToken) else error.message
            except ODD_ANSWER as error:
                self._health.note_answer()
                _log.info("%s was answered oddly: %r", name, error)
                return None
            except TelegramError as error:
                failures += 1
                await asyncio.sleep(self._wait_seconds(error, failures))
            else:
                self._health.note(OK)
                return None

    def _wait_seconds(self, error: TelegramError, failures: int) -> float:
        if isinstance(error, NetworkError):
            self._health.note(UNREACHABLE)
        asked = error.wait_seconds if isinstance(error, TooManyRequests) else 0.0
        return max(AGAIN.wait_seconds(failures) or 0.0, asked)
