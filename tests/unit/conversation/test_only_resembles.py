"""What only resembles a denial, a yes or a question, and means something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.answers.asked_beside import asked_of
from bot.conversation.words.sentence.manner import asks_openly
from bot.conversation.words.wishes.bargaining import only_asks_why
from bot.conversation.words.wishes.called_off import calls_off, drops_offer
from bot.conversation.words.wishes.demands import only_wants_money
from bot.conversation.words.wishes.exclusions import ruled_out
from bot.conversation.words.wishes.told import buys_anew
from bot.remedies.wishes import REDIRECTED


def under_way(kind: str, **option: str) -> Matter:
    """Make a matter whose remedy is being carried out."""
    remedy = Remedy(key="1-1", option={"kind": kind, **option}, state="executing")
    return Matter(
        id="1", issue="none", issues=("none",), intent="want_refund", stage="executing",
        remedies=(remedy,),
    )  # fmt: skip


def offered(issue: str, kind: str) -> Matter:
    option = {"id": kind, "kind": kind, "detail": {}}
    matter = Matter(id="1", issue=issue, issues=(issue,), intent="complain", stage="offered")
    return replace(matter, offer=(option,))


@pytest.mark.parametrize("text", ["好的，不用寄回了", "那就不用退货了", "谢谢 那我就不寄了"])
def test_who_is_glad_to_send_nothing_back_calls_no_refund_off(text: str) -> None:
    assert not calls_off(under_way("refund"), text)


@pytest.mark.parametrize("text", ["别取消", "别退了", "不用退款了"])
def test_a_refund_is_called_off_by_name(text: str) -> None:
    assert calls_off(under_way("refund"), text)


def test_who_reminds_that_the_order_stays_lets_the_parcel_go_elsewhere() -> None:
    redirected = under_way("intercept", promise=REDIRECTED)
    assert not calls_off(redirected, "拦下来 别取消订单哦")
    assert calls_off(redirected, "别拦了")
    assert calls_off(under_way("intercept"), "别取消")


@pytest.mark.parametrize(
    ("issue", "kind", "text"),
    [
        ("defect", "repair", "我不要修"), ("defect", "repair", "不用修"),
        ("missing_item", "reship", "我不要补发"), ("slow", "trace", "不想查"),
    ],
)  # fmt: skip
def test_who_will_not_have_the_only_remedy_still_complains(
    issue: str, kind: str, text: str
) -> None:
    assert not drops_offer(offered(issue, kind), text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("不要退款，把快递拦下来改地址", "intercept"), ("不取消订单，拦截改地址就行", "intercept"),
        ("别取消订单 把那件退了", "refund"), ("没想到退货这么麻烦", "refund"),
    ],
)  # fmt: skip
def test_what_is_wished_for_is_not_ruled_out(text: str, kept: str) -> None:
    assert kept not in ruled_out(text)


@pytest.mark.parametrize("text", ["退货吧 什么破东西", "给我退款 搞什么", "赶紧退款 干嘛呢"])
def test_a_grumble_asks_nothing(text: str) -> None:
    assert not asks_openly(text)


@pytest.mark.parametrize("text", ["才30%？", "只退三成？", "就给30%啊？", "才退一半？"])
def test_a_share_told_back_asks_why(text: str) -> None:
    assert only_asks_why(text)


@pytest.mark.parametrize(
    "text",
    [
        "凭什么只赔5块，我不接受",
        "怎么才5块啊，太少了",
        "才30%",
        "才30%？太少了",
        "再给30%？",
        "坏了30%？",
    ],
)
def test_who_refuses_does_more_than_ask_why(text: str) -> None:
    assert not only_asks_why(text)


@pytest.mark.parametrize("text", ["能换个地址吗", "能不能换个人来处理吗", "可以换个快递吗"])
def test_no_other_article_is_wished_for(text: str) -> None:
    assert asked_of(text, [{"kind": "intercept"}]) != "swap"


@pytest.mark.parametrize("text", ["退款到哪了", "钱到哪里了啊", "钱在哪"])
def test_where_the_money_is_is_no_question_of_accounts(text: str) -> None:
    assert asked_of(text, [{"kind": "refund"}]) != "where"


@pytest.mark.parametrize("text", ["钱退给我了", "钱退回来了"])
def test_money_that_came_is_not_called_for(text: str) -> None:
    assert not only_wants_money(text)


def test_what_was_bought_anew_before_is_no_wish() -> None:
    assert buys_anew("那我退了重新买")
    assert not buys_anew("之前退了重新买的还是坏")
