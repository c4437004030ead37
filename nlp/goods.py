"""Everyday goods that a text names, each with the broad groups that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.lexicon import malformed, read_table

# Broad, so that a phone is no other thing than its charger. `none` only sounds like goods.
GROUPS: Final = frozenset(
    {"electronics", "clothing", "food", "care", "home", "books", "kids", "outdoor", "none"}
)
_FILE: Final = "goods.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A word for goods, and where it stands in the text."""

    word: str
    groups: frozenset[str]
    start: int
    end: int


def goods_in(text: str) -> list[Goods]:
    """Return the goods that the text names, in order; of two words at one place, the longer."""
    lower = text.lower()
    words = _words()
    longest = max(map(len, words), default=0)
    found: list[Goods] = []
    at = 0
    while at < len(lower):
        ends = range(min(at + longest, len(lower)), at, -1)
        end = next((end for end in ends if lower[at:end] in words), None)
        if end is None:
            at += 1
            continue
        groups = words[lower[at:end]]
        if groups != {"none"}:
            found.append(Goods(word=lower[at:end], groups=groups, start=at, end=end))
        at = end
    return found


@cache
def _words() -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = {}
    for row in read_table(_FILE, ("group", "words")):
        group, cell = row
        if group not in GROUPS:
            raise malformed(_FILE, row, f"unknown group {group!r}")
        for word in cell.split():
            groups = words.get(word, frozenset())
            if group in groups:
                raise malformed(_FILE, row, f"{word} is in {group} already")
            if groups and "none" in {group, *groups}:
                raise malformed(_FILE, row, f"{word} cannot be goods and none")
            words[word] = groups | {group}
    return words
