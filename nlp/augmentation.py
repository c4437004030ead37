"""Dressed copies of corpus lines: greetings and pleas that change no label.

Calm questions are mostly polite, so without them 请问 and 可以吗 would themselves mean none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nlp.corpus import Example
from nlp.lexicon import read_table

_BARE_SHARE = 0.5  # of the copies, those that get nothing before them


def dress(examples: Sequence[Example], seed: int) -> list[Example]:
    """One dressed copy of each example, in the same order."""
    chance = np.random.default_rng(seed)
    before, after, after_issue = _phrases()
    return [
        _dressed(example, chance, before, after + (after_issue if example.issues else ()))
        for example in examples
    ]


def _dressed(
    example: Example,
    chance: np.random.Generator,
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> Example:
    start = "" if chance.random() < _BARE_SHARE else before[chance.integers(len(before))]
    return replace(example, text=start + example.text + after[chance.integers(len(after))])


def _phrases() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    rows = read_table("dressing.tsv", ("place", "for", "phrases"))
    cells = {(place, whom): tuple(phrases.split("/")) for place, whom, phrases in rows}
    return cells["before", "any"], cells["after", "any"], cells["after", "issue"]
