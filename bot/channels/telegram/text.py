"""Texts as Telegram measures them, in UTF-16 units, and as it shows them on buttons; pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, takewhile

_SENTENCE_END = re.compile(r"[。！？；!?;]")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
GLUE_AT_MOST = 16  # characters that may belong to one sign; beyond that somebody is playing


def units(text: str) -> int:
    """Return the length that Telegram counts."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def split(text: str, at_most: int) -> list[str]:
    """Cut a text into parts of at most that many units, between lines or sentences if possible.

    Nothing but parts that are all blank is left out; Telegram would refuse those.
    """
    parts = []
    rest = text
    while units(rest) > at_most:
        cut = _cut(rest, at_most)
        parts.append(rest[:cut])
        rest = rest[cut:]
    parts.append(rest)
    return [part for part in parts if part.strip()] or [text]


def shorten(label: str, columns: int) -> str:
    """Cut a label to that many columns, a Chinese character taking two."""
    if _columns(label) <= columns:
        return label
    widths = accumulate(_columns(character) for character in label)
    kept = len(list(takewhile(lambda width: width < columns, widths)))
    return label[:kept].rstrip() + "…"


def _cut(text: str, at_most: int) -> int:
    lengths = accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)
    most = sum(1 for _ in takewhile(lambda length: length <= at_most, lengths))
    window = text[most // 2 : most]
    line_end = window.rfind("\n") + 1
    if line_end:
        return most // 2 + line_end
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    if sentence_ends:
        return most // 2 + sentence_ends[-1]
    return _before_sign(text, most)


def _before_sign(text: str, cut: int) -> int:
    """Move a cut before the sign that it would tear apart (a family, a flag, a skin tone)."""
    for earlier in range(cut, max(cut - GLUE_AT_MOST, 1), -1):
        if not _is_inside_sign(text, earlier):
            return earlier
    return cut


def _is_inside_sign(text: str, cut: int) -> bool:
    after, before = text[cut], text[cut - 1]
    if _JOINER in {after, before} or unicodedata.combining(after) or after in "\ufe0e\ufe0f":
        return True
    if ord(after) in _SKIN_TONES:
        return True
    if ord(after) not in _FLAG_LETTERS:
        return False
    flags = sum(1 for _ in takewhile(lambda c: ord(c) in _FLAG_LETTERS, reversed(text[:cut])))
    return flags % 2 == 1


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
