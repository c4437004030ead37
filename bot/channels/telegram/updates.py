"""From Telegram's update to our InboundMessage; knows no database and makes no call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from telegram import CallbackQuery, Message, Update, User

from bot.errors import JiefenError
from bot.http.bodies import storable
from bot.messages import InboundMessage, MessageKind

CHANNEL = "telegram"
TAIL_IN = 7  # digits; a shorter number is no telephone's
NAME_AT_MOST = 128  # characters; a first and a last name together may be one longer
DOWNLOAD_AT_MOST = 20_000_000  # bytes; what Telegram lets a bot download
COMMAND = re.compile(r"/([A-Za-z]\w*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.ASCII)
GREETING = "你好"
COMMANDS = {"start": GREETING, "human": "转人工"}
# Stickers that say thank you, whoever drew them.
THANKS = frozenset("👍👌🙏🤝❤💕💖😊☺🥰😘🌹💐👏🫶")
# Whatever the bot cannot read is still a message, so that the customer gets an answer. A GIF is
# also a document, so it stands first.
PLACEHOLDERS = {
    "voice": "[语音]",
    "audio": "[语音]",
    "animation": "[动图]",
    "video": "[视频]",
    "video_note": "[视频]",
    "sticker": "[表情]",
    "dice": "[表情]",
    "document": "[文件]",
    "location": "[位置]",
    "contact": "[名片]",
    "poll": "[投票]",
    "story": "[动态]",
    "paid_media": "[图片]",
    "checklist": "[清单]",
    "api_kwargs": "[暂不支持的消息]",  # kinds that are newer than the library
}
MESSAGE_ID = "telegram_message_id"
FILE = "telegram_file"  # the same for the same content, whoever sends it
FILE_ID = "telegram_file_id"  # what getFile wants


class UnreadableUpdate(JiefenError):
    """The update is not what Telegram's documents describe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in by one update; a file is named in the message's data, to be fetched later."""

    message: InboundMessage
    is_edit: bool = False
    query_id: str | None = None  # a button's tap, which Telegram wants confirmed

    @property
    def file_id(self) -> str | None:
        """Return what to ask getFile for, if there is a file to fetch."""
        return cast("str | None", self.message.data.get(FILE_ID))


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    kind: MessageKind = "text"
    data: Mapping[str, Any] | None = None


def read_update(raw: object, account: str, now: datetime) -> Arrival | None:
    """Return what a customer sent, or None when it is nothing for us; raises UnreadableUpdate."""
    try:
        update = Update.de_json(_numbered(raw), None)
        return _read_query(update, account, now) or _read_message(update, account, now)
    except Exception as error:  # the library raises whatever a wrong shape leads it to
        raise UnreadableUpdate(f"{type(error).__name__}: {error}") from error


def _numbered(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        raise TypeError("an update is an object with a number")
    return raw


def _read_message(update: Update, account: str, now: datetime) -> Arrival | None:
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private":
        return None  # groups, channels and news about the bot itself
    content = _content(message)
    if content is None:
        return None
    is_edit = update.message is None
    said_at = message.edit_date if is_edit and message.edit_date else message.date
    incoming = InboundMessage(
        channel=CHANNEL,
        account=account,
        chat_id=str(message.chat.id),
        external_id=f"update:{update.update_id}",
        kind=content.kind,
        at=min(said_at, now),
        text=storable(content.text),
        customer_name=_name(message.from_user),
        # In a private chat the chat's id is the customer's.
        telegram_id=message.from_user.id if message.from_user else message.chat.id,
        data={MESSAGE_ID: str(message.message_id), **(content.data or {})},
    )
    return Arrival(message=incoming, is_edit=is_edit)


def _read_query(update: Update, account: str, now: datetime) -> Arrival | None:
    query = update.callback_query
    if query is None or not query.data:
        return None
    if query.message and query.message.chat.type != "private":
        return None
    incoming = InboundMessage(
        channel=CHANNEL,
        account=account,
        chat_id=str(query.message.chat.id if query.message else query.from_user.id),
        external_id=f"update:{update.update_id}",
        kind="choice",
        at=now,  # Telegram does not say when
        text=storable(_label(query)),
        choice=storable(query.data),
        customer_name=_name(query.from_user),
        telegram_id=query.from_user.id,
    )
    return Arrival(message=incoming, query_id=query.id)


def _content(message: Message) -> _Content | None:
    if message.text is not None:
        return _command(message.text) or _Content(message.text)
    return (
        _photo(message)
        or _document(message)
        or _own_contact(message)
        or _sticker(message)
        or _placeholder(message)
    )


def _command(text: str) -> _Content | None:
    """Return what a command means; an unknown one greets, or says what stands behind it."""
    match = COMMAND.fullmatch(text.strip())
    if match is None:
        return None
    rest = match[2] or ""
    data = {"typed": storable(text)} | ({"payload": storable(rest)} if rest else {})
    meant = COMMANDS.get(match[1].lower()) or rest.strip() or GREETING
    return _Content(meant, data=data)


def _own_contact(message: Message) -> _Content | None:
    """Read the sender's own card, for whose number Telegram vouches, as the number's tail."""
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        return None
    digits = re.sub(r"\D", "", contact.phone_number)
    return _Content(f"手机尾号{digits[-4:]}") if len(digits) >= TAIL_IN else None


def _sticker(message: Message) -> _Content | None:
    """Read a sticker as the emoji that it stands for: it says no more than that."""
    emoji = (message.sticker.emoji or "") if message.sticker else ""
    if not emoji:
        return None
    return _Content("谢谢" if THANKS.intersection(emoji) else emoji)


def _photo(message: Message) -> _Content | None:
    if not message.photo:
        return None
    small_enough = [s for s in message.photo if (s.file_size or 0) <= DOWNLOAD_AT_MOST]
    best = max(small_enough or message.photo, key=lambda size: size.width * size.height)
    return _file(message, best.file_id, best.file_unique_id, "photo")


def _document(message: Message) -> _Content | None:
    document = message.document
    mime = (document.mime_type or "") if document and not message.animation else ""
    if document is None or not mime.startswith(("image/", "application/pdf")):
        return None
    kind: MessageKind = "photo" if mime.startswith("image/") else "file"
    return _file(message, document.file_id, document.file_unique_id, kind)


def _file(message: Message, file_id: str, unique_id: str, kind: MessageKind) -> _Content:
    return _Content(message.caption or "", kind, {FILE_ID: file_id, FILE: unique_id})


def _placeholder(message: Message) -> _Content | None:
    for name, shown in PLACEHOLDERS.items():
        if getattr(message, name):
            return _Content(f"{shown} {message.caption or ''}".rstrip())
    return None  # a service message: a pin, a changed photo


def _label(query: CallbackQuery) -> str:
    """Return what the tapped button said, so that people can read what was chosen."""
    markup = getattr(query.message, "reply_markup", None)
    rows = markup.inline_keyboard if markup else ()
    buttons = (button for row in rows for button in row)
    return next((str(b.text) for b in buttons if b.callback_data == query.data), "")


def _name(user: User | None) -> str:
    return str(storable(user.full_name))[:NAME_AT_MOST] if user else ""
