"""The loop that takes pieces of work: run again after a fault, it has all its hands free."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.delivery.crew import Crew
from bot.delivery.wakeups import Listener, Wakeups


async def test_run_again_after_a_fault_it_takes_as_much_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    done: list[int] = []

    async def take(limit: int) -> Sequence[int]:
        asked.append(limit)
        return [1, 2]

    async def do(piece: int) -> None:
        done.append(piece)
        crew.stop()

    async def fault(_self: Listener, _seconds: float) -> None:
        raise AttributeError("no wait")

    crew: Crew[int] = Crew(topic="work", wakeups=Wakeups(), take=take, do=do, at_once=2)
    with monkeypatch.context() as broken:
        broken.setattr(Listener, "wait", fault)
        with pytest.raises(ExceptionGroup):
            await crew.run()
    assert (asked, done) == ([2], [])  # taken, and ended before they were begun
    await crew.run()
    assert (asked, done) == ([2, 2], [1, 2])
