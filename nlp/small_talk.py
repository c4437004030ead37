"""Messages that name no matter by themselves: 好的, 谢谢, a bare order number."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Final

from nlp.features import without_number
from nlp.lexicon import read_table
from nlp.patterns import DIGITS
from nlp.segment import Token

# A bare shape is the answer to a question that we asked.
_GIVEN: Final = frozenset(
    {"order", "tracking", "phone", "number", "amount", "date", "mask", "link"}
)
_NAMING: Final = re.compile(
    r"(?:我|的|是|为|这个|订单|编号|单号|号码|号|快递|物流|运单|手机|电话|尾号|后四位|尾数|你好|:|#)*"
)
_PARTICLES: Final = frozenset("啊呀哦呢了吧的哈")  # one may stand behind a phrase
_CALLED: Final = frozenset({"亲", "亲亲", "老板", "掌柜", "掌柜的", "店家", "店主"})
_LONG_NUMBER: Final = re.compile(r"\d{4,}")
_PUNCTUATION: Final = re.compile(r"[^\w\u4e00-\u9fff]+")


def small_talk_intent(tokens: list[Token]) -> str | None:
    """The intent of a message that is only small talk or a detail; None for anything else."""
    words = "".join([token.text for token in tokens if token.kind == "word"])
    words = _PUNCTUATION.sub("", words)
    shapes = any(token.kind in _GIVEN for token in tokens)
    if not words and not shapes:
        return "other"
    numbered = not DIGITS.isdisjoint(words)
    if (shapes or numbered) and _NAMING.fullmatch(_LONG_NUMBER.sub("", words)):
        return "inform"
    return _beside_number(tokens) if shapes else _small_talk(words)


def _beside_number(tokens: list[Token]) -> str | None:
    """The intent of a number that nothing stands beside but a greeting or thanks: 在吗 订单A."""
    left = "".join([token.text for token in without_number(tokens) if token.kind == "word"])
    polite = _small_talk(_PUNCTUATION.sub("", left)) in {"greet", "thank"}
    return "inform" if polite else None


def _small_talk(words: str) -> str | None:
    """The intent of the last phrase when there is nothing but phrases.

    Whom one calls by a name behind something else is not greeted: 谢谢亲 thanks.
    """
    intents, lengths = _phrases()
    if not _only_phrases(words, intents, lengths):
        return None
    found = [match.group() for match in re.finditer("|".join(map(re.escape, intents)), words)]
    said = [phrase for phrase in found if phrase not in _CALLED] or found
    return intents[said[-1]] if said else None


def _only_phrases(words: str, phrases: Collection[str], lengths: Collection[int]) -> bool:
    """Whether a text can be cut into phrases; each place is looked at once, however many ways."""
    cuts, last = {0}, 0
    for at in range(len(words)):
        if at > last:
            return False
        if at in cuts:
            ends = {at + n for n in lengths if words[at : at + n] in phrases}
            cuts |= ends | {end + 1 for end in ends if words[end : end + 1] in _PARTICLES}
            last = max(cuts)
    return len(words) in cuts and bool(words)


@cache
def _phrases() -> tuple[dict[str, str], frozenset[int]]:
    """The intent of each phrase, the longest first, and how long they are."""
    rows = read_table("small_talk.tsv", ("intent", "phrases"))
    by_phrase = {phrase: intent for intent, cell in rows for phrase in cell.split()}
    longest_first = dict(sorted(by_phrase.items(), key=lambda row: -len(row[0])))
    return longest_first, frozenset(map(len, longest_first))
