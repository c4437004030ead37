"""What the outbox promises: in order, once, never in another's name, never blocked for ever."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.delivery import outbox
from bot.delivery.conversations import hold
from bot.delivery.outbox import Outgoing
from bot.errors import StaleOwner
from bot.messages import Failed, Option, RetryLater, SendResult, Sent, Unknown
from models import Database, conversation, message
from tests.conftest import Race
from tests.factories import NOW, HandClock, add_conversation, add_staff

SOON = timedelta(seconds=1)


def add_chat(connection: Connection, **values: Any) -> int:
    """Add a Telegram conversation that the bot holds."""
    return add_conversation(connection, channel="telegram", account="4711", **values)


def put(connection: Connection, here: int, text: str = "您好", **changes: Any) -> int:
    """Write a reply of the bot down, to be pushed."""
    values = {"epoch": 0, "sender": "bot", "text": text, "now": NOW, "pushed": True}
    return outbox.put_reply(connection, conversation_id=here, **{**values, **changes})


def take(
    connection: Connection, now: Any = NOW, *, resting: Collection[int] = (), limit: int = 16
) -> list[Outgoing]:
    """Take what is due for Telegram, as a sender does."""
    outbox.give_up_on_lost(connection, now)
    return outbox.take_due(
        connection, channels=["telegram"], resting=resting, limit=limit, now=now
    )


async def states(database: Database) -> list[str]:
    query = select(message.c.state).order_by(message.c.conversation_id, message.c.id)
    return await database.read(lambda c: list(c.execute(query).scalars()))


async def finish(
    database: Database, outgoing: Outgoing, result: SendResult, now: Any = NOW
) -> None:
    await database.write(lambda c: outbox.record(c, outgoing, result, now))


async def test_a_reply_to_be_fetched_counts_as_sent_at_once(database: Database) -> None:
    here = await database.write(add_conversation)
    await database.write(lambda c: put(c, here, pushed=False))
    assert await states(database) == ["sent"]


async def test_a_reply_carries_its_words_and_buttons_to_its_chat(database: Database) -> None:
    here = await database.write(partial(add_chat, external_id="99"))
    options = (Option(id="a", label="全额退款", kind="refund"),)
    number = await database.write(lambda c: put(c, here, "给您两个方案", options=options))
    (outgoing,) = await database.write(take)
    sent = outgoing.message
    assert (outgoing.channel, sent.chat_id, sent.message_id) == ("telegram", "99", number)
    assert (sent.text, sent.options) == ("给您两个方案", options)


async def test_who_no_longer_holds_the_conversation_cannot_write(database: Database) -> None:
    here = await database.write(partial(add_chat, epoch=3))
    with pytest.raises(StaleOwner):
        await database.write(lambda c: put(c, here, epoch=2))
    assert await states(database) == []
    assert await database.write(lambda c: put(c, here, epoch=3)) == 1


async def test_the_same_external_id_is_the_same_reply(database: Database, race: Race) -> None:
    here = await database.write(add_chat)
    ids = race(*[partial(put, here=here, external_id="staff:1:a")] * 4)
    assert ids == [1, 1, 1, 1]
    assert await states(database) == ["pending"]


async def test_the_oldest_goes_first_and_alone(database: Database) -> None:
    here = await database.write(add_chat)
    for text in ("一", "二", "三"):
        await database.write(lambda c, text=text: put(c, here, text))
    said = []
    for _ in range(3):
        (outgoing,) = await database.write(take)
        assert await database.write(take) == []  # nothing overtakes what is being sent
        said.append(outgoing.message.text)
        await finish(database, outgoing, Sent(sent_as="m"))
    assert said == ["一", "二", "三"]


async def test_senders_that_take_at_once_share_the_chats(database: Database, race: Race) -> None:
    chats = [await database.write(add_chat) for _ in range(6)]
    for here in chats:
        await database.write(lambda c, here=here: put(c, here))
        await database.write(lambda c, here=here: put(c, here))
    results = race(*[partial(take, limit=3)] * 4)
    taken = [one.message for result in results for one in result]
    taken += [one.message for one in await database.write(take)]
    assert sorted(one.conversation_id for one in taken) == chats
    assert {one.message_id for one in taken} == {1}


async def test_a_message_that_did_not_leave_is_tried_again_and_holds_its_place(
    database: Database,
) -> None:
    here = await database.write(add_chat)
    await database.write(lambda c: put(c, here, "一"))
    await database.write(lambda c: put(c, here, "二"))
    (first,) = await database.write(take)
    await finish(database, first, RetryLater(wait_seconds=5, reason="429"))
    assert await database.write(partial(take, now=NOW + SOON)) == []
    (again,) = await database.write(partial(take, now=NOW + timedelta(seconds=5)))
    assert (again.message.text, again.attempts) == ("一", 2)


async def test_a_long_reply_goes_on_where_it_was_interrupted(database: Database) -> None:
    here = await database.write(add_chat)
    await database.write(lambda c: put(c, here, "很长"))
    (first,) = await database.write(take)
    assert first.message.parts_sent == 0
    await finish(database, first, RetryLater(wait_seconds=5, reason="429", parts_sent=2))
    (again,) = await database.write(partial(take, now=NOW + timedelta(seconds=5)))
    assert again.message.parts_sent == 2
    later = NOW + timedelta(minutes=5)  # its sender died: how far it came is not known
    assert await database.write(partial(take, now=later)) == []
    assert await states(database) == ["unknown"]


async def test_a_channel_that_stays_away_is_given_up_some_day(database: Database) -> None:
    here = await database.write(add_chat)
    await database.write(lambda c: put(c, here))
    await database.write(lambda c: c.execute(update(message).values(attempts=299)))
    (outgoing,) = await database.write(take)
    await finish(database, outgoing, RetryLater(wait_seconds=1, reason="connect"))
    assert await states(database) == ["failed"]


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Sent(sent_as="m7"), "sent"),
        (Unknown(reason="connection reset"), "unknown"),
        (Failed(reason="bot was blocked"), "failed"),
    ],
)
async def test_a_settled_message_holds_nothing_up(
    database: Database, result: SendResult, state: str
) -> None:
    here = await database.write(add_chat)
    await database.write(lambda c: put(c, here, "一"))
    await database.write(lambda c: put(c, here, "二"))
    (first,) = await database.write(take)
    await finish(database, first, result)
    assert await states(database) == [state, "pending"]
    (second,) = await database.write(take)
    assert second.message.text == "二"


class TestLostSender:
    """The process died between the call and its record."""

    async def take_and_die(self, database: Database, clock: HandClock) -> Outgoing:
        here = await database.write(add_chat)
        await database.write(lambda c: put(c, here, "一"))
        await database.write(lambda c: put(c, here, "二"))
        (lost,) = await database.write(take)
        clock.now += outbox.SENDING_AT_MOST
        return lost

    async def test_its_message_is_unknown_and_never_sent_again(
        self, database: Database, clock: HandClock
    ) -> None:
        await self.take_and_die(database, clock)
        (next_one,) = await database.write(partial(take, now=clock()))
        assert next_one.message.text == "二"
        assert await states(database) == ["unknown", "sending"]

    @pytest.mark.parametrize(
        ("result", "state"),
        [(Sent(), "sent"), (RetryLater(wait_seconds=1, reason="late"), "unknown")],
    )
    async def test_its_answer_may_still_come_but_brings_nothing_back(
        self, database: Database, clock: HandClock, result: SendResult, state: str
    ) -> None:
        lost = await self.take_and_die(database, clock)
        await database.write(partial(outbox.give_up_on_lost, now=clock()))
        await finish(database, lost, result, clock())
        assert (await states(database))[0] == state

    async def test_its_late_answer_and_who_gives_it_up_do_not_wait_for_each_other(
        self, database: Database, clock: HandClock
    ) -> None:
        lost = await self.take_and_die(database, clock)
        here = lost.message.conversation_id
        told: list[int] = []

        def on_lost(connection: Connection, number: int, _message_id: int) -> None:
            hold(connection, number)
            told.append(number)

        def give_up() -> list[int]:
            with database.engine.begin() as connection:
                return outbox.give_up_on_lost(connection, clock(), on_lost)

        with ThreadPoolExecutor(1) as threads:
            with database.engine.begin() as connection:
                hold(connection, here)  # as the record of a failure begins
                giving_up = threads.submit(give_up)
                wait([giving_up], timeout=1)
                failed = Failed(reason="bot was blocked")
                assert outbox.record(connection, lost, failed, clock(), on_lost)
            assert giving_up.result() == []
        assert told == [here]
        assert (await states(database))[0] == "failed"


class TestTakenOverMeanwhile:
    """An agent took over after the bot wrote and before it was sent."""

    async def take_over(self, database: Database, here: int) -> None:
        change = update(conversation).where(conversation.c.id == here).values(epoch=1)
        await database.write(lambda c: c.execute(change))

    async def test_the_bots_words_are_not_sent(self, database: Database) -> None:
        here = await database.write(add_chat)
        await database.write(lambda c: put(c, here))
        await self.take_over(database, here)
        assert await database.write(take) == []
        row = await database.read(lambda c: c.execute(select(message)).one())
        assert (row.state, row.error) == ("failed", outbox.STALE)

    async def test_the_agents_words_behind_them_are(self, database: Database) -> None:
        here = await database.write(add_chat)
        agent = await database.write(add_staff)
        await database.write(lambda c: put(c, here))
        await self.take_over(database, here)
        await database.write(
            lambda c: put(c, here, "我是小王", sender="agent", epoch=1, staff_id=agent)
        )
        (outgoing,) = await database.write(take)
        assert outgoing.message.text == "我是小王"

    @pytest.mark.parametrize("sender", ["agent", "system"])
    async def test_what_people_wrote_is_sent_after_they_left(
        self, database: Database, sender: str
    ) -> None:
        here = await database.write(add_chat)
        await database.write(lambda c: put(c, here, sender=sender))
        await self.take_over(database, here)
        assert len(await database.write(take)) == 1


async def test_a_resting_chat_is_passed_over(database: Database) -> None:
    tired, rested = await database.write(add_chat), await database.write(add_chat)
    for here in (tired, rested):
        await database.write(lambda c, here=here: put(c, here))
    (outgoing,) = await database.write(partial(take, resting={tired}))
    assert outgoing.message.conversation_id == rested


async def test_another_process_serves_the_other_channels(database: Database) -> None:
    here = await database.write(partial(add_conversation, channel="mail"))
    await database.write(lambda c: put(c, here))
    assert await database.write(take) == []
    assert await states(database) == ["pending"]


async def test_a_note_is_never_sent(database: Database) -> None:
    here, agent = await database.write(add_chat), await database.write(add_staff)
    note = partial(outbox.put_note, conversation_id=here, staff_id=agent, text="老客户", now=NOW)
    assert await database.write(note) == 1
    assert await database.write(take) == []
