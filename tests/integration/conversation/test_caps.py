"""What the bot may not release alone goes to a person, and the customer is told so."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import delete, select

from bot.conversation import store
from bot.conversation.commands import LiabilityFound
from bot.conversation.engine import Engine
from bot.conversation.turn import TurnMaker
from bot.delivery import ledger
from bot.desk.permissions import Role
from bot.errors import NotAllowed, OrderSystemRefused
from models import day_ledger, remedy, shown_order
from tests.conftest import Race, Work
from tests.factories import add_dispute, add_remedy
from tests.integration.conversation.conftest import (
    LATE,
    POLICY,
    SLOW,
    Chat,
    Room,
    kinds_and_states,
)

_numbers = itertools.count(1)
FOUND = LiabilityFound(
    liable="shop", cost_bearer="carrier", cause="poor_carrier", reason="快递揽收后才延误"
)


def engine_with(room: Room, **limits: Decimal) -> Engine:
    """Build an engine whose policy has other limits."""
    engine = room.engine()
    policy = replace(POLICY, limits=POLICY.limits.model_copy(update=limits))
    known = {name: getattr(engine.maker, name) for name in TurnMaker.__dataclass_fields__}
    return replace(engine, maker=TurnMaker(**{**known, "policy": policy}))


async def confirm(room: Room, chat: Chat, **limits: Decimal) -> None:
    """Let the customer confirm, before an engine with these limits."""
    await chat.send(kind="choice", choice=await chat.button("confirm"))
    engine = engine_with(room, **limits)
    (lease,) = await room.worker().take(1)
    await engine.handle(lease)


async def at_the_confirmation(room: Room, kind: str) -> Chat:
    chat = await room.chat().offered()
    await chat.press(kind)
    return chat


async def test_a_customer_past_the_days_cap_waits_for_a_supervisor(room: Room) -> None:
    chat = await at_the_confirmation(room, "compensation")
    await confirm(room, chat, customer_day_yuan=Decimal(9))
    about = await room.dispute(LATE)
    assert kinds_and_states(about) == [("compensation", "awaiting_approval")]
    assert about["escalated"] == {"reason": "E5", "level": "L2"}
    assert "人工复核" in (await chat.said())[-1]
    assert await room.database.read(lambda c: c.execute(select(day_ledger)).all()) == []


async def test_what_is_owed_anyway_is_not_held_up_by_the_customers_cap(room: Room) -> None:
    chat = await at_the_confirmation(room, "refund")
    await confirm(room, chat, customer_day_yuan=Decimal(9))
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "done")]


async def test_past_the_bots_own_cap_everything_waits(room: Room) -> None:
    chat = await at_the_confirmation(room, "refund")
    await confirm(room, chat, bot_day_yuan=Decimal("198.99"))
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "awaiting_approval")]


async def test_two_chats_at_once_share_the_cap(room: Room) -> None:
    chats = [await at_the_confirmation(room, "compensation")]
    other = room.chat()
    await other.offered(SLOW, issue="slow", tail="7081")
    await other.press("compensation")
    for chat in (*chats, other):
        await chat.send(kind="choice", choice=await chat.button("confirm"))
    leases = await room.worker().take(2)
    engine = engine_with(room, bot_day_yuan=Decimal(15))
    await asyncio.gather(*map(engine.handle, leases))
    rows = await room.database.read(lambda c: c.execute(select(remedy.c.state)).scalars().all())
    assert sorted(rows) == ["awaiting_approval", "executing"]


async def test_a_grant_names_its_payee(room: Room) -> None:
    await room.chat().granted()
    row = await room.database.read(lambda c: c.execute(select(remedy)).one())
    assert row.payee.startswith("****1024#")
    assert row.money == "statutory"


async def test_an_order_that_was_not_shown_is_granted_nothing_whatever_the_chat_believes(
    room: Room,
) -> None:
    chat = await at_the_confirmation(room, "refund")
    await room.database.write(lambda c: c.execute(delete(shown_order)))
    await chat.press("confirm")
    about = await room.dispute(LATE)
    assert (kinds_and_states(about), about["state"]) == ([], "with_person")
    assert (await room.conversation(chat))["reason"] == "E13"


async def test_who_is_liable_is_kept_with_its_reason_and_survives_later_turns(room: Room) -> None:
    chat = await room.chat().granted()
    about = await room.dispute(LATE)
    assert about["liability"]["reason"] == "没按承诺时间发出是我们的责任，费用不用您出。"
    assert about["liability"]["by"] is None
    agent = await room.hire("小王")
    found = partial(room.commands.overrule, staff=agent, dispute_id=about["id"])
    await room.database.write(lambda c: found(c, found=FOUND, now=room.clock()))
    await room.settle()
    await chat.say("谢谢")
    about = await room.dispute(LATE)
    assert (about["state"], about["cost_bearer"]) == ("resolved", "carrier")
    assert about["liability"]["by"] == "小王"


async def multiple(
    room: Room, role: Role, amount_fen: int, reason: str = "过期食品，退一赔十", place: int = 0
) -> int:
    """Let somebody grant damages beyond the price of ¥199 in a dispute of the late order."""
    number = (await room.disputes(LATE))[place]["id"]
    return await room.database.write(await granting(room, role, number, amount_fen, reason))


async def granting(
    room: Room, role: Role, number: int, amount_fen: int, reason: str = "过期食品，退一赔十"
) -> Work:
    """Return the work of granting damages in a dispute."""
    staff = await room.hire(f"某{next(_numbers)}", role)
    return lambda c: room.commands.grant_multiple(
        c, staff, number, amount_fen, reason, room.clock()
    )


async def test_damages_beyond_the_price_come_on_top_of_what_was_paid(room: Room) -> None:
    chat = await room.chat().granted()
    await room.settle()
    await multiple(room, Role.SUPERVISOR, 199_000)
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [
        ("refund", "done"), ("compensation", "done"),
    ]  # fmt: skip
    assert await room.database.read(lambda c: ledger.granted_fen(c, LATE)) == 19_900
    assert "¥1,990.00" in (await chat.said())[-1]


async def test_they_are_granted_by_a_supervisor_within_law_and_limit_only(room: Room) -> None:
    await room.chat().offered()
    for role, amount_fen, why in (
        (Role.AGENT, 100, "权限不足"),
        (Role.SUPERVISOR, 199_001, "超过法定上限"),
        (Role.SUPERVISOR, 500_001, "超过您的审批上限"),
    ):
        with pytest.raises(NotAllowed, match=why):
            await multiple(room, role, amount_fen)
    with pytest.raises(NotAllowed, match="理由"):
        await multiple(room, Role.SUPERVISOR, 100, reason=" ")
    assert (await room.dispute(LATE))["remedies"] == []


async def test_the_same_call_again_pays_nothing(room: Room) -> None:
    await room.chat().offered()
    await multiple(room, Role.SUPERVISOR, 10_000)
    for amount_fen in (10_000, 100):  # its answer was lost; another supervisor
        with pytest.raises(NotAllowed, match=r"已由.*放行过倍数赔偿 ¥100.00，不会再付一次"):
            await multiple(room, Role.SUPERVISOR, amount_fen)
        await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("compensation", "done")]


async def test_all_chats_of_an_order_share_what_the_law_grants(room: Room) -> None:
    for _ in range(3):
        await room.chat().offered()
    await multiple(room, Role.SUPERVISOR, 150_000)
    await room.settle()
    with pytest.raises(NotAllowed, match=r"超过法定上限.*已放行倍数赔偿 ¥1,?500.00"):
        await multiple(room, Role.SUPERVISOR, 49_001, place=1)
    await multiple(room, Role.SUPERVISOR, 49_000, place=1)
    with pytest.raises(NotAllowed, match="超过法定上限"):
        await multiple(room, Role.SUPERVISOR, 1, place=2)


async def test_an_open_offer_outlives_damages_on_top_of_it(room: Room) -> None:
    chat = await room.chat().offered()
    await multiple(room, Role.SUPERVISOR, 50_000)
    await room.settle()
    told = await chat.said()
    assert "¥500.00" in told[-1]
    assert "价款之外另付" in told[-1]
    assert "原路" not in told[-1]  # more than was paid cannot all go back the way it came
    about = await room.dispute(LATE)
    assert (about["state"], about["cost_bearer"]) == ("offered", None)
    # What the order system says of it since then is not what it was granted for.
    assert [one.get("reason") for one in about["remedies"]] == ["过期食品，退一赔十"]
    await chat.press("refund")
    await chat.press("confirm")
    await room.settle()
    about = await room.dispute(LATE)
    assert about["state"] == "resolved"
    assert kinds_and_states(about) == [("compensation", "done"), ("refund", "done")]


async def test_a_remedy_does_not_wait_for_damages_nor_they_for_it(room: Room) -> None:
    chat = await room.chat().offered()
    await multiple(room, Role.SUPERVISOR, 50_000)  # not carried out yet
    await chat.press("refund")
    await chat.press("confirm")
    assert kinds_and_states(await room.dispute(LATE)) == [
        ("compensation", "executing"), ("refund", "executing"),
    ]  # fmt: skip
    await room.settle()
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_damages_that_came_to_nothing_are_for_a_person(room: Room) -> None:
    async def refuse() -> None:
        raise OrderSystemRefused("账户已注销")

    chat = await room.chat().offered()
    room.book.before["execute"] = refuse
    await multiple(room, Role.SUPERVISOR, 50_000)
    await room.settle()
    assert (await room.dispute(LATE))["state"] == "with_person"
    assert (await room.conversation(chat))["state"] == "queued"


async def test_what_came_to_nothing_may_be_granted_anew(room: Room) -> None:
    await room.chat().offered()
    first = await multiple(room, Role.SUPERVISOR, 199_000)
    await room.database.write(lambda c: ledger.finish(c, first, "failed", now=room.clock()))
    await multiple(room, Role.SUPERVISOR, 199_000)


async def test_nor_do_two_supervisors_at_once_pay_twice(room: Room, race: Race) -> None:
    for _ in range(2):
        await room.chat().offered()
    here, there = [one["id"] for one in await room.disputes(LATE)]
    works = [
        await granting(room, Role.SUPERVISOR, number, 199_000) for number in (here, there, here)
    ]
    await room.database.write(lambda c: store.hold_order(c, LATE, 19_900))
    results = await asyncio.to_thread(
        race, *works, behind=lambda c: store.hold_order(c, LATE, 19_900)
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["NotAllowed", "NotAllowed", "int"]


async def test_nor_for_an_order_that_was_not_shown(room: Room) -> None:
    await room.chat().offered()
    await room.database.write(lambda c: c.execute(delete(shown_order)))
    with pytest.raises(NotAllowed, match="本人"):
        await multiple(room, Role.SUPERVISOR, 100)


async def test_the_bot_cannot_grant_them(room: Room) -> None:
    number = await room.database.write(
        lambda c: add_remedy(c, dispute_id=add_dispute(c), money="multiple")
    )
    with pytest.raises(NotAllowed, match="只能由主管"):
        await room.database.write(
            lambda c: ledger.accept(c, number, paid_fen=10_000, now=room.clock())
        )
