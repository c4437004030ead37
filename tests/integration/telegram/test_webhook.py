"""Updates that Telegram pushes: stored once, in the right words, and only then acknowledged."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from models import Database
from tests.bot_api_server import (
    BotApiServer,
    Refusal,
    edit_update,
    photo_update,
    tap_update,
    text_update,
)
from tests.factories import NOW
from tests.integration.telegram.conftest import Build
from tests.integration.telegram.house import SECRET, eventually, listening, stored

POISON = {"update_id": 31, "message": {"message_id": 5, "chat": {"id": 777}, "date": "yesterday"}}


async def test_a_text_is_stored_in_our_words(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        update = text_update(7, "手机屏幕碎了", chat=555)
        assert await server.push(update, url=url, secret=SECRET) == [200]
    (row,) = await stored(database)
    assert (row.chat_id, row.kind, row.state) == ("555", "text", "waiting")
    assert row.text == "手机屏幕碎了"
    assert row.external_id == "customer:update:7"
    assert row.at == NOW


async def test_ten_replays_and_a_storm_of_copies_store_a_message_once(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        for _ in range(10):
            await server.push(text_update(7, "你好"), url=url, secret=SECRET)
        copies = [server.push(text_update(8, "在吗"), url=url, secret=SECRET) for _ in range(10)]
        assert await asyncio.gather(*copies) == [[200]] * 10
    assert [row.text for row in await stored(database)] == ["你好", "在吗"]


async def test_ids_out_of_order_and_lower_ones_later_are_all_kept(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    ids = [900, 902, 901, 902, 17, 900, 18]
    async with listening(parts, database) as url:
        for id_ in ids:
            await server.push(text_update(id_, str(id_)), url=url, secret=SECRET)
    assert [row.text for row in await stored(database)] == ["900", "902", "901", "17", "18"]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "密"])
async def test_without_the_secret_nothing_is_taken(
    database: Database, build: Build, secret: str
) -> None:
    parts = await build(database)
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with (
        listening(parts, database) as url,
        aiohttp.ClientSession() as client,
        client.post(url, json=text_update(7, "你好"), headers=headers) as answer,
    ):
        assert answer.status == 401
        assert answer.content_type == "application/problem+json"
        assert (await answer.json())["status"] == 401
    assert await stored(database) == []


async def test_a_body_without_end_is_refused(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        body = b'{"update_id": 1, "message": "' + b"x" * (1 << 20) + b'"}'
        assert await server.push(body, url=url, secret=SECRET, tries=1) == [413]


async def test_a_broken_database_is_a_503_and_the_update_comes_again(
    server: BotApiServer, build: Build, database: Database, tmp_path: Any
) -> None:
    broken = Database(f"sqlite:///{tmp_path}/no-such-folder/jiefen.db")
    parts = await build(broken)
    async with listening(parts, database) as url, aiohttp.ClientSession() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with client.post(url, json=text_update(7, "你好"), headers=headers) as answer:
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
    broken.close()
    again = await build(database)
    async with listening(again, database) as url:
        await server.push(text_update(7, "你好"), url=url, secret=SECRET)
    assert [row.text for row in await stored(database)] == ["你好"]


async def test_a_tap_becomes_a_choice_and_is_confirmed(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        update = tap_update(9, "o12", "退款 ¥30")
        await server.push(update, url=url, secret=SECRET)
        await eventually(lambda: server.called("answerCallbackQuery"))
    (row,) = await stored(database)
    assert (row.kind, row.choice, row.text) == ("choice", "o12", "退款 ¥30")
    assert server.called("answerCallbackQuery") == [{"callback_query_id": "query-9"}]


async def test_a_tap_that_is_too_old_to_confirm_still_counts(
    database: Database, server: BotApiServer, build: Build
) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    server.fail("answerCallbackQuery", Refusal(400, old))
    parts = await build(database)
    async with listening(parts, database) as url:
        assert await server.push(tap_update(9, "o12"), url=url, secret=SECRET) == [200]
        await eventually(lambda: server.called("answerCallbackQuery"))
    assert [row.choice for row in await stored(database)] == ["o12"]


async def test_an_edit_is_heard_and_the_first_words_are_kept(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    edit = edit_update(8, "订单是 DD2", message_id=70)
    async with listening(parts, database) as url:
        for update in (text_update(7, "订单是 DD1", message_id=70), edit, edit):
            await server.push(update, url=url, secret=SECRET)
    (row,) = await stored(database)
    assert row.text == "订单是 DD2"
    assert [before["text"] for before in row.data["edits"]] == ["订单是 DD1"]


async def test_an_edit_of_what_never_arrived_is_a_message(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        for id_, text in ((8, "写错了"), (9, "改好了")):
            update = edit_update(id_, text, message_id=70)
            await server.push(update, url=url, secret=SECRET)
    (row,) = await stored(database)
    assert (row.text, [before["text"] for before in row.data["edits"]]) == ("改好了", ["写错了"])


async def test_the_same_message_number_in_another_chat_is_another_message(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        update = text_update(7, "甲", chat=1, message_id=70)
        await server.push(update, url=url, secret=SECRET)
        update = edit_update(8, "乙", chat=2, message_id=70)
        await server.push(update, url=url, secret=SECRET)
    assert [row.text for row in await stored(database)] == ["甲", "乙"]


@pytest.mark.parametrize(
    "poison",
    [
        json.dumps(POISON).encode(),
        b'{"update_id": 31, "message": "no message"}',
        b'{"update_id": "31", "message": {}}',
        b'{"message": {}}',
        b"[1, 2]",
        b"not JSON \xff\x00",
        b'{"update_id": 31, "message": {"text": "\\u0000\\ud800"}}',
        b"[" * 100_000,
    ],
)
async def test_poison_is_set_aside_once_and_blocks_nobody(
    database: Database, server: BotApiServer, build: Build, poison: bytes
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        for _ in range(2):
            assert await server.push(poison, url=url, secret=SECRET, tries=1) == [200]
        assert await server.push(text_update(32, "你好"), url=url, secret=SECRET) == [200]
    aside = await stored(database, state="set_aside")
    assert len(aside) == 1
    assert aside[0].error
    assert [row.text for row in await stored(database, state="waiting")] == ["你好"]


async def test_poison_of_a_known_chat_is_kept_in_that_chat(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        await server.push(POISON, url=url, secret=SECRET)
    (row,) = await stored(database)
    assert (row.chat_id, json.loads(row.data["raw"])) == ("777", POISON)


async def test_what_no_database_can_hold_is_taken_out(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    update = json.dumps(text_update(7, "屏\u0000幕\ud83d")).encode()
    async with listening(parts, database) as url:
        assert await server.push(update, url=url, secret=SECRET, tries=1) == [200]
    (row,) = await stored(database, state="waiting")
    assert row.text.startswith("屏")
    assert "\x00" not in row.text


async def test_groups_and_news_about_the_bot_are_left_alone(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    group = text_update(7, "大家好", chat=-100)
    group["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "客服群"}
    tap = tap_update(8, "o1")
    tap["callback_query"]["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "群"}
    async with listening(parts, database) as url:
        for update in (group, tap, {"update_id": 9}, {"update_id": 10, "future_kind": {}}):
            assert await server.push(update, url=url, secret=SECRET) == [200]
    assert await stored(database, state="waiting") == []


async def test_a_name_that_is_too_long_is_cut(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    update = text_update(7, "你好")
    update["message"]["from"] |= {"first_name": "甲" * 64, "last_name": "乙" * 64}
    async with listening(parts, database) as url:
        assert await server.push(update, url=url, secret=SECRET, tries=1) == [200]
    assert [row.state for row in await stored(database)] == ["waiting"]


async def test_a_photo_waits_for_no_one_to_be_acknowledged(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database) as url:
        assert await server.push(photo_update(7, "gone"), url=url, secret=SECRET) == [200]
    assert len(await stored(database, kind="photo")) == 1


async def test_a_swamped_house_asks_telegram_to_come_again(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with listening(parts, database, busy_above=0) as url:
        assert await server.push(text_update(7, "甲", chat=1), url=url, secret=SECRET) == [200]
    async with listening(parts, database, busy_above=0) as url:
        statuses = await server.push(text_update(8, "乙"), url=url, secret=SECRET, tries=2)
    assert statuses == [503, 503]
    async with listening(parts, database) as url:
        assert await server.push(text_update(8, "乙"), url=url, secret=SECRET) == [200]
    assert [row.text for row in await stored(database)] == ["甲", "乙"]
