"""The demo shop with the classifier of the whole corpus."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.settings import LOOPBACK, Settings, read_networks
from nlp.understanding import Understander
from tests.conftest import KINDS, PostgresServer
from tests.factories import NOW, HandClock
from tests.flows.shop import Shop, prepare, running_shop


def shop_settings(home: Path, database_url: str) -> Settings:
    """Return the settings of a shop without limits."""
    return Settings(
        home=home,
        database_url=database_url,
        given_secret="the-shop's-secret",
        public_url=None,
        rate_limited=False,
        trusted_proxies=read_networks(LOOPBACK),
        telegram=None,
    )


@pytest.fixture(scope="session")
def sqlite_shop(
    trained_home: Path, understander: Understander, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A SQLite file with a demo shop at which nothing has happened yet."""
    file = tmp_path_factory.mktemp("shop") / "shop.db"
    settings = shop_settings(trained_home, f"sqlite:///{file}")
    asyncio.run(prepare(settings, understander, HandClock(NOW)))
    return file


@pytest.fixture(scope="session")
def postgres_shop(
    trained_home: Path, understander: Understander, postgres_server: PostgresServer
) -> str:
    """The name of a PostgreSQL database with the same."""
    name = postgres_server.create("template0")
    settings = shop_settings(trained_home, postgres_server.url(name))
    asyncio.run(prepare(settings, understander, HandClock(NOW)))
    return name


@pytest.fixture(params=KINDS)
def settings(
    request: pytest.FixtureRequest, trained_home: Path, tmp_path: Path
) -> Iterator[Settings]:
    """A shop on a database of its own."""
    if request.param == "sqlite":
        file = tmp_path / "shop.db"
        shutil.copyfile(request.getfixturevalue("sqlite_shop"), file)
        yield shop_settings(trained_home, f"sqlite:///{file}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create(request.getfixturevalue("postgres_shop"))
        yield shop_settings(trained_home, server.url(name))
        server.drop(name)


@pytest.fixture
async def shop(
    settings: Settings, understander: Understander, clock: HandClock
) -> AsyncIterator[Shop]:
    """The running demo shop, at 10:00 of a Tuesday."""
    async with running_shop(settings, understander, clock) as running:
        yield running
