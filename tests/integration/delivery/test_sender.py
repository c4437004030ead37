"""The sender: what a channel answers is recorded, whatever it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.delivery import crew, outbox, sender
from bot.delivery.pacing import Pacing
from bot.delivery.sender import Sender
from bot.delivery.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.messages import OutboundMessage, SendResult, Sent
from models import Database, message
from tests.factories import NOW, HandClock, add_conversation

SOON = 20.0  # seconds; a test that waits this long has failed


class RecordingChannel:
    """Keeps what it was given to send, and answers as it is told to."""

    name = "telegram"

    def __init__(self) -> None:
        self.sent: list[OutboundMessage] = []
        self.answer: Callable[[], SendResult] = Sent

    async def send(self, message: OutboundMessage) -> SendResult:
        self.sent.append(message)
        return self.answer()


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel()


def add_reply(connection: Connection, text: str = "您好", here: int | None = None) -> int:
    """Write a reply down to be pushed, in a new conversation unless one is given."""
    if here is None:
        here = add_conversation(connection, channel="telegram")
    outbox.put_reply(
        connection, conversation_id=here, epoch=0, sender="bot", text=text, now=NOW, pushed=True
    )
    return here


async def one_round(sending: Sender) -> None:
    """Send what is due, as `run` does, without waiting for anything."""
    await asyncio.gather(*[sending.send(one) for one in await sending.take(32)])


async def state(database: Database) -> tuple[str, str | None]:
    query = select(message.c.state, message.c.error)
    row = await database.read(lambda c: c.execute(query).one())
    return row.state, row.error


async def test_messages_are_sent_in_order_as_soon_as_they_are_written(
    database: Database,
    clock: HandClock,
    channel: RecordingChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crew, "LOOK_EVERY_SECONDS", 3600)
    wakeups = Wakeups()
    sending = Sender(
        database, {"telegram": channel}, wakeups, clock, pacing=Pacing(every_seconds=0)
    )
    async with asyncio.timeout(SOON):
        running = asyncio.create_task(sending.run())
        here = await database.write(add_reply)
        with wakeups.listen(conversation_topic(here)) as listener:
            for text in ("一", "二", "三"):
                await database.write(partial(add_reply, text=text, here=here))
            wakeups.notify(OUTBOX)
            while len(channel.sent) < 4:
                await listener.wait(SOON)
        sending.stop()
        await running
    assert [one.text for one in channel.sent] == ["您好", "一", "二", "三"]


async def test_a_chat_is_not_flooded_and_the_others_do_not_wait_for_it(
    database: Database, clock: HandClock, channel: RecordingChannel
) -> None:
    sending = Sender(database, {"telegram": channel}, Wakeups(), clock, pacing=Pacing(burst=2))
    busy = await database.write(add_reply)
    for _ in range(3):
        await database.write(partial(add_reply, here=busy))
    calm = await database.write(add_reply)
    for _ in range(5):
        await one_round(sending)
    assert [one.conversation_id for one in channel.sent].count(busy) == 2
    assert [one.conversation_id for one in channel.sent].count(calm) == 1
    clock.advance(seconds=1)
    await one_round(sending)
    await one_round(sending)
    assert [one.conversation_id for one in channel.sent].count(busy) == 3


async def test_a_channel_that_raises_leaves_an_unknown_message(
    database: Database, clock: HandClock, channel: RecordingChannel
) -> None:
    def raises() -> SendResult:
        raise ConnectionResetError("cut")

    channel.answer = raises
    await database.write(add_reply)
    sending = Sender(database, {"telegram": channel}, Wakeups(), clock)
    await one_round(sending)
    await one_round(sending)
    assert await state(database) == ("unknown", "ConnectionResetError: cut")
    assert len(channel.sent) == 1


async def test_a_channel_that_never_answers_leaves_an_unknown_message(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SilentChannel(RecordingChannel):
        async def send(self, message: OutboundMessage) -> SendResult:
            await super().send(message)
            await asyncio.Event().wait()
            return Sent()

    monkeypatch.setattr(sender, "SEND_TIMEOUT_SECONDS", 0)
    await database.write(add_reply)
    sending = Sender(database, {"telegram": SilentChannel()}, Wakeups(), clock)
    await one_round(sending)
    assert await state(database) == ("unknown", "no answer within 0 s")


def test_a_call_is_over_before_its_message_counts_as_lost() -> None:
    assert outbox.SENDING_AT_MOST.total_seconds() > sender.SEND_TIMEOUT_SECONDS
