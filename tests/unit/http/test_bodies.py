"""Text is made storable without losing what can be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.bodies import storable
from bot.messages import is_blank


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("我要退款", "我要退款"),
        ("🙂👨‍👩‍👧", "🙂👨‍👩‍👧"),
        ("a\0b", "a\ufffdb"),
        ("\ud83d", "\ufffd"),
        ("\ude00 x", "\ufffd x"),
        ("\ud83d\ude00", "😀"),
        ("", ""),
    ],
)
def test_only_what_cannot_be_kept_is_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u3000", "\u200b", "\u200d\ufe0f", "\u2800", "\u3164\u00ad", "\ufeff"],
)
def test_what_is_drawn_as_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["。", "1", "🙂", "❤\ufe0f", " 好\u200b", "\ufffd", "\u0301e", "\u31640"]
)
def test_whatever_can_be_seen_is_not(text: str) -> None:
    assert not is_blank(text)


@given(st.text(alphabet=st.characters()))
def test_whatever_comes_can_be_written(text: str) -> None:
    kept = storable(text)
    kept.encode("utf-8")
    assert "\0" not in kept
    assert storable(kept) == kept


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_good_text_is_left_alone(text: str) -> None:
    assert storable(text) == text


def test_what_is_no_text_is_left_to_the_model() -> None:
    assert storable(7) == 7
