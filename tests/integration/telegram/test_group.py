"""Agents answer customers in a group of Telegram: a topic shows a chat, and takes deeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram.build import TelegramParts
from bot.channels.telegram.group.mirror import Mirror
from bot.desk import staff as accounts
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.messages import Upload
from bot.orders.book import OrderBook
from bot.orders.demo import demo_orders
from models import Database, conversation, message, topic
from tests.bot_api_server import BotApiServer, Cut, Refusal, group_update
from tests.factories import NOW, HandClock
from tests.integration.conversation.conftest import LATE, Book, Chat, Ear, Room
from tests.integration.telegram.conftest import Build
from tests.integration.telegram.house import eventually

GROUP = -1001234
WANG, LI = 501, 502  # their numbers on Telegram
GONE = Refusal(400, "Bad Request: message thread not found")


@dataclass
class House:
    """A room with a web chat, and the agents' group on loopback, one step at a time."""

    room: Room
    server: BotApiServer
    parts: TelegramParts
    chat: Chat

    @property
    def mirror(self) -> Mirror:
        """Return what shows chats in the group."""
        assert self.parts.mirror is not None
        return self.parts.mirror

    async def show(self, mirror: Mirror | None = None, *, at_most: int = 20) -> int:
        """Let the group be told all that is due; return in how many calls."""
        mirror = mirror or self.mirror
        for calls in range(at_most):
            self.room.clock.advance(seconds=4)
            due = await mirror.take(1)
            if not due:
                return calls
            await mirror.show(due[0])
        raise AssertionError("the group is told for ever")

    async def write(
        self, text: str | None, *, user: int = WANG, again: int = 0, **more: Any
    ) -> int:
        """Let somebody write in the chat's topic; return the update's id, which may come again."""
        number = again or self.server.next_update_id()
        (thread,) = self.server.threads
        update = group_update(number, text, group=GROUP, thread=thread, user=user, **more)
        await self.parts.intake.take(update)
        return number

    def posts(self) -> list[str]:
        """Return what stands in the group, oldest first."""
        return [one["text"] for one in self.server.sent if one["chat"]["id"] == GROUP]

    async def state(self) -> tuple[str, str | None]:
        """Return who has the chat."""
        found = await self.room.conversation(self.chat)
        return found["state"], found["owner"].get("name")

    async def answered(self, words: str) -> None:
        """Wait until the group was answered with these words."""
        await eventually(lambda: any(words in one for one in self.posts()))

    async def hire(self, name: str, number: int) -> Staff:
        """Add an agent whom the group knows."""
        now = self.room.clock()
        add = partial(accounts.add, name=name, role=Role.AGENT, now=now)
        agent, _ = await self.room.database.write(add)
        await self.room.database.write(lambda c: accounts.set_telegram(c, agent, number, now))
        return agent


@pytest.fixture
async def house(database: Database, clock: HandClock, server: BotApiServer, build: Build) -> House:
    """The demo's orders, an agent whom the group knows, and a customer who waits for a person."""
    parts = await build(database, agent_group=GROUP)
    book = OrderBook(database, clock)
    await book.put(demo_orders(NOW))
    room = Room(database, clock, Ear(), Book(book))
    made = House(room, server, parts, room.chat())
    await made.hire("小王", WANG)
    await made.chat.offered()
    room.ear.learn("转人工", intent="want_human")
    await made.chat.say("转人工")
    return made


async def test_who_waits_for_a_person_gets_a_topic_that_tells_all_of_it(house: House) -> None:
    assert await house.show() == 2
    (topic_made,) = house.server.threads.values()
    assert f"会话{house.chat.id}" in topic_made["name"]
    (post,) = house.posts()
    page = f"https://shop.example/console#c{house.chat.id}"
    assert all(words in post for words in ("顾客在等人工：要求人工（L1）", LATE, page, "/take"))
    assert "政策允许：退款 ¥199.00；补偿 ¥9.95；加急处理" in post
    assert "顾客 10:00：转人工" in post
    assert await house.show() == 0


async def test_chats_of_the_bot_are_not_shown(house: House) -> None:
    content = house.room.chat()
    await content.offered("JF", tail="1")
    await house.show()
    assert len(house.server.threads) == 1


async def test_what_comes_later_goes_into_the_same_topic_in_one_post(house: House) -> None:
    await house.show()
    await house.chat.send("在吗")
    await house.chat.send("急")
    assert await house.show() == 1
    assert len(house.server.threads) == 1
    assert "在吗" in house.posts()[-1]
    assert "急" in house.posts()[-1]


async def test_an_answer_in_the_topic_takes_the_chat_and_reaches_the_customer_once(
    house: House,
) -> None:
    await house.show()
    number = await house.write("您好，我来帮您看")
    await house.write("您好，我来帮您看", again=number)
    assert await house.state() == ("with_person", "小王")
    said = await house.chat.said()
    assert said.count("您好，我来帮您看") == 1
    assert "小王已接入，为您服务。" in said
    await eventually(lambda: house.server.called("setMessageReaction"))
    await house.show()
    assert "👤 小王 接待中" in house.posts()[-1]
    assert not any("我来帮您看" in post for post in house.posts())  # it stands there already


async def test_the_bot_is_silent_while_a_person_has_the_chat(house: House) -> None:
    await house.show()
    await house.write("/take")
    before = await house.chat.said()
    await house.chat.say("好的")
    assert await house.chat.said() == before


async def test_given_back_and_closed_from_the_topic(house: House) -> None:
    await house.show()
    await house.write("/take@jiefen_test_bot")
    await house.write("/return")
    assert await house.state() == ("bot", None)
    await house.room.settle()
    await house.show()
    assert any("已交还机器人" in post for post in house.posts())
    await house.write("还有人吗")
    await house.answered("会话由机器人接待")
    assert "还有人吗" not in await house.chat.said()
    await house.write("/take")
    await house.write("/close")
    assert await house.state() == ("closed", None)
    await house.show()
    (only,) = house.server.threads.values()
    assert only["closed"]


async def test_who_comes_back_finds_the_topic_open_again(house: House) -> None:
    await house.show()
    await house.write("/take")
    await house.write("/close")
    await house.show()
    await house.chat.say("转人工")
    await house.show()
    (only,) = house.server.threads.values()
    assert not only["closed"]
    assert "顾客在等人工" in house.posts()[-1]


async def test_a_command_is_obeyed_once_however_late_it_comes_again(house: House) -> None:
    await house.show()
    await house.write("/take")
    number = await house.write("/return")
    await house.write("/take")
    await house.write("/return", again=number)
    assert await house.state() == ("with_person", "小王")


async def test_a_command_that_comes_after_a_later_one_is_not_obeyed(house: House) -> None:
    await house.show()
    early = house.server.next_update_id()
    await house.write("/take")
    await house.write("/return", again=early)
    await house.answered("没有执行")
    assert await house.state() == ("with_person", "小王")


async def test_where_no_signs_are_allowed_it_is_said_in_words(house: House) -> None:
    await house.show()
    house.server.fail("setMessageReaction", Refusal(400, "Bad Request: REACTION_INVALID"))
    await house.write("/take")
    await house.answered("收到，已办。")


async def test_a_note_stays_among_colleagues(house: House) -> None:
    await house.show()
    await house.write("/note 老顾客，客气点")
    assert await house.state() == ("queued", None)
    assert not any("老顾客" in text for text in await house.chat.said())
    found = await house.room.conversation(house.chat)
    assert [m["text"] for m in found["messages"] if m["kind"] == "note"] == ["老顾客，客气点"]


STRANGER = "还没有登记您是哪位同事"
ITSELF = {"id": GROUP, "type": "supergroup", "title": "群"}
CHANNEL = {"id": -100777, "type": "channel", "title": "促销"}
FORWARDED = {
    "type": "user", "date": 1_795_485_000,
    "sender_user": {"id": 9, "is_bot": False, "first_name": "某"},
}  # fmt: skip
STICKER = {
    "file_id": "s", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9,
    "is_animated": False, "is_video": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "more", "answer"),
    [
        ("在吗", {"user": 999}, STRANGER),
        ("在吗", {"user": 999}, "jiefen staff telegram 姓名 999"),
        ("在吗", {"sender_chat": ITSELF}, "匿名管理员"),
        (None, {"sticker": STICKER}, "只能发文字"),
        ("改了", {"edit_date": 1_795_485_700}, "改动没有发给顾客"),
        ("亲，已经给您退了", {"forward_origin": FORWARDED}, "转发的内容没有发给顾客"),
        ("在吗", {"sender_chat": CHANNEL}, "匿名管理员"),
        ("/frobnicate", {}, "/take 接待"),
        ("/note", {}, "请在 /note 后面写上内容"),
        ("/note：他像是职业打假", {}, "/take 接待"),
        ("/note他像是职业打假", {}, "/take 接待"),
        ("／note 他像是职业打假", {}, "/take 接待"),
        ("/备注 他像是职业打假", {}, "/take 接待"),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_answered_and_reaches_no_customer(
    house: House, text: str | None, more: dict[str, Any], answer: str
) -> None:
    await house.show()
    before = await house.chat.said()
    await house.write(text, **more)
    await house.answered(answer)
    assert await house.chat.said() == before
    assert await house.state() == ("queued", None)


@pytest.mark.parametrize(
    "more",
    [
        {"forum_topic_created": {"name": "x", "icon_color": 1}},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": ITSELF}},
    ],
)  # fmt: skip
async def test_news_about_the_topic_are_nobodys_words(house: House, more: dict[str, Any]) -> None:
    await house.show()
    await house.write(None, **more)
    assert await house.state() == ("queued", None)
    assert len(house.posts()) == 1


async def test_other_talk_of_the_group_is_left_alone(house: House) -> None:
    await house.show()
    update = group_update(1, "中午吃什么", group=GROUP, thread=77, user=WANG)
    await house.parts.intake.take(update)
    general = replace_in(update, is_topic_message=False)
    await house.parts.intake.take(general)
    await house.parts.intake.take({"update_id": 3, "message": {"chat": {"id": GROUP}}})
    found = await house.room.database.read(lambda c: c.execute(select(conversation.c.id)).all())
    assert len(found) == 1  # no customer's chat came of it
    assert len(house.posts()) == 1


def replace_in(update: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the update with another message."""
    return {"update_id": 2, "message": {**update["message"], **more}}


async def test_two_agents_do_not_both_answer(house: House) -> None:
    await house.hire("小李", LI)
    await house.show()
    await house.write("您好")
    await house.write("您好，我是小李", user=LI)
    await house.answered("已由小王接待")
    assert "您好，我是小李" not in await house.chat.said()
    await house.write("/take", user=LI)
    assert await house.state() == ("with_person", "小王")


async def test_who_left_is_known_no_more(house: House) -> None:
    await house.show()
    now = house.room.clock()
    await house.room.database.write(
        lambda c: accounts.disable(c, accounts.staff_by_name(c, "小王").id, now)  # type: ignore[union-attr]
    )
    await house.write("您好")
    await house.answered(STRANGER)


async def test_personal_data_and_photos_are_not_shown_in_the_group(house: House) -> None:
    await house.show()
    await house.chat.send("我电话13812345678")
    await house.chat.send(kind="photo", upload=Upload(content=b"picture", mime="image/png"))
    await house.show()
    assert "138****5678" in house.posts()[-1]
    assert "13812345678" not in "".join(house.posts())
    assert "[照片或文件，接待后在控制台查看]" in house.posts()[-1]


async def test_a_colleague_in_the_console_is_seen_in_the_topic(house: House) -> None:
    await house.show()
    boss = await house.room.hire("小赵")
    now = house.room.clock()
    await house.room.database.write(
        lambda c: house.room.commands.take(c, boss, house.chat.id, now)
    )
    await house.room.database.write(
        lambda c: house.room.commands.reply(c, boss, house.chat.id, "我在控制台", now)
    )
    await house.show()
    assert "👤 小赵 接待中" in house.posts()[-1]
    assert "小赵 10:00：我在控制台" in house.posts()[-1]


async def test_a_reply_that_may_not_have_arrived_is_told_once(house: House) -> None:
    await house.show()
    await house.write("您好")
    await house.show()
    m = message.c
    lost = (
        message.update()
        .where(m.conversation_id == house.chat.id, m.text == "您好")
        .values(state="unknown")
    )
    await house.room.database.write(lambda c: c.execute(lost))
    assert await house.show() == 1
    assert "可能没送到顾客：您好" in house.posts()[-1]
    assert await house.show() == 0


async def test_a_reply_lost_behind_the_end_is_told(house: House) -> None:
    await house.show()
    await house.write("您好")
    m = message.c
    here = (m.conversation_id == house.chat.id, m.text == "您好")
    await house.room.database.write(
        lambda c: c.execute(message.update().where(*here).values(state="sending"))
    )
    await house.write("/close")
    await house.show()
    await house.room.database.write(
        lambda c: c.execute(message.update().where(*here).values(state="failed"))
    )
    await house.show()
    assert "可能没送到顾客：您好" in house.posts()[-1]
    assert await house.show() == 0


async def test_the_rest_of_long_talk_is_told_after_the_end(house: House) -> None:
    await house.show()
    for number in range(8):
        await house.chat.send(f"第{number}条" + "啊" * 900)
    await house.write("/take")
    await house.write("/close")
    await house.show()
    assert all(f"第{number}条" in "".join(house.posts()) for number in range(8))
    (only,) = house.server.threads.values()
    assert only["closed"]


async def test_a_deleted_topic_is_made_again_and_shows_the_chat_anew(house: House) -> None:
    await house.show()
    house.server.threads.clear()
    await house.chat.send("在吗")
    await house.show()
    assert len(house.server.threads) == 1
    assert "顾客在等人工" in house.posts()[-1]
    assert "在吗" in house.posts()[-1]
    await house.write("您好")
    assert await house.state() == ("with_person", "小王")


async def test_flood_is_obeyed(house: House) -> None:
    await house.show()
    house.server.fail("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 30}))
    await house.chat.send("在吗")
    assert await house.show() == 1
    assert await house.show() == 0
    house.room.clock.advance(seconds=30)
    assert await house.show() == 1
    assert "在吗" in house.posts()[-1]


@pytest.mark.parametrize("failure", [Refusal(502, "Bad Gateway"), Cut(carried_out=False)])
async def test_no_answer_is_tried_again(house: House, failure: Any) -> None:
    await house.show()
    house.server.fail("sendMessage", failure)
    await house.chat.send("在吗")
    await house.show()
    house.room.clock.advance(seconds=20)
    await house.show()
    assert "在吗" in house.posts()[-1]


async def test_a_group_that_takes_nothing_is_complained_of_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.server.fail("createForumTopic", *[Refusal(400, "Bad Request: not enough rights")] * 3)
    for _ in range(3):
        await house.show()
        house.room.clock.advance(seconds=301)
    assert [r.getMessage() for r in caplog.records if "agents' group" in r.getMessage()] == [
        "the agents' group takes nothing: Not enough rights; it must be a group with topics, and "
        "the bot an admin who may manage them"
    ]
    await house.show()
    assert len(house.posts()) == 1


async def test_several_processes_tell_nothing_twice_and_keep_the_pace(
    house: House, build: Build
) -> None:
    others = await build(house.room.database, agent_group=GROUP)
    assert others.mirror is not None
    now = house.room.clock
    for _ in range(30):
        now.advance(seconds=1)
        for mirror in (house.mirror, others.mirror):
            for due in await mirror.take(1):
                assert await others.mirror.take(1) == ()  # while one speaks
                await mirror.show(due)
    assert len(house.server.threads) == 1
    assert len(house.posts()) == 1


async def test_a_process_that_died_while_telling_is_stood_in_for(house: House) -> None:
    await house.show()
    await house.chat.send("在吗")
    house.room.clock.advance(seconds=4)
    assert await house.mirror.take(1)  # and never shown
    assert await house.show() == 0
    house.room.clock.advance(seconds=60)
    assert await house.show() == 1
    assert "在吗" in house.posts()[-1]


async def test_long_talk_is_told_in_several_posts_without_losing_a_line(house: House) -> None:
    await house.show()
    for number in range(12):
        await house.chat.send(f"第{number}条" + "啊" * 900)
    await house.show()
    told = "".join(house.posts())
    assert all(f"第{number}条" in told for number in range(12))
    assert len(house.posts()) > 2


async def test_another_group_is_shown_the_chats_anew(house: House, build: Build) -> None:
    await house.show()
    moved = await build(house.room.database, agent_group=GROUP - 1)
    await house.show(moved.mirror)
    (row,) = await house.room.database.read(lambda c: c.execute(select(topic)).all())
    assert row.group_id == GROUP - 1
    assert house.server.sent[-1]["chat"]["id"] == GROUP - 1
