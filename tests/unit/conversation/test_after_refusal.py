"""What is said to a return that was refused for its term."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.after_refusal import asks_if_fault, pleads, speaks_of_term


@pytest.mark.parametrize(
    "text",
    ["那掉毛算不算质量问题", "起球算质量问题吗", "掉色是质量问题吧", "那不亮了算不算质量问题",
     "开线难道不算质量问题吗", "拉链坏了属于质量问题吧"],
)  # fmt: skip
def test_a_fault_is_named(text: str) -> None:
    assert asks_if_fault(text)


@pytest.mark.parametrize(
    "text",
    ["什么算质量问题", "怎么算质量问题", "哪些是质量问题", "这算质量问题吗",
     "尺码偏大算质量问题吗",
     "不喜欢算质量问题吗", "不合适算质量问题吗", "没质量问题就不能退吗", "如果掉毛算不算质量问题"],
)  # fmt: skip
def test_no_fault_is_told(text: str) -> None:
    assert not asks_if_fault(text)


@pytest.mark.parametrize(
    "text",
    ["过期一天也不行吗", "才晚了两天", "就超了一天", "过期了一天不能通融吗", "超期了就不能退吗"],
)
def test_the_term_is_meant(text: str) -> None:
    assert speaks_of_term(text)


@pytest.mark.parametrize("text", ["东西过期了", "牛奶过期一天", "都过期了还卖", "晚了", "过期了"])
def test_food_may_be_meant(text: str) -> None:
    assert not speaks_of_term(text)


@pytest.mark.parametrize(
    ("text", "plea"),
    [
        ("通融一下呗", True), ("就不能破例吗", True), ("帮帮忙嘛 就这一次", True),
        ("就用了一次 还是新的", True), ("可是吊牌都没剪呢", True), ("没用过啊 全新的", True),
        ("盒子都还在", True), ("就差两天 通融一下呗", True),
        ("就用了一次就坏了", False), ("没穿过 扣子掉了", False), ("吊牌剪了", False),
        ("全新的怎么有划痕 裂了", False), ("不通融我就投诉", False), ("帮帮忙换个大的", False),
        ("好吧", False), ("那双鞋没穿过能退吗", False),
    ],
)  # fmt: skip
def test_an_exception_is_asked_for(text: str, plea: bool) -> None:
    assert pleads(text) is plea


@pytest.mark.parametrize(
    "text",
    ["买贵了算不算质量问题", "拆封了算不算质量问题", "客服态度算质量问题吗",
     "朋友的掉色算质量问题吗",     "上次那个掉色也算质量问题吧"],
)  # fmt: skip
def test_no_fault_of_these_goods_is_named(text: str) -> None:
    assert not asks_if_fault(text)
