"""Loops that end by a fault: started again, reported, and not after the end."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery import upkeep
from bot.delivery.upkeep import Upkeep


class Loop:
    """Ends by a fault the first few times, then by itself."""

    def __init__(self, faults: int) -> None:
        self.faults = faults
        self.runs = 0

    async def run(self) -> None:
        self.runs += 1
        if self.runs <= self.faults:
            raise AttributeError("no get")


async def test_a_loop_that_ends_by_itself_is_let_go() -> None:
    keeper, loop = Upkeep(), Loop(0)
    await keeper.keep("turns", loop.run)
    assert (loop.runs, await keeper.check()) == (1, None)


async def test_after_a_fault_it_is_logged_started_again_and_reported_for_a_while(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(upkeep, "AGAIN_SECONDS", 0.01)
    keeper, loop = Upkeep(), Loop(2)
    await keeper.keep("turns", loop.run)
    assert loop.runs == 3
    assert caplog.text.count("turns ended by a fault") == 2
    assert await keeper.check() == "ended and started again: turns"
    monkeypatch.setattr(upkeep, "LATELY_SECONDS", 0.0)
    assert await keeper.check() is None


async def test_nothing_is_started_again_once_the_process_stops() -> None:
    """And nobody waits for the pause."""
    keeper, loop = Upkeep(), Loop(9)
    kept = asyncio.create_task(keeper.keep("turns", loop.run))
    await asyncio.sleep(0)
    keeper.stop()
    async with asyncio.timeout(2):
        await kept
    assert loop.runs == 1
