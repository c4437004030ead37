"""What one piece of an article holds, as its title tells: 24 cans, ten pairs; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Final

from nlp.numerals import NUMBER, parse_number

# What can stand in what, the smallest first: a case of boxes of bags of sachets.
_SIZES: Final = (
    frozenset("个只双支瓶罐听杯片枚颗粒根张条卷块斤把副对本册枝朵"),
    frozenset("袋包筒桶板"),
    frozenset("盒"),
    frozenset("箱件份套提组单"),
)
_HELD: Final = "".join(sorted(frozenset().union(*_SIZES[:3])))
# What counts parts of a thing as well: 4个万向轮 hold no wheels for sale, 50只装 do hold 50.
_ANY_PART: Final = "个只支杯张根条片块颗枚对把副本"
_ENDS: Final = r"(?=入|装|\s*[x×*]\s*\d|$|[\s()（）\[\]【】/／,，、+＋])"
_HOLDS: Final = re.compile(
    rf"(?<![第送赠配])(?!三只松鼠)(?P<number>{NUMBER})\s*"
    rf"(?P<unit>[{_HELD}](?<![{_ANY_PART}])|[{_ANY_PART}]{_ENDS})(?!月)(?:入|装)?"
    rf"(?:\s*[x×*]\s*(?P<times>\d+)(?![\d.]|\s*(?:[{_HELD}克]|k?g|m?l)))?",
    re.IGNORECASE,
)
_CASE: Final = re.compile(r"整箱|箱装|[一1]箱")  # a case, though nobody says of how many
# A gift box of nobody knows how many bags or bottles.
_BOX: Final = re.compile(r"礼盒|大礼包")
_IN_BOX: Final = frozenset("包袋瓶罐听支颗粒枚块片")
_BOOKS: Final = frozenset("本册")  # a set of eight 册 lacks one 本
_ANY: Final = frozenset("个只")  # customers count anything by these


def pieces_in(title: str, told: int, unit: str | None) -> Fraction | None:
    """Return how many pieces of the article so many of the unit are; None where that is unclear.

    Two cans of a pack of 24 are a twelfth of a piece; of two bottles of it nobody can tell.
    """
    holds = _holds(title)
    boxed = unit in _IN_BOX and _BOX.search(title)
    if unit is None or not (holds or boxed or _CASE.search(title)):
        return Fraction(told)
    unit = _meant(unit, holds)
    if unit in holds:
        return Fraction(told, holds[unit])
    largest = max(map(_size, holds), default=_size("盒"))
    return Fraction(told) if _size(unit) > largest else None


def _meant(unit: str, holds: Mapping[str, int]) -> str:
    """Return the pack's own unit where the customer counts by one that fits anything."""
    only = next(iter(holds), unit) if len(holds) == 1 else unit
    book = {unit, only} == _BOOKS
    return only if book or (unit in _ANY and only != "斤") else unit


def _holds(title: str) -> dict[str, int]:
    """Return how many of each unit one piece holds, of those that it holds more than one of."""
    found: Counter[str] = Counter()
    for match in _HOLDS.finditer(title):
        each = parse_number(match["number"]) or 0
        found[match["unit"]] += int(each) * int(match["times"] or 1)
    return {
        unit: number
        for unit in found
        # 100只*2盒, 每盒10包 共3盒: each of the larger ones holds the smaller ones anew.
        if (number := found[unit] * prod(found[u] for u in found if _size(u) > _size(unit))) > 1
    }


def _size(unit: str) -> int:
    return next((at for at, units in enumerate(_SIZES) if unit in units), 0)
