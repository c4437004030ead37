"""Past disputes decided again: as before under their own policy, at a cost under another."""

from __future__ import annotations

import asyncio
import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.cli.shop import run_policy_replay
from bot.remedies.policy import load_policy
from bot.reports.policy_archive import keep_policy, kept_policy
from bot.reports.replay import Replay, replay_policy
from bot.settings import DATA_DIR, LOOPBACK, Settings, read_networks
from models import Database, policy_text
from tests.factories import NOW
from tests.integration.conversation.conftest import LATE, POLICY, SLOW, Room


def changed(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Return a copy of the shipped policy with places in its files changed."""
    shutil.copytree(DATA_DIR / "policy", folder)
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


async def dispute_two_orders(room: Room) -> None:
    """Let one customer take compensation for late dispatch, and another only look at the offer."""
    await room.chat().granted("compensation")
    await room.chat().offered(SLOW, "slow", "7081")
    await room.settle()


async def replayed(room: Room, folder: Path) -> Replay:
    """Decide everything again under the policy of the folder."""
    policy = load_policy(folder)
    return await room.database.read(lambda c: replay_policy(c, policy))


async def keep(room: Room) -> None:
    """Keep the policy in service, as every start of the program does."""
    await room.database.write(lambda c: keep_policy(c, POLICY, NOW))


async def test_under_its_own_policy_every_dispute_gets_its_old_verdict(room: Room) -> None:
    await keep(room)
    await dispute_two_orders(room)
    replay = await replayed(room, DATA_DIR / "policy")
    assert len(replay.disputes) == 2
    assert [d.own == d.was == d.would_be for d in replay.disputes] == [True, True]
    assert (replay.differences, replay.unlike, replay.unkept) == ((), (), 0)


async def test_a_changed_policy_shows_who_would_get_more_or_less_and_the_cost(
    room: Room, tmp_path: Path
) -> None:
    await keep(room)
    await dispute_two_orders(room)
    late = "late: {rate: 0.05, min_yuan: 5, max_yuan: 50}"
    slow = "track_timeout: {rate: 0.05, min_yuan: 5, max_yuan: 50}"
    folder = changed(
        tmp_path / "policy",
        ("shop.yaml", late, late.replace("0.05", "0.08")),
        ("shop.yaml", slow, slow.replace("min_yuan: 5, max_yuan: 50", "max_yuan: 1")),
    )
    replay = await replayed(room, folder)
    more, less = replay.differences
    assert (more.order_no, more.given) == (LATE, ("compensation", 995))
    assert more.cost_fen == 1592 - 995
    assert less.order_no == SLOW
    assert less.given is None
    assert less.cost_fen < 0
    assert replay.cost_fen == more.cost_fen + less.cost_fen
    assert replay.unlike == ()  # however the files change, the kept texts decide as before


async def test_without_the_kept_texts_nothing_is_claimed(room: Room) -> None:
    await dispute_two_orders(room)
    replay = await replayed(room, DATA_DIR / "policy")
    assert replay.unkept == 2
    assert replay.unlike == ()


async def test_the_command_prints_each_difference_and_the_sums(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(room)
    await dispute_two_orders(room)
    late = "late: {rate: 0.05, min_yuan: 5, max_yuan: 50}"
    folder = changed(tmp_path / "policy", ("shop.yaml", late, late.replace("0.05", "0.08")))
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("bot.cli.shop.open_database", lambda s: Database(s.database_url))
    url = str(room.database.engine.url.render_as_string(hide_password=False))
    settings = Settings(
        home=tmp_path, database_url=url.replace("+psycopg", "").replace("+pysqlite", ""),
        given_secret="s", public_url=None, rate_limited=False,
        trusted_proxies=read_networks(LOOPBACK), telegram=None,
    )  # fmt: skip
    await asyncio.to_thread(run_policy_replay, settings, folder)
    told = out.getvalue().splitlines()
    assert told[0].endswith("given compensation ¥9.95  +¥5.97")
    assert told[1] == (
        "own policy: 2 of 2 disputes decided as before, 0 otherwise, "
        "0 under texts not kept or refused"
    )
    assert told[2] == (
        "2 disputes, 1 changed: 1 would get more (+¥5.97), 0 less (+¥0.00), cost +¥5.97"
    )


def test_every_edition_is_kept_once_and_reads_as_it_was(database: Database) -> None:
    with database.engine.begin() as connection:
        keep_policy(connection, POLICY, NOW)
        keep_policy(connection, POLICY, NOW)
        rows = connection.execute(select(policy_text)).all()
        assert {row.platform for row in rows} == {"", "抖音"}
        assert len(rows) == 1 + len(POLICY.others)
        for edition in (POLICY, *POLICY.others):
            again = kept_policy(connection, edition.digest)
            assert again is not None
            assert (again.digest, again.rules, again.rates) == (
                edition.digest, edition.rules, edition.rates,
            )  # fmt: skip
        assert kept_policy(connection, "unknown") is None
