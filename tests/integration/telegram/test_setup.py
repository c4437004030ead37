"""The calls at start are made, and a server that lacks or breaks them stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram import health, setup
from bot.channels.telegram.build import account_of, build_telegram
from bot.channels.telegram.setup import LOOK_AGAIN
from bot.channels.uploads import check_upload
from bot.delivery.retry import Backoff
from bot.delivery.wakeups import Wakeups
from bot.errors import SettingsError
from bot.settings import TELEGRAM_API, Settings
from models import Database
from tests.bot_api_server import BotApiServer, Cut, Refusal
from tests.factories import HandClock
from tests.integration.telegram.conftest import COMMANDS, Build
from tests.integration.telegram.house import SECRET, eventually, running


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Backoff(first_seconds=0.01, longest_seconds=0.05)
    monkeypatch.setattr(setup, "AGAIN", quick)
    monkeypatch.setattr(setup, "LOOK_AGAIN", quick)


async def test_the_webhook_is_registered_with_everything_said(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: server.webhook and parts.status() == "ok")
    assert server.webhook["url"] == "https://shop.example/telegram/webhook"
    assert server.webhook["secret_token"] == SECRET
    assert json.loads(server.webhook["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
    ]
    assert server.webhook.get("drop_pending_updates", "false") == "false"


async def test_customers_are_shown_the_commands(
    database: Database, server: BotApiServer, build: Build
) -> None:
    async with running(await build(database)):
        (call,) = await eventually(lambda: server.called("setMyCommands"))
    assert [c["command"] for c in json.loads(call["commands"])] == ["start", "human"]
    assert json.loads(call["scope"]) == {"type": "all_private_chats"}


async def test_what_breaks_is_tried_again(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.fail("getMe", Cut(carried_out=False), Refusal(500))
    server.fail("setWebhook", Refusal(429, "Too Many Requests", {"retry_after": 0.01}))
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: len(server.called("getMe")) == 3)
        await eventually(lambda: server.webhook and parts.status() == "ok")


async def test_a_refused_webhook_is_an_error_until_it_is_taken(
    database: Database, server: BotApiServer, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("setWebhook", *[Refusal(400, "Bad Request: bad webhook: no host")] * 10_000)
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: parts.health.trouble == "webhook refused")
        assert await parts.check() == "webhook refused"
        server.heal("setWebhook")
        await eventually(lambda: server.webhook and parts.health.trouble is None)
    assert "JIEFEN_PUBLIC_URL" in caplog.text


async def test_a_webhook_that_is_never_answered_is_no_readiness(
    database: Database, server: BotApiServer, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(health._BORNE_SECONDS, "webhook pending", 0.0)
    server.fail("setWebhook", *[Refusal(502)] * 10_000)
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: len(server.called("setWebhook")) > 3 and parts.status() == "ok")
        assert await parts.check() == "webhook pending"
        server.heal("setWebhook")
        await eventually(lambda: server.webhook and parts.health.trouble is None)


async def test_who_was_never_reached_is_looked_for_until_it_is_there(
    database: Database, server: BotApiServer, build: Build
) -> None:
    await server.stop()
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: parts.status() == "unreachable")
        assert await parts.check() is None  # the web chat must not wait for Telegram's line
        await server.start()
        await eventually(lambda: parts.status() == "ok" and server.webhook)


@pytest.mark.parametrize("code", [500, 501, 502])
async def test_commands_that_cannot_be_shown_say_nothing_of_the_line(
    database: Database, server: BotApiServer, build: Build, code: int
) -> None:
    server.fail("setMyCommands", *[Refusal(code)] * 10_000)
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: parts.status() == "ok")
        for calls in range(1, 4):
            await eventually(lambda calls=calls: len(server.called("setMyCommands")) > calls)
            assert parts.status() == "ok"
        # Nor does the look-out wait for them.
        parts.health.note("unreachable")
        await eventually(lambda: parts.status() == "ok")


async def test_a_line_that_is_back_is_seen_soon_though_nothing_is_sent(
    database: Database, server: BotApiServer, build: Build
) -> None:
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: parts.status() == "ok")
        server.fail("getMe", *[Refusal(502)] * 10_000)
        parts.health.note("unreachable")
        await eventually(lambda: len(server.called("getMe")) > 10)
        server.heal("getMe")
        await eventually(lambda: parts.status() == "ok")


def test_the_look_out_waits_no_longer_than_half_a_minute() -> None:
    assert LOOK_AGAIN.longest_seconds == 30


async def test_a_server_that_lacks_everything_is_no_failure(
    database: Database, server: BotApiServer, build: Build
) -> None:
    server.lacks |= {"getMe", "setMyCommands", "setWebhook"}
    parts = await build(database)
    async with running(parts):
        await eventually(lambda: len(server.calls) == 3)
    assert await parts.check() is None


async def test_strange_answers_stop_nothing(
    database: Database, server: BotApiServer, build: Build
) -> None:
    async def strange(_parameters: dict[str, str]) -> Any:
        return {"surprise": 1}

    for method in ("getMe", "setMyCommands", "setWebhook", "deleteWebhook"):
        setattr(server, f"_{method}", strange)
    async with running(await build(database)):
        await eventually(lambda: len(server.calls) == 3)
    async with running(await build(database, "polling")):
        await eventually(lambda: server.called("getUpdates"))


async def test_a_refused_token_shows_in_the_readiness_check(
    database: Database, build: Build
) -> None:
    parts = await build(database, token="1:wrong")
    async with running(parts):
        await eventually(lambda: parts.status() == "token refused")
    assert await parts.check() == "token refused"


async def test_without_a_public_url_the_webhook_is_left_as_it_is(
    database: Database,
    server: BotApiServer,
    clock: HandClock,
    settings_for: Callable[..., Settings],
) -> None:
    settings = replace(settings_for(server.api), public_url=None)
    parts = build_telegram(settings, database, Wakeups(), clock, check_upload, COMMANDS)
    async with running(parts):
        await eventually(lambda: server.called("setMyCommands"))
    assert [route.path for route in parts.routes] == ["/telegram/webhook"]
    assert not server.called("setWebhook")
    await parts.close()


def _with_url(settings: Settings, public_url: str) -> Settings:
    return replace(settings, public_url=public_url)


def test_telegram_itself_calls_no_http_address(
    clock: HandClock, settings_for: Callable[..., Settings]
) -> None:
    settings = _with_url(settings_for(TELEGRAM_API), "http://shop.example")
    with pytest.raises(SettingsError, match=r"^JIEFEN_PUBLIC_URL: .*https"):
        build_telegram(settings, Database("sqlite://"), Wakeups(), clock, check_upload, COMMANDS)


async def test_an_http_address_is_no_matter_where_telegram_is_polled(
    clock: HandClock, settings_for: Callable[..., Settings]
) -> None:
    settings = _with_url(settings_for(TELEGRAM_API, "polling"), "http://shop.example")
    parts = build_telegram(
        settings, Database("sqlite://"), Wakeups(), clock, check_upload, COMMANDS
    )
    await parts.close()


async def test_a_server_of_ones_own_is_given_an_http_address(
    database: Database,
    server: BotApiServer,
    clock: HandClock,
    settings_for: Callable[..., Settings],
) -> None:
    settings = _with_url(settings_for(server.api), "http://localhost:8080")
    parts = build_telegram(settings, database, Wakeups(), clock, check_upload, COMMANDS)
    async with running(parts):
        await eventually(lambda: server.webhook)
    assert server.webhook["url"] == "http://localhost:8080/telegram/webhook"
    await parts.close()


async def test_polling_opens_no_door(database: Database, build: Build) -> None:
    assert (await build(database, "polling")).routes == ()


def test_without_a_token_there_is_no_channel(
    clock: HandClock, settings_for: Callable[..., Settings]
) -> None:
    settings = replace(settings_for(""), telegram=None)
    with pytest.raises(SettingsError, match="JIEFEN_TELEGRAM_TOKEN"):
        build_telegram(settings, Database("sqlite://"), Wakeups(), clock, check_upload, COMMANDS)


@pytest.mark.parametrize(
    ("token", "account"), [("4242:abc", "4242"), ("no-number:abc", "bot"), ("4242", "bot")]
)
def test_the_account_never_shows_the_secret_part_of_the_token(token: str, account: str) -> None:
    assert account_of(token) == account
