"""Spares a message most searches: a pattern is tried only where something it needs occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from operator import add
from re import _constants as codes  # type: ignore[attr-defined]  # the parser has no other door
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

# An escaped character, a character class, or any character by itself.
_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)
# How often a need is met, roughly: a pair, a lone character, one that every tenth message holds,
# one that every third does.
_PAIR_COST: Final = 1
_CHAR_COST: Final = 5
_COMMON_COST: Final = 60
_COMMON: Final = frozenset("个到说有你就天还发上退们么给在这来吗下货要单收人买都那能里好,")
_EVERYWHERE_COST: Final = 150
_EVERYWHERE: Final = frozenset("了我的不一没是")
_MOST_CHARS: Final = 12  # of a character class worth asking for
_MOST_PAIRS: Final = 24

# Single characters and pairs, of which each match holds at least one.
Needs = frozenset[str]
Grams = AbstractSet[str]


class Gate:
    """Many patterns, of which one pass over a text picks those that may match."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Reads what each pattern needs; one that needs nothing certain is always tried."""
        self._always = 0
        self._masks: dict[str, int] = {}
        for at, pattern in enumerate(patterns):
            needs = needs_of(pattern.pattern)
            if needs is None:
                self._always |= 1 << at
            for need in needs or ():
                self._masks[need] = self._masks.get(need, 0) | 1 << at
        self._needs = frozenset(self._masks)

    def open(self, grams: Grams) -> Iterator[int]:
        """The places of the patterns that may match a text of these grams, in their order."""
        mask = self._always
        for need in self._needs & grams:
            mask |= self._masks[need]
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest


def grams_of(text: str) -> Grams:
    """All characters of a text and all pairs of neighbours."""
    grams = set(text)
    grams.update(map(add, text, text[1:]))
    return grams


def alternatives_of(phrase: str) -> list[str]:
    """The outermost alternatives of an expression: each alone opens its gate less often."""
    parts = [""]
    depth = 0
    for piece in _PIECE.findall(phrase):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def needs_of(pattern: str) -> Needs | None:
    """What every match of the pattern holds one of, or None when nothing is certain."""
    return _of_sequence(parser.parse(pattern))


def _of_sequence(parts: Any) -> Needs | None:
    """The needs of the part that is rarest met; two lone characters in a row are met as a pair."""
    found: list[Needs] = []
    before: Needs | None = None
    for code, value in parts:
        char = _one_of(code, value)
        if char and before and len(before) * len(char) <= _MOST_PAIRS:
            needs: Needs | None = frozenset(a + b for a in before for b in char)
        else:
            needs = char or _of_part(code, value)
        if needs is not None:
            found.append(needs)
        before = char
    return min(found, key=_cost, default=None)


def _one_of(code: Any, value: Any) -> Needs | None:
    """The characters of which the part is just one, or None."""
    if code is codes.LITERAL:
        return frozenset({chr(value)})
    return _of_part(code, value) if code is codes.IN else None


def _of_part(code: Any, value: Any) -> Needs | None:
    if code is codes.SUBPATTERN:
        return _of_sequence(value[-1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _of_sequence(value[2]) if value[0] else None
    if code is codes.BRANCH:
        return _union([_of_sequence(branch) for branch in value[1]])
    if code is codes.IN:
        needs = _union([_of_class_member(*member) for member in value])
        return needs if needs is not None and len(needs) <= _MOST_CHARS else None
    return None


def _of_class_member(code: Any, value: Any) -> Needs | None:
    if code is codes.LITERAL:
        return frozenset({chr(value)})
    if code is codes.RANGE and value[1] - value[0] < _MOST_CHARS:
        return frozenset(map(chr, range(value[0], value[1] + 1)))
    return None


def _union(parts: list[Needs | None]) -> Needs | None:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _cost(needs: Needs) -> int:
    return sum(map(_cost_of, needs))


def _cost_of(need: str) -> int:
    if len(need) > 1:
        return _PAIR_COST
    if need in _EVERYWHERE:
        return _EVERYWHERE_COST
    return _COMMON_COST if need in _COMMON else _CHAR_COST
