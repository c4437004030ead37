"""What the classifier looks at: words, character runs, cues and concepts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.gates import Gate, Grams, grams_of
from nlp.lexicon import read_table
from nlp.numerals import NUMBER
from nlp.patterns import DIGITS
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

# The names of what is in a message, each once; the first letter of a name is its block, and
# the names of a block stand together.
Features = tuple[str, ...]

_UNITS: Final = frozenset("天周星礼月小")  # each spell of time names one of these


def name_features(tokens: Sequence[Token], text: str, grams: Grams | None = None) -> Features:
    """What is in the message; `grams` are those of the text, where they are known."""
    shapes = [_shape(token) for token in tokens]
    text_shape = _joined(tokens, shapes)
    read = read_terms(text)
    names = ["w" + word for word in shapes]
    names += _runs("^" + text_shape + "$")
    names += _cues(text, grams or grams_of(text))
    names += ["q@" + family for family in read.families]
    names += _skeleton(read.concepts)
    return tuple(dict.fromkeys(names))


@cache
def _cue_rules() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Gate]:
    """Cues, and turns of phrase with gaps that no run of characters bridges."""
    turns = read_table("turns.tsv", ("turn", "phrase"))
    rules = [("q" + name, cue) for name, cue in _CUES.items()]
    rules += [("t" + name, re.compile(phrase)) for name, phrase in turns]
    return tuple(rules), Gate([pattern for _, pattern in rules])


def _cues(text: str, grams: Grams) -> list[str]:
    rules, gate = _cue_rules()
    names: list[str] = []
    for at in gate.open(grams):
        name, cue = rules[at]
        if cue.search(text):
            names.append(name)
    return names


def _shape(token: Token) -> str:
    """A word as it stands; a number, date or amount as one capital letter."""
    if token.kind == "word":
        word = token.text
        return word if DIGITS.isdisjoint(word) else _NUMERAL.sub("N", word)
    if token.kind == "mask":
        return _MASKS.get(token.text, "M")
    return _SHAPES[token.kind]


def _joined(tokens: Sequence[Token], shapes: list[str]) -> str:
    """The text with its shapes in place of numbers, and each spell of time as one."""
    parts: list[str] = []
    at = 0
    for token, shape in zip(tokens, shapes, strict=True):
        parts.append(" " + shape if token.start > at else shape)
        at = token.end
    text = "".join(parts)
    return text if _UNITS.isdisjoint(text) else _SPELL.sub("N", text)


def _runs(text: str) -> list[str]:
    pairs = ["c" + a + b for a, b in pairwise(text)]
    return [
        *["c" + char for char in text],
        *pairs,
        *[pair + after for pair, after in zip(pairs, text[2:], strict=False)],
    ]


def _skeleton(found: Sequence[tuple[str, ...]]) -> list[str]:
    """The skeleton of the sentence: each concept, and runs of two and three of them.

    改地址 and 换个收货地址 have the same skeleton, whatever stands between.
    """
    names = ["k" + concept for concepts in found for concept in concepts]
    first = [concepts[0] for concepts in found]
    before, after = ["^", *first], [*first, "$"]
    names += [f"k{a}>{b}" for a, b in zip(before, after, strict=True)]
    names += [f"k{a}>{b}>{c}" for a, b, c in zip(before, first, after[1:], strict=False)]
    return names


class Read(NamedTuple):
    """What the word lists know of a text."""

    concepts: list[tuple[str, ...]]  # in their order; the longest term wins, none overlap
    families: list[str]  # of each customer's term, which may overlap


class _Term(NamedTuple):
    concepts: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


@cache
def _terms() -> dict[str, _Term]:
    """All terms of both lists; what only begins a term is there too, and means nothing."""
    concepts = _groups("concepts.tsv", "concept")
    families = _groups("families.tsv", "family")
    whole = {term: _Term(concepts.get(term, ()), families.get(term, ()))
             for term in {**concepts, **families}}  # fmt: skip
    begun = {term[:length]: _Term() for term in whole for length in range(1, len(term))}
    return {**begun, **whole}


def _groups(name: str, column: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for group, terms in read_table(name, (column, "terms")):
        for term in terms.split():
            groups.setdefault(term, []).append(group)
    return {term: tuple(names) for term, names in groups.items()}


def read_terms(text: str) -> Read:
    """The concepts and families of a text, in one pass."""
    terms = _terms()
    found = Read([], [])
    free = 0  # where the next concept may begin
    for at in range(len(text)):
        end = at + 1
        concepts: tuple[str, ...] = ()
        taken = at
        while (term := terms.get(text[at:end])) is not None:
            if term.families:
                found.families.extend(term.families)
            if term.concepts:
                concepts, taken = term.concepts, end
            end += 1
            if end > len(text):
                break
        if concepts and at >= free:
            found.concepts.append(concepts)
            free = taken
    return found


@dataclass(frozen=True)
class Vectoriser:
    """A fitted vocabulary: weighs features, each block brought to the same length."""

    vocabulary: Mapping[str, int]
    idf: NDArray[np.float32]
    block_weights: Mapping[str, float]

    @cached_property
    def block_of(self) -> NDArray[np.int64]:
        """The block of each column."""
        blocks = list(self.block_weights)
        return np.asarray([blocks.index(name[0]) for name in self.vocabulary], dtype=np.int64)

    @cached_property
    def weight_of(self) -> NDArray[np.float64]:
        """The weight of each block."""
        return np.asarray(list(self.block_weights.values()))

    @cached_property
    def _square_of(self) -> NDArray[np.float64]:
        return np.square(self.idf, dtype=np.float64)

    def weigh(self, row: Features) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Columns and values of one text; unknown features count for nothing."""
        found = map(self.vocabulary.get, row)
        columns = np.array([column for column in found if column is not None], dtype=np.int64)
        blocks = self.block_of.take(columns)
        weights = self.weight_of
        squares = np.bincount(blocks, self._square_of.take(columns), len(weights))
        scale = (weights / np.sqrt(squares + 1e-12)).astype(np.float32)
        return columns, self.idf.take(columns) * scale.take(blocks)
