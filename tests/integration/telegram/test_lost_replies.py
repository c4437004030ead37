"""A reply that may not have arrived is put before people, and is never sent again by itself."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram import http
from bot.conversation.results import note_lost_reply
from bot.delivery import outbox
from bot.delivery.outbox import Outgoing
from bot.delivery.pacing import Pacing
from bot.delivery.sender import Sender
from bot.delivery.wakeups import DESK, WORK, conversation_topic
from bot.desk import cases
from bot.desk.staff import Staff
from bot.messages import Sent
from bot.orders.book import OrderBook
from bot.orders.demo import demo_orders
from models import Database
from tests.bot_api_server import BotApiServer, Cut, Refusal, Silence
from tests.factories import NOW, HandClock
from tests.integration.conversation.conftest import (
    LATE,
    STALLED,
    Book,
    Chat,
    Ear,
    Room,
    agent_in,
    overdue,
    promised,
)
from tests.integration.telegram.conftest import Build

BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
TOLD = "可能没能送到您这里"


class Shop:
    """A room whose replies go out to a Bot API server, one step at a time."""

    def __init__(self, room: Room, sender: Sender, server: BotApiServer) -> None:
        self.room = room
        self.sender = sender
        self.server = server
        self.chat = Chat(room, "777", channel="telegram")

    async def send_out(self) -> None:
        """Send everything that is due."""
        while due := await self.sender.take(32):
            for one in due:
                await self.sender.send(one)
            self.room.clock.advance(seconds=1)

    async def settle(self) -> None:
        """Send, and do the turns that come of it, until nothing is due."""
        await self.send_out()
        while await self.room.turn():
            await self.send_out()

    async def line(self) -> dict[str, Any]:
        """Return the chat as the list has it."""
        found = await self.room.database.read(lambda c: cases.conversations(c, self.room.clock()))
        (only,) = found
        return only

    async def close(self, agent: Staff) -> None:
        """Let an agent end the chat."""
        close = partial(
            self.room.commands.close, staff=agent, conversation_id=self.chat.id,
            now=self.room.clock(),
        )  # fmt: skip
        await self.room.database.write(close)

    async def lose_offer(self) -> Outgoing:
        """Make an offer whose sending was given up, and not yet heard of; return it."""
        await self.chat.offered()
        (sending,) = await self.sender.take(32)
        self.room.clock.advance(seconds=outbox.SENDING_AT_MOST.total_seconds() + 1)
        assert await self.sender.take(32) == []
        return sending

    def texts(self) -> list[str]:
        """Return what reached the customer."""
        return [message["text"] for message in self.server.sent]


@pytest.fixture
async def shop(
    database: Database,
    clock: HandClock,
    server: BotApiServer,
    build: Build,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """The demo's orders, and Telegram on loopback."""
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    parts = await build(database)
    book = OrderBook(database, clock)
    await book.put(demo_orders(NOW))
    room = Room(database, clock, Ear(), Book(book))
    sender = Sender(
        database, {"telegram": parts.channel}, room.wakeups, clock, pacing=Pacing(burst=99),
        on_lost=lambda c, here, number: note_lost_reply(c, here, number, clock()),
    )  # fmt: skip
    return Shop(room, sender, server)


@pytest.mark.parametrize(
    "failure",
    [
        Refusal(500, "Internal Server Error: restart"), Refusal(502, "Bad Gateway"), BLOCKED,
        Refusal(400, "Bad Request: chat not found"), Cut(carried_out=False),
        Cut(carried_out=True), Silence(0.6),
    ],
)  # fmt: skip
async def test_a_lost_offer_calls_people_and_shows_in_the_list(shop: Shop, failure: Any) -> None:
    shop.server.fail("sendMessage", failure)
    await shop.chat.offered()
    assert (await shop.line())["undelivered"] == 0
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["reason"], line["undelivered"]) == ("queued", "E13", 1)
    assert "可能没有送达" in line["summary"]["what"]
    assert TOLD in shop.texts()[-1]
    assert len(shop.server.called("sendMessage")) == 2  # the offer itself only once


async def test_people_are_called_once_for_a_chat(shop: Shop) -> None:
    shop.server.fail("sendMessage", *[Refusal(502, "Bad Gateway")] * 4)
    await shop.chat.offered()
    await shop.settle()
    await shop.chat.say("在吗")
    await shop.settle()
    assert (await shop.room.kinds(shop.chat)).count("HandedOver") == 1
    assert (await shop.line())["undelivered"] == 3


async def test_what_was_lost_is_told_again_once_people_give_the_chat_back(shop: Shop) -> None:
    shop.server.fail("sendMessage", Refusal(500, "Internal Server Error"))
    await shop.chat.offered()
    await shop.settle()
    room, chat = shop.room, shop.chat
    agent = await agent_in(room, chat)
    await room.database.write(
        lambda c: room.commands.return_to_bot(c, agent, chat.id, room.clock())
    )
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("bot", 0)
    buttons = shop.server.sent[-1]["reply_markup"]["inline_keyboard"]
    assert len(buttons) > 1
    (dispute,) = await room.disputes(LATE)
    assert dispute["state"] == "offered"


async def test_a_reply_whose_sender_was_killed_calls_people_too(shop: Shop) -> None:
    await shop.chat.offered()
    assert len(await shop.sender.take(32)) == 1  # and here it ends
    shop.room.clock.advance(seconds=outbox.SENDING_AT_MOST.total_seconds() + 1)
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("queued", 1)


async def test_a_lost_goodbye_leaves_the_chat_closed(shop: Shop) -> None:
    await shop.chat.say("你好")
    await shop.settle()
    agent = await agent_in(shop.room, shop.chat)
    await shop.settle()
    shop.server.fail("sendMessage", *[BLOCKED] * 4)
    await shop.close(agent)
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("closed", 0)
    assert len(shop.server.called("sendMessage")) == 3
    assert "HandedOver" not in await shop.room.kinds(shop.chat)


async def test_who_writes_after_a_lost_goodbye_is_answered(shop: Shop) -> None:
    await shop.chat.say("你好")
    await shop.settle()
    agent = await agent_in(shop.room, shop.chat)
    await shop.settle()
    shop.server.fail("sendMessage", Refusal(502, "Bad Gateway"))
    await shop.close(agent)
    await shop.chat.say("你好")
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("bot", 0)


async def test_a_loss_that_is_heard_of_after_the_end_calls_nobody(shop: Shop) -> None:
    await shop.lose_offer()
    await shop.close(await shop.room.hire("小王"))
    await shop.settle()
    assert (await shop.line())["state"] == "closed"


async def test_who_writes_again_after_the_end_and_is_not_reached_brings_people(
    shop: Shop,
) -> None:
    await shop.chat.say("你好")
    await shop.settle()
    await shop.close(await shop.room.hire("小王"))
    await shop.settle()
    shop.server.fail("sendMessage", Refusal(502, "Bad Gateway"))
    await shop.chat.offered()
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["reason"]) == ("queued", "E13")


async def test_a_reply_that_turns_out_to_have_arrived_calls_nobody(shop: Shop) -> None:
    offer = await shop.lose_offer()
    late = partial(outbox.record, sent=offer, result=Sent(sent_as="m1"), now=shop.room.clock())
    await shop.room.database.write(late)
    await shop.settle()
    assert (await shop.line())["state"] == "bot"
    assert await promised(shop.room, shop.chat) == {"offer": "open"}
    assert shop.texts() == []


async def test_who_tapped_the_button_of_a_reply_has_got_it(shop: Shop) -> None:
    await shop.lose_offer()
    await shop.chat.press("refund")
    await shop.settle()
    assert (await shop.line())["state"] == "bot"
    assert "HandedOver" not in await shop.room.kinds(shop.chat)


async def test_a_button_of_an_earlier_reply_tells_nothing_of_a_lost_one(shop: Shop) -> None:
    await shop.chat.offered()
    await shop.send_out()
    shop.server.fail("sendMessage", Refusal(502, "Bad Gateway"))
    await shop.chat.press("refund")
    await shop.send_out()
    await shop.chat.press("refund")
    await shop.settle()
    assert (await shop.line())["state"] == "queued"


async def test_who_works_and_who_looks_on_are_woken_for_it(shop: Shop) -> None:
    woken: list[str] = []
    shop.room.wakeups.forward_to(woken.append)
    await shop.lose_offer()
    assert {WORK, DESK, conversation_topic(shop.chat.id)} <= set(woken)


async def test_what_was_written_behind_it_still_goes_out(shop: Shop) -> None:
    shop.server.fail("sendMessage", Refusal(502, "Bad Gateway"))
    await shop.chat.say("你好")
    write = partial(
        outbox.put_reply, conversation_id=shop.chat.id, epoch=0, sender="bot", text="还有一句",
        now=shop.room.clock(), pushed=True,
    )  # fmt: skip
    await shop.room.database.write(write)
    (first,) = await shop.sender.take(1)
    await shop.sender.send(first)
    await shop.room.turn()
    await shop.send_out()
    assert shop.texts()[0] == "还有一句"
    assert TOLD in shop.texts()[1]


async def test_what_was_written_before_poison_called_people_still_goes_out(shop: Shop) -> None:
    await shop.chat.offered()
    shop.room.ear.fails_on["毒"] = RuntimeError("no")
    await shop.chat.send("毒")
    for _ in range(6):
        await shop.room.turn()
        shop.room.clock.advance(minutes=1)
    assert (await shop.line())["state"] == "queued"
    await shop.send_out()
    assert "reply_markup" in shop.server.sent[0]
    assert len(shop.texts()) == 2


async def test_what_was_written_before_a_miss_called_people_still_goes_out(shop: Shop) -> None:
    await shop.chat.granted("compensation", order_no=STALLED, issue="no_tracking", tail="6079")
    before = len(await shop.chat.said())
    shop.room.clock.advance(minutes=30)
    await overdue(shop.room).look()
    assert (await shop.line())["state"] == "queued"
    await shop.send_out()
    assert len(shop.texts()) == before + 1
    assert "我们没有做到" in shop.texts()[-1]


async def test_news_that_was_written_after_the_end_still_goes_out_when_the_customer_writes(
    shop: Shop,
) -> None:
    await shop.chat.granted()
    await shop.send_out()
    await shop.close(await shop.room.hire("小王"))
    await shop.send_out()
    await shop.room.carry_out()
    await shop.room.turn()
    await shop.chat.say("你好")
    await shop.send_out()
    assert (await shop.line())["state"] == "bot"
    assert sum("已办妥" in text for text in shop.texts()) == 1


async def test_what_was_said_to_who_waited_still_goes_out_when_they_wait_no_longer(
    shop: Shop,
) -> None:
    shop.room.ear.learn("转人工", signs=("human",), intent="want_human")
    await shop.chat.say("转人工")
    await shop.chat.say("不用人工了")
    await shop.send_out()
    assert (await shop.line())["state"] == "bot"
    assert len(shop.texts()) == len(await shop.chat.said()) == 2


async def test_nobody_is_called_for_words_of_an_agent(shop: Shop) -> None:
    await shop.chat.say("你好")
    await shop.settle()
    agent = await agent_in(shop.room, shop.chat)
    await shop.settle()
    shop.server.fail("sendMessage", Refusal(502, "Bad Gateway"))
    await shop.room.database.write(
        lambda c: shop.room.commands.reply(c, agent, shop.chat.id, "您好", shop.room.clock())
    )
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("with_person", 1)
    await shop.room.database.write(
        lambda c: shop.room.commands.reply(c, agent, shop.chat.id, "在吗", shop.room.clock())
    )
    await shop.settle()
    assert (await shop.line())["undelivered"] == 0


async def test_words_that_nobody_will_speak_any_more_are_not_lost(shop: Shop) -> None:
    await shop.chat.say("你好")  # written, and not sent before an agent takes over
    await agent_in(shop.room, shop.chat)
    await shop.settle()
    line = await shop.line()
    assert (line["state"], line["undelivered"]) == ("with_person", 0)
    assert shop.texts() == ["小王已接入，为您服务。"]


async def test_a_page_in_place_of_an_answer_is_one_line_in_the_log(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    async def page(_parameters: dict[str, str]) -> web.Response:
        text = "<html><h1>502 Bad Gateway</h1></html>"
        return web.Response(status=502, text=text, content_type="text/html")

    shop.server._sendMessage = page  # type: ignore[attr-defined]
    await shop.chat.say("你好")
    await shop.send_out()
    assert (await shop.line())["undelivered"] == 1
    told = [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert [(record.levelname, record.exc_info) for record in told] == [("WARNING", None)]
    assert "502" in told[0].getMessage()
