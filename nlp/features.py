"""What the classifier looks at: words and runs of up to three characters."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.numerals import NUMBER
from nlp.patterns import DIGITS
from nlp.segment import Token

# Capitals do not occur in normalised text. This one stands before a word, so that no run of
# characters bears the same name; each of the next stands for one kind of protected shape. A long
# bare number is most likely an order's, and a matter is read the same whatever a shop's look like.
_WORD: Final = "W"
_SHAPES: Final = {
    "order": "O", "tracking": "T", "phone": "P", "number": "O", "amount": "A", "date": "D",
    "link": "L",
}  # fmt: skip
_MASKS: Final = {
    "[数字]": "N", "[订单]": "O", "[电话]": "P", "[金额]": "A", "[链接]": "L", "[日期]": "D",
    "[时间]": "D",
}  # fmt: skip
_NUMERAL: Final = re.compile(r"\d[\d.,]*")
_SPELL: Final = re.compile(rf"(?:N|{NUMBER})(?:多|几|来)?(?:个多?)?(?=天|周|星期|礼拜|月|小时)")
_TINY: Final = 1e-12  # of a text without words, or without anything
_UNITS: Final = frozenset("天周星礼月小")  # each spell of time names one of these

# Whose order it is, told beside the matter: its number, what that is called, and a phone's tail.
# Here N is an order's number, and T four bare digits.
_GAP: Final = r"[ ,.。;、/]"
# 订单A 碎了 names it; in 我要取消订单A it is what shall be cancelled.
_CALLED: Final = (
    rf"(?:(?:(?:订单|单子)?(?:编号|单号|号码?)|(?:(?<=^)|(?<={_GAP}))订单|[是为:])[是为: ]*)?"
)
_TAIL: Final = (
    r"(?:我|的|是|手机|电话|号码|号)*(?:尾号|尾数|[最末后]后?的?四位(?:数字?|号码?)?)?[是为: ]*T"
)
_TOLD: Final = (
    rf"(?:(?:(?<=^)|(?<={_GAP})){_TAIL}{_GAP}+)?{_CALLED}N(?:{_GAP}*[和跟与]?{_CALLED}N)*"
    rf"(?:(?:{_GAP}|和)*{_TAIL}(?=$|{_GAP}))?"
)
_WHOSE: Final = re.compile(rf"{_GAP}*{_TOLD}{_GAP}*$|{_TOLD}{_GAP}*")
_NUMBERS: Final = frozenset({"order", "number"})

# The names of what is in a message; some may stand there twice.
Features = list[str]


def name_features(tokens: Sequence[Token]) -> Features:
    """What is in the message: its words, then its runs of one, two and three characters.

    Whose order it is says nothing of what is wrong with it, and is left out.
    """
    if any(token.kind in _NUMBERS for token in tokens):
        tokens = without_number(tokens) or tokens
    shapes = [_shape(token) for token in tokens]
    text = "".join(_with_blanks(tokens, shapes))
    text = f"^{text if _UNITS.isdisjoint(text) else _SPELL.sub('N', text)}$"
    pairs = list(map(add, text, text[1:]))
    return [*[_WORD + word for word in shapes], *text, *pairs, *map(add, pairs, text[2:])]


def without_number(tokens: Sequence[Token]) -> list[Token]:
    """The words that are left without an order's number and what it is told with."""
    parts = _with_blanks(tokens, [_mark(token) for token in tokens])
    ends = list(accumulate(map(len, parts)))
    spans = [match.span() for match in _WHOSE.finditer("".join(parts))]
    return [
        token for token, end in zip(tokens, ends, strict=True)
        if not any(start < end <= stop for start, stop in spans)
    ]  # fmt: skip


def _mark(token: Token) -> str:
    if token.kind in _NUMBERS:
        return "N"
    return "T" if len(token.text) == 4 and token.text.isdigit() else token.text


def _shape(token: Token) -> str:
    """A word as it stands; a number, date or amount as one capital letter."""
    if token.kind == "word":
        word = token.text
        return word if DIGITS.isdisjoint(word) else _NUMERAL.sub("N", word)
    if token.kind == "mask":
        return _MASKS.get(token.text, "M")
    return _SHAPES[token.kind]


def _with_blanks(tokens: Sequence[Token], shapes: Sequence[str]) -> list[str]:
    """What stands for each word, with a blank before it where one stands in the text."""
    parts: list[str] = []
    at = tokens[0].start if tokens else 0
    for token, shape in zip(tokens, shapes, strict=True):
        parts.append(" " + shape if token.start > at else shape)
        at = token.end
    return parts


@dataclass(frozen=True)
class Vectoriser:
    """A fitted vocabulary: weighs features, words and runs each brought to a length of their own.

    A feature counts once, however often it occurs: counts told nothing more.
    """

    vocabulary: Mapping[str, int]  # from common to rare: what is often read lies close together
    idf: NDArray[np.float32]
    word_weight: float  # of the words of a text, as one vector, beside that of its runs

    @cached_property
    def is_word(self) -> NDArray[np.int64]:
        """One for each column that is a word, nought for a run."""
        return np.asarray([name[0] == _WORD for name in self.vocabulary], dtype=np.int64)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """What the runs and what the words of a text are brought to."""
        return np.asarray([1.0, self.word_weight])

    @cached_property
    def _blocks(self) -> NDArray[np.float32]:
        """Each column's idf, first for runs, then for words, and the squares of both."""
        idf = np.zeros((len(self.idf), 2), dtype=np.float32)
        idf[np.arange(len(idf)), self.is_word] = self.idf
        return np.hstack([idf, idf * idf])

    def weigh(self, row: Features) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Columns and values of one text; unknown features count for nothing."""
        found = dict.fromkeys(map(self.vocabulary.get, row))
        found.pop(None, None)
        columns = np.array([*found], dtype=np.int64)
        blocks = self._blocks.take(columns, axis=0)
        _, _, runs, words = np.add.reduce(blocks, axis=0).tolist()
        scale = (1 / math.sqrt(runs + _TINY), self.word_weight / math.sqrt(words + _TINY), 0, 0)
        return columns, blocks @ np.array(scale, dtype=np.float32)
