"""Long texts in parts that Telegram takes, labels that a phone shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.text import shorten, split, units

FAMILY = "👨‍👩‍👧‍👦"
TEXTS = st.text(
    st.sampled_from(["退", "a", "😡", "\n", "。", " ", "\u200d", "\ufe0f", "🇨", "🇳", "🏽", "́"]),
    max_size=200,
)


@given(TEXTS, st.integers(2, 40))
def test_parts_fit_and_lose_nothing_but_blanks(text: str, at_most: int) -> None:
    parts = split(text, at_most)
    assert all(units(part) <= at_most for part in parts)
    if text.strip():
        assert all(part.strip() for part in parts)
        assert "".join("".join(parts).split()) == "".join(text.split())


def test_units_are_those_of_utf_16() -> None:
    text = f"退款😡{FAMILY}é"
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("😡" * 2048, 4096) == ["😡" * 2048]
    assert len(split("😡" * 2048 + "a", 4096)) == 2


def test_cuts_are_between_lines_then_sentences() -> None:
    assert split("第一行很长\n第二行也很长", 8) == ["第一行很长\n", "第二行也很长"]
    assert split("一二三四五。六七八九十", 8) == ["一二三四五。", "六七八九十"]


@pytest.mark.parametrize("sign", [FAMILY, "🇨🇳", "👍🏽", "é", "❤️"])
def test_no_sign_is_torn_apart(sign: str) -> None:
    for length in range(units(sign) * 2, units(sign) * 3):
        parts = split(sign * 20, length)
        assert all(part.replace(sign, "") == "" for part in parts)


def test_one_endless_sign_is_cut_all_the_same() -> None:
    assert len(split("\u200d" * 100 + "字", 10)) > 1


def test_labels_are_cut_by_columns() -> None:
    assert shorten("退款 ¥30", 48) == "退款 ¥30"
    assert shorten("一二三四五六", 12) == "一二三四五六"
    assert shorten("一二三四五六七", 12) == "一二三四五…"
    assert shorten("abcdefghijklm", 12) == "abcdefghijk…"
