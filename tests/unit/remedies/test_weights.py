"""The scale as a witness: it speaks only where the titles say what the goods weigh."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from bot.remedies.weights import pieces_short, weights
from tests.unit.remedies.judge_for_tests import judge, line_of
from tests.unit.remedies.orders_for_tests import DONE, line, order


def weighed(title: str, grams: int | None, category: str = "food", **more: Any) -> OrderRecord:
    """Return an order of that article whose parcel weighed so much."""
    goods = line(title=title, category=category, **more)
    return order("delivered", lines=(goods,), shipments=(_parcel(grams),))


def _parcel(grams: int | None) -> Any:
    return DONE.model_copy(update={"weight_grams": grams})


@pytest.mark.parametrize(
    ("title", "quantity", "grams", "balance"),
    [
        ("每日坚果 净重500克", 3, 1499, "short"),
        ("每日坚果 净重500克", 3, 1500, "fits"),
        ("每日坚果 净重500克", 3, 1501, "fits"),
        ("赣南脐橙 5斤", 1, 2499, "short"),
        ("大米 2.5kg", 2, 4999, "short"),
        ("大米 2.5公斤", 2, 5200, "fits"),
        ("面膜粉 120克 2支装", 1, 119, "short"),
        ("面膜粉 120克 2支装", 1, 200, "unknown"),  # one or both may be in it
        ("坚果 500g*3袋", 1, 499, "short"),
        ("坚果 500g*3袋", 1, 900, "unknown"),
        ("鲜虾 4-5斤", 1, 1900, "unknown"),  # two masses, or a span: not for us to say
        ("车厘子 JJ级", 1, 10, "unknown"),
        ("每日坚果 净重500克", 3, None, "unknown"),
        ("每日坚果 净重500克", 3, 0, "unknown"),
    ],
)
def test_a_parcel_lighter_than_its_goods_proves_it(
    title: str, quantity: int, grams: int | None, balance: str
) -> None:
    assert weights(weighed(title, grams, quantity=quantity)).balance == balance


@pytest.mark.parametrize("title", ["折叠椅 承重150kg", "滚筒洗衣机 10kg", "T恤 适合体重60公斤"])
def test_a_load_or_a_capacity_is_no_weight(title: str) -> None:
    assert weights(weighed(title, 900, category="home")).balance == "unknown"


def test_a_net_weight_counts_whatever_the_goods() -> None:
    assert weights(weighed("猫砂 净重10kg", 4000, category="home")).balance == "short"


def test_one_parcel_that_was_not_weighed_says_nothing_about_the_whole() -> None:
    nuts = line(title="坚果 500克", category="food", quantity=3)
    record = order("delivered", lines=(nuts,), shipments=(_parcel(600), _parcel(None)))
    assert weights(record).balance == "unknown"


def test_who_is_shown_right_by_the_scale_needs_no_photo() -> None:
    verdict = judge(
        weighed("坚果 500克", 1130, quantity=3), "missing_item", quantity=1, has_photo=False
    )
    assert line_of(verdict) == "missing_item.weight_short: reship · partial_refund 10000"
    assert (verdict.cost_bearer, verdict.facts["weight"]) == ("warehouse", "short")
    assert "商品净重合计1500克，快递称重只有1130克" in verdict.reasons[0]


def test_where_the_scale_speaks_for_the_packer_the_carrier_pays_at_last() -> None:
    verdict = judge(weighed("坚果 500克", 1620, quantity=3), "missing_item", quantity=1)
    assert (verdict.rule, verdict.liable) == ("missing_item.weight_fits", "shop")
    assert verdict.cost_bearer == "carrier"


@pytest.mark.parametrize(
    ("grams", "proven"), [(1130, 1), (999, 2), (400, 3), (1500, 0), (None, 0)]
)
def test_the_scale_proves_no_more_pieces_missing_than_it_lacks(
    grams: int | None, proven: int
) -> None:
    nuts = weighed("每日坚果500克", grams, quantity=3)
    assert pieces_short(nuts, nuts.lines[0]) == proven


@pytest.mark.parametrize(("quantity", "rule"), [(1, "weight_short"), (2, "7d"), (3, "7d")])
def test_who_claims_more_than_the_scale_proves_shows_it(quantity: int, rule: str) -> None:
    nuts = weighed("每日坚果500克", 1130, quantity=3)
    verdict = judge(nuts, "missing_item", quantity=quantity, sku=nuts.lines[0].sku)
    assert verdict.rule == f"missing_item.{rule}"
