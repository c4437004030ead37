"""Pieces that are counted on from those told before: 再多退一个, 另外两盒也过期了; pure."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.words.sentence.clauses import clauses_of
from nlp.numerals import NUMBER, parse_number
from nlp.quantities import PIECE

_COUNT: Final = rf"(?P<count>{NUMBER}){PIECE}(?!的?[钱款])"
_FOR_ME: Final = r"(?:我|你|想|要|能|可以|帮我|给我|麻烦)*"
# 多退一个, 再退一个, 再加一个; 多退了一个 is told of what was paid back.
_MORE: Final = re.compile(
    rf"(?:(?<![太许很更])多{_FOR_ME}(?:退|换)|再{_FOR_ME}多?{_FOR_ME}(?:退|换|加|添)|(?<![增参])加(?=退|换))"
    rf"(?:掉|上|退|换|我|给我)*{_COUNT}"
)
_FEWER: Final = re.compile(rf"(?:少{_FOR_ME}(?:退|换)|减)(?:掉|去|我)*{_COUNT}")
# 加一个 by itself.
_ADDED: Final = re.compile(rf"{_FOR_ME}加(?:上)?{_COUNT}(?:吧|行吗?|可以吗?|好吗?|呗|[?？])*")
_REST: Final = rf"(?:其[他它余]|别的|另外?|剩下?|余下?|还有)(?:的|那|这)*{_COUNT}"
_WRONG: Final = (
    r"(?:坏|碎|破|裂|烂|断|漏|瘪|霉|臭|馊|变质|过期|开[线胶裂]|掉色|有(?:问题|毛病)"
    r"|不敢(?:再|也)?[吃喝用穿戴])"
)
_FINE: Final = re.compile(rf"没有?{_WRONG}|不[坏碎破裂烂漏]|好的|好好的|完好")
# 其他两盒也不敢吃了, 还有两个也是碎的, 又碎了一个.
_WRONG_TOO: Final = re.compile(
    rf"{_REST}[^,，。]{{0,4}}(?:也|又)[^,，。]{{0,6}}{_WRONG}"
    rf"|又(?:发现|看到|有|找到|了|(?=[坏碎破裂烂断漏]))+(?:{_WRONG}了?)?(?P<again>{NUMBER}){PIECE}"
)
_BACK_TOO: Final = re.compile(rf"{_REST}[^,，。]{{0,4}}也[^,，。]{{0,4}}(?:退(?![款钱])|不想?要)")


def more_wished(text: str) -> int | None:
    """Return how many more pieces than before are to go back, less than none where fewer are."""
    for clause in clauses_of(text):
        if found := _MORE.search(clause) or _ADDED.fullmatch(clause):
            return _number(found["count"])
        if found := _FEWER.search(clause):
            return -_number(found["count"])
    return None


def others_back(text: str) -> int | None:
    """Return how many others are to go back too: 另外两个也退."""
    found = _BACK_TOO.search(text)
    return _number(found["count"]) if found else None


def others_wrong(text: str) -> int | None:
    """Return how many others are told to be as bad as those counted before."""
    found = None if _FINE.search(text) else _WRONG_TOO.search(text)
    return _number(found["count"] or found["again"]) if found else None


def _number(told: str) -> int:
    return int(parse_number(told) or 0)
