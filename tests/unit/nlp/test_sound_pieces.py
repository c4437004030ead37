"""Pieces that are said to be in order are not counted as broken."""

import pytest

from nlp.quantities import find_quantity


@pytest.mark.parametrize(
    "text",
    [
        "另外三个是好的", "其余两包没事", "剩下五个好的", "另外三个没有问题", "别的两个都没坏",
        "剩下的三只完好", "剩下五个碗是好的", "还有三个好好的", "两个正常",
    ],
)  # fmt: skip
def test_sound_pieces_are_not_counted(text: str) -> None:
    assert find_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("碎了一个,另外三个是好的", 1), ("三件里有一件没问题", 2), ("三个还有一个没坏", 2),
        ("三个好脏", 3), ("两个杯子都碎了", 2), ("两个没收到", 2), ("三包好的坏的都有", 3),
        ("退这三个的钱就行", 3), ("换两个好的", 2),
    ],
)  # fmt: skip
def test_others_are_counted_as_before(text: str, pieces: int) -> None:
    counted = find_quantity(text)
    assert counted is not None
    assert counted.value == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("客服换了一个又一个,每次都让我等", None), ("六个杯子碎了一个又一个", None),
        ("一件接一件地坏", None), ("碎了一个,又碎了一个盘子", 1), ("又一个碎了", 1),
        ("坏了两个", 2),
    ],
)  # fmt: skip
def test_one_after_another_is_no_count(text: str, pieces: int | None) -> None:
    found = find_quantity(text)
    assert (found.value if found else None) == pieces
