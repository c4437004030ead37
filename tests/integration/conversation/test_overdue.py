"""Promises, approvals and disputes whose time has come, on real rows and a clock set by hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, NoReturn

import pytest
from sqlalchemy import select, update

from bot.delivery import ledger
from bot.desk import promises
from bot.errors import OrderSystemError
from bot.orders import port
from bot.orders.demo import FILE_PREFIX
from models import book_order, dispute, event
from tests.factories import NOW, HandClock
from tests.integration.conversation.conftest import (
    BROKEN,
    LATE,
    STALLED,
    Chat,
    Room,
    agent_in,
    kinds_and_states,
    overdue,
    promised,
)


class SilentOrders:
    """An order system that is down, or answers what nobody expected."""

    def __init__(self, error: type[Exception] = OrderSystemError) -> None:
        self.error = error

    async def find(self, order_no: str) -> NoReturn:
        raise self.error(f"{order_no}: no answer")


class HangingOrders:
    """An order system that never answers."""

    async def find(self, _order_no: str) -> NoReturn:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def awaiting(room: Room) -> Chat:
    """Return a chat whose remedy of ¥65.60 awaits the approval of an agent, within 30 minutes."""
    return await room.chat().granted(
        "compensation", order_no=STALLED, issue="no_tracking", tail="6079"
    )


async def expedited(room: Room) -> Chat:
    """Return a chat in which a parcel is being hurried along, with news within 24 hours."""
    chat = await room.chat().offered()
    await chat.press("expedite")
    await room.settle()
    return chat


async def warned(room: Room) -> list[dict[str, Any]]:
    return await room.database.read(lambda c: promises.listed(c, room.clock(), warned=True))


class TestPromises:
    """What was promised is watched, and what was missed is owned up to."""

    async def test_an_offer_is_kept_open_as_it_said(self, room: Room, clock: HandClock) -> None:
        chat = await room.chat().offered()
        assert await promised(room, chat) == {"offer": "open"}
        clock.advance(hours=25)
        await overdue(room).look()
        assert await promised(room, chat) == {"offer": "kept"}
        assert (await room.conversation(chat))["state"] == "bot"

    async def test_a_refund_of_today_is_kept_when_it_is_done(self, room: Room) -> None:
        chat = await room.chat().granted()
        assert await promised(room, chat) == {"offer": "kept", "refund": "open"}
        await room.settle()
        assert (await promised(room, chat))["refund"] == "kept"

    async def test_staff_are_warned_before_the_deadline(
        self, room: Room, clock: HandClock
    ) -> None:
        await awaiting(room)
        assert await warned(room) == []
        clock.advance(minutes=23)
        (one,) = await warned(room)
        assert (one["what"], one["standing"], one["order_no"]) == ("approval", "nearing", STALLED)

    async def test_just_before_the_deadline_nothing_is_broken(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        clock.advance(minutes=30, microseconds=-1)
        await overdue(room).look()
        assert (await promised(room, chat))["approval"] == "open"
        assert (await room.conversation(chat))["state"] == "bot"

    async def test_a_missed_one_is_escalated_and_the_customer_told_in_one_line(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        before = len(await chat.said())
        clock.advance(minutes=30)
        await overdue(room).look()
        await overdue(room).look()
        (line,) = (await chat.said())[before:]
        assert "我们没有做到" in line
        found, about = await room.conversation(chat), await room.dispute(STALLED)
        assert (found["state"], found["reason"], found["level"]) == ("queued", "E6", "L2")
        assert about["escalated"] == {"reason": "E6", "level": "L2"}
        assert about["state"] == "awaiting_approval"
        assert (await promised(room, chat))["approval"] == "broken"

    async def test_the_next_miss_is_not_excused_again_until_somebody_answered(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        clock.advance(minutes=30)
        await overdue(room).look()
        before = len(await chat.said())
        clock.advance(hours=5)
        await overdue(room).look()
        assert (await promised(room, chat))["person"] == "broken"
        assert len(await chat.said()) == before

    async def test_a_decision_in_time_keeps_it(self, room: Room, clock: HandClock) -> None:
        chat = await awaiting(room)
        agent = await room.hire("小王")
        number = (await room.dispute(STALLED))["remedy"]["id"]
        await room.database.write(lambda c: room.commands.approve(c, agent, number, clock()))
        assert await promised(room, chat) == {
            "offer": "kept", "approval": "kept", "compensation": "open",
        }  # fmt: skip

    async def test_an_answer_by_a_person_keeps_what_was_promised_of_one(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await room.chat().offered()
        room.ear.learn("我要打12315", signs=("regulator",))
        await chat.say("我要打12315")
        assert await promised(room, chat) == {"offer": "void", "person": "open"}
        agent = await agent_in(room, chat)
        assert (await promised(room, chat))["person"] == "open"
        await room.database.write(
            lambda c: room.commands.reply(c, agent, chat.id, "您好，我来处理", clock())
        )
        assert (await promised(room, chat))["person"] == "kept"

    async def test_who_was_not_answered_is_on_record_as_nobody_answered(self, room: Room) -> None:
        chat, agent = await room.chat().offered(), await room.hire("小王")
        room.ear.learn("我要打12315", signs=("regulator",))
        await chat.say("我要打12315")
        assert (await promised(room, chat))["person"] == "open"
        close = partial(room.commands.close, staff=agent, conversation_id=chat.id, now=NOW)
        await room.database.write(close)
        assert (await promised(room, chat))["person"] == "void"

    async def test_a_hurried_parcel_is_no_news_because_a_silent_person_left(
        self, room: Room
    ) -> None:
        chat = await expedited(room)
        agent = await agent_in(room, chat)
        await room.database.write(lambda c: room.commands.close(c, agent, chat.id, NOW))
        assert (await promised(room, chat))["expedite"] == "open"

    async def test_an_offer_is_not_kept_by_the_refusal_that_took_its_place(
        self, room: Room
    ) -> None:
        chat, cardigan = room.chat(), f"{FILE_PREFIX}017"
        about: dict[str, Any] = {"order_nos": (cardigan,), "phone_tail": "9103"}
        room.ear.learn("我想退货", intent="want_return", **about)
        await chat.say("我想退货")
        assert await promised(room, chat) == {"offer": "open"}
        room.ear.learn("吊牌剪了，洗过一次", intent="inform")
        await chat.say("吊牌剪了，洗过一次")
        assert (await room.dispute(cardigan))["state"] == "rejected"
        assert await promised(room, chat) == {"offer": "void"}

    async def test_the_worst_level_is_not_lowered_by_a_miss(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await room.chat().offered()
        room.ear.learn("我要打12315", signs=("regulator",))
        await chat.say("我要打12315")
        clock.advance(hours=4)
        await overdue(room).look()
        found = await room.conversation(chat)
        assert (found["reason"], found["level"]) == ("E3", "S")
        assert (await room.dispute(LATE))["escalated"] == {"reason": "E3", "level": "S"}
        assert "我们没有做到" in (await chat.said())[-1]

    async def test_nothing_is_said_over_a_person(self, room: Room, clock: HandClock) -> None:
        chat = await awaiting(room)
        await agent_in(room, chat)
        before = await chat.said()
        clock.advance(minutes=30)
        await overdue(room).look()
        assert await chat.said() == before
        assert (await room.conversation(chat))["state"] == "with_person"
        assert (await room.dispute(STALLED))["escalated"] == {"reason": "E6", "level": "L2"}

    async def test_what_the_order_shows_keeps_it(self, room: Room, clock: HandClock) -> None:
        chat = await expedited(room)
        assert (await promised(room, chat))["expedite"] == "open"
        await ship(room, clock.advance(hours=20))
        await overdue(room).look()
        assert (await promised(room, chat))["expedite"] == "kept"
        assert await warned(room) == []

    async def test_what_the_order_does_not_show_is_missed(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await expedited(room)
        assert (await room.dispute(LATE))["state"] == "resolved"
        clock.advance(hours=24)
        await overdue(room).look()
        about = await room.dispute(LATE)
        assert (about["state"], about["escalated"]["reason"]) == ("with_person", "E6")
        assert "我们没有做到" in (await chat.said())[-1]

    @pytest.mark.parametrize("orders", [SilentOrders(ValueError), HangingOrders()])
    async def test_an_order_that_cannot_be_looked_up_stops_nothing_else(
        self,
        room: Room,
        clock: HandClock,
        orders: SilentOrders | HangingOrders,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """What the order system does not say did not happen, and a person looks into it."""
        chat = await expedited(room)
        undecided = await room.chat().offered(order_no=STALLED, issue="no_tracking", tail="6079")
        clock.advance(days=14)
        monkeypatch.setattr(port, "ANSWER_SECONDS", 0.01)
        await replace(overdue(room), orders=orders).look()
        assert (await promised(room, chat))["expedite"] == "broken"
        assert (await room.conversation(chat))["level"] == "L2"
        assert (await room.conversation(undecided))["level"] == "L2"

    async def test_one_that_cannot_be_dealt_with_makes_room_for_the_others(
        self, room: Room, clock: HandClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The oldest are taken first, a few at a time."""
        monkeypatch.setattr("bot.conversation.overdue.AT_ONCE", 1)
        broken = await expedited(room)
        other = await room.chat().offered(order_no=STALLED, issue="no_tracking", tail="6079")
        unread = update(event).where(event.c.conversation_id == broken.id).values(kind="Unheard")
        await room.database.write(lambda c: c.execute(unread))
        clock.advance(hours=25)
        for _ in range(3):
            await overdue(room).look()
            clock.advance(seconds=61)  # nobody holds it any more
        assert (await promised(room, broken))["expedite"] == "open"
        assert await promised(room, other) == {"offer": "kept"}

    async def test_several_processes_say_it_once(self, room: Room, clock: HandClock) -> None:
        chat = await awaiting(room)
        before = len(await chat.said())
        clock.advance(minutes=30)
        await asyncio.gather(*(overdue(room).look() for _ in range(4)))
        assert len(await chat.said()) == before + 1

    async def test_a_process_that_died_while_looking_is_replaced(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        clock.advance(minutes=30)
        await room.database.write(lambda c: promises.take_due(c, limit=9, now=clock()))
        await overdue(room).look()
        assert (await promised(room, chat))["approval"] == "open"
        clock.advance(minutes=2)
        await overdue(room).look()
        assert (await promised(room, chat))["approval"] == "broken"

    async def test_a_withdrawn_dispute_is_owed_nothing(self, room: Room) -> None:
        chat = await room.chat().offered()
        await chat.say("算了不用了")
        assert (await room.dispute(LATE))["state"] == "withdrawn"
        assert await promised(room, chat) == {"offer": "void"}


async def exchanged(room: Room) -> Chat:
    """Return a chat with an exchange under way: a new piece within 48 hours of the old one."""
    chat = room.chat()
    await chat.offered(order_no=BROKEN, issue="damaged", tail="3046")
    for button in ("deny", "exchange", "confirm"):
        await chat.press(button)
    await room.settle()
    return chat


class TestReturns:
    """What waits for the customer's parcel runs from its arrival."""

    async def test_the_clock_starts_when_the_goods_are_back(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await exchanged(room)
        clock.advance(days=5)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "open"
        await change(room, BROKEN, returns=[_back(clock())])
        clock.advance(hours=47)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "open"
        clock.advance(hours=2)
        before = len(await chat.said())
        await overdue(room).look()
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "broken"
        assert len(await chat.said()) == before + 1
        assert (await room.conversation(chat))["state"] == "queued"

    async def test_a_new_piece_sent_keeps_it(self, room: Room, clock: HandClock) -> None:
        chat = await exchanged(room)
        clock.advance(days=1)
        await change(room, BROKEN, returns=[_back(clock())])
        await overdue(room).look()
        parcel = {"carrier": "顺丰速运", "tracking_no": "SF9", "shipped_at": clock().isoformat()}
        await change(room, BROKEN, shipments=[parcel])
        clock.advance(days=2)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "kept"

    async def test_it_has_no_deadline_before(self, room: Room, clock: HandClock) -> None:
        await exchanged(room)
        clock.advance(days=29)
        assert await warned(room) == []
        (one,) = await room.database.read(lambda c: promises.listed(c, clock(), warned=False))
        assert (one["what"], one["due_at"], one["standing"]) == ("exchange", None, "open")
        await change(room, BROKEN, returns=[_back(clock())])
        await overdue(room).look()
        (one,) = await room.database.read(lambda c: promises.listed(c, clock(), warned=False))
        assert one["due_at"] == (clock() + timedelta(hours=48)).isoformat()

    @pytest.mark.parametrize("error", [OrderSystemError, ValueError])
    async def test_while_the_order_system_is_silent_nothing_is_given_up(
        self, room: Room, clock: HandClock, error: type[Exception]
    ) -> None:
        chat = await exchanged(room)
        clock.advance(days=1)
        await change(room, BROKEN, returns=[_back(clock())])
        clock.advance(days=30)
        await replace(overdue(room), orders=SilentOrders(error)).look()
        assert (await promised(room, chat))["exchange"] == "open"
        clock.advance(hours=1)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "open"
        (one,) = await warned(room)
        assert (one["what"], one["standing"]) == ("exchange", "missed")

    async def test_goods_that_never_come_back_are_owed_nothing(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await exchanged(room)
        clock.advance(days=29)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "open"
        clock.advance(days=1)
        await overdue(room).look()
        assert (await promised(room, chat))["exchange"] == "void"
        assert (await room.conversation(chat))["state"] == "bot"


def _back(at: Any) -> dict[str, Any]:
    """Return goods that came back at that moment, as the order shows them."""
    return {"no": "TH1", "state": "received", "amount_fen": 8900,
            "requested_at": at.isoformat(), "received_at": at.isoformat()}  # fmt: skip


async def change(room: Room, order_no: str, **changes: Any) -> None:
    """Let the order system show something else of an order."""
    where = book_order.c.order_no == order_no
    row = await room.database.read(lambda c: c.execute(select(book_order).where(where)).one())
    await room.database.write(
        lambda c: c.execute(
            update(book_order).where(where).values(record={**row.record, **changes})
        )
    )


async def ship(room: Room, at: Any) -> None:
    """Let the warehouse send the late order."""
    parcel = {"carrier": "顺丰速运", "tracking_no": "SF9", "shipped_at": at.isoformat()}
    await change(room, LATE, status="shipped", shipments=[parcel])


class TestApprovals:
    """A remedy that nobody released lapses."""

    async def lapse(self, room: Room, clock: HandClock, chat: Chat) -> list[str]:
        """Let a day pass without a decision; return what the customer was told at its end."""
        clock.advance(hours=23)
        await overdue(room).look()
        before = len(await chat.said())
        clock.advance(hours=1)
        await overdue(room).look()
        return (await chat.said())[before:]

    async def test_it_gives_its_amount_back_and_goes_to_a_supervisor(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        told = await self.lapse(room, clock, chat)
        about, found = await room.dispute(STALLED), await room.conversation(chat)
        assert kinds_and_states(about) == [("compensation", "expired")]
        assert about["remedy"] is None
        assert (about["state"], about["escalated"]["level"]) == ("with_person", "L2")
        assert (found["state"], found["level"]) == ("queued", "L2")
        assert await room.database.read(lambda c: ledger.granted_fen(c, STALLED)) == 0
        assert [line for line in told if "没能在时限内完成" in line] != []

    async def test_while_a_person_holds_the_chat_it_is_told_after_the_return(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await awaiting(room)
        agent = await agent_in(room, chat)
        assert await self.lapse(room, clock, chat) == []
        await room.database.write(
            lambda c: room.commands.return_to_bot(c, agent, chat.id, clock())
        )
        await room.settle()
        assert "没能在时限内完成" in "".join(await chat.said())

    async def test_a_chat_that_cannot_be_dealt_with_stops_no_other(
        self, room: Room, clock: HandClock
    ) -> None:
        broken = await awaiting(room)
        other = await room.chat().offered()
        e = event.c
        unread = update(event).where(e.conversation_id == broken.id).values(kind="Unheard")
        clock.advance(days=14)
        await room.database.write(lambda c: c.execute(unread))
        await overdue(room).look()
        assert (await room.conversation(other))["level"] == "L2"
        assert kinds_and_states(await room.dispute(STALLED)) == [
            ("compensation", "awaiting_approval")
        ]


class TestUndecided:
    """No dispute is older than its limit without a decision."""

    async def test_at_fourteen_days_it_goes_to_a_supervisor_once(
        self, room: Room, clock: HandClock
    ) -> None:
        chat = await room.chat().offered()
        clock.advance(days=14, microseconds=-1)
        await overdue(room).look()
        assert (await room.conversation(chat))["state"] == "bot"
        clock.advance(microseconds=1)
        before = len(await chat.said())
        for _ in range(2):
            await overdue(room).look()
        found = await room.conversation(chat)
        assert (found["reason"], found["level"]) == ("E6", "L2")
        (line,) = (await chat.said())[before:]
        assert "拖得太久" in line

    async def test_a_decided_one_is_left_alone(self, room: Room, clock: HandClock) -> None:
        chat = await room.chat().granted()
        await room.settle()
        clock.advance(days=30)
        await overdue(room).look()
        assert (await room.conversation(chat))["state"] == "bot"
        marked = select(dispute.c.overdue_at)
        assert await room.database.read(lambda c: c.execute(marked).scalar()) is None
