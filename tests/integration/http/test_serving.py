"""The program that stays: what a second one does to the first."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from bot.cli import serving
from bot.desk import staff
from bot.desk.permissions import Role
from bot.errors import SettingsError
from bot.settings import read_settings
from bot.wiring import DEMO_STAFF, open_database
from tests.factories import NOW


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
        _, password = staff.add(connection, name, Role.AGENT, NOW)
        connection.commit()
        with pytest.raises(SettingsError, match="cannot listen"):
            serving.run_demo(settings, "127.0.0.1", taken.getsockname()[1])
    with database.engine.begin() as connection:
        assert staff.sign_in(connection, name, password) is not None
    database.close()
