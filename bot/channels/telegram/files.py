"""Fetches the photos and documents that customers sent, and has them checked by content."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from itertools import count

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram import held as rows
from bot.channels.telegram.held import Held, find_held, hear_words, refuse, release
from bot.channels.telegram.http import ODD_ANSWER, TooManyRequests
from bot.clock import Clock
from bot.delivery.retry import Backoff
from bot.delivery.wakeups import DESK, OUTBOX, WORK, Wakeups, conversation_topic
from bot.errors import NotAllowed
from bot.messages import Upload
from models.database import Database

AT_ONCE = 4  # a photo may take 20 MB of memory
LOOK_EVERY_SECONDS = 300.0  # for what another process left behind
# About ten minutes; by then the customer should rather send it again.
FETCH = Backoff(first_seconds=1, longest_seconds=60, attempts=15)
PERMANENT = (BadRequest, Forbidden, InvalidToken)  # the last one stands for any 404
NOT_RECEIVED = "您发的文件没有收到（单个文件不能超过 20 MB），请重新发送一次。"

CheckUpload = Callable[[bytes], Upload]

_log = logging.getLogger(__name__)


class Fetcher:
    """Gets what messages are held for, a few at once; a crash only makes it begin again."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        wakeups: Wakeups,
        clock: Clock,
        account: str,
        check_upload: CheckUpload,
    ) -> None:
        """`check_upload` raises NotAllowed with a sentence for the customer."""
        self._bot = bot
        self._database = database
        self._wakeups = wakeups
        self._clock = clock
        self._account = account
        self._check_upload = check_upload
        self._free = asyncio.Semaphore(AT_ONCE)
        self._in_hand: dict[Held, asyncio.Task[None]] = {}

    def fetch_soon(self, held: Held) -> None:
        """Begin to fetch, unless that was begun before."""
        if held not in self._in_hand:
            task = asyncio.create_task(self._fetch(held))
            self._in_hand[held] = task
            task.add_done_callback(lambda _: self._in_hand.pop(held, None))

    async def run(self) -> None:
        """Look for what was left behind, now and from time to time, until cancelled."""
        while True:
            try:
                find = partial(find_held, account=self._account, now=self._clock())
                for held in await self._database.read(find):
                    self.fetch_soon(held)
            except Exception:
                _log.exception("could not look for files to fetch; looking again later")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def close(self) -> None:
        """Stop fetching; what is not here yet is fetched after the next start."""
        tasks = list(self._in_hand.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch(self, held: Held) -> None:
        grace = asyncio.create_task(self._end_grace(held))
        try:
            upload = await self._get(held)
            await self._write(partial(release, held=held, upload=upload), held)
        except NotAllowed as error:
            await self._write(partial(refuse, held=held, sentence=str(error)), held)
        except Exception:  # it is still to be fetched, and the next look begins again
            _log.exception("could not take in a file of conversation %s", held.conversation_id)
            await grace
        finally:
            grace.cancel()

    async def _end_grace(self, held: Held) -> None:
        """Have the words heard when the file takes long."""
        await asyncio.sleep(rows.GRACE.total_seconds())
        try:
            await self._write(partial(hear_words, held=held), held)
        except Exception:
            _log.exception("could not have conversation %s heard", held.conversation_id)

    async def _get(self, held: Held) -> Upload:
        """Download and check; raises NotAllowed when it never will be a file that counts."""
        for failures in count(1):
            try:
                async with self._free:
                    content = await self._download(held.file_id)
                    return await asyncio.to_thread(self._check_upload, content)
            except TelegramError as error:
                wait = _wait_seconds(error, failures)
                if wait is None:
                    _log.warning("gave up fetching a file: %s", error.message)
                    raise NotAllowed(NOT_RECEIVED) from error
            await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _download(self, file_id: str) -> bytes:
        try:
            file = await self._bot.get_file(file_id)
        except ODD_ANSWER as error:
            raise BadRequest("getFile was answered oddly") from error
        if not file.file_path:
            raise BadRequest("the file has no path")
        return bytes(await file.download_as_bytearray())

    async def _write(self, write: Callable[..., bool], held: Held) -> None:
        if await self._database.write(partial(write, now=self._clock())):
            topic = conversation_topic(held.conversation_id)
            self._wakeups.notify(WORK, OUTBOX, DESK, topic)


def _wait_seconds(error: TelegramError, failures: int) -> float | None:
    if isinstance(error, PERMANENT):
        return None
    wait = FETCH.wait_seconds(failures)
    asked = error.wait_seconds if isinstance(error, TooManyRequests) else 0.0
    return None if wait is None else max(wait, asked)
