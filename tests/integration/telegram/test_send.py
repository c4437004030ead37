"""Replies out, against a server: every row of the table of what was and was not sent."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram import http
from bot.channels.telegram.build import TelegramParts
from bot.messages import Failed, Option, OutboundMessage, RetryLater, Sent, Unknown
from models import Database
from tests.bot_api_server import TOKEN, BotApiServer, Cut, Refusal, Silence
from tests.factories import add_conversation
from tests.integration.telegram.conftest import Build
from tests.integration.telegram.house import eventually

BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
LONG = "退款规则如下。\n" * 1250


def reply(text: str = "已为您退款。", *options: Option, chat_id: str = "777") -> OutboundMessage:
    return OutboundMessage(
        conversation_id=1, message_id=2, chat_id=chat_id, text=text, options=options
    )


@pytest.fixture
async def parts(build: Build) -> TelegramParts:
    """A channel; sending touches no database."""
    return await build(Database("sqlite://"))


async def test_a_reply_is_sent_as_plain_text(server: BotApiServer, parts: TelegramParts) -> None:
    text = "<b>您好</b> *订单* [DD1](x) _处理_中"
    result = await parts.channel.send(reply(text))
    assert result == Sent(sent_as=str(server.sent[0]["message_id"]))
    assert server.sent[0]["text"] == text
    assert "parse_mode" not in server.called("sendMessage")[0]


async def test_options_are_buttons_one_a_row(server: BotApiServer, parts: TelegramParts) -> None:
    long_label = "退货退款，运费由商家承担，预计三个工作日内原路退回到您的账户"
    options = Option(id="o1", label="退款 ¥30", kind="refund"), Option(
        id="人" * 22, label="太长的编号", kind="human"
    ), Option(id="o2", label=long_label, kind="return_refund")  # fmt: skip
    await parts.channel.send(reply("请选择", *options))
    first, second = server.sent[0]["reply_markup"]["inline_keyboard"]
    assert first == [{"text": "退款 ¥30", "callback_data": "o1"}]
    assert second[0]["callback_data"] == "o2"
    assert second[0]["text"].endswith("…")
    assert long_label.startswith(second[0]["text"][:-1])


@pytest.mark.parametrize("text", [LONG, "😡" * 5000, "👨‍👩‍👧‍👦" * 900, "没有标点" * 2500])
async def test_a_long_text_comes_whole_in_parts(
    server: BotApiServer, parts: TelegramParts, text: str
) -> None:
    result = await parts.channel.send(reply(text, Option(id="o1", label="好", kind="confirm")))
    texts = [message["text"] for message in server.sent]
    assert "".join(texts).replace("\n", "") == text.replace("\n", "")
    assert len(texts) > 1
    assert ["reply_markup" in message for message in server.sent] == [False] * (len(texts) - 1) + [
        True
    ]
    assert result == Sent(sent_as=str(server.sent[-1]["message_id"]))


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Refusal(429, "Too Many Requests", {"retry_after": 17}), RetryLater),
        (Refusal(429, "Too Many Requests"), RetryLater),
        (BLOCKED, Failed),
        (Refusal(403, "Forbidden: user is deactivated"), Failed),
        (Refusal(400, "Bad Request: chat not found"), Failed),
        (Refusal(401, "Unauthorized"), RetryLater),
        (Refusal(404, "Not Found"), RetryLater),
        (Refusal(500, "Internal Server Error: restart"), Unknown),
        (Refusal(502, "Bad Gateway"), Unknown),
        (Cut(carried_out=False), Unknown),
        (Cut(carried_out=True), Unknown),
    ],
)
async def test_each_failure_has_its_result(
    server: BotApiServer,
    parts: TelegramParts,
    failure: Any,
    expected: type[RetryLater | Failed | Unknown],
) -> None:
    server.fail("sendMessage", failure)
    result = await parts.channel.send(reply())
    assert isinstance(result, expected)
    assert TOKEN not in result.reason
    assert len(server.called("sendMessage")) == 1  # the channel itself repeats nothing
    assert isinstance(await parts.channel.send(reply()), Sent)


async def test_a_pause_that_telegram_asks_for_is_kept(
    server: BotApiServer, parts: TelegramParts
) -> None:
    server.fail("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 17}))
    result = await parts.channel.send(reply())
    assert isinstance(result, RetryLater)
    assert result.wait_seconds == 17


async def test_a_blocked_customer_is_unreachable(
    server: BotApiServer, parts: TelegramParts
) -> None:
    server.fail("sendMessage", BLOCKED)
    result = await parts.channel.send(reply())
    assert isinstance(result, Failed)
    assert result.reason.startswith("unreachable: ")


async def test_nobody_listening_is_safe_to_retry(
    server: BotApiServer, parts: TelegramParts, caplog: pytest.LogCaptureFixture
) -> None:
    await server.stop()
    result = await parts.channel.send(reply())
    assert isinstance(result, RetryLater)
    assert parts.status() == "unreachable"
    await server.start()
    assert isinstance(await parts.channel.send(reply()), Sent)
    assert parts.status() == "ok"
    assert TOKEN not in caplog.text


async def test_no_free_connection_is_safe_to_retry(
    server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "CONNECTIONS", 1)
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.2)
    parts = await build(Database("sqlite://"))
    server.fail("sendMessage", Silence(1.0))
    slow = asyncio.create_task(parts.channel.send(reply("慢")))
    await eventually(lambda: server.called("sendMessage"))
    result = await parts.channel.send(reply("快"))
    assert isinstance(result, RetryLater)
    assert TOKEN not in result.reason
    assert isinstance(await slow, Sent)
    assert [message["text"] for message in server.sent] == ["慢"]


async def test_an_answer_that_does_not_come_is_unknown(
    server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    parts = await build(Database("sqlite://"))
    server.fail("sendMessage", Silence(1.0))
    assert isinstance(await parts.channel.send(reply()), Unknown)
    assert len(server.sent) == 1


async def test_a_reply_cut_in_the_middle_is_unknown_and_says_where(
    server: BotApiServer, parts: TelegramParts
) -> None:
    await parts.channel.send(reply())  # so that the script below begins with the long one
    for failure in (BLOCKED, Cut(carried_out=False), Refusal(500, "Internal Server Error")):
        server.sent.clear()
        original = server._sendMessage

        async def second_fails(parameters: dict[str, str], failure: Any = failure) -> Any:
            return failure if len(server.sent) == 1 else await original(parameters)  # noqa: B023

        server._sendMessage = second_fails  # type: ignore[method-assign]
        result = await parts.channel.send(reply(LONG))
        server._sendMessage = original  # type: ignore[method-assign]
        assert isinstance(result, Unknown)
        assert result.reason.startswith("only 1 of 3 parts were sent: ")


async def test_what_a_pause_held_back_of_a_long_reply_goes_out_after_it(
    server: BotApiServer, parts: TelegramParts
) -> None:
    original = server._sendMessage
    pause = Refusal(429, "Too Many Requests", {"retry_after": 17})

    async def second_waits(parameters: dict[str, str]) -> Any:
        return pause if len(server.sent) == 1 else await original(parameters)

    whole = reply(LONG, Option(id="o1", label="好", kind="confirm"))
    server._sendMessage = second_waits  # type: ignore[method-assign]
    result = await parts.channel.send(whole)
    assert isinstance(result, RetryLater)
    assert (result.wait_seconds, result.parts_sent) == (17, 1)
    again = await parts.channel.send(replace(whole, parts_sent=1))  # too early
    assert isinstance(again, RetryLater)
    assert again.parts_sent == 1
    server._sendMessage = original  # type: ignore[method-assign]
    rest = await parts.channel.send(replace(whole, parts_sent=1))
    texts = [message["text"] for message in server.sent]
    assert "".join(texts).replace("\n", "") == LONG.replace("\n", "")
    assert rest == Sent(sent_as=str(server.sent[-1]["message_id"]))
    assert ["reply_markup" in message for message in server.sent] == [False, False, True]


async def test_a_chat_with_a_new_id_gets_the_reply_there_and_is_written_down(
    server: BotApiServer, build: Build, database: Database
) -> None:
    parts = await build(database)
    place = {"channel": "telegram", "account": "4242", "external_id": "-5"}
    id_ = await database.write(lambda c: add_conversation(c, **place))
    moved = Refusal(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1005})
    server.fail("sendMessage", moved)
    assert isinstance(await parts.channel.send(reply(chat_id="-5")), Sent)
    assert [message["chat"]["id"] for message in server.sent] == [-1005]
    row = await database.read(lambda c: c.exec_driver_sql(
        f"SELECT external_id FROM conversation WHERE id = {id_}"  # noqa: S608
    ).scalar_one())  # fmt: skip
    assert row == "-1005"


async def test_a_yes_that_cannot_be_read_is_a_yes(
    server: BotApiServer, parts: TelegramParts
) -> None:
    async def laconic(_parameters: dict[str, str]) -> Any:
        return {"message_id": 5}

    server._sendMessage = laconic  # type: ignore[method-assign]
    assert await parts.channel.send(reply()) == Sent()


async def test_a_refused_token_is_one_clear_line(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    parts = await build(Database("sqlite://"), token="1:wrong")
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert isinstance(await parts.channel.send(reply()), RetryLater)
    assert parts.status() == "token refused"
    assert await parts.check() == "token refused"
    assert [r.levelname for r in caplog.records if "JIEFEN_TELEGRAM_TOKEN" in r.message] == [
        "ERROR"
    ]


async def test_files_go_up_whole(server: BotApiServer) -> None:
    request = http.AiohttpRequest(server.api)
    bot = Bot(TOKEN, base_url=server.api, request=request, get_updates_request=request)
    content = bytes(range(256)) * 9000
    async with request:
        await bot.send_document(777, content, filename="清单.bin", caption="退货清单")
    assert list(server.files.values()) == [content]
    assert server.called("sendDocument")[0]["caption"] == "退货清单"


async def test_many_sends_share_the_connections(
    server: BotApiServer, parts: TelegramParts
) -> None:
    results = await asyncio.gather(*(parts.channel.send(reply(str(n))) for n in range(300)))
    assert all(isinstance(result, Sent) for result in results)
    assert sorted(int(m["text"]) for m in server.sent) == list(range(300))
