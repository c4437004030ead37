"""Deeds of staff that come twice, what waits while they speak, and signals beside poison."""

from __future__ import annotations

from sqlalchemy import select

from bot.conversation import store
from bot.conversation.replaying.replay import replay
from bot.delivery import inbox
from bot.desk.staff import Staff
from models import message
from tests.factories import HandClock
from tests.integration.conversation.conftest import (
    LATE,
    STALLED,
    Chat,
    Room,
    kinds_and_states,
)


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
    returned = (await chat.said())[-1]
    await chat.say("我要退款")
    offer = (await chat.said())[-1]
    assert ("交还给我" in returned, "全额退款 ¥199.00" in offer) == (True, True)


async def test_a_stop_sign_told_to_the_agent_brings_people_again_once(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    room.ear.learn("我过敏去医院了", intent="complain", signs=("injury",))
    await do(room, "take", agent, chat)
    await chat.say("我过敏去医院了")
    await do(room, "reply", agent, chat, text="您好，我看看")
    before = len(await chat.said())
    await do(room, "return_to_bot", agent, chat)
    await room.settle()
    left, called = (await chat.said())[before:]
    assert ("要由专人来定" in left, "人身安全最要紧" in called) == (True, True)
    found = await room.conversation(chat)
    assert (found["state"], found["reason"], found["level"]) == ("queued", "E1", "S")


async def test_who_asks_for_a_person_in_the_moment_of_the_return_is_queued_once(
    room: Room,
) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    await do(room, "take", agent, chat)
    await chat.send("转人工")
    before = len(await chat.said())
    await do(room, "return_to_bot", agent, chat)
    await room.settle()
    assert len((await chat.said())[before:]) == 2
    state = await room.database.read(lambda c: replay(store.read_events(c, chat.id)))
    assert ((await room.conversation(chat))["state"], state.owner) == ("queued", "queue")


async def test_nobody_stands_before_themselves_in_the_queue(room: Room) -> None:
    chat, other = await room.chat().offered(), room.chat()
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    await chat.say("转人工")
    queued = (await chat.said())[-1]
    ahead = await room.database.read(lambda c: store.count_ahead(c, chat.id))
    assert ("第1位" in queued, ahead) == (True, 0)
    assert await room.database.read(lambda c: store.count_ahead(c, other.id)) == 1


async def waits_for_approval(room: Room) -> tuple[Chat, Staff, int]:
    """Bring a chat to where an agent holds it while ¥65.60 wait for approval."""
    about = {"order_no": STALLED, "issue": "no_tracking", "tail": "6079"}
    chat = await room.chat().granted("compensation", **about)
    agent = await room.hire("小王")
    await do(room, "take", agent, chat)
    return chat, agent, (await room.dispute(STALLED))["remedy"]["id"]


async def test_a_refusal_is_told_once_with_the_closing_words(room: Room) -> None:
    chat, agent, remedy_id = await waits_for_approval(room)
    await room.database.write(
        lambda c: room.commands.refuse(c, agent, remedy_id, "金额过高", room.clock())
    )
    await room.settle()
    before = len(await chat.said())
    await do(room, "close", agent, chat)
    await room.settle()
    (words,) = (await chat.said())[before:]
    assert words.startswith("复核后没有同意“补偿 ¥65.60”。金额过高\n还可以这样处理：")
    assert "本次服务已结束" in words
    room.ear.learn("我的补偿呢", "refund_delay", intent="want_compensation")
    (again,) = await chat.say("我的补偿呢")
    assert again.startswith("“补偿 ¥65.60”复核后没有同意：金额过高")
    assert len(await room.disputes(STALLED)) == 1


async def test_what_was_granted_meanwhile_is_told_once_with_the_closing_words(
    room: Room,
) -> None:
    chat, agent, remedy_id = await waits_for_approval(room)
    await room.database.write(lambda c: room.commands.approve(c, agent, remedy_id, room.clock()))
    await room.settle()
    before = len(await chat.said())
    await do(room, "close", agent, chat)
    await room.settle()
    (words,) = (await chat.said())[before:]
    assert ("已办妥：补偿 ¥65.60" in words, "工作日到账" in words) == (True, True)
    room.ear.learn("我的补偿呢", "refund_delay", intent="want_compensation")
    (answer,) = await chat.say("我的补偿呢")
    assert answer.startswith("收到。“补偿 ¥65.60”已经办妥")
    assert len(await room.disputes(STALLED)) == 1


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
