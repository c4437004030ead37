"""Artefacts are swapped under a running shop: no message is lost, none is left in memory."""

from __future__ import annotations

import asyncio
import gc
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import wiring
from bot.settings import Settings
from models import event
from nlp import registry
from nlp.classifier import Classifier
from nlp.understanding import Understander
from tests.factories import HandClock
from tests.flows.shop import running_shop

SWAPS = 20
CUSTOMERS = 3


@pytest.fixture
def own_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The shop with a home of its own, so that promotions stay there."""
    shutil.copytree(settings.home / "artefacts", tmp_path / "home" / "artefacts")
    return replace(settings, home=tmp_path / "home")


def classifiers() -> int:
    gc.collect()
    return sum(isinstance(one, Classifier) for one in gc.get_objects())


async def test_twenty_swaps_lose_nothing_and_leave_nothing_behind(
    own_settings: Settings,
    understander: Understander,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wiring, "ARTEFACT_LOOK_SECONDS", 0.05)
    home, first = own_settings.home, understander.artefact
    registry.save(home, "twin", first.classifier, first.answers, dict(first.papers))
    async with running_shop(own_settings, understander, clock) as shop:
        before = classifiers()
        customers = [await shop.open_chat() for _ in range(CUSTOMERS)]
        for number in range(SWAPS):
            wanted = "twin" if number % 2 == 0 else first.id
            registry.promote(home, wanted)
            answers = await asyncio.gather(*(one.say("你好") for one in customers))
            assert all(answers)
            async with asyncio.timeout(20):
                while shop.house.reading.artefact_id != wanted:
                    await asyncio.sleep(0.02)
        # The one in service, beside those that the tests themselves hold.
        assert classifiers() <= before + 1
        rows = await shop.house.database.read(
            lambda c: c.execute(select(event.c.data).where(event.c.kind == "CustomerSpoke")).all()
        )
        spoke = {row.data["heard"]["artefact"] for row in rows}
        assert spoke == {"twin", first.id}
