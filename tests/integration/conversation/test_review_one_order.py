"""One order in several chats and disputes: what was given once is not given again."""

from __future__ import annotations

from bot.delivery import ledger
from bot.orders.demo import FILE_PREFIX
from tests.integration.conversation.conftest import LATE, SLOW, Chat, Room

NOT_RECEIVED = f"{FILE_PREFIX}008"


async def complain(room: Room, order_no: str, issue: str) -> Chat:
    """Open a chat and complain as the order's owner, with a photo where one is wanted."""
    order = await room.book.find(order_no)
    assert order is not None
    chat = await room.chat().offered(order_no, issue, order.customer.phone[-4:])
    if "evidence" in await shown(chat):
        await chat.show()
    return chat


async def shown(chat: Chat) -> set[str]:
    """Return the kinds of the buttons under the last message."""
    return {option["kind"] for option in (await chat.messages())[-1]["options"]}


async def help_once(room: Room, order_no: str, issue: str, kind: str) -> Chat:
    """Carry a complaint to the remedy."""
    chat = await complain(room, order_no, issue)
    await chat.press(kind)
    await chat.press("confirm")
    await room.settle()
    return chat


async def given(room: Room, order_no: str) -> list[str]:
    """Return the kinds of the remedies that were given on the order."""
    return [r["kind"] for d in await room.disputes(order_no) for r in d["remedies"]]


async def test_the_same_compensation_is_not_had_again_in_another_chat(room: Room) -> None:
    await help_once(room, SLOW, "slow", "compensation")
    chat = await complain(room, SLOW, "slow")
    assert (await room.conversation(chat))["reason"] == "E6"
    assert await given(room, SLOW) == ["compensation"]


async def test_goods_sent_again_are_not_sent_again_in_another_chat(room: Room) -> None:
    await help_once(room, NOT_RECEIVED, "not_received", "reship")
    chat = await complain(room, NOT_RECEIVED, "not_received")
    assert (await room.conversation(chat))["state"] == "queued"
    assert await given(room, NOT_RECEIVED) == ["reship"]


async def test_goods_sent_again_are_not_paid_back_under_another_name(room: Room) -> None:
    await help_once(room, NOT_RECEIVED, "not_received", "reship")
    chat = await complain(room, NOT_RECEIVED, "damaged")
    assert (await room.conversation(chat))["state"] == "queued"
    assert await given(room, NOT_RECEIVED) == ["reship"]


async def test_another_complaint_about_the_order_is_still_settled(room: Room) -> None:
    await help_once(room, SLOW, "slow", "compensation")
    await help_once(room, SLOW, "attitude", "goodwill")
    assert await given(room, SLOW) == ["compensation", "goodwill"]


async def test_who_was_only_promised_a_nudge_and_comes_again_gets_a_supervisor(room: Room) -> None:
    chat = await complain(room, SLOW, "slow")
    await chat.press("expedite")
    await room.settle()
    await complain(room, SLOW, "slow")
    assert [d["escalated"] for d in await room.disputes(SLOW)] == [
        None,
        {"reason": "E6", "level": "L2"},
    ]


async def test_a_stranger_who_names_the_order_is_no_earlier_visit_of_its_owner(
    room: Room,
) -> None:
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,))
    room.ear.learn("找人工", intent="want_human", signs=("human",))
    stranger = room.chat()
    await stranger.say("没发货")  # and no phone tail
    await stranger.say("找人工")
    assert (await room.conversation(stranger))["state"] == "queued"
    assert "refund" in await shown(await complain(room, LATE, "not_shipped"))


async def test_two_chats_that_confirm_at_once_get_it_once(room: Room) -> None:
    chats = [await complain(room, SLOW, "slow") for _ in range(2)]
    for chat in chats:
        await chat.press("compensation")
    for chat in chats:
        await chat.send(kind="choice", choice=await chat.button("confirm"))
    first, second = await room.worker().take(16)
    quick, slow = room.engine(), room.engine()

    async def be_quicker() -> None:
        await quick.handle(first)

    room.book.before["history"] = be_quicker  # the slow one has looked at what was granted
    await slow.handle(second)
    assert await given(room, SLOW) == ["compensation"]
    assert await room.database.read(lambda c: ledger.granted_fen(c, SLOW)) == 1295


async def test_what_is_said_after_a_confirmation_is_heard_as_well(room: Room) -> None:
    room.ear.learn("还有一单很慢", "slow", order_nos=(SLOW,), phone_tail="7081")
    chat = await complain(room, LATE, "not_shipped")
    await chat.press("refund")
    await chat.send(kind="choice", choice=await chat.button("confirm"))
    await chat.send("还有一单很慢")
    await room.settle()
    assert [d["issue"] for d in await room.disputes(SLOW)] == ["slow"]
    assert "refund" in await given(room, LATE)


async def test_a_button_pressed_twice_in_a_row_is_answered_once(room: Room) -> None:
    chat = await room.chat().offered()
    before = len(await chat.said())
    for _ in range(3):
        await chat.send(kind="choice", choice=await chat.button("refund"))
    await room.turn()
    assert len(await chat.said()) == before + 1
