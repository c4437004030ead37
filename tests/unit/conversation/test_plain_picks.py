"""A remedy on offer that is taken by a bare verb, and what only sounds like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.shapes.state import Matter
from bot.conversation.words.answers import bids
from bot.conversation.words.answers.plain_picks import asked_around, plain_pick
from bot.conversation.words.things import named

OFFER = [
    {"id": "1", "kind": "trace"},
    {"id": "2", "kind": "intercept", "promise": "intercept_address"},
    {"id": "3", "kind": "partial_refund"},
]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("那查吧", "trace"), ("那你们查一下吧", "trace"), ("你们先查", "trace"),
        ("查查看", "trace"),
        ("好吧查一下", "trace"), ("查", "trace"), ("那就核查吧", "trace"), ("赶紧查清楚", "trace"),
        ("改吧", "correct_order"), ("那就改一下吧", "correct_order"), ("改派吧", "correct_order"),
        ("退一点钱我留着", "partial_refund"), ("便宜点我留着", "partial_refund"),
        ("补点钱 我就不退了", "partial_refund"),
        ("那退点钱给我我留着用吧", "partial_refund"), ("要不补点钱我不退了", "partial_refund"),
        ("我没收到，你们自己查", "trace"), ("你帮我查查到底谁签的", "trace"),
        ("查查谁签收的", "trace"), ("我没收到 快查", "trace"),
        ("我不想退 便宜点行吗", "partial_refund"), ("我不退 补点钱可以吗", "partial_refund"),
        ("能不能便宜点 我就不退了", "partial_refund"), ("便宜点我就不退了", "partial_refund"),
        ("退点钱行不行 我就留着", "partial_refund"), ("能赔点啥不", "partial_refund"),
        ("有补偿吗", "partial_refund"), ("能给点补偿不", "partial_refund"),
        ("便宜点行不", "partial_refund"), ("能不能优惠点", "partial_refund"),
        ("有没有补偿", "partial_refund"), ("给什么补偿", "partial_refund"),
    ],
)  # fmt: skip
def test_a_bare_verb_takes_what_is_on_offer(text: str, wish: str) -> None:
    assert plain_pick(text, OFFER) == wish
    assert plain_pick(text, [{"id": "1", "kind": "refund"}]) is None


@pytest.mark.parametrize(
    "text",
    [
        "查不到", "你们查过了吗", "怎么查", "我查一下", "等我查查", "查了", "查吗", "不用查了",
        "查什么查",
        "我没收到", "我没收到怎么查", "你们自己没查吗", "我自己查", "我查查谁签的", "谁签的",
        "你们查到谁签的了吗", "不用查谁签的", "我不想退 能便宜多少", "我想退 便宜点不行",
        "查到了", "改天吧", "不改了", "改好了吗", "怎么改", "改不了", "改成退款", "我改一下",
        "便宜点", "多退点我留着", "退一点钱", "能便宜点我留着吗", "我留着", "退货我不留着",
        "不可能退点我留着", "便宜点我留着不合适", "别跟我说补点钱我留着", "只退点钱我留着干什么",
        "才退一点钱我留着太亏", "才补点我不寄了", "退点钱我自己修", "退点钱我留着没用",
    ],
)  # fmt: skip
def test_this_takes_nothing(text: str) -> None:
    assert plain_pick(text, OFFER) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("换个新的 要多久", "exchange"), ("换一双吧 旧的怎么退", "exchange"),
        ("退货吧 怎么寄呀", "return_refund"), ("换个新的要多久", None),
        ("那就退差价吧 顺便问下几天送到", "price_difference"), ("换个新的吗 要多久", None),
        ("能换个新的吗 要多久", None), ("不换个新的 要多久", None), ("退货 怎么寄", None),
        ("换个黑色的 要多久", None), ("换个快递 要多久", None), ("退货吧 凭什么", None),
        ("不退货吧 怎么寄", None), ("退货吧 怎么又坏了", None), ("换个人吧 怎么退", None),
        ("那我要退款 多久到账啊", "refund"), ("退款吧 几天能到账", "refund"),
        ("退款 多久到账", None), ("退款的话 多久到账", None), ("我要退款吗 多久到账", None),
        ("我不要退款 多久到", None), ("我要退款 怎么又没货", None),
        ("要是我要退款 多久到账", None),
    ],
)  # fmt: skip
def test_what_is_taken_before_the_question_how_it_goes_on(text: str, wish: str | None) -> None:
    offer = [{"kind": "exchange"}, {"kind": "return_refund"}, {"kind": "price_difference"},
             {"kind": "refund"}]  # fmt: skip
    assert plain_pick(text, offer) == wish
    assert plain_pick(text, [{"kind": "compensation"}]) is None


def test_a_parcel_that_is_stopped_for_a_refund_is_not_changed() -> None:
    offer = [{"id": "1", "kind": "intercept", "promise": "intercept"}]
    assert plain_pick("改吧", offer) is None


TOLD = Matter(
    id="1",
    issue="not_received",
    issues=("not_received",),
    intent="complain",
    offer=tuple(OFFER),
    verdict={"reasons": ["方便的话，也请问一下家人、同事和门卫有没有代收。"]},
)


@pytest.mark.parametrize(
    "text",
    [
        "我问过家里人了，没人收",
        "家里人都没拿",
        "门卫说没有代收",
        "问了一圈没人帮我收",
        "邻居没收",
        "我不在家 邻居也没看到",
        "问过同事了，没人拿我的快递，你们查一下吧",
    ],
)
def test_nobody_near_took_it_in(text: str) -> None:
    assert asked_around(TOLD, text)
    assert not asked_around(replace(TOLD, verdict={"reasons": ["还在路上。"]}), text)


@pytest.mark.parametrize(
    "text",
    [
        "我没收到",
        "我没收到啊",
        "问过家里人了，我妈收了",
        "家里人没收怎么办",
        "我去问问家里人",
        "家里没人收快递，改天送",
        "没问过别人收没收",
        "我还没问邻居有没有收",
        "物业没人代收服务",
        "问了没人收，给我退钱",
        "问了邻居没人拿 直接退款",
        "问过了没人收，别查了补发",
        "老婆没领工资",
        "邻居没看到我签收",
        "门卫没看见快递员怎么办",
    ],
)
def test_this_does_not_say_that_nobody_took_it(text: str) -> None:
    assert not asked_around(TOLD, text)


@pytest.mark.parametrize("text", ["45块给我", "那45块退给我吧", "把45块退我就行"])
def test_a_sum_named_first_is_a_bid(text: str) -> None:
    assert named.bid_in(text) == 4500


@pytest.mark.parametrize("text", ["45块钱的东西给我发坏的", "还差45块没给我", "45块"])
def test_a_sum_told_of_is_no_bid(text: str) -> None:
    assert named.bid_in(text) is None


@pytest.mark.parametrize(
    ("fen", "bid", "same"),
    [(4495, 4500, True), (4495, 4495, True), (4449, 4500, False), (4495, 4400, False)],
)
def test_a_sum_may_be_named_in_round_yuan(fen: int, bid: int, same: bool) -> None:
    assert bids.is_sum({"amount_fen": fen}, bid) == same


@pytest.mark.parametrize(
    "text", ["补个勺子", "给我补上", "补给我", "那就补上吧", "补一个盖子就行", "补发个勺子吧"]
)
def test_the_missing_piece_is_called_for(text: str) -> None:
    assert plain_pick(text, [{"id": "1", "kind": "reship"}]) == "reship"


@pytest.mark.parametrize(
    "text",
    [
        "补个差价",
        "补张发票",
        "补我10块",
        "补个勺子吗",
        "不用补给我",
        "补个券",
        "补上了",
        "补个勺子多久",
    ],
)
def test_something_else_is_called_for(text: str) -> None:
    assert plain_pick(text, [{"id": "1", "kind": "reship"}]) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("能加急吗", "expedite"), ("能不能帮我催一下", "expedite"), ("可以加个急吗", "expedite"),
        ("加急有用吗", None), ("加急要钱吗", None), ("能加急吗 多久", None), ("不能加急吗", None),
    ],
)  # fmt: skip
def test_a_polite_question_hurries(text: str, wish: str | None) -> None:
    assert plain_pick(text, [{"id": "1", "kind": "expedite"}]) == wish
