"""A customer who writes to an agent and hears nothing is not forgotten."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.cli import shop
from bot.conversation.put_back import put_back
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed, StorageError
from models import conversation, event
from tests.factories import HandClock
from tests.integration.conversation.conftest import (
    LATE,
    SLOW,
    Chat,
    Room,
    agent_in,
    overdue,
    promised,
)


async def held(room: Room) -> tuple[Chat, Staff]:
    """Return a chat in which an agent has answered once, after 转人工, and who that is."""
    chat = await room.chat().offered()
    room.ear.learn("转人工", intent="want_human")
    await chat.say("转人工")
    agent = await agent_in(room, chat)
    await answer(room, chat, agent)
    return chat, agent


async def answer(room: Room, chat: Chat, agent: Staff) -> None:
    """Let the agent answer the customer."""
    said = partial(room.commands.reply, staff=agent, conversation_id=chat.id, text="我来看看")
    await room.database.write(lambda c: said(c, now=room.clock()))


class TestUnanswered:
    """Whoever writes to an agent is answered in time, or by somebody else."""

    async def test_a_message_to_an_agent_is_to_be_answered(self, room: Room) -> None:
        chat, agent = await held(room)
        assert "answer" not in await promised(room, chat)
        await chat.say("那我的包裹到底在哪")
        await chat.say("在吗")
        assert (await promised(room, chat))["answer"] == "open"
        await answer(room, chat, agent)
        assert (await promised(room, chat))["answer"] == "kept"

    @pytest.mark.parametrize("text", ["好的", "谢谢", "好的 谢谢你", "嗯嗯知道了", "好的我等着"])
    async def test_thanks_and_a_yes_want_no_answer(self, room: Room, text: str) -> None:
        chat, _ = await held(room)
        await chat.say(text)
        assert "answer" not in await promised(room, chat)

    @pytest.mark.parametrize("text", ["好的 那什么时候退给我", "谢谢 可是还没收到", "在吗"])
    async def test_what_is_asked_beside_a_yes_does(self, room: Room, text: str) -> None:
        chat, _ = await held(room)
        room.ear.learn(text, intent="thank" if "谢谢" in text else "greet")
        await chat.say(text)
        assert (await promised(room, chat))["answer"] == "open"

    async def test_unanswered_it_goes_back_to_the_queue(
        self, room: Room, clock: HandClock
    ) -> None:
        chat, agent = await held(room)
        noted = partial(room.commands.note, staff=agent, conversation_id=chat.id, text="答应查件")
        await room.database.write(lambda c: noted(c, now=clock()))
        await chat.say("那我的包裹到底在哪")
        known = await room.conversation(chat)
        before = len(await chat.said())
        clock.advance(hours=4)
        await overdue(room).look()
        await overdue(room).look()
        (line,) = (await chat.said())[before:]
        assert "一直没有同事回复" in line
        found = await room.conversation(chat)
        assert (found["state"], found["reason"], found["level"]) == ("queued", "E6", "L2")
        assert found["owner"] == {"kind": "queue"}
        assert found["summary"]["what"] == known["summary"]["what"]
        assert found["summary"]["last_words"] == "那我的包裹到底在哪"
        assert (await room.kinds(chat))[-2:] == ["PromiseBroken", "HandedOver"]
        assert (await promised(room, chat))["answer"] == "broken"
        with pytest.raises(NotAllowed):
            await answer(room, chat, agent)

    async def test_who_takes_it_then_is_watched_too(self, room: Room, clock: HandClock) -> None:
        chat, _ = await held(room)
        await chat.say("那我的包裹到底在哪")
        clock.advance(hours=4)
        await overdue(room).look()
        boss = await room.hire("主管", Role.SUPERVISOR)
        take = partial(room.commands.take, staff=boss, conversation_id=chat.id)
        await room.database.write(lambda c: take(c, now=clock()))
        clock.advance(hours=20)
        await overdue(room).look()
        assert (await room.conversation(chat))["state"] == "queued"

    async def test_the_gravest_reason_is_kept(self, room: Room, clock: HandClock) -> None:
        chat, _ = await held(room)
        room.ear.learn("再不回我打12315", signs=("regulator",))
        await chat.say("再不回我打12315")
        clock.advance(hours=4)
        await overdue(room).look()
        found = await room.conversation(chat)
        assert (found["state"], found["level"]) == ("queued", "S")

    @pytest.mark.parametrize("end", ["return_to_bot", "close"])
    async def test_given_back_or_closed_nobody_owes_it(self, room: Room, end: str) -> None:
        chat, agent = await held(room)
        await chat.say("那我的包裹到底在哪")
        done = getattr(room.commands, end)
        await room.database.write(lambda c: done(c, agent, chat.id, room.clock()))
        assert (await promised(room, chat))["answer"] == "void"
        await chat.say("我还有个问题")
        assert (await promised(room, chat))["answer"] == "void"


class TestColleagueLeft:
    """Nobody waits for a colleague who has no way in any more."""

    async def leave(self, room: Room, chat: Chat, who: Staff) -> bool:
        def work(connection: Connection) -> bool:
            return put_back(connection, room.commands.replies, who.id, chat.id, room.clock())

        return await room.database.write(work)

    async def test_the_chat_waits_for_another_and_the_customer_is_told_once(
        self, room: Room
    ) -> None:
        chat, agent = await held(room)
        before = await room.conversation(chat)
        said = len(await chat.said())
        assert await self.leave(room, chat, agent)
        found = await room.conversation(chat)
        assert (found["state"], found["owner"]["kind"]) == ("queued", "queue")
        assert (found["reason"], found["level"]) == ("E8", "L1")
        assert found["summary"] == before["summary"]
        (told,) = (await chat.said())[said:]
        assert "接待您的同事已离开" in told
        assert not await self.leave(room, chat, agent)
        assert len(await chat.said()) == said + 1
        other = await room.hire("小李")
        await room.database.write(lambda c: room.commands.take(c, other, chat.id, room.clock()))
        assert (await room.conversation(chat))["owner"]["name"] == "小李"

    async def test_what_was_grave_in_it_stays_so(self, room: Room) -> None:
        chat, agent = await held(room)
        room.ear.learn("起火了", "defect", signs=("fire",))
        await chat.say("起火了")
        assert await self.leave(room, chat, agent)
        found = await room.conversation(chat)
        assert (found["reason"], found["level"]) == ("E1", "S")

    async def test_why_it_waits_is_kept_where_nothing_is_graver(self, room: Room) -> None:
        chat = await room.chat().offered()
        engine = room.engine()
        await room.database.write(lambda c: engine.poisoned(c, chat.id, ValueError()))
        agent = await agent_in(room, chat)
        assert await self.leave(room, chat, agent)
        found = await room.conversation(chat)
        assert (found["reason"], found["level"]) == ("E13", "L1")

    async def test_a_chat_taken_from_the_bot_gets_a_summary(self, room: Room) -> None:
        chat = await room.chat().offered()
        agent = await agent_in(room, chat)
        assert await self.leave(room, chat, agent)
        assert (await room.conversation(chat))["summary"]["order_no"] == LATE

    async def test_what_was_owed_to_the_customer_is_owed_still(self, room: Room) -> None:
        chat, agent = await held(room)
        await chat.say("那我的包裹到底在哪")
        assert await self.leave(room, chat, agent)
        assert (await promised(room, chat))["answer"] == "open"

    async def test_anothers_chat_stays_theirs(self, room: Room) -> None:
        chat, _ = await held(room)
        assert not await self.leave(room, chat, await room.hire("小李"))
        assert (await room.conversation(chat))["owner"]["name"] == "小王"

    async def test_its_summary_holds_the_last_words(self, room: Room) -> None:
        chat, agent = await held(room)
        what = (await room.conversation(chat))["summary"]["what"]
        await chat.say("那我的包裹到底在哪")
        assert await self.leave(room, chat, agent)
        told = (await room.conversation(chat))["summary"]
        assert told["what"].startswith(what)
        assert told["last_words"] == "那我的包裹到底在哪"

    async def test_a_summary_of_another_matter_is_written_anew(self, room: Room) -> None:
        chat, agent = await held(room)
        other = {"what": "别的事", "matter": "m9", "order_no": SLOW, "last_words": ""}
        await room.database.write(lambda c: c.execute(update(conversation).values(summary=other)))
        assert await self.leave(room, chat, agent)
        assert (await room.conversation(chat))["summary"]["order_no"] == LATE

    async def test_a_log_that_cannot_be_replayed_keeps_no_chat(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken, agent = await held(room)
        sound = await room.chat().offered(SLOW, tail="7081")
        await room.database.write(lambda c: room.commands.take(c, agent, sound.id, room.clock()))
        said = len(await broken.said())
        await room.database.write(
            lambda c: c.execute(
                update(event).where(event.c.conversation_id == broken.id).values(data={"odd": 1})
            )
        )
        monkeypatch.setattr(shop, "utc_now", room.clock)
        assert await asyncio.to_thread(shop._put_back_all, room.database, agent.id) == 2
        query = select(conversation.c.state, conversation.c.queue_reason)
        rows = await room.database.read(lambda c: c.execute(query.order_by("id")).all())
        assert [row.state for row in rows] == ["queued", "queued"]
        assert "接待您的同事已离开" in (await broken.said())[said]

    async def test_chats_that_stay_are_named_and_keep_no_other(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stuck, agent = await held(room)
        sound = await room.chat().offered(SLOW, tail="7081")
        await room.database.write(lambda c: room.commands.take(c, agent, sound.id, room.clock()))
        whole = shop.put_back

        def fails(*given: Any) -> bool:
            if given[3] == stuck.id:
                raise ValueError
            return whole(*given)

        fails.__name__ = "put_back"
        monkeypatch.setattr(shop, "utc_now", room.clock)
        monkeypatch.setattr(shop, "put_back", fails)
        monkeypatch.setattr(shop, "put_back_unread", fails)
        with pytest.raises(StorageError, match=rf": 1; not put back: {stuck.id}$"):
            await asyncio.to_thread(shop._put_back_all, room.database, agent.id)
        assert (await room.conversation(sound))["state"] == "queued"
