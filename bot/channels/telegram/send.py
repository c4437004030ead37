"""Messages out: one reply becomes one or more Telegram messages, and every outcome a result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.health import OK, UNREACHABLE, Health
from bot.channels.telegram.http import ODD_ANSWER, TooManyRequests, never_left
from bot.channels.telegram.text import shorten, split
from bot.messages import (
    Failed,
    Option,
    OutboundMessage,
    RetryLater,
    SendResult,
    Sent,
    Unknown,
)

TEXT_AT_MOST = 4096  # UTF-16 units of one message
LABEL_AT_MOST = 48  # columns; a phone shows about 24 Chinese characters of a button
OPTION_ID_AT_MOST = 64  # bytes of callback_data
TOKEN_WAIT_SECONDS = 300.0  # somebody has to mend the settings first

Moved = Callable[[str, int], Awaitable[None]]


class TelegramChannel:
    """The way to customers on Telegram."""

    name = "telegram"

    def __init__(self, bot: Bot, health: Health, moved: Moved) -> None:
        """`moved` writes down that a chat has a new id."""
        self._bot = bot
        self._health = health
        self._moved = moved

    async def send(self, message: OutboundMessage) -> SendResult:
        """Send a reply, or what is left of it, its buttons under the last part."""
        parts = split(message.text, TEXT_AT_MOST)
        buttons = [None] * (len(parts) - 1) + [keyboard(message.options)]
        result: SendResult = Sent()
        for number in range(message.parts_sent, len(parts)):
            result = await self._send_part(message.chat_id, parts[number], buttons[number])
            if not isinstance(result, Sent):
                return result if number == 0 else _cut(result, number, len(parts))
        return result

    async def _send_part(
        self, chat_id: str, text: str, markup: InlineKeyboardMarkup | None
    ) -> SendResult:
        try:
            return await self._call(chat_id, text, markup)
        except ChatMigrated as error:
            return await self._send_to_new_chat(chat_id, error.new_chat_id, text, markup)
        except TelegramError as error:
            self._note(error)
            return judge(error)

    async def _send_to_new_chat(
        self, old_id: str, new_id: int, text: str, markup: InlineKeyboardMarkup | None
    ) -> SendResult:
        await self._moved(old_id, new_id)
        try:
            return await self._call(str(new_id), text, markup)
        except TelegramError as error:
            return judge(error)

    async def _call(self, chat_id: str, text: str, markup: InlineKeyboardMarkup | None) -> Sent:
        try:
            sent = await self._bot.send_message(chat_id, text, reply_markup=markup)
        except ODD_ANSWER:
            # Telegram said yes; only its description of the message cannot be read.
            return Sent()
        self._health.note(OK)
        return Sent(sent_as=str(sent.message_id))

    def _note(self, error: TelegramError) -> None:
        self._health.note_refusal(error)
        if never_left(error):
            self._health.note(UNREACHABLE)


def judge(error: TelegramError) -> SendResult:
    """Say what a failed call means for the message: did it leave, and is it worth another try."""
    match error:
        case TooManyRequests(wait_seconds=seconds):
            return RetryLater(wait_seconds=seconds, reason=error.message)
        case RetryAfter():
            return RetryLater(wait_seconds=5.0, reason=error.message)
        case Forbidden():
            return Failed(reason=f"unreachable: {error.message}")
        case InvalidToken():
            return RetryLater(wait_seconds=TOKEN_WAIT_SECONDS, reason="the token was refused")
        case BadRequest():
            return Failed(reason=error.message)
        case NetworkError() if never_left(error):
            return RetryLater(wait_seconds=0.0, reason=error.message)
        case _:
            return Unknown(reason=error.message)


def keyboard(options: Sequence[Option]) -> InlineKeyboardMarkup | None:
    """Return one button a row, or nothing."""
    rows = [
        [InlineKeyboardButton(shorten(option.label, LABEL_AT_MOST), callback_data=option.id)]
        for option in options
        if 0 < len(option.id.encode()) <= OPTION_ID_AT_MOST
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _cut(result: RetryLater | Unknown | Failed, sent: int, parts: int) -> RetryLater | Unknown:
    """The customer has a part of the reply: what surely did not leave goes out later, without it.

    All else is unknown; sending all of it again would repeat that part.
    """
    if isinstance(result, RetryLater):
        return replace(result, parts_sent=sent)
    return Unknown(reason=f"only {sent} of {parts} parts were sent: {result.reason}")
