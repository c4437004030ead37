"""Few words with one plain meaning: a parcel stopped, money declined, a sum that was promised."""

from __future__ import annotations

import pytest

from bot.conversation.replaying.of_money import of_promised_sum
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import State
from bot.conversation.words.answers.after_person import only_receives
from bot.conversation.words.things.at_hand import claims_sum, has_no_evidence
from bot.conversation.words.wishes.bargaining import declines_money
from bot.conversation.words.wishes.stopped import only_stops_parcel
from bot.conversation.words.wishes.told import buys_anew


@pytest.mark.parametrize(
    "text",
    [
        "拦截", "拦截快递", "想拦回来", "想把快递拦下来",
        "那拦吧", "嗯拦", "帮我拦一下", "能不能拦截",
        "快递拦截吧", "把包裹截回来",
        "麻烦帮我拦截一下快递", "拦截快递 DD20261120000001", "还能拦吗",
    ],
)  # fmt: skip
def test_a_parcel_is_only_to_be_stopped(text: str) -> None:
    assert only_stops_parcel(text)


@pytest.mark.parametrize(
    "text",
    [
        "没拦住", "拦截失败", "拦截了吗", "拦不下来",
        "拦截不了", "不拦了", "别拦了", "拦住了", "拦截了",
        "拦截要多久", "拦下来能换蓝色吗", "地址错了 拦截", "截图", "快递", "钱能拦住吗",
    ],
)  # fmt: skip
def test_more_is_said_than_that_it_is_to_be_stopped(text: str) -> None:
    assert not only_stops_parcel(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有截图", "截图没有", "没截图", "没截到图", "当时没截", "没来得及截图", "聊天记录删了",
        "截图找不到了", "找不到截图", "没保存聊天记录", "没有聊天记录",
        "没什么好拍的啊", "我懒得拍", "拍了也看不出来啊",
    ],
)  # fmt: skip
def test_there_is_nothing_to_show(text: str) -> None:
    assert has_no_evidence(text)


@pytest.mark.parametrize(
    "text", ["有没有截图的地方", "我有截图", "没截止吧", "截图发你了", "截图没有问题吗"]
)
def test_there_may_be_something_to_show(text: str) -> None:
    assert not has_no_evidence(text)


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问有什么可以帮您", "请问什么问题", "您好请说", "麻烦发下订单号", "方便发张照片吗",
        "请问有什么可以帮到您的", "亲，请问遇到什么问题了呢",
        "在的，请讲", "您好 麻烦提供一下订单号",
    ],
)  # fmt: skip
def test_an_open_question_agrees_on_nothing(text: str) -> None:
    assert only_receives(text)


@pytest.mark.parametrize(
    "text",
    [
        "什么原因想退呢", "您想换什么尺码", "已经催快递",
        "发新的给您", "给您补发", "请说好，给您退",
        "发照片过来就给您退", "麻烦退回来", "可以",
    ],
)  # fmt: skip
def test_a_remedy_may_be_spoken_of(text: str) -> None:
    assert not only_receives(text)


@pytest.mark.parametrize(
    "text", ["不要钱", "我不要钱", "不用赔", "不要补偿", "不需要赔偿", "又不图你们的钱", "别赔钱"]
)
def test_money_is_declined(text: str) -> None:
    assert declines_money(text)


@pytest.mark.parametrize(
    "text", ["不要", "不要了", "不要钱吗", "不赔", "不用赔了", "不要券", "要钱", "不要钱要换货"]
)
def test_money_is_not_all_that_is_declined(text: str) -> None:
    assert not declines_money(text)


@pytest.mark.parametrize(
    "text",
    ["你们客服说赔我50", "客服答应赔我50", "你们说赔我20", "客服说补我10块", "售后承诺退30元的"],
)
def test_a_sum_was_promised(text: str) -> None:
    assert claims_sum(text)


@pytest.mark.parametrize(
    "text",
    [
        "客服说只赔50", "客服说赔50不够", "赔我50",
        "客服没说赔我50", "客服说最多赔50", "客服说50天到",
        "客服说赔我50吗", "客服说退50%",
    ],
)  # fmt: skip
def test_no_sum_was_promised(text: str) -> None:
    assert not claims_sum(text)


@pytest.mark.parametrize("text", ["那我退了重新买", "退掉再拍", "退货重买", "不补我就退了重买"])
def test_it_goes_back_to_be_bought_anew(text: str) -> None:
    assert buys_anew(text)


@pytest.mark.parametrize(
    "text", ["凭什么让我退了重新买", "早知道退了重买", "不退了重新买", "退了能重新买吗", "重新买"]
)
def test_nothing_goes_back_to_be_bought_anew(text: str) -> None:
    assert not buys_anew(text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("售后说退我50，一直没到账", "refund_delay"),
        ("快递费客服说退我20", "fee"),
        ("快递一直没到 客服说赔我50", "refund_delay"),
    ],
)
def test_a_sum_that_is_late_is_no_late_parcel(text: str, issue: str) -> None:
    heard = Heard(issues=(issue,), confident=True)
    read = of_promised_sum(State(), CustomerSpoke(message_ids=(1,), text=text, heard=heard))
    assert read.heard.issues == (("slow",) if "快递一直" in text else (issue,))
