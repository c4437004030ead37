"""那就不取消了 keeps the order, and is neither a new value nor the end of what is put right."""

from __future__ import annotations

import pytest

from bot.conversation.words.wishes.order_kept import (
    ends_only_otherwise,
    keeps_order,
    without_order_kept,
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("就不取消了", True),
        ("那就不取消了 地址改成人民路100号", True),
        ("人民路100号 就不取消了", True),
        ("订单不取消，换成L码", True),
        ("不用取消了", True),
        ("那不退了 帮我改地址", True),
        ("你们不取消是吗", False),
        ("取消了吗", False),
        ("怎么还不取消", False),
        ("客服说不取消了", False),
        ("不给取消", False),
        ("你们不退", False),
        ("能改就不取消了", False),  # and if not, it is to end
        ("取消吧", False),
        ("不要取消 算了还是取消吧", False),
        ("别取消了 直接退款", False),
        ("算了取消吧 等等 不取消了", True),
    ],
)
def test_an_order_is_kept_in_so_many_words(text: str, kept: bool) -> None:
    assert keeps_order(text) == kept


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("那就不取消了 地址改成人民路100号", "地址改成人民路100号"),
        ("人民路100号5幢502 就不取消了", "人民路100号5幢502"),
        ("能改就不取消了，改成L", "改成L"),
        ("人民路100号，", "人民路100号，"),
        ("人民路100号 不可以取消订单", "人民路100号"),
        ("人民路100号 千万不要给我取消订单", "人民路100号"),
        ("人民路100号 来不及改就算了", "人民路100号"),
        ("人民路100号，如果改不了就取消", "人民路100号"),
        ("人民路100号改不了就退款", "人民路100号"),
        ("别墅区人民路100号", "别墅区人民路100号"),
    ],
)
def test_it_is_no_part_of_what_is_told_besides(text: str, left: str) -> None:
    assert without_order_kept(text) == left


@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        ("地址写错了 改不了就取消", True),
        ("能改吗 不能改就退款", True),
        ("换不了的话就退了吧", True),
        ("能改就不取消了", True),
        ("直接取消吧", False),
        ("不可以取消订单", False),
        ("来不及取消", False),
        ("来不及改的话就取消", True),
        ("地址写错了 取消订单", False),
        ("改不了吧 那就退了", False),
    ],
)
def test_an_order_ends_only_if_it_cannot_be_put_right(text: str, otherwise: bool) -> None:
    assert ends_only_otherwise(text) == otherwise
