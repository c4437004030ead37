"""What is wished for in a case only, or asked the price of, is not wished for yet."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence.manner import asks_cost, depends
from bot.conversation.words.wishes.exclusions import ruled_out


@pytest.mark.parametrize(
    "text",
    [
        "丢了就退 没丢就等", "再等两天 没发就退", "不是 我说的是如果丢了就退款", "拦不住就退款",
        "要是还没动静我就退了", "没到就给我退款", "万一丢了赔不赔",
    ],
)  # fmt: skip
def test_it_depends(text: str) -> None:
    assert depends(text)


@pytest.mark.parametrize(
    "text",
    [
        "不能换就退款",
        "如果可以就退款",
        "没货就退吧",
        "不行就退",
        "丢了 退款",
        "都丢了还不退",
        "要是能退就退",
        "到现在没发货，就退款吧",
        "还没发货就帮我取消吧",
        "要是再不退款我就报警",
    ],
)
def test_what_only_sounds_so_is_wished_for_now(text: str) -> None:
    assert not depends(text)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("拦回来要钱吗", True), ("换货收费吗", True), ("要不要钱", True), ("要另外收费吗", True),
        ("拦截收不收费用", True), ("我要钱", False), ("退钱吗", False), ("多少钱", False),
        ("我要钱不要货", False),
        ("收钱不发货，退款", False),
    ],
)  # fmt: skip
def test_what_it_costs_is_asked(text: str, cost: bool) -> None:
    assert asks_cost(text) is cost


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("没说退款啊", "refund"), ("我没要退款", "refund"), ("不是要取消", "cancel"),
        ("不是要拦截 催快点", "intercept"), ("没让你们退款", "refund"),
        ("又没说退货", "return_refund"),
        ("不是不要了 就是想找到", "refund"), ("不是退货退款 是换货", "return_refund"),
    ],
)  # fmt: skip
def test_what_was_never_said_is_ruled_out(text: str, kind: str) -> None:
    assert kind in ruled_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "没退款", "没给我退款", "还没退款", "不是说退款吗", "是不是要退款", "不是拦截了吗",
        "没说不退款", "不是不退款", "不是不要了吗", "是不是不要了",
    ],
)  # fmt: skip
def test_what_was_not_done_or_is_asked_is_not(text: str) -> None:
    assert not ruled_out(text)
