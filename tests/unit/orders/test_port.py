"""Asking an order system: an answer is waited for, not for ever."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.errors import OrderSystemError
from bot.order_record import OrderRecord
from bot.orders import port
from bot.orders.port import in_time, sound_orders
from tests.unit.orders.samples import order, order_data


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


def _two_articles(second: str, **changes: Any) -> list[dict[str, Any]]:
    (line,) = order_data()["lines"]
    return [line, {**line, "title": second, "paid_fen": 1000, **changes}]


async def test_one_sku_for_two_articles_is_no_order_whoever_sends_it() -> None:
    async def found() -> OrderRecord:
        return order(lines=_two_articles("裤子"))

    with pytest.raises(OrderSystemError, match="裤子"):
        await in_time(found())


def test_an_article_that_is_there_twice_is_one() -> None:
    """Bought again, at another price: what goes back is the same thing."""
    assert len(order(lines=_two_articles("T恤 白色  M码 ")).lines) == 2


@pytest.mark.parametrize("changes", [{}, {"declared_value_fen": 5990}])
def test_a_gift_may_have_the_sku_of_what_it_is_given_with(changes: dict[str, int]) -> None:
    lines = _two_articles("【赠品】T恤 白色 M码", paid_fen=0, **changes)
    assert len(order(lines=lines).lines) == 2
    assert len(order(lines=lines[::-1]).lines) == 2


def test_what_was_let_in_before_stays_readable() -> None:
    stored = order_data(lines=_two_articles("裤子"))
    assert len(OrderRecord.from_stored(stored).lines) == 2


def test_an_unsound_order_hides_none_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    bent = order_data(lines=_two_articles("裤子"))
    worse = order_data(customer={"name": "李雷", "phone": "13800001111 打不通"})
    assert sound_orders([bent, order_data(), worse]) == [order()]
    assert [len(r.getMessage().splitlines()) for r in caplog.records] == [1, 1]
    assert "裤子" in caplog.text
    assert not [word for word in ("李雷", "1380000", "杭州市") if word in caplog.text]
