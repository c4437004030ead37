"""A conversation through engine, ledger, runner and order book, on both databases."""

from __future__ import annotations

from sqlalchemy import select

from bot.conversation import store
from bot.conversation.listening import READ_AT_MOST
from bot.conversation.shapes.events import CustomerSpoke
from bot.delivery import inbox
from bot.errors import OrderSystemRefused, OrderSystemUncertain
from models import message
from tests.factories import HandClock
from tests.integration.conversation.conftest import BROKEN, LATE, SLOW, Room, kinds_and_states


async def test_a_complaint_ends_with_its_remedy_in_the_order_book(room: Room) -> None:
    chat = await room.chat().granted()
    await room.settle()
    dispute, order = await room.dispute(LATE), await room.book.find(LATE)
    assert order is not None
    assert (dispute["state"], kinds_and_states(dispute), str(order.status)) == (
        "resolved",
        [("refund", "done")],
        "cancelled",
    )
    assert "已办妥：全额退款 ¥199.00" in (await chat.said())[-1]


async def test_a_burst_is_read_together(room: Room) -> None:
    chat = room.chat()
    room.ear.learn("订单没发货", "not_shipped", order_nos=(LATE,))
    for text in ("在吗", "订单没发货", "急"):
        await chat.send(text)
    await room.turn()
    assert len(await chat.said()) == 1
    assert (await room.kinds(chat)).count("CustomerSpoke") == 1


async def test_a_message_without_end_is_kept_whole_and_read_from_its_beginning(room: Room) -> None:
    chat, text = room.chat(), "退" * 200_000
    await chat.say(text)
    events = await room.database.read(lambda c: store.read_events(c, chat.id))
    (spoke,) = [event for event in events if isinstance(event, CustomerSpoke)]
    assert len(spoke.text) == READ_AT_MOST
    kept = select(message.c.text).where(message.c.conversation_id == chat.id)
    assert text in await room.database.read(lambda c: c.execute(kept).scalars().all())


async def test_what_names_no_matter_alone_is_read_with_what_came_before(room: Room) -> None:
    chat = room.chat()
    room.ear.learn("钱呢", order_nos=(LATE,), phone_tail="1024")
    room.ear.learn("退的衣服你们前天就签收了\n钱呢", "refund_delay")
    await chat.say("退的衣服你们前天就签收了")
    await chat.say("钱呢")
    assert (await room.dispute(LATE))["issue"] == "refund_delay"


async def test_a_photo_is_evidence(room: Room) -> None:
    chat = await room.chat().offered(BROKEN, "damaged", "3046")
    await chat.show()
    assert (await room.dispute(BROKEN))["state"] == "offered"


async def test_an_edited_event_log_is_never_needed_the_log_alone_tells_the_state(
    room: Room,
) -> None:
    chat = await room.chat().offered()
    for kind in ("refund", "confirm"):
        await chat.send(kind="choice", choice=await chat.button(kind))
        await room.turn(room.worker())  # a new process each time: nothing is kept in memory
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "executing")]


async def test_a_dispute_is_on_record_before_ownership_but_without_remedies(room: Room) -> None:
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,))
    await room.chat().say("没发货")
    dispute = await room.dispute(LATE)
    assert (dispute["state"], dispute["remedies"], dispute["liable"]) == ("open", [], None)


async def test_a_calm_question_makes_no_dispute(room: Room) -> None:
    room.ear.learn("到哪了", intent="order_status", order_nos=(LATE,), phone_tail="1024")
    await room.chat().say("到哪了")
    assert await room.disputes(LATE) == []


async def test_what_the_order_system_refuses_goes_to_a_person(room: Room) -> None:
    async def refuse() -> None:
        raise OrderSystemRefused("已在出库")

    chat = await room.chat().granted()
    room.book.before["execute"] = refuse
    await room.settle()
    dispute, found = await room.dispute(LATE), await room.conversation(chat)
    assert (dispute["state"], kinds_and_states(dispute)) == ("with_person", [("refund", "failed")])
    assert (found["state"], found["reason"]) == ("queued", "E13")


async def test_what_the_order_system_did_not_say_is_told_and_found_out(
    room: Room, clock: HandClock
) -> None:
    async def vanish() -> None:
        raise OrderSystemUncertain("timeout")

    chat = await room.chat().granted()
    room.book.after["execute"] = vanish
    await room.settle()
    before = (await room.dispute(LATE))["remedy"]["state"]
    clock.advance(minutes=20)
    await room.settle()
    assert (before, kinds_and_states(await room.dispute(LATE))) == (
        "uncertain",
        [("refund", "done")],
    )
    assert ["不会重复办理" in text for text in (await chat.said())[-2:]] == [True, False]
    assert len(await room.book.history(LATE)) == 1


async def test_the_order_system_being_down_delays_the_answer_and_loses_nothing(
    room: Room, clock: HandClock
) -> None:
    async def down() -> None:
        raise OrderSystemUncertain("connection refused")

    room.book.before["find"] = down
    chat = await room.chat().offered(SLOW, "slow", "7081")
    nothing_yet = await chat.said()
    clock.advance(seconds=60)
    await room.turn()
    assert (nothing_yet, (await room.dispute(SLOW))["state"]) == ([], "offered")


async def test_beside_a_person_nothing_waits_for_an_order_system_that_is_down(
    room: Room,
) -> None:
    async def down() -> None:
        raise OrderSystemUncertain("connection refused")

    chat = await room.chat().offered()
    agent = await room.hire("小王")
    await room.database.write(lambda c: room.commands.take(c, agent, chat.id, room.clock()))
    room.book.before["find"] = down
    room.ear.learn("另一单", order_nos=(BROKEN,), phone_tail="3046")
    await chat.say("另一单")
    waiting = await room.database.read(lambda c: inbox.waiting(c, chat.id))
    assert (waiting, (await room.kinds(chat))[-1]) == ([], "CustomerSpoke")


async def test_another_classifier_in_the_middle_does_no_harm(room: Room) -> None:
    chat = await room.chat().offered()
    room.ear.known.clear()
    room.ear.artefact = "a2"
    await chat.press("refund")
    await chat.press("confirm")
    await room.settle()
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_wrong_tails_in_any_chat_lock_the_order(room: Room) -> None:
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,))
    room.ear.learn("0000", intent="inform", phone_tail="0000")
    for _ in range(4):
        chat = room.chat()
        for text in ("没发货", "0000", "0000", "0000"):
            await chat.say(text)
    chat = await room.chat().offered()
    assert "核对次数已用完" in (await chat.said())[-1]


async def test_the_lock_ends_the_next_day(room: Room, clock: HandClock) -> None:
    await test_wrong_tails_in_any_chat_lock_the_order(room)
    clock.advance(days=1, minutes=1)
    chat = room.chat()
    await chat.offered(SLOW, "slow", "7081")
    await chat.offered()
    assert {d["state"] for d in await room.disputes(LATE)} == {"open", "offered"}


async def test_two_conversations_do_not_hear_each_other(room: Room) -> None:
    first, second = await room.chat().offered(), await room.chat().offered(SLOW, "slow", "7081")
    await first.press("refund")
    assert "7081" not in "".join(await first.said())
    assert (await room.dispute(SLOW))["state"] == "offered"
    assert len(await second.said()) == 1
