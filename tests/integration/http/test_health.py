"""Alive, ready, measured."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.http import health
from tests.integration.http.conftest import Customer, Serve


async def fine() -> None:
    """Find nothing wrong."""


async def lost() -> str:
    """Find something wrong."""
    return "no answer from Telegram"


async def fails() -> None:
    """Fail to find out."""
    raise ConnectionError("postgresql://user:secret@host")


async def test_alive(client: TestClient[Any, Any]) -> None:
    response = await client.get("/healthz")
    assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_ready_when_every_check_is_fine(serve: Serve) -> None:
    client = await serve(checks={"database": fine, "artefact": fine})
    response = await client.get("/readyz")
    assert response.status == 200
    expected = {"status": "ok", "checks": {"database": "ok", "artefact": "ok"}}
    assert await response.json() == expected


async def test_not_ready_says_which_check_fails_and_no_secrets(serve: Serve) -> None:
    client = await serve(checks={"database": fails, "artefact": fine, "telegram": lost})
    response = await client.get("/readyz")
    assert response.status == 503
    assert (await response.json())["checks"] == {
        "database": "failed",
        "artefact": "ok",
        "telegram": "no answer from Telegram",
    }


async def test_what_was_found_is_kept_for_a_moment(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    async def look() -> str | None:
        looks.append("database")
        return "no answer" if len(looks) > 1 else None

    monkeypatch.setattr(health, "KEPT_SECONDS", 60.0)
    client = await serve(checks={"database": look})
    answers = await asyncio.gather(*(client.get("/readyz") for _ in range(5)))
    assert ([one.status for one in answers], len(looks)) == ([200] * 5, 1)
    monkeypatch.setattr(health, "KEPT_SECONDS", 0.0)
    other = await serve(checks={"database": look})
    assert [(await other.get("/readyz")).status for _ in range(2)] == [503, 503]
    assert len(looks) == 3


async def test_metrics_count_what_passed_and_what_stands_in_line(customer: Customer) -> None:
    await customer.say("一")
    await customer.say("一")
    await customer.say("二")
    text = await (await customer.client.get("/metrics")).text()
    values = dict(re.findall(r"^(jiefen_\S+) (\S+)$", text, re.MULTILINE))
    assert values['jiefen_messages_accepted_total{channel="web"}'] == "2.0"
    assert values["jiefen_messages_waiting"] == "2.0"
    assert values["jiefen_backlog"] == "1.0"
    assert values["jiefen_queue_length"] == "0.0"
    assert values["jiefen_outbox_unknown"] == "0.0"
    assert values["jiefen_turn_seconds_count"] == "0.0"
