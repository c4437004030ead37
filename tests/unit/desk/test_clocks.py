"""What became of a promise, at, just before and just after its moments."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.desk.clocks import Clocks, Watched, nearing_at, outcome, standing
from tests.factories import NOW

DUE = NOW + timedelta(hours=4)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(hours=3) - TICK, "open"),
        (timedelta(hours=3), "nearing"),
        (timedelta(hours=4) - TICK, "nearing"),
        (timedelta(hours=4), "missed"),
        (timedelta(days=9), "missed"),
    ],
)
def test_staff_are_warned_in_the_last_quarter(passed: timedelta, expected: str) -> None:
    assert nearing_at(NOW, DUE) == NOW + timedelta(hours=3)
    assert standing(NOW, DUE, NOW + passed) == expected


@pytest.mark.parametrize(
    ("what", "known", "before", "after"),
    [
        ("person", {}, "open", "broken"),
        ("person", {"dispute_state": "with_person"}, "open", "broken"),
        ("person", {"dispute_state": "resolved"}, "void", "void"),
        ("person", {"dispute_state": "withdrawn"}, "void", "void"),
        ("approval", {"remedy_state": "awaiting_approval"}, "open", "broken"),
        ("approval", {"remedy_state": "executing"}, "kept", "kept"),
        ("approval", {"remedy_state": "declined"}, "kept", "kept"),
        ("refund", {"remedy_state": "executing"}, "open", "broken"),
        ("refund", {"remedy_state": "uncertain"}, "open", "broken"),
        ("refund", {"remedy_state": "done"}, "kept", "kept"),
        ("refund", {"remedy_state": "failed"}, "void", "void"),
        ("reship", {"remedy_state": "done"}, "open", "broken"),
        ("reship", {"remedy_state": "done", "has_happened": True}, "kept", "kept"),
        ("trace", {"remedy_state": "done", "dispute_state": "resolved"}, "open", "broken"),
        ("offer", {}, "open", "kept"),
    ],
)
def test_what_became_of_a_promise(
    what: str, known: dict[str, object], before: str, after: str
) -> None:
    watched = Watched(what=what, due_at=DUE, **known)  # type: ignore[arg-type]
    assert [outcome(watched, now) for now in (DUE - TICK, DUE, DUE + TICK)] == [
        before, after, after,
    ]  # fmt: skip


async def test_the_loop_goes_on_after_a_look_that_failed() -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(len(looks))
        if len(looks) == 1:
            raise ConnectionError("the database is away")
        clocks.stop()

    clocks = Clocks(look, every=0)
    async with asyncio.timeout(10):
        await clocks.run()
    assert looks == [0, 1]


async def test_a_stopped_loop_does_not_wait_for_the_next_look() -> None:
    async def look() -> None:
        clocks.stop()

    clocks = Clocks(look, every=3600)
    async with asyncio.timeout(10):
        await clocks.run()
