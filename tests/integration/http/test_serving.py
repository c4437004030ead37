"""The program that stays: what a second one does to the first."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.cli import serving
from bot.desk import staff
from bot.errors import SettingsError
from bot.order_record import OrderRecord
from bot.orders.demo import demo_orders, set_prefix
from bot.orders.rows import upsert_orders
from bot.settings import Settings, read_settings
from bot.wiring import DEMO_STAFF, may_be_demo, open_database
from tests.factories import NOW
from tests.unit.orders.samples import order


def test_a_second_demo_on_the_port_leaves_the_first_ones_passwords(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEFEN_HOME", str(tmp_path))
    monkeypatch.delenv("JIEFEN_DATABASE_URL", raising=False)
    classifier: Any = object()
    monkeypatch.setattr(serving, "understander", lambda _: classifier)
    settings = read_settings()
    database, (name, _) = open_database(settings), DEMO_STAFF[0]
    with socket.create_server(("127.0.0.1", 0)) as taken, database.engine.begin() as connection:
        passwords = [staff.add(connection, *one, NOW)[1] for one in DEMO_STAFF]
        connection.commit()
        with pytest.raises(SettingsError, match="cannot listen"):
            serving.run_demo(settings, "127.0.0.1", taken.getsockname()[1])
    with database.engine.begin() as connection:
        assert staff.sign_in(connection, name, passwords[0]) is not None
    database.close()


def write(settings: Settings, deed: Callable[[Connection], object]) -> None:
    database = open_database(settings)
    with database.engine.begin() as connection:
        deed(connection)
    database.close()


def put(settings: Settings, *records: OrderRecord) -> None:
    write(settings, lambda c: upsert_orders(c, records, NOW))


def hire_all(settings: Settings) -> None:
    write(settings, lambda c: [staff.add(c, *one, NOW) for one in DEMO_STAFF])


def hire_an_admin(settings: Settings) -> None:
    write(settings, lambda c: staff.add(c, *DEMO_STAFF[2], NOW))


def put_own(settings: Settings) -> None:
    put(settings, order())


def put_demos(settings: Settings) -> None:
    put(settings, *demo_orders(NOW, set_prefix(NOW, 1)))


@pytest.mark.parametrize(
    ("deeds", "is_demo"),
    [
        ((), True),
        ((put_demos,), True),  # by `jiefen chat`, before anything else
        ((put_demos, hire_all), True),
        ((put_demos, hire_all, put_own), True),  # somebody tried the import
        ((put_own,), False),
        ((put_own, put_demos), False),
        ((hire_an_admin,), False),
        ((put_own, hire_an_admin), False),
        ((put_own, hire_all), False),
    ],
)
def test_a_demo_writes_into_no_shop(
    tmp_path: Path, deeds: Sequence[Callable[[Settings], None]], *, is_demo: bool
) -> None:
    settings = read_settings({"JIEFEN_HOME": str(tmp_path)})
    for deed in deeds:
        deed(settings)
    assert may_be_demo(settings) is is_demo
    if not is_demo:
        with pytest.raises(SettingsError, match="no demo"):
            serving.run_demo(settings, "127.0.0.1", 1)
