"""Brings a message into one plain form, and remembers where each character came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from operator import eq
from typing import Final

from opencc import OpenCC

from nlp.gates import Grams, grams_of
from nlp.lexicon import read_table

HEAD_CHARS = 1500  # a longer message is cut in the middle: the wish stands first or last
TAIL_CHARS = 500

# One normalised character with the span of the original that it stands for.
Piece = tuple[str, int, int]

_MASK = re.compile(
    r"\[\s*(数字|订单|姓名|电话|地址|链接|时间|日期|金额|商品|站点|邮箱)[a-z0-9]*\s*\]"
)
_EMOJI_CODE = re.compile(r"#e-[a-z]*(?:\[数字\]|\d+)?")
_REPEATED_GROUP = re.compile(r"([^\d\s\[\]]{2,4}?)\1{2,}")
_RUN = re.compile(r"([\W_])\1|(.)\2\2")
# Masks and pictures: whatever the steps after folding rewrite as such.
_REWRITTEN = re.compile(
    r"[\[#\u2000-\u200f\u2028-\u2fff\u3004-\u3007\u3012-\u4dff\ua000-\U0010ffff]"
)
_GAP = re.compile(r"(?:^| )[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff] [\u4e00-\u9fff](?: |$)")
_BETWEEN = re.compile(r"[\W_]+")
_MANY = "\x00"  # stands for what does not fold to one plain character; no folded text has it


@dataclass(frozen=True)
class Normalised:
    """A plain text, the text it came from, and for each plain character its original span."""

    text: str
    original: str
    bare: str  # letters, digits and Chinese only: what is left when evasions are taken out
    grams: Grams  # of the text, for gates
    bare_grams: Grams
    moved: tuple[tuple[int, int], ...] | None = None  # None: no character moved

    @cached_property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """The original span of each character."""
        if self.moved is not None:
            return self.moved
        return tuple((at, at + 1) for at in range(len(self.text)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of text[start:end]; an empty piece maps to an empty span."""
        if start >= end:
            at = self.offsets[start][0] if start < len(self.offsets) else len(self.original)
            return at, at
        return self.offsets[start][0], self.offsets[end - 1][1]


def normalise(text: str) -> Normalised:
    """The plain form of any text; never raises, and bounds what it looks at."""
    return _unmoved(text) or _rewritten(text)


def _unmoved(text: str) -> Normalised | None:
    """The plain form of a text that only changes letter by letter, as most do; else None."""
    plain = text.translate(_FOLDED)
    if len(text) > HEAD_CHARS + TAIL_CHARS or _MANY in plain:
        return None
    grams = bare_grams = grams_of(plain)
    if len(plain) != len(text) or _untidy(plain, grams):
        return None
    bare = _BETWEEN.sub("", plain)
    if bare != plain:
        bare_grams = grams_of(bare)
        if _untidy(bare, bare_grams):
            return None
    return Normalised(plain, text, bare, grams, bare_grams)


def _untidy(text: str, grams: Grams) -> bool:
    """Whether some rewriting step may find something to do."""
    repeated = len(text) - len(set(text))
    return (
        (repeated > 0 and any(map(eq, text, text[1:])) and _RUN.search(text) is not None)
        # Three times the same two characters leave four repeated ones.
        or (repeated >= 4 and _REPEATED_GROUP.search(text) is not None)
        or (" " in text and (text != text.strip() or _GAP.search(text) is not None))
        or _may_hold_variant(text, grams)
    )


def _may_hold_variant(text: str, grams: Grams) -> bool:
    starts, pattern = _any_variant()
    return not starts.isdisjoint(grams) and pattern.search(text) is not None


def _rewritten(text: str) -> Normalised:
    """The plain form of any text, step by step, each character with its span."""
    letters = _simplify(_fold(text))
    pieces = _replace_masks(letters)
    pieces = _collapse_groups(_collapse_runs(pieces))
    pieces = _replace_variants(_close_gaps(_tidy_spaces(_replace_emoji(pieces))))
    letters = _replace_variants([piece for piece in letters if piece[0].isalnum()])
    plain, bare = _join(pieces), _join(_collapse_runs(letters))
    return Normalised(
        text=plain,
        original=text,
        bare=bare,
        grams=grams_of(plain),
        bare_grams=grams_of(bare),
        moved=tuple((start, end) for _, start, end in pieces),
    )


def _join(pieces: list[Piece]) -> str:
    return "".join([piece[0] for piece in pieces])


def _fold(text: str) -> list[Piece]:
    """Compatibility forms and case folded, invisible characters dropped."""
    pieces: list[Piece] = []
    for at in _kept_positions(len(text)):
        for char in _fold_char(text[at]):
            pieces.append((char, at, at + 1))
    return pieces


def _kept_positions(length: int) -> list[int]:
    if length <= HEAD_CHARS + TAIL_CHARS:
        return list(range(length))
    return [*range(HEAD_CHARS), *range(length - TAIL_CHARS, length)]


@cache
def _fold_char(char: str) -> str:
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    return "".join(c if not c.isspace() else " " for c in folded if _visible(c))


def _visible(char: str) -> bool:
    # Skin tones (Sk) and joiners (Cf) only dress the emoji before them.
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk"} or (
        char in "^`"
    )


class _Folding(dict[int, str]):
    """For str.translate: each character folded, read when first met.

    A traditional one is left to the steps that see the words it stands in; a text without any is
    simplified already.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        plain = len(folded) == 1 and not _REWRITTEN.match(folded)
        plain = plain and _simplify_char(folded) == folded
        self[code] = folded if plain else _MANY
        return self[code]


_FOLDED: Final = _Folding()


class _Simplifying(dict[int, str]):
    """For str.translate: each character by itself simplified, read when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _simplify_char(chr(code))
        return self[code]


_SIMPLE: Final = _Simplifying()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters, each in its old place."""
    by_character = text.translate(_SIMPLE)
    if by_character == text:  # asked all the same, OpenCC would make 打坯 of 打坏
        return text
    plain: str = _converter().convert(text)
    return plain if len(plain) == len(text) else by_character


def _simplify(pieces: list[Piece]) -> list[Piece]:
    """Traditional to simplified; by phrase where lengths agree, else character by character."""
    plain = simplified(_join(pieces))
    return [(char, start, end) for char, (_, start, end) in zip(plain, pieces, strict=True)]


def _simplify_char(char: str) -> str:
    plain: str = _converter().convert(char)
    return plain if len(plain) == 1 else char


def _substitute(pieces: list[Piece], start: int, end: int, word: str) -> list[Piece]:
    """The pieces of `word` standing for pieces[start:end], spread evenly over the same span."""
    if end - start == len(word):
        spans = [(piece[1], piece[2]) for piece in pieces[start:end]]
    else:
        spans = [(pieces[start][1], pieces[end - 1][2])] * len(word)
    return [(char, *span) for char, span in zip(word, spans, strict=True)]


def _rewrite(pieces: list[Piece], pattern: re.Pattern[str], template: str) -> list[Piece]:
    """Every match of the pattern replaced, spans kept."""
    matches = list(pattern.finditer(_join(pieces)))
    if not matches:
        return pieces
    result: list[Piece] = []
    done = 0
    for match in matches:
        result += pieces[done : match.start()]
        result += _substitute(pieces, match.start(), match.end(), match.expand(template))
        done = match.end()
    return result + pieces[done:]


def _replace_masks(pieces: list[Piece]) -> list[Piece]:
    """Publishers' masks such as [数字x] in one form, chat programs' emoji codes dropped."""
    if not any(piece[0] in "[#" for piece in pieces):
        return pieces
    return _rewrite(_rewrite(pieces, _MASK, r"[\1]"), _EMOJI_CODE, " ")


def _collapse_runs(pieces: list[Piece]) -> list[Piece]:
    """退退退 → 退 and !! → !; digits stay, two equal letters or characters stay."""
    result: list[Piece] = []
    at = 0
    while at < len(pieces):
        char, start, _ = pieces[at]
        run = at
        while run < len(pieces) and pieces[run][0] == char:
            run += 1
        long = run - at >= (3 if char.isalnum() else 2)
        if long and not char.isdigit():
            result.append((char, start, pieces[run - 1][2]))
        else:
            result += pieces[at:run]
        at = run
    return result


def _collapse_groups(pieces: list[Piece]) -> list[Piece]:
    """退款退款退款 → 退款."""
    return pieces if len(pieces) < 6 else _rewrite(pieces, _REPEATED_GROUP, r"\1")


@cache
def _emoji_words() -> dict[str, str]:
    rows = read_table("emoji.tsv", ("emoji", "word"))
    return {row[0]: row[1] for row in rows}


def _replace_emoji(pieces: list[Piece]) -> list[Piece]:
    """Known emoji as words, other pictures as spaces."""
    result: list[Piece] = []
    for char, start, end in pieces:
        if char < "\u2000":
            result.append((char, start, end))
            continue
        word = _emoji_words().get(char)
        if word is None:
            word = " " if unicodedata.category(char) == "So" else char
        result += [(letter, start, end) for letter in word]
    return result


def _tidy_spaces(pieces: list[Piece]) -> list[Piece]:
    """Runs of spaces as one, none at the ends."""
    result = [
        piece
        for at, piece in enumerate(pieces)
        if piece[0] != " " or (at > 0 and pieces[at - 1][0] != " ")
    ]
    return result[:-1] if result and result[-1][0] == " " else result


def _close_gaps(pieces: list[Piece]) -> list[Piece]:
    """退 款 → 退款: a space beside a lone Chinese character is no pause but an evasion."""
    text = _join(pieces)
    if " " not in text:
        return pieces
    return [piece for at, piece in enumerate(pieces) if piece[0] != " " or not _is_gap(text, at)]


def _is_gap(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at + 1]
    if not (_is_chinese(before) and _is_chinese(after)):
        return False
    lone_before = at == 1 or text[at - 2] == " "
    lone_after = at + 2 == len(text) or text[at + 2] == " "
    return lone_before or lone_after


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@cache
def _variants() -> dict[str, tuple[tuple[str, str], ...]]:
    """Variants by first character, longest first."""
    table: dict[str, list[tuple[str, str]]] = {}
    for variant, canonical in read_table("variants.tsv", ("variant", "canonical")):
        table.setdefault(variant[0], []).append((variant, canonical))
    return {first: tuple(sorted(rows, key=_longest)) for first, rows in table.items()}


@cache
def _any_variant() -> tuple[frozenset[str], re.Pattern[str]]:
    """What variants begin with, two characters or one, and a pattern of them all."""
    variants = [variant for rows in _variants().values() for variant, _ in rows]
    choices = "|".join(map(re.escape, variants))
    return frozenset(variant[:2] for variant in variants), re.compile(choices)


def _longest(row: tuple[str, str]) -> int:
    return -len(row[0])


def _replace_variants(pieces: list[Piece]) -> list[Piece]:
    """Typos, abbreviations and regional words in their usual form."""
    text = _join(pieces)
    result: list[Piece] = []
    at = 0
    while at < len(text):
        found = _variant_at(text, at)
        if found is None:
            result.append(pieces[at])
            at += 1
        else:
            end = at + len(found[0])
            result += _substitute(pieces, at, end, found[1])
            at = end
    return result


# A shop's or a carrier's sign before its number is part of the number: TB 1234567890.
_NUMBER_SIGN: Final = re.compile(
    r"(?:tb|tm|jd|pdd|dd|dy|ks|sf|yt|zto?|sto|jt|yd|ems)[ _:#-]{0,2}\d{4}"
)


def _variant_at(text: str, at: int) -> tuple[str, str] | None:
    if _NUMBER_SIGN.match(text, at):
        return None
    for variant, canonical in _variants().get(text[at], ()):
        if text.startswith(variant, at) and _stands_alone(text, at, at + len(variant)):
            return variant, canonical
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Latin letters of a variant must not belong to a longer Latin word or number."""
    glued_before = start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1])
    glued_after = end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end])
    return not glued_before and not glued_after


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
