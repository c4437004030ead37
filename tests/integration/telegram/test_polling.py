"""Updates that we fetch: nothing is confirmed before it is committed, whatever breaks between."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import polling
from bot.delivery.retry import Backoff
from models import Database
from tests.bot_api_server import BotApiServer, Cut, Refusal, Silence, tap_update, text_update
from tests.integration.telegram.conftest import Build
from tests.integration.telegram.house import eventually, running, stored

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Backoff(first_seconds=0.01, longest_seconds=0.05)
    monkeypatch.setattr(polling, "AGAIN", quick)


async def texts(database: Database) -> list[str]:
    """Return the texts in the inbox in the order of arrival."""
    return [row.text for row in await stored(database)]


async def test_updates_are_fetched_in_order_and_confirmed(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.put(*(text_update(100 + n, str(n)) for n in range(250)))
    async with running(await build(database, "polling")):
        await eventually(lambda: not server.queue)
    assert await texts(database) == [str(n) for n in range(250)]
    assert "offset" not in server.called("getUpdates")[0]


async def test_many_chats_keep_each_their_order(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.put(*(text_update(n, f"{n:02}", chat=1 + n % 7) for n in range(1, 71)))
    async with running(await build(database, "polling")):
        await eventually(lambda: not server.queue)
    rows = await stored(database)
    assert len(rows) == 70
    for chat in {row.chat_id for row in rows}:
        mine = [row.text for row in rows if row.chat_id == chat]
        assert mine == sorted(mine)


async def test_a_restart_goes_on_where_it_was(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.put(text_update(100, "一"))
    async with running(await build(database, "polling")):
        await eventually(lambda: texts(database))
    server.put(text_update(101, "二"), text_update(102, "三"))
    async with running(await build(database, "polling")):
        await eventually(lambda: not server.queue)
    assert await texts(database) == ["一", "二", "三"]


async def test_ids_that_begin_again_lower_are_not_lost(
    database: Database, server: BotApiServer, build: Build
) -> None:
    async with running(await build(database, "polling")):
        server.put(text_update(9000, "旧"))
        await eventually(lambda: not server.queue)
        server.put(text_update(17, "新"), text_update(18, "再"))
        await eventually(lambda: not server.queue)
    assert await texts(database) == ["旧", "新", "再"]


async def test_a_batch_that_could_not_be_stored_is_not_confirmed(
    database: Database, server: BotApiServer, build: Build, tmp_path: Path
) -> None:
    server.put(*(text_update(100 + n, str(n)) for n in range(10)))
    broken = Database(f"sqlite:///{tmp_path}/no-such-folder/jiefen.db")
    async with running(await build(broken, "polling")):
        await eventually(lambda: len(server.called("getUpdates")) >= 3)
    broken.close()
    assert len(server.queue) == 10
    async with running(await build(database, "polling")):
        await eventually(lambda: not server.queue)
    assert await texts(database) == [str(n) for n in range(10)]


async def test_kills_between_fetch_and_commit_lose_nothing_and_repeat_nothing(
    database_url: str, server: BotApiServer, build: Build
) -> None:
    database = Database(database_url)
    try:
        server.put(*(text_update(n, str(n), chat=1 + n % 3) for n in range(1, 401)))
        for enough in (20, 150):
            process = await _start(server.api, database_url)

            async def has(enough: int = enough) -> bool:
                return len(await stored(database)) >= enough

            await eventually(has, seconds=30)
            process.kill()
            await process.wait()
        async with running(await build(database, "polling")):
            await eventually(lambda: not server.queue)
        rows = await stored(database)
        assert sorted(int(row.text) for row in rows) == list(range(1, 401))
    finally:
        database.close()


async def _start(api: str, database_url: str) -> asyncio.subprocess.Process:
    module = "tests.integration.telegram.polling_process"
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, api, database_url, cwd=ROOT
    )


async def test_poison_blocks_neither_its_batch_nor_the_next(
    database: Database, server: BotApiServer, build: Build
) -> None:
    poison: Any = {"update_id": 101, "message": {"chat": "nowhere"}}
    server.put(text_update(100, "一"), poison, text_update(102, "二"), tap_update(103, "o1"))
    async with running(await build(database, "polling")):
        await eventually(lambda: not server.queue)
    assert [row.kind for row in await stored(database, state="waiting")] == [
        "text",
        "text",
        "choice",
    ]
    assert len(await stored(database, state="set_aside")) == 1


async def test_broken_lines_are_mended(
    database: Database, server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "ANSWER_SECONDS", 0.3)
    server.put(text_update(100, "一"))
    server.fail(
        "getUpdates",
        Cut(carried_out=False),
        Refusal(500, "Internal Server Error: restart"),
        Refusal(429, "Too Many Requests", {"retry_after": 0.01}),
        Silence(2.0),  # a poll that hangs is given up, and its connection with it
        Cut(carried_out=True),
    )
    parts = await build(database, "polling")
    async with running(parts):
        await eventually(lambda: texts(database))
        await eventually(lambda: parts.status() == "ok")
    assert await texts(database) == ["一"]


async def test_a_server_that_was_away_is_found_again(
    database: Database, server: BotApiServer, build: Build
) -> None:
    await server.stop()
    parts = await build(database, "polling")
    async with running(parts):
        await eventually(lambda: parts.status() == "unreachable")
        server.put(text_update(100, "一"))
        await server.start()
        await eventually(lambda: texts(database))
    assert parts.status() == "ok"


async def test_a_webhook_in_the_way_is_taken_down(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.webhook = {"url": "https://elsewhere.example"}
    server.fail("deleteWebhook", Refusal(500))
    server.put(text_update(100, "一"))
    async with running(await build(database, "polling")):
        await eventually(lambda: texts(database))
    assert len(server.called("deleteWebhook")) == 2
    assert {c["drop_pending_updates"] for c in server.called("deleteWebhook")} <= {"false"}


async def test_a_second_poller_is_one_clear_line(
    database: Database, server: BotApiServer, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = Refusal(409, "Conflict: terminated by other getUpdates request")
    server.fail("getUpdates", *[conflict] * 5)
    parts = await build(database, "polling")
    with caplog.at_level(logging.ERROR):
        async with running(parts):
            await eventually(lambda: parts.status() == "conflict")
            await eventually(lambda: len(server.called("getUpdates")) > 5)
    assert len([r for r in caplog.records if "another program polls" in r.message]) == 1


async def test_a_refused_token_stops_nothing_else(
    database: Database, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    parts = await build(database, "polling", token="1:wrong")
    async with running(parts):
        await eventually(lambda: parts.status() == "token refused")
        await asyncio.sleep(0.2)
    assert len([r for r in caplog.records if "JIEFEN_TELEGRAM_TOKEN" in r.message]) == 1
