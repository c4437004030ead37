"""Clauses that tell of several matters, by what each is heard as."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import Heard
from bot.conversation.words.matters.several import (
    are_apart,
    are_counted_apart,
    is_charged_apart,
    parts_of,
)

# What a clause is heard as where these characters occur in it.
ISSUES = {"扣了两次": "double_charge", "没发货": "not_shipped", "不动": "no_tracking",
          "发票": "invoice", "少": "missing_item", "碎": "damaged", "破": "damaged",
          "装不上": "defect", "加急": "fee", "运费": "fee", "不理": "no_response"}  # fmt: skip


def hear(text: str) -> Heard:
    issues = tuple(dict.fromkeys(issue for word, issue in ISSUES.items() if word in text))
    return Heard(
        issues=issues,
        confident=len(issues) == 1,
        demand="refund" if "退钱" in text else None,
        quantity=1 if "一" in text else None,
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("扣了两次钱，而且一周没发货", ["扣了两次钱，", "而且一周没发货"]),
        ("扣了两次钱还没发货", ["扣了两次钱", "还没发货"]),
        ("你好，扣了两次钱，快递也不动", ["你好，扣了两次钱，", "快递也不动"]),
        ("碎了一个，发票没开，退钱", ["碎了一个，退钱", "发票没开，"]),
        ("扣了两次钱，没发货，不动了", ["扣了两次钱，", "没发货，不动了"]),
        ("少了一个，碎了一个", ["少了一个，", "碎了一个"]),
        ("扣了两次钱", []),
        ("没发货，物流不动", []),
        ("付了加急费，没发货", []),
        ("没发货，客服不理我", []),
        ("碎了，装不上", []),
        ("碎了，你好", []),
        ("", []),
    ],
)
def test_each_matter_keeps_its_own_clauses(text: str, told: list[str]) -> None:
    assert [part.text for part in parts_of(text, hear(text), hear)] == told


def test_a_danger_or_two_orders_are_never_taken_apart() -> None:
    text = "扣了两次钱，没发货"
    assert parts_of(text, Heard(issues=("not_shipped",), signs=("injury",)), hear) == ()
    assert parts_of(text, Heard(issues=("not_shipped",), order_nos=("A1", "A2")), hear) == ()


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("少了一个，碎了一个", True),
        ("碎了一个，少了一个", True),
        ("外箱破了一角，少了一个", False),
        ("破了，少了一个", False),
        ("碎了一个，少了东西", False),
        ("少了一个螺丝，一直装不上", False),
    ],
)
def test_broken_pieces_are_others_than_missing_ones_where_both_are_counted(
    text: str, *, apart: bool
) -> None:
    parts = parts_of(text, hear(text), hear)
    assert are_counted_apart(*parts) is apart


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("包邮还收我运费，装不上", True),
        ("碎了，还多收了运费", True),
        ("碎了，退货还收我运费", False),
        ("装不上，寄回去要我出运费", False),
        ("装不上，换一个还要运费", False),
    ],
)
def test_a_fee_of_the_order_is_no_freight_of_the_way_back(text: str, *, apart: bool) -> None:
    assert is_charged_apart(*parts_of(text, hear(text), hear)) is apart


@pytest.mark.parametrize(
    ("issue", "other", "apart"),
    [
        ("double_charge", "slow", True),
        ("invoice", "damaged", True),
        ("overcharge", "no_tracking", True),
        ("discount", "double_charge", True),
        ("fee", "slow", False),
        ("fee", "damaged", False),
        ("slow", "not_shipped", False),
        ("overcharge", "missing_item", False),
        ("discount", "missing_item", False),
        ("invoice", "overcharge", False),
        ("damaged", "wrong_item", False),
        ("refused", "defect", False),
        ("slow", "no_response", False),
        ("slow", "spoiled", False),
    ],
)
def test_two_names_of_one_fact_are_one_matter(issue: str, other: str, *, apart: bool) -> None:
    assert are_apart(issue, other) is apart
    assert are_apart(other, issue) is apart
