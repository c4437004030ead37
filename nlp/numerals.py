"""Numbers as customers write them: 35.5, 1,200, 十二, 两百五, 1千5, 半."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
}  # fmt: skip
_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10000, "w": 10000}

CHINESE: Final = r"[零〇一二两俩三仨四五六七八九十百千万]"
NUMBER: Final = rf"(?:(?<!\d)\d[\d,]*(?:\.\d+)?(?:[百千万kw]\d?)?|{CHINESE}+|半)"

MOSTLY: Final = 0.6  # the share that 大半 stands for; it counts no pieces
PARTS_AT_MOST: Final = 100  # a share of 0.3333 is a third

_ARABIC = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:([百千万kw])(\d)?)?")
# Digits that are neighbours, up to three, or 三五, and no more: 三四 are three or four, 七八十
# not 78, and 五六七 not 567; only 一二三 is counted out.
_ANY_DIGIT: Final = "[零〇一二两俩三仨四五六七八九]"
_EITHER: Final = re.compile(
    rf"(?<!{_ANY_DIGIT})(?:(一)[二两俩]|([二两俩])[三仨]四?|([三仨])(?:四五?|五)|(四)五六?"
    r"|(五)六七?|(六)七八?|(七)八九?|(八)九)"
    rf"(?!{_ANY_DIGIT})"
)


def parse_number(text: str) -> float | None:
    """The value of one numeral, or None when it is none; the least where it is told roughly."""
    if text == "半":
        return 0.5
    match = _ARABIC.fullmatch(text)
    if match:
        return _arabic(*match.groups())
    return _chinese(_EITHER.sub(lambda pair: next(filter(None, pair.groups())), text))


def is_rough(text: str) -> bool:
    """Whether a numeral means more than one number: 两三, 十七八, 三五百."""
    return bool(_EITHER.search(text))


def _arabic(digits: str, unit: str | None, trailing: str | None) -> float:
    value = float(digits.replace(",", ""))
    if unit is None:
        return value
    scale = _UNITS[unit]
    return value * scale + int(trailing or 0) * scale / 10


def _chinese(text: str) -> float | None:
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if len(text) > 1 and not any(char in _UNITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> float:
    total, section, digit, unit = 0.0, 0.0, 0.0, 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            # 一百零二 is 102, not 120: after a zero the last digit counts ones.
            unit = 10 if char == "零" else unit
            continue
        unit = _UNITS[char]
        if unit == _UNITS["万"]:
            total += (section + digit or 1) * unit
            section = 0.0
        else:
            section += (digit or 1) * unit
        digit = 0.0
    short = unit >= 100 and text[-1] in _DIGITS
    return total + section + digit * (unit / 10 if short else 1)
