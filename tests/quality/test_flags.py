"""Dangers, threats and leaks as told by a writer whom nobody learnt from.

Half of the messages name what happened without any usual word (孩子手上起了水泡), a third are near
misses without a flag; no line of the corpus is nearly the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.understanding import Understander

ROWS = [
    (text, set(flags.split(",")) - {"-"})
    for text, flags in (
        line.split("\t")
        for line in (Path(__file__).parent / "flags.tsv").read_text("utf-8").splitlines()[1:]
    )
]
# The share of messages with a flag that must get it, and of those without that may get it wrongly.
FLOORS = {"safety": (0.78, 0.03), "legal": (0.72, 0.03), "privacy": (0.73, 0.02)}


@pytest.fixture(scope="module")
def given(whole_understander: Understander) -> list[set[str]]:
    return [set(found.flags) for found in map(whole_understander.understand, (t for t, _ in ROWS))]


@pytest.mark.parametrize("flag", FLOORS)
def test_a_stranger_s_flag_is_seen(given: list[set[str]], flag: str) -> None:
    seen = [flag in found for (_, flags), found in zip(ROWS, given, strict=True) if flag in flags]
    assert len(seen) >= 190
    assert sum(seen) / len(seen) >= FLOORS[flag][0]


@pytest.mark.parametrize("flag", FLOORS)
def test_near_misses_pass(given: list[set[str]], flag: str) -> None:
    wrongly = [
        flag in found for (_, flags), found in zip(ROWS, given, strict=True) if flag not in flags
    ]
    assert sum(wrongly) / len(wrongly) <= FLOORS[flag][1]
