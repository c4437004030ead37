"""Asking an order system: an answer is waited for, not for ever."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import OrderSystemError
from bot.orders import port
from bot.orders.port import in_time


async def answer(after: float) -> str:
    await asyncio.sleep(after)
    return "found"


async def test_an_answer_in_time_is_handed_on() -> None:
    assert await in_time(answer(0)) == "found"


async def test_one_that_does_not_come_is_an_error_of_the_order_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(port, "ANSWER_SECONDS", 0.01)
    with pytest.raises(OrderSystemError):
        await in_time(answer(60))
