"""What is asked of the order's own facts beside an offer."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.asked_of_facts import (
    asked_of_facts,
    new_goods_asked,
    sum_for_kept,
)
from tests.unit.conversation.talk import offered

UNSENT = ({"kind": "refund"}, {"kind": "compensation"}, {"kind": "expedite"})
LOST = ({"kind": "trace"}, {"kind": "reship"}, {"kind": "refund"})
BACK = ({"kind": "exchange"}, {"kind": "return_refund"})
KEPT = (*BACK, {"kind": "partial_refund"})


@pytest.mark.parametrize(
    ("text", "options", "issue", "asked"),
    [
        ("到底有没有货啊", UNSENT, "not_shipped", "stock"),
        ("是不是没货了", UNSENT, "not_shipped", "stock"),
        ("有货就发 没货退款", UNSENT, "not_shipped", None),
        ("没货就退", UNSENT, "not_shipped", None),
        ("有货吗", LOST, "not_received", None), ("没货退款吧", UNSENT, "not_shipped", None),
        ("我没有让放驿站啊 是哪个驿站", LOST, "not_received", "where_left"),
        ("放哪儿了", LOST, "not_received", "where_left"),
        ("驿站说没有", LOST, "not_received", None), ("别放驿站", LOST, "courier", None),
        ("我一直在上班没签过字啊", LOST, "not_received", "not_signed"),
        ("我没签收", LOST, "not_received", "not_signed"),
        ("没签收就退", LOST, "not_received", None), ("我签过字了", LOST, "not_received", None),
        ("可以发顺丰到付吗", BACK, "none", "collect"),
        ("到付退回去你们拒收了", BACK, "none", None),
        ("那我寄到付", BACK, "none", None), ("货到付款的吗", BACK, "none", None),
        ("换 但是我不想先寄", BACK, "defect", "new_first"),
        ("能先发新的吗", BACK, "defect", "new_first"),
        ("先换新的再退旧的行不行", BACK, "defect", "new_first"), ("我先寄", BACK, "defect", None),
        ("先寄给你们吧", BACK, "defect", None), ("换新的", BACK, "defect", None),
        ("换", BACK, "defect", None), ("不想寄了", BACK, "defect", None),
        ("在家里穿了一下 没下地 可以吧", BACK, "none", "condition"),
        ("就试穿了一下可以退吗", BACK, "none", "condition"),
        ("吊牌剪了可以吧", BACK, "none", "condition"),
        ("洗过一次能退吗", BACK, "none", "condition"),
        ("吊牌没剪 可以退", BACK, "none", None),
        ("穿了一天就破了 可以退吗", BACK, "none", None), ("试了不行", BACK, "none", None),
        ("在家里穿了一下 没下地 可以吧", BACK, "defect", None),
        ("查出来怎么告诉我", LOST, "not_received", "told_then"),
        ("查到了在哪通知我", LOST, "not_received", "told_then"),
        ("怎么没人告诉我", LOST, "not_received", None), ("怎么查", LOST, "not_received", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_order(
    text: str, options: tuple[dict[str, str], ...], issue: str, asked: str | None
) -> None:
    assert asked_of_facts(text, options, issue) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("多久能收到新的", True), ("新的几天能到", True), ("换的什么时候发", True),
        ("换个新的", False), ("新的也坏了", False), ("多久到账", False),
    ],
)  # fmt: skip
def test_when_the_new_ones_come_is_asked(text: str, asked: bool) -> None:
    assert (new_goods_asked(text, BACK) is not None) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("红轴也能用 补偿多少", True), ("留着的话补多少钱", True), ("退货退多少 补偿多少", False),
        ("补偿太少了", False), ("补偿50", False),
    ],
)  # fmt: skip
def test_the_sum_for_kept_goods_is_asked(text: str, asked: bool) -> None:
    assert (sum_for_kept(text, KEPT) is not None) is asked


@pytest.mark.parametrize(("yes", "granted"), [("好的", False), ("确认", True)])
def test_behind_an_answer_of_another_remedy_only_an_express_yes_counts(
    yes: str, granted: bool
) -> None:
    talk = offered().pick("refund").say("到底有没有货啊", issues=("not_shipped",))
    assert talk.matter.stage == "confirming"
    assert (talk.say(yes, intent="confirm").matter.stage == "executing") is granted
