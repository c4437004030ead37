"""What is said by who has bought nothing yet."""

from __future__ import annotations

import pytest

from bot.conversation.saying import wording
from bot.conversation.words.matters.before_buying import asks_another_case, will_buy
from tests.unit.conversation.talk import REPLIES


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("那衣服剪了吊牌呢", True), ("那试穿过呢", True), ("拆了包装呢？", True),
        ("要是洗过一次呢", True), ("吊牌剪了怎么办", True), ("那开封了呢", True),
        ("我的快递呢", False), ("包装呢", False), ("衣服吊牌呢", False), ("洗过就坏了", False),
        ("吊牌剪了 我要退货", False),
    ],
)  # fmt: skip
def test_another_case_of_a_rule_is_asked(text: str, asked: bool) -> None:
    assert asks_another_case(text) is asked


@pytest.mark.parametrize(
    ("text", "will"),
    [
        ("好吧 那我先下单", True), ("那我先拍了", True), ("我去下单了", True), ("那我买了", True),
        ("买了三天了", False), ("我下单了没发货", False), ("我买的锅坏了", False),
        ("下错单了", False),         ("怎么下单", False),
    ],
)  # fmt: skip
def test_it_is_only_said_that_something_is_to_be_bought(text: str, will: bool) -> None:
    assert will_buy(text) is will


def test_who_has_no_order_is_asked_for_its_number_only_once() -> None:
    text = "什么时候发货"
    assert "订单号" in wording.answer(REPLIES, text)
    assert "订单号" not in wording.answer(REPLIES, text, again=True)


def test_what_nobody_here_knows_is_not_told_twice_in_the_same_words() -> None:
    first, then = (wording.answer(REPLIES, "能水洗吗", again=again) for again in (False, True))
    assert first != then
    assert "转人工" in then


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("就是吊牌剪掉了还给退吗", "剪了吊牌"), ("开封了还能退吗", "密封"),
        ("要是坏了能退吗", "运费由我们承担"), ("你们周末发货吗", "周末也算在内"),
        ("三天能到湖北吗", "收货地址"), ("退款几天能到账", "原路退回"),
        ("坏了还保修吗", "保修1年"),         ("开封后保质期多久", "商品详情页"),
    ],
)  # fmt: skip
def test_a_question_before_buying_is_answered_by_its_rule(text: str, told: str) -> None:
    assert told in wording.answer(REPLIES, text)
