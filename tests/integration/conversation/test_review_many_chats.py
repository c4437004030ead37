"""Many chats, staff and a failing order system on three orders: the money always adds up."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery import ledger
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed, OrderSystemRefused, OrderSystemUncertain
from models import message, remedy
from tests.factories import HandClock
from tests.integration.conversation.conftest import LATE, SLOW, STALLED, Chat, Room

MOVES = 110
TAILS = {LATE: "1024", SLOW: "7081", STALLED: "6079"}
ISSUES = ("not_shipped", "slow", "attitude", "no_tracking", "courier", "damaged", "not_received")
WORDS = ("好的", "确认", "算了不用了", "第一个", "不行", "收到了", "转人工", "不同意", "谢谢")
MONEY = {"refund", "compensation", "goodwill", "return_refund", "exchange", "reship", "confirm"}
FOR_GOODS = {"refund", "return_refund", "partial_refund", "exchange", "reship", "cancel"}
GIVEN = {"done", "awaiting_approval"}


class Day:
    """A wild day: one random move after the other."""

    def __init__(self, room: Room, seed: int, staff: list[Staff]) -> None:
        """Open the chats."""
        self.room, self.staff = room, staff
        self.random = Random(seed)  # the same day again for the same seed
        self.chats = [room.chat() for _ in range(4)]
        self.number = 0

    async def move(self) -> None:
        """Let somebody do something."""
        chat = self.random.choice(self.chats)
        moves = (self.complain, self.press, self.speak, self.hold, self.decide, self.break_down)
        (what,) = self.random.choices(moves, weights=(22, 48, 8, 10, 6, 4))
        await what(chat)

    async def complain(self, chat: Chat) -> None:
        self.number += 1
        text, order_no = f"投诉{self.number}", self.random.choice(list(TAILS))
        self.room.ear.learn(
            text,
            self.random.choice(ISSUES),
            order_nos=(order_no,) if self.random.random() < 0.8 else (),
            phone_tail=TAILS[order_no],
        )
        await chat.send(text)

    async def press(self, chat: Chat) -> None:
        shown = [o for m in await chat.messages() for o in m["options"]] if chat.id else []
        wanted = [o for o in shown[-6:] if o["kind"] in MONEY]
        if shown:
            good = wanted if wanted and self.random.random() < 0.85 else shown
            await chat.send(kind="choice", choice=self.random.choice(good)["id"])

    async def speak(self, chat: Chat) -> None:
        self.room.ear.learn("转人工", intent="want_human", signs=("human",))
        self.room.ear.learn("谢谢", intent="thank")
        await chat.send(self.random.choice(WORDS))

    async def hold(self, chat: Chat) -> None:
        deed = getattr(
            self.room.commands,
            self.random.choice(["take", "return_to_bot", "return_to_bot", "close"]),
        )
        if chat.id:
            await self.try_to(deed, self.random.choice(self.staff), chat.id)

    async def decide(self, _chat: Chat) -> None:
        waiting = select(remedy.c.id).where(remedy.c.state == "awaiting_approval")
        ids = await self.room.database.read(lambda c: c.execute(waiting).scalars().all())
        for remedy_id in ids[:1]:
            if self.random.random() < 0.5:
                await self.try_to(self.room.commands.approve, self.staff[1], remedy_id)
            else:
                await self.try_to(self.room.commands.refuse, self.staff[1], remedy_id, "理由")

    async def break_down(self, _chat: Chat) -> None:
        error = self.random.choice([OrderSystemRefused("x"), OrderSystemUncertain("y")])

        async def fail() -> None:
            raise error

        self.room.book.before["execute"] = fail

    async def try_to(self, deed: Any, *arguments: Any) -> None:
        try:
            await self.room.database.write(lambda c: deed(c, *arguments, now=self.room.clock()))
        except NotAllowed:
            return


async def disputes_and_remedies(room: Room, order_no: str) -> list[tuple[Any, Any]]:
    """Return every remedy on the order with its dispute."""
    return [(d, r) for d in await room.disputes(order_no) for r in d["remedies"]]


@pytest.mark.parametrize("seed", range(3))
async def test_the_money_adds_up(room: Room, clock: HandClock, seed: int) -> None:
    staff = [await room.hire("小王"), await room.hire("李主管", Role.SUPERVISOR)]
    day, worker = Day(room, seed, staff), room.worker()
    for _ in range(MOVES):
        await day.move()
        if day.random.random() < 0.8:
            await room.turn(worker)
        if day.random.random() < 0.5:
            await room.carry_out()
        clock.advance(seconds=day.random.choice([1, 30, 3600]))
    room.book.before.clear()
    for _ in range(20):
        await room.turn(worker)
        await room.carry_out()
        clock.advance(minutes=11)

    unread = select(message.c.id).where(message.c.state.in_(("waiting", "set_aside")))
    assert await room.database.read(lambda c: c.execute(unread).all()) == []
    for order_no in TAILS:
        await check_order(room, order_no)


async def check_order(room: Room, order_no: str) -> None:
    """Check what was given on one order, by whatever chats."""
    order, pairs = await room.book.find(order_no), await disputes_and_remedies(room, order_no)
    assert order is not None
    done = await room.book.history(order_no)
    assert sum(entry.amount_fen for entry in done) <= sum(p.amount_fen for p in order.payments)
    assert sum(entry.kind in FOR_GOODS for entry in done) <= 1
    given = [(d, r) for d, r in pairs if r["state"] in GIVEN and r["amount_fen"]]
    assert max(Counter(d["issue"] for d, _ in given).values(), default=0) <= 1
    counted = await room.database.read(lambda c: ledger.granted_fen(c, order_no))
    assert counted == sum(r["amount_fen"] for _, r in given)
    assert not {r["state"] for _, r in pairs} & {"accepted", "executing", "uncertain"}
    assert "executing" not in {d["state"] for d in await room.disputes(order_no)}
