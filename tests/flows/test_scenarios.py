"""Whole conversations of strangers through the HTTP contract, judged by what is on record."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from nlp.labels import ISSUES
from nlp.understanding import Understander
from tests.factories import HandClock
from tests.flows.conftest import shop_settings
from tests.flows.scenarios.player import play
from tests.flows.scenarios.script import Scenario, load
from tests.flows.shop import Shop, running_shop

SCENARIOS = load()
ROUNDS = 8
AT_A_TIME = 12  # chats: more of them only wait for each other
FAILURES_AT_MOST = len(SCENARIOS) // 100  # pass^8 ≥ 99 %


@pytest.fixture
async def stranger_shop(
    trained_home: Path,
    sqlite_shop: Path,
    understander: Understander,
    clock: HandClock,
    tmp_path: Path,
) -> AsyncIterator[Shop]:
    """A running shop on SQLite, a copy of one at which nothing has happened."""
    file = tmp_path / "shop.db"
    file.write_bytes(sqlite_shop.read_bytes())
    settings = shop_settings(trained_home, f"sqlite:///{file}")
    async with running_shop(settings, understander, clock) as shop:
        yield shop


def test_every_issue_is_complained_of() -> None:
    assert {str(end["issue"]) for s in SCENARIOS for end in s.ends} == {*ISSUES, "none"}
    assert len({scenario.id for scenario in SCENARIOS}) == len(SCENARIOS) >= 150


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
async def test_a_stranger_gets_what_is_due(stranger_shop: Shop, scenario: Scenario) -> None:
    assert await play(stranger_shop, scenario) == ""


async def test_the_same_again_and_again_among_many(stranger_shop: Shop) -> None:
    queue = [scenario for scenario in SCENARIOS for _ in range(ROUNDS)]
    random.Random(20261124).shuffle(queue)
    gate = asyncio.Semaphore(AT_A_TIME)
    wrong: dict[str, str] = {}

    async def one(scenario: Scenario) -> None:
        async with gate:
            if trouble := await play(stranger_shop, scenario):
                wrong[scenario.id] = trouble

    await asyncio.gather(*map(one, queue))
    assert len(wrong) <= FAILURES_AT_MOST, "\n\n".join(wrong.values())
