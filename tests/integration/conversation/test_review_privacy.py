"""What a stranger learns of an order, and what staff are told of the stranger."""

from __future__ import annotations

import pytest

from bot.desk.permissions import Role
from tests.integration.conversation.conftest import LATE, Chat, Room, kinds_and_states

PRIVATE = ("199", "卫衣", "林晓雯", "翠苑", "13800001024", "微信支付")
QUESTIONS = ("到哪一步了", "还没好吗", "转人工", "0000", "确认", "第一个")


async def stranger(room: Room) -> Chat:
    """Return the chat of somebody who knows no more than the order's number."""
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,))
    room.ear.learn("到哪一步了", intent="order_status", order_nos=(LATE,))
    room.ear.learn("0000", intent="inform", phone_tail="0000")
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    chat = room.chat()
    await chat.say("没发货")
    return chat


@pytest.mark.parametrize("words", QUESTIONS)
async def test_a_stranger_learns_nothing_whatever_is_asked(room: Room, words: str) -> None:
    chat = await stranger(room)
    await chat.say(words)
    told = "".join(await chat.said())
    assert [part for part in PRIVATE if part in told] == []


async def test_a_stranger_learns_nothing_of_what_the_owner_was_given(room: Room) -> None:
    await room.chat().granted()
    await room.settle()
    chat = await stranger(room)
    for words in QUESTIONS:
        await chat.say(words)
    told = "".join(await chat.said())
    assert [part for part in (*PRIVATE, "退款", "取消") if part in told] == []


async def test_staff_are_told_that_it_may_be_a_stranger(room: Room) -> None:
    chat = await stranger(room)
    await chat.say("转人工")
    assert "还没有核对是不是下单人" in (await room.conversation(chat))["summary"]["what"]


async def with_people(room: Room, *, taken: bool) -> Chat:
    """Let somebody ask for damages before it is known whose order it is."""
    room.ear.learn("退一赔三", "not_shipped", order_nos=(LATE,), signs=("multiples",))
    room.ear.learn("尾号1024", intent="inform", phone_tail="1024")
    room.ear.learn("尾号9999", intent="inform", phone_tail="9999")
    chat = room.chat()
    await chat.say("退一赔三")
    if taken:
        agent = await room.hire("小王")
        await room.database.write(lambda c: room.commands.take(c, agent, chat.id, room.clock()))
    return chat


async def is_warned_of(room: Room, chat: Chat) -> bool:
    return "还没有核对" in (await room.conversation(chat))["summary"]["what"]


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("words", ["尾号1024", "1024", "1024。"])
async def test_a_tail_told_to_people_shows_whose_order_it_is(
    room: Room, words: str, taken: bool
) -> None:
    chat = await with_people(room, taken=taken)
    assert await is_warned_of(room, chat)
    before = len(await chat.said())
    await chat.say(words)
    assert not await is_warned_of(room, chat)
    assert len(await chat.said()) - before == (0 if taken else 1)  # that the wait is noted
    boss = await room.hire("主管", Role.SUPERVISOR)
    (about,) = await room.disputes(LATE)
    await room.database.write(
        lambda c: room.commands.grant_multiple(
            c, boss, about["id"], 59_700, "退一赔三", room.clock()
        )
    )
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("compensation", "done")]


@pytest.mark.parametrize("words", ["尾号9999", "10240元", "我1024年前买的", "你好", "买了1024块"])
async def test_nothing_else_told_to_people_shows_it(room: Room, words: str) -> None:
    chat = await with_people(room, taken=True)
    await chat.say(words)
    assert await is_warned_of(room, chat)


async def test_three_wrong_tails_told_to_people_are_all(room: Room) -> None:
    chat = await with_people(room, taken=True)
    for _ in range(4):
        await chat.say("尾号9999")
    await chat.say("尾号1024")
    assert await is_warned_of(room, chat)
    assert (await room.kinds(chat)).count("OwnershipFailed") == 3


async def test_what_comes_to_light_while_one_waits_is_in_the_summary(room: Room) -> None:
    chat = await with_people(room, taken=False)
    assert "evidence" not in (await room.conversation(chat))["summary"]  # of a delay
    await chat.show()
    found = (await room.conversation(chat))["summary"]
    assert (found["evidence"], found["last_words"]) == ("已提供照片", "退一赔三")


async def test_nobody_is_said_to_have_asked_for_a_person_who_did_not(room: Room) -> None:
    room.ear.learn("where is my parcel", intent="other")
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    chat = room.chat()
    await chat.say("where is my parcel")
    found = await room.conversation(chat)
    assert (found["reason"], found["summary"]["what"]) == ("E13", "机器人拿不准")
    await chat.say("转人工")
    found = await room.conversation(chat)
    assert (found["reason"], found["summary"]["what"]) == ("E8", "客户要求人工")


async def test_staff_are_not_warned_of_the_owner(room: Room) -> None:
    chat = await room.chat().offered()
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    await chat.say("转人工")
    assert (await room.conversation(chat))["summary"]["what"] == "迟迟不发货"
