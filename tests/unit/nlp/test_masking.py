"""What is kept to learn from names nobody, and still looks like what was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.extraction import extract
from nlp.masking import mask_personal
from nlp.normalise import normalise


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678 还没发货", "电话13000000000 还没发货"),
        ("打我138 1234 5678", "打我130 0000 0000"),
        ("订单号JF20261101001 坏了", "订单号JF00000000000 坏了"),
        ("尾号4321的那单", "尾号0000的那单"),
        ("单号SF1234567890123 三天没动", "单号SF0000000000000 三天没动"),
        ("改到浙江省杭州市西湖区文三路120号3栋2单元501", "改到某路0号"),
        ("换到幸福小区8号楼", "换到某路0号"),
        ("收件人张小明 改一下", "收件人某某 改一下"),
        ("加我微信abc_12345", "加我微信x00000"),
        ("邮箱 foo.bar@qq.com", "邮箱 x@x.com"),
        ("身份证110101199003071234", "身份证000000000000000000"),
    ],
)
def test_personal_data_are_masked(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    ["付了199块 等了15天", "收货人写成我老公名字了", "6月1日买的 少发2件", "名字写错了", "", "🦄"],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask_personal(text) == text


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_a_masked_phone_is_still_seen_as_one(phone: str) -> None:
    masked = mask_personal(f"电话{phone}")
    assert re.search(r"[1-9]", masked[4:]) is None
    assert extract(normalise(masked)).phone is not None


@given(st.text(max_size=80))
def test_masking_never_fails(text: str) -> None:
    assert mask_personal(mask_personal(text)) == mask_personal(text)
