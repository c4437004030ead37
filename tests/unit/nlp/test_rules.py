"""Denied, asked or supposed is not claimed; hundreds of wordings stand in tests/quality."""

from __future__ import annotations

import pytest

from nlp.gates import alternatives_of
from nlp.normalise import normalise
from nlp.rules import Signs, read_signs, wants_human


def signs(text: str) -> Signs:
    return read_signs(normalise(text))


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("电池有点鼓", ("safety",)),
        ("充电宝有点鼓", ("safety",)),
        ("充电宝包装鼓鼓的", ()),
        ("手机壳店员一点鼓励都没有", ()),
        ("用了过敏", ("safety",)),
        ("没有过敏", ()),
        ("会过敏吗", ()),
        ("如果过敏能退吗", ()),
        ("不会投诉你", ()),
        ("我要投诉", ()),
        ("再不退打12315", ("legal",)),
        ("傻逼,气死我了", ("abuse", "anger")),
    ],
)
def test_flags(text: str, flags: tuple[str, ...]) -> None:
    assert signs(text).flags == flags


@pytest.mark.parametrize(
    ("text", "signs_found"),
    [
        ("根据消费者权益保护法第25条你们七天内要退吧", ()),
        ("消费者权益保护法不是说七天无理由吗", ()),
        ("消费者保护法规定要退一赔三的", ("multiples",)),
        ("按电子商务法和消费者权益保护法 该退我了", ()),
        ("消费者权益保护法实施条例第12条写了", ()),
        ("去消费者保护协会告你", ("regulator",)),
        ("我找消费者协会", ("regulator",)),
        ("消费者权益保护委员会见", ("regulator",)),
        ("我要依法起诉", ("regulator",)),
        ("根据消费者权益保护法我可以打12315", ("regulator",)),
        ("你们违反了消费者权益保护法第二十四条", ("regulator",)),
        ("你们侵犯我的权益知道吗 消费者权益保护法你去看看", ("regulator",)),
    ],
)
def test_a_law_that_is_quoted_threatens_with_no_office(
    text: str, signs_found: tuple[str, ...]
) -> None:
    assert signs(text).signs == signs_found


def test_several_signs_stand_together_in_a_fixed_order() -> None:
    found = signs("吃完拉肚子,不赔就发抖音曝光,12315见,转人工")
    assert found.signs == ("human", "food_illness", "regulator", "media")
    assert found.flags == ("safety", "legal")


def test_declining_a_person_is_no_wish_for_one() -> None:
    assert not signs("不用转人工了").wants_human
    assert signs("为什么不给我转人工").wants_human
    assert signs("我不要机器人我要人工").wants_human


def test_outermost_alternatives_are_told_from_inner_ones() -> None:
    assert alternatives_of(r"a(?:b|c)|[|)]d|e\|f") == ["a(?:b|c)", "[|)]d", r"e\|f"]
    assert alternatives_of("ab") == ["ab"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("订单取消 找人工", True), ("取消转人工", False), ("不转人工我就退货", True),
        ("不用转人工,退货地址发我", False), ("不转人工就投诉", True),
    ],
)  # fmt: skip
def test_a_cancelled_order_and_a_threat_decline_no_person(text: str, wanted: bool) -> None:
    assert wants_human(normalise(text)) is wanted
