"""Fetches updates where Telegram cannot reach us: ask, store, commit, and only then ask for more.

Telegram keeps what was not confirmed by a higher offset, so it remembers our place better than we
could: after a start we ask without an offset and get whatever was not confirmed yet; what had been
stored already is recognised. Ids may start again from a lower number after a quiet week, so the
offset follows the last batch, not the highest id ever seen.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import Any

import aiohttp

from bot.channels.telegram.health import CONFLICT, OK, TOKEN_REFUSED, UNREACHABLE, Health
from bot.channels.telegram.http import open_session
from bot.channels.telegram.intake import Intake, chat_of
from bot.delivery.retry import Backoff

POLL_SECONDS = 30  # Telegram waits this long for something to happen
ANSWER_SECONDS = 45.0  # a poll that takes longer is dead, however healthy its connection looks
BATCH = 100
AGAIN = Backoff(first_seconds=1, longest_seconds=60)
ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]

_log = logging.getLogger(__name__)


class PollRefused(Exception):
    """Telegram answered a poll with an error."""

    def __init__(self, answer: Any) -> None:
        """Keep the code and the pause that was asked for."""
        answer = answer if isinstance(answer, dict) else {}
        code, parameters = answer.get("error_code"), answer.get("parameters")
        self.code = code if isinstance(code, int) else None
        asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
        self.wait_seconds = float(asked) if isinstance(asked, int | float) else 0.0
        super().__init__(str(answer.get("description", "no reason given")))


class Poller:
    """The loop around getUpdates; its session is its own, so that it can be thrown away."""

    def __init__(
        self,
        api: str,
        token: str,
        intake: Intake,
        health: Health,
        drop_webhook: Callable[[], Awaitable[object]],
    ) -> None:
        """`drop_webhook` is called at the start and at a conflict: with one set, nobody polls."""
        self._api = api
        self._url = f"{api}{token}/getUpdates"
        self._intake = intake
        self._health = health
        self._drop_webhook = drop_webhook
        self._offset: int | None = None
        self._session: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """Poll until cancelled."""
        failures = 0
        try:
            await self._drop_webhook()
            while True:
                wait = await self._poll_once()
                failures = failures + 1 if wait is not None else 0
                if wait is not None:
                    # A broken poll may have left its connection in any state.
                    await self._close_session()
                    await asyncio.sleep(max(wait, AGAIN.wait_seconds(failures) or 0))
        finally:
            await self._close_session()

    async def _poll_once(self) -> float | None:
        """Fetch and store a batch; return None if that went well, else how long to wait."""
        try:
            updates = await self._get_updates()
        except PollRefused as error:
            return await self._note_refusal(error)
        except (aiohttp.ClientError, OSError, ValueError):
            self._health.note_poll(UNREACHABLE)
            return 0.0
        self._health.note_poll(OK)
        try:
            await self._store(updates)
        except Exception:  # nothing is confirmed, so the same batch comes again
            _log.exception("could not store a batch of updates; fetching it again")
            return 0.0
        return None if self._confirm(updates) else 0.0

    async def _get_updates(self) -> list[Any]:
        if self._session is None:
            self._session = open_session(self._api)
        form = {
            "timeout": str(POLL_SECONDS),
            "limit": str(BATCH),
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        } | ({} if self._offset is None else {"offset": str(self._offset)})
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=10)
        async with self._session.post(self._url, data=form, timeout=timeout) as response:
            answer = json.loads(await response.read())
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
            raise PollRefused(answer)
        return list(answer["result"])

    async def _store(self, updates: Sequence[Any]) -> None:
        """Store each update by itself: in order within a chat, chats side by side."""
        by_chat = groupby(sorted(updates, key=_chat_key), key=_chat_key)
        chats = [list(chat) for _, chat in by_chat]
        outcomes = await asyncio.gather(*map(self._store_chat, chats), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def _store_chat(self, updates: Sequence[Any]) -> None:
        for update in updates:
            await self._intake.take(update)

    def _confirm(self, updates: Sequence[Any]) -> bool:
        """Ask from behind this batch next time; False when it cannot be told where that is."""
        ids = [update.get("update_id") for update in updates if isinstance(update, dict)]
        numbers = [number for number in ids if isinstance(number, int)]
        if numbers:
            self._offset = max(numbers) + 1
        return bool(numbers) or not updates

    async def _note_refusal(self, error: PollRefused) -> float:
        if error.code == 409:
            self._health.note_poll(CONFLICT)
            await self._drop_webhook()
        elif error.code in {401, 404}:
            self._health.note_poll(TOKEN_REFUSED)
            return AGAIN.longest_seconds
        else:
            self._health.note_poll(UNREACHABLE)
        return error.wait_seconds

    async def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def _chat_key(update: Any) -> int:
    return chat_of(update) or 0
