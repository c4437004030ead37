"""Answers to an offer, by a writer whom nobody learnt from: what they mean, and how surely."""

from __future__ import annotations

import pytest

from bot.conversation.words.answers.meant import LIKELY, SURE
from bot.settings import DATA_DIR
from nlp.labels import MEANINGS
from nlp.promotion import frozen_answers
from nlp.understanding import Understander

ROWS = frozen_answers(DATA_DIR)
# 92 in 100 are reached; one figure's error is 1.1.
FLOOR = 0.90
LIKELY_SHARE, LIKELY_PRECISION = 0.90, 0.94
SURE_SHARE, SURE_PRECISION = 0.78, 0.97


@pytest.fixture(scope="module")
def read(whole_understander: Understander) -> list[tuple[bool, float]]:
    """Whether the likeliest meaning was the right one, and how likely it was."""
    found = [whole_understander.understand(row.text, as_answer=True).meanings[0] for row in ROWS]
    return [(name == row.meaning, p) for row, (name, p) in zip(ROWS, found, strict=True)]


def test_each_meaning_has_its_answers() -> None:
    assert len(ROWS) == 658
    assert {row.meaning for row in ROWS} == set(MEANINGS)


def test_answers_are_read(read: list[tuple[bool, float]]) -> None:
    assert sum(right for right, _ in read) / len(read) >= FLOOR


@pytest.mark.parametrize(
    ("at_least", "share", "precision"),
    [(LIKELY, LIKELY_SHARE, LIKELY_PRECISION), (SURE, SURE_SHARE, SURE_PRECISION)],
)
def test_what_is_likely_is_right(
    read: list[tuple[bool, float]], at_least: float, share: float, precision: float
) -> None:
    likely = [right for right, probability in read if probability >= at_least]
    assert len(likely) / len(read) >= share
    assert sum(likely) / len(likely) >= precision
