"""Numbers of orders: told alone, or put right, and goods that were sent wrong."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.named import (
    finds_number_wrong,
    lone_order_no_in,
    only_corrects_number,
)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("发错了 是SO-2026-000007", True),
        ("刚才发错了，2611200000000009", True),
        ("不好意思 单号发错了 是DD20261120000004", True),
        ("说错了 应该是XS202600000007", True),
        ("发错货了 SO-2026-000007", False),
        ("颜色发错了 SO-2026-000007", False),
        ("SO-2026-000007发错了一件", False),
        ("发错了", False),
        ("SO-2026-000007", False),
        ("SO-2026-000007你们发错了", False),
    ],
)
def test_only_another_number(text: str, *, only: bool) -> None:
    assert only_corrects_number(text) is only


@pytest.mark.parametrize(
    "text",
    ["发错了 不是这单", "发错了 是另一单", "单号发错了", "我单号写错了", "搞错了，不是这个订单",
     "不好意思 订单号填错了", "看错了 是另外一单", "发错单号了", "说错了 不是这笔订单",
     "不是这单 发错了", "不是这一单", "不对 我说的不是这单", "不是这个订单 是另一单"],
)  # fmt: skip
def test_the_number_was_wrong(text: str) -> None:
    assert finds_number_wrong(text)


@pytest.mark.parametrize(
    "text",
    ["发错了", "发错货了", "发错了 不是这个颜色", "发错了 是另一款", "你们发错了 不是我这单的",
     "颜色发错了", "这单发错货了", "快递单号查不到", "发错了 SO-2026-000007", "发错了一件",
     "不是这单吗", "是不是这一单", "不是这单的问题", "不是这一单就算了", "不是说这单不发货了吗"],
)  # fmt: skip
def test_the_goods_were_wrong(text: str) -> None:
    assert not finds_number_wrong(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A1001", "A1001"),
        ("dd-001。", "DD-001"),
        ("订单号：10000123", "10000123"),
        ("单号是E6CO01", "E6CO01"),
        ("5566", None),  # the phone's last digits
        ("13800005566", None),
        ("A1001的杯子", None),
        ("没有单号", None),
        ("在吗", None),
        ("OK", None),
        ("2个", None),
        ("100块", None),
        ("iPhone15", None),
        ("iphone15pro", None),
        ("500ml", None),
        ("RTX4090", None),
        ("128GB", None),
        ("5000mAh", None),
        ("220V", None),
        ("30cm", None),
        ("i7-13700K", None),
        ("IP10023", "IP10023"),
        ("RT4090", "RT4090"),
        ("500ML01", "500ML01"),
        ("G128B", "G128B"),
        ("KF100", "KF100"),
    ],
)
def test_a_number_that_stands_alone(text: str, number: str | None) -> None:
    assert lone_order_no_in(text) == number
