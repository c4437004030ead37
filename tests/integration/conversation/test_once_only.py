"""Whatever dies or comes twice: a turn is written once, a remedy carried out once."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from bot.conversation.shapes.events import AgentReplied
from bot.conversation.store import TurnOvertaken
from bot.delivery import guards, leases, ledger
from bot.delivery.leases import Lease, LeaseLost
from models import dispute, message, order_command
from tests.factories import NOW, HandClock, add_dispute
from tests.integration.conversation.conftest import LATE, Chat, Room, kinds_and_states


async def lease_of(room: Room) -> Lease:
    """Take the only conversation that has work."""
    (lease,) = await room.worker().take(16)
    return lease


async def at_the_confirmation(room: Room) -> Chat:
    """Bring a chat to where the next turn grants ¥199, the confirmation waiting to be read."""
    chat = await room.chat().offered()
    await chat.press("refund")
    await chat.send(kind="choice", choice=await chat.button("confirm"))
    return chat


async def test_a_turn_that_two_engines_work_out_is_written_once(room: Room) -> None:
    chat = await at_the_confirmation(room)
    lease, first, second = await lease_of(room), room.engine(), room.engine()

    async def overtake() -> None:
        await second.handle(lease)

    room.book.before["find"] = overtake
    await first.handle(lease)
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "executing")]
    assert (await room.kinds(chat)).count("RemedyGranted") == 1


async def test_a_turn_that_is_always_overtaken_is_given_up_for_now(room: Room) -> None:
    chat = await at_the_confirmation(room)
    lease, agent = await lease_of(room), await room.hire("小王")

    async def write() -> None:
        room.book.before["find"] = write
        await room.database.write(
            lambda c: room.commands._log(
                c, chat.id, AgentReplied(name=agent.name, message_id=1), NOW
            )
        )

    room.book.before["find"] = write
    with pytest.raises(TurnOvertaken):
        await room.engine().handle(lease)
    assert kinds_and_states(await room.dispute(LATE)) == []


async def test_a_lost_lease_leaves_nothing_written(room: Room, clock: HandClock) -> None:
    chat = await at_the_confirmation(room)
    lease, before = await lease_of(room), await room.kinds(chat)

    async def sleep_too_long() -> None:
        later = clock.advance(minutes=5)
        await room.database.write(lambda c: leases.take(c, name="other", limit=9, now=later))

    room.book.before["find"] = sleep_too_long
    with pytest.raises(LeaseLost):
        await room.engine().handle(lease)
    waiting = await room.database.read(
        lambda c: c.execute(select(message.c.id).where(message.c.state == "waiting")).all()
    )
    assert (await room.kinds(chat), len(waiting)) == (before, 1)
    assert kinds_and_states(await room.dispute(LATE)) == []


def grant_elsewhere(connection: Connection) -> None:
    """Grant the whole sum of the order in another dispute."""
    dispute_id = add_dispute(connection, order_no=LATE, matter="x")
    row = connection.execute(dispute.select().where(dispute.c.id == dispute_id)).one()
    guards.note_shown(connection, row.conversation_id, LATE, "phone_tail", NOW)
    remedy_id = ledger.propose(
        connection, dispute_id=dispute_id, conversation_id=row.conversation_id, order_no=LATE,
        idempotency_key="elsewhere", kind="refund", amount_fen=19900, return_freight="none",
        detail={}, rule="r", policy_version="v", now=NOW,
    )  # fmt: skip
    ledger.accept(connection, remedy_id, paid_fen=19900, now=NOW)


async def test_more_than_was_paid_is_never_granted_but_judged_anew(room: Room) -> None:
    chat = await at_the_confirmation(room)

    async def be_quicker() -> None:
        await room.database.write(grant_elsewhere)

    room.book.before["history"] = be_quicker  # after the look at what was granted before
    await room.turn()
    own = next(d for d in await room.disputes(LATE) if d["conversation_id"] == chat.id)
    assert kinds_and_states(own) == [("explain", "done")]
    assert await room.database.read(lambda c: ledger.granted_fen(c, LATE)) == 19900


async def test_what_was_granted_before_is_not_offered_again(room: Room) -> None:
    await room.database.write(grant_elsewhere)
    chat = await room.chat().offered()
    shown = {o["kind"] for m in await chat.messages() for o in m["options"]}
    assert shown & {"refund", "compensation"} == set()


async def test_a_remedy_granted_before_the_process_died_is_carried_out_once(room: Room) -> None:
    await room.chat().granted()  # no runner has seen it; the next process has one
    counts = [await room.carry_out(), await room.carry_out()]
    await room.turn()
    assert (counts, len(await room.book.history(LATE))) == ([1, 0], 1)
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_a_runner_that_died_before_it_spoke_is_replaced(
    room: Room, clock: HandClock
) -> None:
    await room.chat().granted()
    await room.runner().take(16)  # and dies
    clock.advance(minutes=2)
    await room.carry_out()  # asks: it never happened
    await room.carry_out()
    await room.turn()
    assert len(await room.book.history(LATE)) == 1
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_a_runner_that_died_after_it_spoke_is_not_repeated(
    room: Room, clock: HandClock
) -> None:
    await room.chat().granted()
    (taken,) = await room.runner().take(16)
    await room.book.execute(taken.command)  # and dies before the outcome is recorded
    clock.advance(minutes=2)
    await room.carry_out()
    await room.turn()
    assert len(await room.book.history(LATE)) == 1
    assert (await room.dispute(LATE))["state"] == "resolved"


async def test_a_slow_runner_and_its_replacement_record_one_outcome(
    room: Room, clock: HandClock
) -> None:
    chat = await room.chat().granted()
    slow = room.runner()
    (taken,) = await slow.take(16)
    clock.advance(minutes=2)
    (again,) = await room.runner().take(16)
    await slow.carry_out(taken)
    await room.runner().carry_out(again)
    await room.settle()
    assert len(await room.book.history(LATE)) == 1
    assert sum("已办妥" in text for text in await chat.said()) == 1


async def test_a_message_that_breaks_every_turn_goes_to_a_person(
    room: Room, clock: HandClock
) -> None:
    chat = room.chat()
    room.ear.fails_on["毒"] = RuntimeError("boom")
    await chat.send("毒")
    for _ in range(6):
        await room.turn()
        clock.advance(minutes=1)
    found = await room.conversation(chat)
    assert (found["state"], found["reason"], found["level"]) == ("queued", "E13", "L1")
    assert len(await chat.said()) == 1


async def test_after_a_poisoned_message_the_conversation_lives_on(
    room: Room, clock: HandClock
) -> None:
    await test_a_message_that_breaks_every_turn_goes_to_a_person(room, clock)
    chat = room.chat()
    room.ear.learn("你好", intent="greet")
    assert len(await chat.say("你好")) == 1


async def test_a_turn_that_fails_once_is_answered_once(room: Room, clock: HandClock) -> None:
    chat = room.chat()
    room.ear.fails_on["打嗝"] = RuntimeError("hiccup")
    await chat.send("打嗝")
    await room.turn()
    room.ear.fails_on.clear()
    clock.advance(seconds=5)
    await room.turn()
    assert len(await chat.said()) == 1


async def test_every_remedy_has_one_command(room: Room) -> None:
    chat = await room.chat().granted()
    await chat.send(kind="choice", choice=await chat.button("confirm"))
    await room.settle()
    rows = await room.database.read(lambda c: c.execute(select(order_command.c.id)).all())
    assert len(rows) == 1
