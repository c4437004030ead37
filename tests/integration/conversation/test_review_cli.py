"""The terminal's numbers, and a report that must not stop the shop."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.cli import chat as terminal
from bot.cli.shop import run_policy_replay
from bot.settings import DATA_DIR, LOOPBACK, Settings, read_networks
from tests.conftest import raw_engine
from tests.integration.conversation.conftest import LATE, Room

WRITING = {
    "sqlite": ("PRAGMA journal_mode=WAL", "BEGIN IMMEDIATE"),
    "postgresql": ("BEGIN", "LOCK TABLE conversation, dispute IN EXCLUSIVE MODE"),
}


async def terminal_chat(room: Room) -> Any:
    """Return a terminal on the room's database."""
    house = SimpleNamespace(database=room.database, clock=room.clock, wakeups=room.wakeups)
    return terminal._Terminal(house)  # type: ignore[arg-type]


async def type_in(room: Room, screen: Any, text: str) -> None:
    """Type a line and read what comes."""
    await screen._say(text)
    await room.turn()
    await screen._print_new()


async def test_a_number_picks_what_was_shown_last_and_nothing_older(room: Room) -> None:
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,), phone_tail="1024")
    room.ear.learn("还有一件事", "missing_item", order_nos=("JF20261101021",))
    screen = await terminal_chat(room)
    await type_in(room, screen, "没发货")
    assert len(screen._options) == 4
    await type_in(room, screen, "还有一件事")  # the phone's last digits are asked for
    assert screen._options == []
    await type_in(room, screen, "1")
    (late,) = await room.disputes(LATE)
    assert (late["state"], late["remedies"]) == ("offered", [])


async def test_a_strange_digit_is_a_text(room: Room) -> None:
    screen = await terminal_chat(room)
    await type_in(room, screen, "²")
    assert screen._seen > 0


async def test_the_terminal_waits_while_there_is_something_to_do(room: Room) -> None:
    """A line that is piped in must not overtake the answer to the one before."""
    room.ear.learn("没发货", "not_shipped", order_nos=(LATE,), phone_tail="1024")
    screen = await terminal_chat(room)
    busy = [await room.database.read(screen._is_busy)]
    await screen._say("没发货")
    busy.append(await room.database.read(screen._is_busy))
    await room.turn()
    await screen._print_new()
    busy.append(await room.database.read(screen._is_busy))
    await type_in(room, screen, "1")
    await type_in(room, screen, "1")
    busy.append(await room.database.read(screen._is_busy))
    (late,) = await room.disputes(LATE)
    assert [r["state"] for r in late["remedies"]] == ["executing"]
    assert busy == [False, True, False, True]


def test_a_policy_replay_does_not_wait_for_the_shops_writers(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("bot.cli.shop.open_database", _open)
    settings = Settings(
        home=tmp_path, database_url=database_url, given_secret="s", public_url=None,
        rate_limited=False, trusted_proxies=read_networks(LOOPBACK), telegram=None,
    )  # fmt: skip
    with _the_shop_is_writing(database_url):
        run_policy_replay(settings, DATA_DIR / "policy")
    assert "0 disputes" in out.getvalue()


@contextmanager
def _the_shop_is_writing(database_url: str) -> Iterator[None]:
    """Hold what keeps every other writer out, and no reader."""
    engine = raw_engine(database_url)
    with engine.connect() as connection:
        for statement in WRITING[engine.dialect.name]:
            connection.exec_driver_sql(statement)
        yield
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


def _open(settings: Settings) -> Any:
    from models import Database

    return Database(settings.database_url)
