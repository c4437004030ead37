"""What agents write in the group, as the deeds of staff that it stands for.

Who may do what is decided where the console's deeds are (`StaffCommands`); here only who it is
and which chat. Nothing of it is taken for a customer's words, and nobody unknown gets a word in.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from telegram import Bot, Message, ReplyParameters, Update
from telegram.error import BadRequest

from bot.channels.telegram.best_effort import BestEffort
from bot.channels.telegram.group import topics
from bot.channels.telegram.group.showing import HELP
from bot.clock import Clock
from bot.conversation.commands import StaffCommands
from bot.delivery import outbox
from bot.delivery.wakeups import COMMANDS, DESK, OUTBOX, WORK, Wakeups, conversation_topic
from bot.desk.permissions import Permission, check_may
from bot.desk.staff import Staff, staff_by_telegram
from bot.errors import NotAllowed
from bot.http.bodies import storable
from models import conversation
from models.database import Database

DONE = "👌"  # under what was obeyed; what is not obeyed is answered in words
DONE_IN_WORDS = "收到，已办。"
COMMAND = re.compile(r"/([A-Za-z]\w*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.ASCII)
SLASHES = ("/", "／")
UNKNOWN = (
    "还没有登记您是哪位同事，这条没有发给顾客。请管理员运行：jiefen staff telegram 姓名 {number}"
)
ANONYMOUS = "匿名管理员认不出是哪位同事，这条没有发给顾客。请关闭“匿名”后再发。"
LATE = "这条命令到得比后面的晚，没有执行；还需要的话请再发一次。"
NO_FORWARDS = "转发的内容没有发给顾客；要发请自己写一遍。"
NO_FILES = "这里只能发文字，照片和文件没有发给顾客。"
NO_EDITS = "改动没有发给顾客：已经发出的话改不了，请另发一条更正。"
NOT_HELD = "这条没有发给顾客：会话由机器人接待。要自己接待请先发 /take。"
CLOSED = "这条没有发给顾客：会话已经结束。"
NO_WORDS = "请在 /note 后面写上内容。"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A message in one of the group's topics."""

    message_id: int
    thread_id: int
    user_id: int
    is_anonymous: bool
    is_edit: bool
    is_forward: bool
    text: str | None  # None: a file, a sticker, whatever has no words


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the chat that it changed, or the words that say why nothing did."""

    conversation_id: int | None = None
    answer: str = ""


class Deeds:
    """The one door for updates of the agents' group."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        wakeups: Wakeups,
        clock: Clock,
        commands: StaffCommands,
        group_id: int,
    ) -> None:
        """Begin with nothing in hand."""
        self._bot = bot
        self._database = database
        self._wakeups = wakeups
        self._clock = clock
        self._commands = commands
        self.group_id = group_id
        self._calls = BestEffort()

    def is_from_group(self, raw: object) -> bool:
        """Tell whether an update is of the agents' group, and so of no customer."""
        update = raw if isinstance(raw, dict) else {}
        query = update.get("callback_query")
        inner = query.get("message") if isinstance(query, dict) else None
        places = (update.get("message"), update.get("edited_message"), inner)
        chats = (place.get("chat") for place in places if isinstance(place, dict))
        return any(isinstance(chat, dict) and chat.get("id") == self.group_id for chat in chats)

    async def take(self, raw: object) -> None:
        """Do what an update asks for; on return it is committed.

        Raises when the database cannot take it: Telegram sends it again, and it is done once.
        """
        try:
            written = read_written(raw)
        except Exception:  # the library raises whatever a wrong shape leads it to
            _log.exception("an update of the agents' group cannot be read")
            return
        if written is None:
            return
        now = self._clock()
        done = await self._database.write(lambda c: self._obey(c, written, now))
        if done.conversation_id is not None:
            here = conversation_topic(done.conversation_id)
            self._wakeups.notify(WORK, OUTBOX, COMMANDS, DESK, here)
        self._tell(written, done)

    async def close(self) -> None:
        """Drop what was not told yet."""
        await self._calls.close()

    def _obey(self, connection: Connection, written: Written, now: datetime) -> Done:
        here = topics.chat_of_thread(connection, self.group_id, written.thread_id)
        if here is None:
            return Done()  # a topic of the agents' own
        if written.is_anonymous:
            return Done(answer=ANONYMOUS)
        by = staff_by_telegram(connection, written.user_id)
        if by is None:
            return Done(answer=UNKNOWN.format(number=written.user_id))
        if refusal := _refusal(written):
            return Done(answer=refusal)
        try:
            with connection.begin_nested():
                return self._do(connection, by, here, written, now)
        except NotAllowed as error:
            return Done(answer=f"没有办成：{error}")

    def _do(
        self, connection: Connection, by: Staff, here: int, written: Written, now: datetime
    ) -> Done:
        check_may(by.role, Permission.CONVERSATION_REPLY)
        text = storable(written.text or "")
        command = COMMAND.fullmatch(text.strip())
        if command is None and text.lstrip().startswith(SLASHES):
            return Done(answer=HELP)  # a note written askew is for no customer
        if command is None:
            return self._reply(connection, by, here, written, text, now)
        name, words = command[1].lower(), (command[2] or "").strip()
        deeds = {
            "take": self._commands.take,
            "return": self._commands.return_to_bot,
            "close": self._commands.close,
        }
        if name == "note":
            if not words:
                return Done(answer=NO_WORDS)
            self._commands.note(connection, by, here, words, now, client_id=_key(self, written))
            return Done(here)
        if name not in deeds:
            return Done(answer=HELP)
        if topics.is_first_hearing(connection, here, written.message_id):
            deeds[name](connection, by, here, now)
        elif not topics.was_heard(connection, here, written.message_id):
            return Done(answer=LATE)
        return Done(here)

    def _reply(
        self,
        connection: Connection,
        by: Staff,
        here: int,
        written: Written,
        text: str,
        now: datetime,
    ) -> Done:
        """Answer the customer; who answers somebody waiting takes the chat with it."""
        key = _key(self, written)
        known = outbox.find(connection, here, f"staff:{by.id}:{key}")
        if known is not None:
            return Done(here)
        state = connection.execute(
            select(conversation.c.state).where(conversation.c.id == here).with_for_update()
        ).scalar_one()
        if state in {"bot", "closed"}:
            return Done(answer=CLOSED if state == "closed" else NOT_HELD)
        if state == "queued":
            self._commands.take(connection, by, here, now)
        self._commands.reply(connection, by, here, text, now, client_id=key)
        return Done(here)

    def _tell(self, written: Written, done: Done) -> None:
        if done.conversation_id is None and not done.answer:
            return
        self._calls.begin(
            self._answer(written, done.answer), "an agent was not told what came of a message"
        )

    async def _answer(self, written: Written, answer: str) -> None:
        """Say what came of it; where a group allows no signs, what was done is said in words."""
        if not answer:
            try:
                await self._bot.set_message_reaction(self.group_id, written.message_id, DONE)
            except BadRequest:
                answer = DONE_IN_WORDS
            else:
                return
        await self._bot.send_message(
            self.group_id, answer, message_thread_id=written.thread_id,
            reply_parameters=ReplyParameters(written.message_id, allow_sending_without_reply=True),
        )  # fmt: skip


def _refusal(written: Written) -> str:
    """Return why it is nothing to be sent; empty where it may be."""
    if written.is_edit:
        return NO_EDITS
    if written.is_forward:
        return NO_FORWARDS
    return NO_FILES if written.text is None else ""


def read_written(raw: object) -> Written | None:
    """Return what somebody wrote in a topic, or None when it is nobody's words.

    Raises whatever a wrong shape leads the library to.
    """
    update = Update.de_json(raw, None) if isinstance(raw, dict) else None
    message = (update.message or update.edited_message) if update else None
    if update is None or message is None or not message.is_topic_message:
        return None  # a tap, or the group's general talk
    sender = message.from_user
    is_anonymous = message.sender_chat is not None  # the group itself, or somebody's channel
    if sender is None or (sender.is_bot and not is_anonymous) or _is_service(message):
        return None
    return Written(
        message_id=message.message_id,
        thread_id=message.message_thread_id or 0,
        user_id=sender.id,
        is_anonymous=is_anonymous,
        is_edit=update.message is None,
        is_forward=message.forward_origin is not None,
        text=message.text,
    )


def _is_service(message: Message) -> bool:
    """Tell whether it only says that something changed: a topic, a pin, a member."""
    return message.text is None and message.effective_attachment is None


def _key(deeds: Deeds, written: Written) -> str:
    """Return what makes it arrive once, however often Telegram sends it."""
    return f"{topics.WRITTEN_HERE}{deeds.group_id}:{written.message_id}"
