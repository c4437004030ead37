"""The measures of what is made to size: one side is put right, the others stay."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.corrections import named_correction
from bot.conversation.words.things.measures import measures_put_right
from tests.unit.conversation.talk import spoke
from tests.unit.conversation.test_corrections import matter


@pytest.mark.parametrize(
    ("before", "text", "now"),
    [
        ("宽2米2高2米6", "宽改成2米4", "宽2米4高2米6"),
        ("宽2米2，高2米6", "高度也改成2.7米", "宽2米2，高2.7米"),
        ("黑色 宽120cm 高200cm", "宽是125cm", "黑色 宽125cm 高200cm"),
        ("宽2米2", "深40公分", "宽2米2，深40公分"),
        ("宽220 高260", "宽240", "宽240 高260"),
        ("宽2米2", "宽2米2改成2米6", "宽2米6"),
        ("宽240", "宽240写错了，应该260", "宽260"),
        ("宽2米2", "宽从2.2米改成2.6米", "宽2.6米"),
        ("宽2米2", "身高165", None),
        ("宽2米2", "宽一点", None),
        ("L码", "改成XL", None),
    ],
)
def test_one_side_is_put_right(before: str, text: str, now: str | None) -> None:
    assert measures_put_right(before, text) == now


@pytest.mark.parametrize(
    ("before", "text", "value"),
    [
        (None, "宽改成2米4", "宽2米4"),
        (None, "改成宽2米2高2米6", "宽2米2高2米6"),
        ("宽2米2高2米6", "宽不是2米2是2米4", "宽2米4高2米6"),
        ("宽2米2高2米6", "宽2米2够吗", None),
        (None, "宽2米2的窗帘什么时候发", None),
    ],
)
def test_a_measure_keeps_its_side(before: str | None, text: str, value: str | None) -> None:
    assert named_correction(matter("spec", correction=before), spoke(text)) == value
