"""Remedies that the person who holds a chat releases: once, as the policy allows, or none."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.conversation import releasing
from bot.conversation.releasing import Wanted
from bot.delivery import ledger
from bot.desk import cases
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed, OrderSystemError
from models import audit, book_order, order_command, order_ledger, remedy, shown_order
from tests.integration.conversation.conftest import (
    BROKEN,
    LATE,
    STALLED,
    Chat,
    Room,
    agent_in,
    kinds_and_states,
    promised,
)

SEEN = ("choice", "kind", "amount_fen", "return_freight")


async def held(room: Room, **about: str) -> tuple[Chat, Staff]:
    """Return a chat with an offer on the table, which an agent has taken."""
    chat = await room.chat().offered(**about)
    return chat, await agent_in(room, chat)


async def number_of(room: Room, order_no: str = LATE) -> int:
    """Return the id of the only dispute about the order."""
    return int((await room.dispute(order_no))["id"])


async def laid(room: Room, staff: Staff, order_no: str = LATE) -> dict[str, Any]:
    """Return what may be released in the only dispute about the order."""
    number = await number_of(room, order_no)
    found = await room.releasing().options(staff, number, room.clock())
    assert found is not None
    return found


async def seen(
    room: Room, staff: Staff, kind: str = "refund", order_no: str = LATE, **more: Any
) -> Wanted:
    """Return the wish to release what is laid before this person now, of that kind."""
    options = (await laid(room, staff, order_no))["options"]
    one = next(o for o in options if o["kind"] == kind)
    return Wanted(**{name: one[name] for name in SEEN}, **more)


async def release(room: Room, staff: Staff, wanted: Wanted, order_no: str = LATE) -> None:
    """Release it."""
    number = await number_of(room, order_no)
    assert await room.releasing().grant(staff, number, wanted, room.clock()) is not None


async def count(room: Room, table: Any) -> int:
    """Return how many rows there are."""
    return len(await room.database.read(lambda c: c.execute(select(table)).all()))


async def test_the_policys_options_are_laid_before_who_holds_the_chat(room: Room) -> None:
    chat, agent = await held(room)
    offered = (await chat.messages())[-2]["options"]
    found = await laid(room, agent)
    assert found["why"] is None
    assert found["reasons"]
    assert [o["kind"] for o in found["options"]] == [o["kind"] for o in offered][:-1]
    refund = next(o for o in found["options"] if o["kind"] == "refund")
    assert (refund["amount_fen"], refund["approver"], refund["beware"]) == (19900, None, [])
    assert refund["label"].startswith("全额退款 ¥199.00")


async def test_it_is_released_as_the_bot_would_and_the_customer_is_told(room: Room) -> None:
    chat, agent = await held(room)
    await release(room, agent, await seen(room, agent))
    (told,) = [m for m in await chat.messages() if m["from"] == "agent"]
    assert "已为您提交：全额退款 ¥199.00。今天退回" in told["text"]
    found = await room.dispute(LATE)
    assert kinds_and_states(found) == [("refund", "executing")]
    assert (found["state"], found["liable"]) == ("executing", "shop")
    assert (await promised(room, chat))["refund"] == "open"
    (row,) = await room.database.read(
        lambda c: c.execute(select(audit).where(audit.c.deed == "remedy.granted")).all()
    )
    assert (row.staff_id, row.data["amount_fen"]) == (agent.id, 19900)
    await room.settle()
    assert (await room.dispute(LATE))["state"] == "resolved"
    last = (await chat.messages())[-1]
    assert (last["from"], "已办妥：全额退款 ¥199.00" in last["text"]) == ("system", True)
    assert (await room.conversation(chat))["state"] == "with_person"
    granted = await room.database.read(lambda c: ledger.granted_fen(c, LATE))
    assert granted == 19900


@pytest.mark.parametrize("end", ["return_to_bot", "close"])
async def test_afterwards_the_bot_knows_of_it_and_gives_nothing_twice(
    room: Room, end: str
) -> None:
    chat, agent = await held(room)
    await release(room, agent, await seen(room, agent))
    deed = getattr(room.commands, end)
    await room.database.write(lambda c: deed(c, agent, chat.id, room.clock()))
    await room.settle()
    assert [text for text in await chat.said() if "已办妥：全额退款" in text]
    await chat.complain_again()
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "done")]
    assert await count(room, order_command) == 1


async def test_a_second_press_is_the_same_and_another_page_is_told_of_the_change(
    room: Room,
) -> None:
    _, agent = await held(room)
    wanted = await seen(room, agent, client_id="p1")
    for _ in range(2):
        await release(room, agent, wanted)
    with pytest.raises(NotAllowed, match="已有方案在办"):
        await release(room, agent, replace(wanted, client_id="p2"))
    await room.settle()
    await release(room, agent, wanted)  # long afterwards it is still that press
    with pytest.raises(NotAllowed, match="没有"):
        await release(room, agent, replace(wanted, client_id="p3"))
    assert await count(room, remedy) == 1


async def test_two_presses_at_once_grant_once(room: Room) -> None:
    chat, agent = await held(room)
    wanted = await seen(room, agent, client_id="p1")
    await asyncio.gather(*(release(room, agent, wanted) for _ in range(4)))
    assert await count(room, remedy) == 1
    others = (replace(wanted, client_id=None) for _ in range(3))
    refused = await asyncio.gather(
        *(release(room, agent, one) for one in others), return_exceptions=True
    )
    assert all(isinstance(one, NotAllowed) for one in refused)
    assert len([m for m in await chat.messages() if m["from"] == "agent"]) == 1


async def test_of_two_people_only_who_holds_the_chat_releases(room: Room) -> None:
    chat, agent = await held(room)
    supervisor = await room.hire("李主管", Role.SUPERVISOR)
    wanted = await seen(room, agent)
    assert (await laid(room, supervisor)) == {
        "options": [], "reasons": [], "why": "请先接管会话，再办理方案",
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="已由小王接待"):
        await release(room, supervisor, wanted)
    await room.database.write(lambda c: room.commands.take(c, supervisor, chat.id, room.clock()))
    with pytest.raises(NotAllowed, match="已由李主管接待"):
        await release(room, agent, wanted)
    await release(room, supervisor, wanted)
    assert await count(room, remedy) == 1


async def test_what_is_taken_over_meanwhile_is_not_released(room: Room) -> None:
    chat, agent = await held(room)
    supervisor = await room.hire("李主管", Role.SUPERVISOR)
    wanted = await seen(room, agent)

    async def take_over() -> None:
        await room.database.write(
            lambda c: room.commands.take(c, supervisor, chat.id, room.clock())
        )

    room.book.before["find"] = take_over
    with pytest.raises(NotAllowed, match="已由李主管接待"):
        await release(room, agent, wanted)
    assert await count(room, remedy) == 0


async def test_the_bot_and_a_person_do_not_both_grant(room: Room) -> None:
    other = await room.chat().offered()  # another window of the same customer
    _, agent = await held(room)
    number = max(one["id"] for one in await room.disputes(LATE))

    async def wanted() -> Wanted:
        found = await room.releasing().options(agent, number, room.clock())
        assert found is not None
        one = next(o for o in found["options"] if o["kind"] == "refund")
        return Wanted(**{name: one[name] for name in SEEN})

    first = await wanted()
    await other.press("refund")
    await other.press("confirm")
    for _ in range(2):  # while it is on its way, and once all the money is back
        with pytest.raises(NotAllowed):
            await room.releasing().grant(agent, number, first, room.clock())
        await room.settle()
    assert await count(room, remedy) == 1


async def test_facts_that_changed_release_nothing(room: Room) -> None:
    _, agent = await held(room)
    wanted = await seen(room, agent)
    query = select(book_order.c.record).where(book_order.c.order_no == LATE)
    record = dict(await room.database.read(lambda c: c.execute(query).scalar_one()))
    record["status"] = "cancelled"
    await room.database.write(
        lambda c: c.execute(
            update(book_order).where(book_order.c.order_no == LATE).values(record=record)
        )
    )
    with pytest.raises(NotAllowed):
        await release(room, agent, wanted)
    assert await count(room, remedy) == 0


@pytest.mark.parametrize("change", [{"amount_fen": 1}, {"kind": "exchange"}, {"choice": "x"}])
async def test_what_was_not_seen_so_is_not_released(room: Room, change: dict[str, Any]) -> None:
    _, agent = await held(room)
    with pytest.raises(NotAllowed, match="和您看到的不一样了"):
        await release(room, agent, replace(await seen(room, agent), **change))
    assert await count(room, remedy) == 0


async def test_a_message_that_the_page_has_not_shown_stops_it(room: Room) -> None:
    chat, agent = await held(room)
    shown = (await chat.messages())[-1]["id"]
    wanted = await seen(room, agent, seen=shown)
    await chat.send("不退了")
    with pytest.raises(NotAllowed, match="1条新消息"):
        await release(room, agent, wanted)
    assert await count(room, remedy) == 0


async def test_an_order_that_was_not_shown_to_be_the_customers_gets_nothing(room: Room) -> None:
    chat = room.chat()
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,))
    await chat.say("没发货")
    agent = await agent_in(room, chat)
    found = await laid(room, agent)
    assert found["options"] == []
    assert "还没有核对订单是顾客本人的" in found["why"]
    wanted = Wanted(choice="x", kind="refund", amount_fen=19900, return_freight="none")
    with pytest.raises(NotAllowed, match="还没有核对订单是顾客本人的"):
        await release(room, agent, wanted)


async def test_the_ledger_has_the_last_word(room: Room) -> None:
    _, agent = await held(room)
    wanted = await seen(room, agent)
    await room.database.write(
        lambda c: c.execute(shown_order.delete().where(shown_order.c.order_no == LATE))
    )
    with pytest.raises(NotAllowed, match="还没有核对订单是顾客本人的，没有办理"):
        await release(room, agent, wanted)
    assert await count(room, remedy) == 0


def lower_the_limit(room: Room) -> None:
    """Let agents release ¥100 at most."""
    policy = room.commands.policy
    limits = policy.limits.model_copy(update={"agent_yuan": 100})
    room.commands = replace(room.commands, policy=replace(policy, limits=limits))


async def test_a_refusal_that_nobody_told_is_told_with_what_is_released_instead(
    room: Room,
) -> None:
    chat, agent = await held(room)
    lower_the_limit(room)
    await release(room, agent, await seen(room, agent))
    supervisor = await room.hire("李主管", Role.SUPERVISOR)
    number = (await room.dispute(LATE))["remedy"]["id"]
    await room.database.write(
        lambda c: room.commands.refuse(c, supervisor, number, "明天就发货", room.clock())
    )
    await room.settle()
    again = next(o for o in (await laid(room, agent))["options"] if o["kind"] == "refund")
    assert "这个方案之前审批时被拒绝过" in again["beware"]
    await release(room, agent, await seen(room, agent, "compensation"))
    last = (await chat.messages())[-1]
    assert last["text"].startswith(
        "复核后没有同意“全额退款 ¥199.00”。明天就发货\n已为您提交：补偿"
    )
    await room.settle()
    await room.database.write(lambda c: room.commands.close(c, agent, chat.id, room.clock()))
    said = await chat.said()
    assert len([text for text in said if "没有同意" in text]) == 1
    assert len([text for text in said if "已办妥：补偿" in text]) == 1


async def test_above_the_limit_it_waits_for_the_next_role(room: Room) -> None:
    chat, agent = await held(room)
    lower_the_limit(room)
    option = next(o for o in (await laid(room, agent))["options"] if o["kind"] == "refund")
    assert option["approver"] == "supervisor"
    await release(room, agent, await seen(room, agent, reason="仓库说明天也发不了"))
    found = await room.dispute(LATE)
    assert (found["state"], found["escalated"]) == (
        "awaiting_approval",
        {"reason": "E5", "level": "L2"},
    )
    assert "还要主管复核" in (await chat.said())[-1]
    assert "通过后当天退回" in (await chat.said())[-1]
    assert (await promised(room, chat))["approval"] == "open"
    supervisor = await room.hire("李主管", Role.SUPERVISOR)
    remedy_id = found["remedy"]["id"]
    await room.database.write(
        lambda c: room.commands.approve(c, supervisor, remedy_id, room.clock())
    )
    await room.settle()
    assert "已办妥：全额退款 ¥199.00" in (await chat.said())[-1]
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_in_a_dangerous_chat_an_agent_asks_and_the_approver_reads_who_and_why(
    room: Room,
) -> None:
    chat, agent = await held(room, order_no=STALLED, issue="no_tracking", tail="6079")
    room.ear.learn("打12315", signs=("regulator",))
    await chat.say("打12315")
    wanted = await seen(room, agent, "compensation", STALLED, reason="顾客急用")
    await release(room, agent, wanted, STALLED)
    found = await room.dispute(STALLED)
    assert (found["state"], found["escalated"]) == (
        "awaiting_approval",
        {"reason": "E3", "level": "S"},
    )
    (waiting,) = await room.database.read(cases.awaiting_approval)
    assert waiting["grounds"]["asked_by"] == "小王：顾客急用"


async def test_a_person_stands_in_for_a_photo_with_a_reason(room: Room) -> None:
    chat = room.chat()
    room.ear.learn("碎了", "damaged", order_nos=(BROKEN,), phone_tail="3046", quantity=2)
    await chat.say("碎了")
    agent = await agent_in(room, chat)
    found = await laid(room, agent, BROKEN)
    unproven = [o for o in found["options"] if o["beware"]]
    assert unproven, found
    wanted = await seen(room, agent, unproven[0]["kind"], BROKEN)
    with pytest.raises(NotAllowed, match="请写明理由"):
        await release(room, agent, wanted, BROKEN)
    await release(room, agent, replace(wanted, reason="看过视频"), BROKEN)
    assert await count(room, remedy) == 1


async def test_what_failed_between_leaves_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, agent = await held(room)
    wanted, before = await seen(room, agent), await room.kinds(chat)

    def dies(*_arguments: Any) -> None:
        raise RuntimeError("the process is gone")

    monkeypatch.setattr(releasing.audit, "record", dies)
    with pytest.raises(RuntimeError):
        await release(room, agent, wanted)
    monkeypatch.undo()
    assert await room.kinds(chat) == before
    assert [await count(room, table) for table in (remedy, order_command, order_ledger)] == [
        0, 0, 0,
    ]  # fmt: skip
    await release(room, agent, wanted)
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "done")]


async def test_an_order_system_that_is_down_releases_nothing(room: Room) -> None:
    _, agent = await held(room)
    wanted = await seen(room, agent)

    async def down() -> None:
        raise OrderSystemError("down")

    room.book.before["find"] = down
    with pytest.raises(NotAllowed, match="订单系统暂时查不到"):
        await release(room, agent, wanted)
    assert await count(room, remedy) == 0
