"""What is told, or wished, of each of several articles in one message."""

from __future__ import annotations

import pytest

from bot.conversation.words.matters.of_each import counted_in, told_of_each, wished_for_each

TITLES = ["花瓶", "玻璃杯", "羊毛毯"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("花瓶碎了 玻璃杯也碎了两只", [0, 1]),
        ("花瓶碎了，杯子裂了一个", [0, 1]),
        ("杯子碎了两个，花瓶也碎了，麻烦处理", [1, 0]),
        ("花瓶碎了\n羊毛毯破了个洞", [0, 2]),
        ("花瓶碎了，玻璃杯没碎", []),
        ("花瓶碎了，玻璃杯是好的", []),
        ("花瓶碎了，杯子呢", []),
        ("花瓶和杯子都碎了", []),
        ("花瓶碎了，会不会杯子也碎了？", []),
        ("花瓶碎了", []),
        ("花瓶碎了\n说错了，是杯子碎了", []),
        ("花瓶碎了，碎片到处是", []),
        ("花瓶碎了，杯子不会破吧", []),
        ("花瓶碎了，杯子还没到", []),
    ],
)
def test_what_is_wrong_with_each(text: str, places: list[int]) -> None:
    assert list(told_of_each(text, TITLES)) == places


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("花瓶退款 杯子补发", {0: "refund", 1: "reship"}),
        ("花瓶退货退款，玻璃杯换新的", {0: "return_refund", 1: "exchange"}),
        ("花瓶退款 杯子不退", {}),
        ("花瓶退款", {}),
        ("花瓶退款多久到，杯子补发吗", {}),
        ("花瓶和杯子都退款", {}),
        ("花瓶退款，杯子是好的", {}),
        ("花瓶退或者换，杯子补发", {}),
        ("花瓶退了吧 杯子给我换", {0: "refund", 1: "exchange"}),
        ("花瓶已经退了 杯子补发", {}),
        ("花瓶退款多久 杯子补发", {}),
        ("花瓶退款 杯子补偿10块", {}),
        ("花瓶退一半 杯子退10块", {}),
        ("花瓶退了吧，玻璃杯我留着 不用换", {}),
        ("花瓶退货运费谁出 杯子换吧", {}),
        ("花瓶你们退 杯子补不了", {}),
        ("说好花瓶退 玻璃杯补", {}),
        ("花瓶还没退 玻璃杯换", {}),
    ],
)
def test_what_is_wished_for_each(text: str, wishes: dict[int, str]) -> None:
    found = wished_for_each(text, TITLES)
    assert {at: demand for at, (_, demand) in found.items()} == wishes


def test_the_pieces_are_counted_of_each() -> None:
    assert counted_in("玻璃杯也碎了两只") == 2
    assert counted_in("花瓶碎了") is None
