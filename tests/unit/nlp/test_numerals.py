"""Numbers in all the ways customers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import is_rough, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("35.5", 35.5), ("1,200", 1200), ("1千5", 1500), ("2万", 20000), ("3k", 3000),
        ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("两百", 200), ("一百二", 120),
        ("一百零二", 102), ("两百五", 250), ("两千零五十", 2050), ("三万五", 35000), ("半", 0.5),
        ("一二三", 123),
        ("三四", 3), ("两三", 2), ("三五", 3), ("十七八", 17), ("七八十", 70), ("三四百", 300),
        ("五六七", 5), ("两三四", 2), ("七八九", 7), ("五六七十", 50),
        ("五六七八", 5678), ("五七六", 576),
        ("二十二", 22), ("五一", 51), ("四三", 43), ("", None), ("块", None), ("abc", None),
    ],
)  # fmt: skip
def test_numeral(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("三四", True), ("两三", True), ("十七八", True), ("七八十", True), ("三五百", True),
        ("十二", False), ("三十四", False), ("一二三", False), ("两百五", False), ("34", False),
        ("五一", False), ("五六七", True), ("二三四", True), ("五六七八", False),
        ("三五七", False),
    ],
)  # fmt: skip
def test_rough_numeral(text: str, *, rough: bool) -> None:
    assert is_rough(text) is rough


@given(st.integers(0, 10**9))
def test_plain_digits_are_themselves(number: int) -> None:
    assert parse_number(str(number)) == number


@given(st.text(alphabet="零一二两三十百千万半1.,k5", max_size=10))
def test_never_raises(text: str) -> None:
    parse_number(text)
