"""Measures of goods that are made to size: which side, and how long; pure."""

from __future__ import annotations

import re

_SIDES = (
    r"(?:总|净)?(?<!身)[宽高长深厚]度?(?!点|一|些)|直径|周长|边长|[肩胸腰臀]围|肩宽|[衣裤袖裙]长"
)
_LENGTH = (
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(?:米(?:\d{1,2}|[一二三四五六七八九半]{1,2})?|公分|厘米|毫米|m\d{1,2}|[cm]?m(?![a-z])|尺|寸)"
    r"|\d{2,4}(?:\.\d+)?(?![\d年月号天块元])"
)
_TO = (
    r"(?:也|要|都|就|还|帮我|给我|应该|报错了?|写错了?|错了?|不对)*[，,\s]*"
    r"(?:改成?|改为|换成|应该是|是|要|做|[：:])*\s*"
)
# 宽2米4改成2米6, 宽240写错了，应该260: what was told, or stood there, before.
_WAS = (
    rf"(?:从|原来|本来|之前)?(?:是)?(?:{_LENGTH})[，,\s]*"
    r"(?:(?:是|给|都)?(?:我)?(?:写|报|填|发|说|量)?错了?|不对)?[，,\s]*"
    r"(?:改成?到?|改为|换成|变成|应该是?|实际是|正确的?是|其实是)[：:\s]*"
)
_MEASURE = re.compile(rf"(?P<side>{_SIDES})(?:{_WAS})?{_TO}(?P<length>{_LENGTH})", re.IGNORECASE)


def measures_in(text: str) -> dict[str, str]:
    """Return the length told of each side, as it was written: 宽改成2米4."""
    return {_side(m): m["length"].strip() for m in _MEASURE.finditer(text)}


def measures_put_right(before: str, text: str) -> str | None:
    """Return what was told before with the measures of the text in the old ones' place.

    A side that was not told before is added; None where the text tells of none.
    """
    now = measures_in(text)
    for side, length in now.items():
        stands = next((m for m in _MEASURE.finditer(before) if _side(m) == side), None)
        if stands:
            before = before[: stands.start("length")] + length + before[stands.end("length") :]
        else:
            before = "，".join(filter(None, (before, f"{side}{length}")))
    return before if now else None


def _side(found: re.Match[str]) -> str:
    return found["side"].removesuffix("度")
