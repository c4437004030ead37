"""What a stranger learns of an order, and what staff are told of the stranger."""

from __future__ import annotations

import pytest

from tests.integration.conversation.conftest import LATE, Chat, Room

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


async def test_staff_are_not_warned_of_the_owner(room: Room) -> None:
    chat = await room.chat().offered()
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    await chat.say("转人工")
    assert (await room.conversation(chat))["summary"]["what"] == "迟迟不发货"
