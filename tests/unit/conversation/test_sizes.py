"""Which size is wanted instead, and by whom it is left open; what only looks like it is not."""

from __future__ import annotations

import pytest

from bot.conversation.words.sizes import (
    bare_size,
    exchanged_for,
    leaves_it_open,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我想换XL", "XL"), ("换43码", "43码"), ("那换31码", "31码"), ("换黑色的", "黑色"),
        ("换小一号", "小一号"), ("鞋子买小了想换大一码", "大一码"), ("换双43码的", "43码"),
        ("能换43码吗", "43码"), ("换个大一点的", "大一点"), ("换黑色XL", "黑色XL"),
        ("不换XL了", None), ("别换大一码", None), ("换个颜色", None), ("换别的颜色", None),
        ("换大点的箱子发", None), ("换50块券", None), ("换两个", None), ("换个好的", None),
        ("换个快递", None), ("换43码要多久", None), ("改成L码了吗", None), ("换微信号", None),
    ],
)  # fmt: skip
def test_a_size_is_wanted_in_place_of_what_came(text: str, value: str | None) -> None:
    assert exchanged_for(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("43码", "43码"), ("XL", "XL"), ("黑色的", "黑色"), ("大一码就行", "大一码"),
        ("L码吧", "L码"), ("43", "43"), ("好的", None), ("2", None), ("要的", None),
        ("4033", None), ("219", None), ("小问题", None), ("红包", None), ("退", None),
    ],
)  # fmt: skip
def test_a_size_is_all_that_is_said(text: str, value: str | None) -> None:
    assert bare_size(text) == value


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("随便", True), ("都行", True), ("你们看着办", True), ("大一点的", True),
        ("我也不知道穿多大", True), ("好的", False), ("等一下", False), ("那退吧", False),
        ("运费谁出", False), ("算了", False),
    ],
)  # fmt: skip
def test_who_cannot_name_a_size_leaves_it_open(text: str, *, open_: bool) -> None:
    assert leaves_it_open(text) == open_
