"""Whole conversations of strangers through the HTTP contract, judged by what is on record."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path

import pytest
import pytest_asyncio

from nlp.labels import ISSUES
from nlp.understanding import Understander
from tests.factories import NOW, HandClock
from tests.flows.conftest import shop_settings
from tests.flows.scenarios.player import FORMS, play
from tests.flows.scenarios.script import Scenario, load
from tests.flows.shop import Shop, running_shop

SCENARIOS = load()
BY_FILE = {file: list(group) for file, group in groupby(SCENARIOS, lambda scenario: scenario.file)}
AT_A_TIME = 12  # chats: more of them only wait for each other


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stranger_shop(
    trained_home: Path,
    sqlite_shop: Path,
    understander: Understander,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Shop]:
    """One running shop on SQLite for all of them: each plays on an order of its own."""
    file = tmp_path_factory.mktemp("strangers") / "shop.db"
    file.write_bytes(sqlite_shop.read_bytes())
    settings = shop_settings(trained_home, f"sqlite:///{file}")
    async with running_shop(settings, understander, HandClock(NOW)) as shop:
        yield shop


def test_every_issue_is_complained_of() -> None:
    assert {str(end["issue"]) for s in SCENARIOS for end in s.ends} == {*ISSUES, "none"}
    assert len({scenario.id for scenario in SCENARIOS}) == len(SCENARIOS) >= 150


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
async def test_a_stranger_gets_what_is_due(stranger_shop: Shop, scenario: Scenario) -> None:
    assert await play(stranger_shop, scenario) == ""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("file", BY_FILE)
async def test_each_once_more_in_another_order_and_form(stranger_shop: Shop, file: str) -> None:
    """None hangs on what runs beside it, or on how an order is numbered."""
    queue = [(scenario, at % (len(FORMS) - 1) + 1) for at, scenario in enumerate(BY_FILE[file])]
    random.Random(file).shuffle(queue)
    gate = asyncio.Semaphore(AT_A_TIME)
    wrong: dict[str, str] = {}

    async def one(scenario: Scenario, form: int) -> None:
        async with gate:
            if trouble := await play(stranger_shop, scenario, form):
                wrong[scenario.id] = trouble

    await asyncio.gather(*(one(scenario, form) for scenario, form in queue))
    assert not wrong, "\n\n".join(wrong.values())
