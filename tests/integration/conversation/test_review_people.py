"""Deeds of staff that come twice, what waits while they speak, and signals beside poison."""

from __future__ import annotations

from sqlalchemy import select

from bot.delivery import inbox
from bot.desk.staff import Staff
from models import message
from tests.factories import HandClock
from tests.integration.conversation.conftest import LATE, Chat, Room, kinds_and_states


async def do(room: Room, deed: str, staff: Staff, chat: Chat, **more: object) -> None:
    """Let staff do something now."""
    act = getattr(room.commands, deed)
    await room.database.write(lambda c: act(c, staff, chat.id, now=room.clock(), **more))


async def test_a_deed_that_comes_twice_is_told_once(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    for deed in ("take", "return_to_bot", "take", "close"):
        await do(room, deed, agent, chat)
        before = await chat.said()
        await do(room, deed, agent, chat)
        assert await chat.said() == before


async def test_news_from_while_a_person_spoke_is_told_on_return(room: Room) -> None:
    chat, agent = await room.chat().granted(), await room.hire("小王")
    await do(room, "take", agent, chat)
    await room.settle()
    assert "已办妥" not in "".join(await chat.said())
    await do(room, "return_to_bot", agent, chat)
    await room.settle()
    assert "已办妥：全额退款 ¥199.00" in (await chat.said())[-1]


async def test_what_the_person_left_unanswered_is_answered_on_return(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    await do(room, "take", agent, chat)
    await chat.say("我还是想退款")
    await do(room, "return_to_bot", agent, chat)
    await room.settle()
    assert "全额退款 ¥199.00" in (await chat.said())[-1]


async def test_what_the_person_answered_is_not_answered_again(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    await do(room, "take", agent, chat)
    await chat.say("我还是想退款")
    await do(room, "reply", agent, chat, text="好的，机器人帮您办")
    await do(room, "return_to_bot", agent, chat)
    await room.settle()
    assert "交还给我" in (await chat.said())[-1]


async def test_a_result_that_waits_beside_poison_is_not_lost(room: Room, clock: HandClock) -> None:
    chat = await room.chat().granted()
    room.ear.fails_on["毒"] = RuntimeError("no")
    await chat.send("毒")
    await room.carry_out()
    for _ in range(5):
        await room.turn()
        clock.advance(minutes=1)
    dispute = await room.dispute(LATE)
    assert (dispute["state"], kinds_and_states(dispute)) == ("resolved", [("refund", "done")])
    states = await room.database.read(
        lambda c: c.execute(select(message.c.kind, message.c.state)
                            .where(message.c.state == "set_aside")).all()
    )  # fmt: skip
    assert states == [("text", "set_aside")]
    assert (await room.conversation(chat))["state"] == "queued"


async def test_a_signal_that_is_the_poison_stays_aside_and_a_person_comes(
    room: Room, clock: HandClock
) -> None:
    chat = await room.chat().offered()
    await room.database.write(
        lambda c: inbox.put_signal(c, chat.id, "x", {"kind": "Nonsense", "data": {}}, clock())
    )
    for _ in range(5):
        await room.turn()
        clock.advance(minutes=1)
    assert (await room.conversation(chat))["state"] == "queued"
