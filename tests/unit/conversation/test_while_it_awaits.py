"""What is said while a remedy awaits approval: asked after, haggled over, made a condition of."""

from __future__ import annotations

import pytest

from bot.conversation.deciding.beside import topic_of, wants_more_approved
from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.wishes.afterthoughts import only_if, takes_back

WAITS = Matter(
    id="1", issue="not_shipped", issues=("not_shipped",), intent="complain", stage="approval",
    remedies=(Remedy(key="1-1", option={"kind": "compensation", "amount_fen": 15980},
                     state="awaiting_approval"),),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["审批要多久", "多久能批", "审核多长时间", "多久能批下来", "几点前给我答复", "主管何时审完",
     "要等多久啊", "复核什么时候完"],
)  # fmt: skip
def test_by_when_it_is_approved_is_asked(text: str) -> None:
    assert topic_of(text) == "when"


@pytest.mark.parametrize(
    "text", ["多久能发出来", "什么时候补发", "几天能寄出来", "新的什么时候发货", "多久发货"]
)
def test_goods_granted_are_asked_after_and_others_are_not(text: str) -> None:
    assert topic_of(text, "reship") == "when"
    assert topic_of(text, "compensation") is None


@pytest.mark.parametrize(
    "text",
    [
        "你们几点上班",
        "批发价多少",
        "主管电话多少",
        "几点的快递",
        "我等了多久你知道吗",
        "等了9天了",
    ],
)
def test_other_questions_are_not_by_when(text: str) -> None:
    assert topic_of(text) is None


@pytest.mark.parametrize(
    "text", ["能多给点吗", "最多能给多少", "能不能给200", "再加50吧", "太少了"]
)
def test_more_than_awaits_approval_is_wanted(text: str) -> None:
    assert wants_more_approved(WAITS, text)


@pytest.mark.parametrize(
    "text", ["给我159.8就行", "再等50分钟", "等了多少天了", "快点", "好的", "能便宜吗"]
)
def test_no_more_is_wanted(text: str) -> None:
    assert not wants_more_approved(WAITS, text)


@pytest.mark.parametrize(
    "text",
    [
        "算了 不批的话我就取消订单",
        "不批就算了",
        "不行就算了",
        "要是不给就算了",
        "批不下来就不要了",
        "不好意思 不批就算了",
    ],
)
def test_a_condition_takes_nothing_back(text: str) -> None:
    assert only_if(text)
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "算了",
        "算了 不用批了",
        "不要了就这样吧",
        "撤回吧",
        "不用赔了 算了",
        "不好意思那就取消吧 不用退了",
        "不麻烦你们就算了 不要了",
    ],
)
def test_what_is_no_longer_wanted_is_taken_back(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize("text", ["不想折腾就取消吧", "不好意思那就取消吧", "不行就取消 不用退了"])
def test_what_is_said_outright_is_no_condition(text: str) -> None:
    assert not only_if(text)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("不想折腾就取消吧", True),
        ("懒得弄了就取消吧", True),
        ("不想折腾就取消订单", False),
        ("不想折腾就取消不了吗", False),
        ("不批就取消", False),
    ],
)
def test_who_is_weary_of_it_takes_it_back(text: str, back: bool) -> None:
    assert takes_back(text) is back
