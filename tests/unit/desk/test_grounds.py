"""The customer's latest words, as an approver reads them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.grounds import TOLD_AT_MOST, _goods_fen, latest
from tests.unit.orders.samples import delivered

WHOLE = "坏" * (TOLD_AT_MOST // 2)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("", ""),
        ("坏了\n退钱", "坏了\n退钱"),
        ("坏" * TOLD_AT_MOST, "坏" * TOLD_AT_MOST),
        (f"{WHOLE}\n{WHOLE}", WHOLE),
        (f"早\n{'坏' * TOLD_AT_MOST}", "坏" * TOLD_AT_MOST),
        (f"早{'坏' * TOLD_AT_MOST}", "坏" * TOLD_AT_MOST),
    ],
)
def test_they_are_cut_between_lines(told: str, shown: str) -> None:
    assert latest(told) == shown


@pytest.mark.parametrize("detail", [{}, {"sku": "NO-SUCH"}, {"skus": []}])
def test_a_remedy_that_names_no_article_has_no_sum_of_articles(detail: dict[str, Any]) -> None:
    assert _goods_fen(delivered(), detail) is None


def test_what_was_paid_for_the_pieces_that_are_meant() -> None:
    order = delivered()
    line = order.lines[0]
    assert _goods_fen(order, {"sku": line.sku}) == line.paid_fen
    assert _goods_fen(order, {"skus": [line.sku]}) == line.paid_fen
    one = _goods_fen(order, {"sku": line.sku, "quantity": 1})
    assert one == line.paid_fen // line.quantity
