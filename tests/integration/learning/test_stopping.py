"""A training that is stopped, as when the server goes: nothing of it is left behind."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from bot.console.retraining import Retraining
from bot.desk import staff as accounts
from bot.desk.permissions import Role
from bot.settings import read_settings
from models import Database
from tests.factories import NOW
from tests.integration.learning.conftest import services_over

# Starts a process that holds the output open, as joblib's workers do.
WITH_A_CHILD = """
import pathlib, subprocess, sys, time
child = subprocess.Popen(["sleep", "600"])
pathlib.Path(sys.argv[1]).write_text(f"{child.pid}.")
if sys.argv[2] == "stays":
    time.sleep(600)
"""


@pytest.mark.parametrize("leader", ["stays", "died"])
async def test_a_training_is_stopped_with_every_process_that_it_started(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leader: str
) -> None:
    monkeypatch.setenv("JIEFEN_HOME", str(tmp_path))
    note = tmp_path / "child"
    command = [sys.executable, "-c", WITH_A_CHILD, str(note), leader]
    admin, _ = await database.write(lambda c: accounts.add(c, "陈管理", Role.ADMIN, NOW))
    training = Retraining(services_over(read_settings(), database), command)
    await training.start(admin)
    async with asyncio.timeout(30):
        while not note.exists() or not note.read_text().endswith("."):
            await asyncio.sleep(0.05)
        if leader == "died":
            await asyncio.sleep(1)
        await training.end()
        while is_alive(int(note.read_text().rstrip("."))):
            await asyncio.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and only not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
