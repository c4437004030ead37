"""A value put right by a piece: what is denied is no part of it, and digits replace digits."""

from __future__ import annotations

import pytest

from bot.order_correction import address_told, with_number_put_right
from bot.put_right import last_digits_put_right, without_denied


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("名字错了 不是王芳是王方", "名字错了 是王方"),
        ("是王方不是王芳", "是王方"),
        ("收件人不是王芳 是王方", "收件人是王方"),
        ("电话不是13911112226是13911112228", "电话是13911112228"),
        ("门牌是602，不是502", "门牌是602"),
        ("不是我的地址，改成文三路8号", "改成文三路8号"),
        ("是不是502", "是不是502"),
        ("不是吗", "不是吗"),
        ("人民路100号", "人民路100号"),
    ],
)
def test_what_is_denied_beside_the_right_value_is_left_out(text: str, left: str) -> None:
    assert without_denied(text) == left


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("电话最后一位是8不是6", "13911112228"),
        ("最后一位是8", "13911112228"),
        ("电话最后一位不是6是8", "13911112228"),
        ("手机号末位错了 是8", "13911112228"),
        ("后四位是2228不是2226", "13911112228"),
        ("最后两位28", "13911112228"),
        ("尾号是2228", "13911112228"),
        ("电话最后一位是8不是7", None),  # no 7 stands there
        ("电话最后一位是6", None),  # as it is
        ("电话最后两位是8", None),
        ("最后一位是8吗", None),
        ("他说最后一位是8", None),
        ("电话最后一位错了", None),
        ("最后一位是8不是6 地址也错了", None),
    ],
)
def test_the_last_digits_stand_in_for_as_many(text: str, number: str | None) -> None:
    assert last_digits_put_right(text, "13911112226") == number


def test_an_address_without_a_number_has_no_digits_to_put_right() -> None:
    assert with_number_put_right("收件人：王芳，人民路100号", "电话最后一位是8") is None
    now = with_number_put_right("收件人：王芳，电话：13911112226，人民路100号", "最后一位是8不是6")
    assert now == "收件人：王芳，电话：13911112228，人民路100号"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("名字也错了 是王方", "王方"), ("名字错了 是王方不是王芳", "王方"),
        ("名字不是王芳是王方", "王方"), ("姓名写错 叫王方", "王方"),
        ("名字打错了，王方", "王方"), ("收件人名字错了 王方", "王方"),
        ("名字应该写王方才对", "王方"), ("收件人改成王方麻烦尽快", "王方"),
        ("收件人改成张三丰电话13911112222", "张三丰"), ("人民路100号5幢502 王芳收", "王芳"),
        ("名字也错了", None), ("名字没错 是王方吗", None), ("人民路100号 周末收", None),
        ("名字是方便的方", None), ("人民路100号 门口查收", None),
    ],
)  # fmt: skip
def test_a_name_is_read_with_what_was_wrong_before_it(text: str, name: str | None) -> None:
    assert address_told(text).get("name") == name
