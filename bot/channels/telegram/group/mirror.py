"""Tells the agents' group of the chats that people have or should have, a message at a time.

The group bears 20 messages a minute (Telegram counts topics and edits of it too), so that the
bot's chats with content customers are not shown in it, and what is new of a chat goes in one post.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.group import topics
from bot.channels.telegram.group.showing import post, title
from bot.channels.telegram.group.topics import Due
from bot.channels.telegram.http import ODD_ANSWER, TooManyRequests
from bot.clock import Clock
from bot.delivery.crew import Crew
from bot.delivery.wakeups import DESK, Wakeups
from models.database import Database

AGAIN = timedelta(seconds=10)  # after no answer
REFUSED_REST = timedelta(seconds=60)  # somebody must mend the group first
REFUSED_CHAT_REST = timedelta(minutes=5)  # it may be its own fault: others go first
FLOOD_REST = timedelta(seconds=5)  # where a 429 does not say how long
GONE = ("thread not found", "topic_deleted", "topic_id_invalid")

_log = logging.getLogger(__name__)


class Mirror:
    """The loop that shows chats in the group; any number of processes may run one."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        wakeups: Wakeups,
        clock: Clock,
        *,
        group_id: int,
        kind_names: Mapping[str, str],
        public_url: str | None,
    ) -> None:
        """`kind_names` are the policy's words for kinds of remedies."""
        self._bot = bot
        self._database = database
        self._clock = clock
        self._group_id = group_id
        self._kind_names = kind_names
        self._console = f"{public_url.rstrip('/')}/console" if public_url else None
        self._trouble = ""
        self._crew: Crew[Due] = Crew(
            topic=DESK, wakeups=wakeups, take=self.take, do=self.show, at_once=1
        )

    async def run(self) -> None:
        """Show until `stop`."""
        await self._crew.run()

    def stop(self) -> None:
        """Begin nothing more; `run` returns when the call in hand is recorded."""
        self._crew.stop()

    async def take(self, _limit: int) -> Sequence[Due]:
        """Take what is due, if the group can bear a message now."""
        now = self._clock()
        due = await self._database.write(lambda c: topics.take_due(c, self._group_id, now))
        return [due] if due else ()

    async def show(self, due: Due) -> None:
        """Make one call of what was taken, and record what became of it."""
        try:
            await (self._make(due) if due.thread_id is None else self._post(due, due.thread_id))
        except ODD_ANSWER:
            await self._try_later(due, "the answer cannot be read")
        except TelegramError as error:
            await self._fail(due, error)
        else:
            self._trouble = ""

    async def _make(self, due: Due) -> None:
        made = await self._bot.create_forum_topic(self._group_id, title(due))
        thread_id, now = made.message_thread_id, self._clock()
        await self._database.write(lambda c: topics.made(c, due, thread_id, now))

    async def _post(self, due: Due, thread_id: int) -> None:
        page = f"{self._console}#c{due.conversation_id}" if self._console else None
        shown = post(due, self._kind_names, page)
        if due.is_shut:
            await self._shut(due, thread_id, is_shut=False)
        if shown.text:
            await self._bot.send_message(self._group_id, shown.text, message_thread_id=thread_id)
        now = self._clock()
        await self._database.write(lambda c: topics.told(c, due, shown.upto, now))
        if due.state == "closed" and shown.upto >= due.last_id:
            await self._shut(due, thread_id, is_shut=True)

    async def _shut(self, due: Due, thread_id: int, *, is_shut: bool) -> None:
        """Shut or open a topic, best-effort; one that is so already is refused."""
        call = self._bot.close_forum_topic if is_shut else self._bot.reopen_forum_topic
        try:
            await call(self._group_id, thread_id)
        except (TelegramError, *ODD_ANSWER) as error:
            _log.info("a topic was not shut or opened: %s", error)
        await self._database.write(lambda c: topics.shut(c, due, is_shut=is_shut))

    async def _fail(self, due: Due, error: TelegramError) -> None:
        """Say when to go on, and make good what can be."""
        reason, now = error.message.lower(), self._clock()
        if isinstance(error, RetryAfter):
            asked = error.wait_seconds if isinstance(error, TooManyRequests) else None
            pause = timedelta(seconds=asked) if asked else FLOOD_REST
            await self._rest(due, now + pause, now + pause)
        elif isinstance(error, BadRequest) and any(word in reason for word in GONE):
            await self._database.write(lambda c: topics.gone(c, due, now))
        elif isinstance(error, BadRequest | Forbidden | ChatMigrated | InvalidToken):
            self._complain(error)
            await self._rest(due, now + REFUSED_REST, now + REFUSED_CHAT_REST)
        else:
            await self._try_later(due, error.message)

    async def _rest(self, due: Due, until: datetime, chat_until: datetime) -> None:
        def put_off(connection: Connection) -> None:
            topics.rest(connection, self._group_id, until)
            topics.later(connection, due, chat_until)

        await self._database.write(put_off)

    async def _try_later(self, due: Due, reason: str) -> None:
        _log.info("the agents' group was not told, trying again: %s", reason)
        until = self._clock() + AGAIN
        await self._database.write(lambda c: topics.later(c, due, until))

    def _complain(self, error: TelegramError) -> None:
        """Say once what somebody must mend; the console goes on meanwhile."""
        if error.message == self._trouble:
            return
        self._trouble = error.message
        hint = (
            f"it is {error.new_chat_id} by now: set JIEFEN_TELEGRAM_AGENT_GROUP"
            if isinstance(error, ChatMigrated)
            else "it must be a group with topics, and the bot an admin who may manage them"
        )
        _log.error("the agents' group takes nothing: %s; %s", error.message, hint)
