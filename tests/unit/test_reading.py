"""The classifier in service: a promoted one that cannot be loaded is no secret."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.settings import read_settings
from bot.wiring import Reading
from nlp import registry


class Understander:
    """One whose artefact has a name."""

    class artefact:  # noqa: N801  as the real one's attribute
        id = "a1"


async def test_a_promoted_artefact_that_cannot_be_loaded_is_told_until_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promoted = ["a1", "a2", "a1"]  # what is promoted before each look
    told: list[str | None] = []
    understander: Any = Understander()
    reading = Reading(read_settings({"JIEFEN_HOME": str(tmp_path)}), understander)

    async def looks(_seconds: float) -> None:
        told.append(await reading.check())
        if len(told) > len(promoted):
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", looks)
    monkeypatch.setattr(registry, "current_id", lambda _home: promoted[len(told) - 1])
    with pytest.raises(asyncio.CancelledError):
        await reading.follow_promotions()
    assert told == [None, None, "the promoted one cannot be loaded", None]
