"""The demo shop with the classifier of the whole corpus, trained once for all test processes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import DATA_DIR, Settings
from nlp import registry
from nlp.segment import shared_segmenter
from nlp.training import train_first
from nlp.understanding import Understander
from tests.factories import HandClock
from tests.flows.shop import Shop, running_shop


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an artefact in service; a trained one may be named, to save half a minute."""
    if named := os.environ.get("JIEFEN_TEST_HOME"):
        return Path(named)
    base = tmp_path_factory.getbasetemp()
    # Under xdist each process has a folder of its own below the session's.
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "trained"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        train_first(DATA_DIR / "corpus", home)
    return home


@pytest.fixture(scope="session")
def understander(trained_home: Path) -> Understander:
    """The program's own understanding."""
    return Understander(
        registry.load_current(trained_home), shared_segmenter(trained_home / "cache")
    )


@pytest.fixture
def settings(trained_home: Path, empty_database_url: str) -> Settings:
    """A shop without limits, on a database of its own."""
    return Settings(
        home=trained_home,
        database_url=empty_database_url,
        secret="the-shop's-secret",
        public_url=None,
        rate_limited=False,
        telegram=None,
    )


@pytest.fixture
async def shop(
    settings: Settings, understander: Understander, clock: HandClock
) -> AsyncIterator[Shop]:
    """The running demo shop, at 10:00 of a Tuesday."""
    async with running_shop(settings, understander, clock) as running:
        yield running
