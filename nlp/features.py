"""What the classifier looks at: words, word pairs, character runs, cues and concepts."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.lexicon import read_table
from nlp.numerals import NUMBER
from nlp.segment import Token

MAX_RUN: Final = 3  # characters; longer runs told nothing more in cross-validation

# Each protected shape counts as one sign; capitals do not occur in normalised text.
_SHAPES: Final = {
    "order": "O", "tracking": "T", "phone": "P", "number": "N", "amount": "A", "date": "D",
    "link": "L",
}  # fmt: skip
_MASKS: Final = {
    "[数字]": "N", "[订单]": "O", "[电话]": "P", "[金额]": "A", "[链接]": "L", "[日期]": "D",
    "[时间]": "D",
}  # fmt: skip
_NUMERAL: Final = re.compile(r"\d[\d.,]*")
_SPELL: Final = re.compile(rf"(?:N|{NUMBER})(?:多|几|来)?(?:个多?)?(?=天|周|星期|礼拜|月|小时)")

_CUES: Final[dict[str, re.Pattern[str]]] = {
    "question": re.compile(r"吗|呢|么$|\?|是不是|能不能|可不可以|有没有|是否"),
    "asks_when": re.compile(r"什么时候|多久|几天|几点|多长时间|大概"),
    "asks_how": re.compile(r"怎么(?!还|又|这么|老|就|一直)|如何|在哪"),
    "too_long": re.compile(
        r"怎么还|还不|还没|还是没|迟迟|一直|到现在|都.{0,8}了|[天周月]了|至今|老是"
    ),
    "outrage": re.compile(r"凭什么|太|什么玩意|居然|竟然|根本|!|垃圾|坑|骗|失望|差评|无语"),
    "supposed": re.compile(r"如果|要是|万一|假如|的话|会不会"),
    "wish": re.compile(r"我要|我想|想要|帮我|给我|麻烦|请|能帮|申请"),
    "thanks": re.compile(r"谢谢|感谢|辛苦"),
    "greeting": re.compile(r"你好|您好|在吗|哈喽"),
    "future": re.compile(r"明天|到时候|过几天|以后|下次|待会|等会"),
    "negation": re.compile(r"没|不|未|别"),
    "denied": re.compile(r"没有(?:破|坏|问题)|没坏|不是质量|不是假|没问题"),
}

Features = dict[str, float]


def shape_text(tokens: Iterable[Token]) -> str:
    """The normalised text with each number, date or amount as one capital letter."""
    parts: list[str] = []
    at = 0
    for token in tokens:
        parts.append(" " if token.start > at else "")
        parts.append(_shape(token))
        at = token.end
    return _SPELL.sub("N", "".join(parts))


def _shape(token: Token) -> str:
    if token.kind == "word":
        return _NUMERAL.sub("N", token.text)
    if token.kind == "mask":
        return _MASKS.get(token.text, "M")
    return _SHAPES[token.kind]


def count_features(tokens: list[Token], text: str) -> Features:
    """Raw counts by name; the first letter of a name is its block."""
    words = [_shape(token) for token in tokens]
    shape = shape_text(tokens)
    names = ["w" + word for word in words]
    names += ["w" + a + "_" + b for a, b in zip(["^", *words], [*words, "$"], strict=True)]
    names += _runs(f"^{shape}$")
    names += ["q" + name for name, pattern in _CUES.items() if pattern.search(text)]
    names += ["q@" + family for family in find_families(text)]
    names.append(f"q#{min(len(shape) // 4, 10)}")
    names += _concept_names(text)
    counts: Features = {}
    for name in names:
        counts[name] = counts.get(name, 0.0) + 1.0
    return counts


def _runs(text: str) -> list[str]:
    length = len(text)
    return [
        "c" + text[at : at + size]
        for size in range(1, MAX_RUN + 1)
        for at in range(length - size + 1)
    ]


def _concept_names(text: str) -> list[str]:
    """The skeleton of the sentence: each concept, and runs of two and three of them.

    改地址 and 换个收货地址 have the same skeleton, whatever stands between.
    """
    found = find_concepts(text)
    names = ["k" + concept for concepts in found for concept in concepts]
    first = [concepts[0] for concepts in found]
    before, after = ["^", *first], [*first, "$"]
    names += [f"k{a}>{b}" for a, b in zip(before, after, strict=True)]
    names += [f"k{a}>{b}>{c}" for a, b, c in zip(before, first, after[1:], strict=False)]
    return names


Terms = dict[str, tuple[tuple[str, tuple[str, ...]], ...]]


@cache
def _terms(name: str, column: str) -> Terms:
    """Terms with all groups that hold them, by first character, longest first."""
    groups: dict[str, list[str]] = {}
    for group, terms in read_table(name, (column, "terms")):
        for term in terms.split():
            groups.setdefault(term, []).append(group)
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for term in sorted(groups, key=len, reverse=True):
        table.setdefault(term[0], []).append((term, tuple(groups[term])))
    return {first: tuple(rows) for first, rows in table.items()}


def find_concepts(text: str) -> list[tuple[str, ...]]:
    """The concepts of the text in their order; the longest term wins, none overlap."""
    table = _terms("concepts.tsv", "concept")
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        for term, concepts in table.get(text[at], ()):
            if text.startswith(term, at):
                found.append(concepts)
                at += len(term)
                break
        else:
            at += 1
    return found


def find_families(text: str) -> list[str]:
    """The vocabulary family of each customer's term in the text; terms may overlap."""
    table = _terms("families.tsv", "family")
    return [
        family
        for at, first in enumerate(text)
        for term, families in table.get(first, ())
        if text.startswith(term, at)
        for family in families
    ]


@dataclass(frozen=True)
class Vectoriser:
    """A fitted vocabulary: weighs counts, each block brought to the same length."""

    vocabulary: Mapping[str, int]
    idf: NDArray[np.float32]
    block_weights: Mapping[str, float]

    @classmethod
    def fit(
        cls, counts: Iterable[Features], *, min_count: int, block_weights: Mapping[str, float]
    ) -> Vectoriser:
        """Keeps features of at least `min_count` texts, in a fixed order."""
        rows = list(counts)
        seen = Counter(name for row in rows for name in row)
        names = sorted(name for name, count in seen.items() if count >= min_count)
        idf = [1.0 + math.log((1 + len(rows)) / (1 + seen[name])) for name in names]
        vocabulary = {name: at for at, name in enumerate(names)}
        return cls(vocabulary, np.asarray(idf, dtype=np.float32), dict(block_weights))

    @cached_property
    def _block_of(self) -> NDArray[np.int64]:
        """The block of each column."""
        blocks = list(self.block_weights)
        return np.asarray([blocks.index(name[0]) for name in self.vocabulary], dtype=np.int64)

    @cached_property
    def _weight_of(self) -> NDArray[np.float32]:
        return np.asarray(list(self.block_weights.values()), dtype=np.float32)

    def weigh(self, counts: Features) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Columns and values of one text; unknown features count for nothing."""
        known = self.vocabulary
        pairs = [
            (column, count) for name, count in counts.items()
            if (column := known.get(name)) is not None
        ]  # fmt: skip
        columns = np.asarray([column for column, _ in pairs], dtype=np.int64)
        numbers = np.asarray([count for _, count in pairs], dtype=np.float32)
        values = ((1 + np.log(numbers)) * self.idf[columns]).astype(np.float32)
        blocks = self._block_of[columns]
        squares = np.bincount(blocks, values * values, minlength=len(self._weight_of))
        scale = self._weight_of / np.sqrt(np.maximum(squares, 1e-12)).astype(np.float32)
        return columns, (values * scale[blocks]).astype(np.float32)
