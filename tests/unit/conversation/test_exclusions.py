"""What is ruled out of an offer is no wish for it, and a condition is no consent."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.state import Matter
from bot.conversation.words.wishes import exclusions
from tests.unit.conversation.talk import BROKEN, TAILS, Talk, complaint


@pytest.mark.parametrize(
    ("text", "kind", "wish"),
    [
        ("不退货 退点钱就行", "return_refund", "compensation"),
        ("我不要退货退款！", "return_refund", None),
        ("我要补偿 不退货", "return_refund", "compensation"),
        ("退货太麻烦了 补我点钱行不", "return_refund", "compensation"),
        ("懒得寄回去了，赔点钱得了", "return_refund", "compensation"),
        ("能不退货吗 补点钱", "return_refund", "compensation"),
        ("换货来回折腾 退款吧", "exchange", "refund"),
        ("不想换货了 退货吧", "exchange", "return_refund"),
        ("不要补偿 换一个", "partial_refund", "exchange"),
        ("不换 修一下吧", "exchange", "repair"),
        ("不要券 要退货退款", "coupon", "return_refund"),
        ("那就不退了 赔点吧", "refund", "compensation"),
        ("不退款，帮我加急", "refund", "expedite"),
        ("还不想退货 补点钱", "return_refund", "compensation"),
        ("不退货 给我打个折", "return_refund", None),
        ("那不换了 退了吧", "exchange", "refund"),
        ("不换了，退", "exchange", "refund"),
        ("不换了 已经退了", "exchange", None),
        ("不换了 退不了啊", "exchange", None),
    ],
)
def test_what_is_ruled_out_is_not_wished(text: str, kind: str, wish: str | None) -> None:
    assert kind in exclusions.ruled_out(text)
    assert exclusions.wish_besides(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "要不退货吧", "不退货我就投诉", "凭什么不退货", "你们不退货是吧", "退不退货",
        "不退款可不行", "能不能退货", "退货麻烦吗", "退货 麻烦快点", "不得不退货", "不行就退货",
        "怎么还不退款", "还不退款", "一直不退款", "迟迟不换货", "再不退款试试", "光说不退",
        "敢不退款",
        "不退款我给差评", "不退款打12315", "不换货 我要投诉",
        "不退货吗？", "退货麻不麻烦", "不如退货",
        "不换颜色 换货", "不满意 退货", "东西不要了，退货",
    ],
)  # fmt: skip
def test_what_is_wanted_all_the_more_is_not_ruled_out(text: str) -> None:
    assert not exclusions.ruled_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "退货运费你们出吧", "运费10块也退吧", "谁出运费", "来回运费都我出啊", "凭什么运费我出",
        "寄回去的费用谁出", "运费你们自己承担", "运费让你们出",
    ],
)  # fmt: skip
def test_freight_is_spoken_of(text: str) -> None:
    assert exclusions.speaks_of_freight(text)


@pytest.mark.parametrize(
    "text",
    [
        "运费我出 退吧",
        "运费我自己承担，退货",
        "运费险怎么用",
        "运费我出就我出吧",
        "退货吧",
        "运费自己出 退货吧",
        "运费由自己承担可以 退货",
    ],
)
def test_who_bears_the_freight_asks_for_nothing(text: str) -> None:
    assert not exclusions.speaks_of_freight(text)


def broken() -> Talk:
    """Return a chat in which three ways to settle a broken cup are offered."""
    return Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say(photos=(1,))


@pytest.mark.parametrize("demand", ["refund", "return_refund", None])
def test_what_is_ruled_out_is_never_picked(demand: str | None) -> None:
    talk = broken().say("别给我退货退款", demand=demand, intent="want_refund", confident=True)
    assert (talk.matter.stage, talk.matter.picked) == ("offered", None)


def test_the_confirmation_of_what_is_ruled_out_is_answered_with_no() -> None:
    talk = broken().pick("return_refund").say("我不要退货退款！", demand="refund")
    assert (talk.matter.stage, talk.matter.picked) == ("offered", None)


def test_one_option_ruled_out_is_no_withdrawal() -> None:
    assert broken().say("别退货了").matter.stage == "offered"
    assert broken().say("算了不退货了").matter.end == "withdrawn"
    assert broken().say("不退了").matter.end == "withdrawn"


VASE = (
    {"id": "1", "kind": "return_refund"},
    {"id": "2", "kind": "exchange"},
    {"id": "3", "kind": "partial_refund"},
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("我不想退货", True), ("不想退 麻烦", True), ("退货太麻烦了", True), ("不想寄回去", True),
        ("换货太折腾", True), ("不退货", True),
        ("不退货 太少了", False), ("不退不换 别的方案呢", False), ("不要退货 补点钱", False),
        ("不退不换也不要补偿", False), ("退货", False), ("你们不退货是吧", False), ("不行", False),
        ("不退货 再加点", False), ("退货太麻烦了 便宜点行不", False),
    ],
)  # fmt: skip
def test_who_rules_out_a_part_declines_no_more_than_that(text: str, part: bool) -> None:
    matter = Matter(id="1", issue="damaged", issues=("damaged",), intent="complain",
                    stage="offered", offer=VASE)  # fmt: skip
    assert exclusions.rules_out_a_part(matter, text) is part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("运费凭啥我出 是你们不给退耽误的", True),
        ("我说的是退货的运费", True),
        ("退货运费你们出 你们前面拒了我", True),
        ("运费还要我出啊", True),
        ("你们还多收了我12块运费", False),
        ("不是说包邮吗 运费怎么回事", False),
        ("运费扣了我8块", False),
        ("运费我自己出", False),
        ("退货吧", False),
    ],
)
def test_freight_beside_a_return_is_that_of_the_return_unless_it_is_on_the_bill(
    text: str, expected: bool
) -> None:
    assert exclusions.is_of_way_back(text) is expected
