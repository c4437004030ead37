"""How many pieces are to be sent instead of those that were ordered; pure.

拍成两瓶了 改一瓶 tells of a number; 改成两瓶装, 改10片的 tell of a kind, like a colour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.numerals import NUMBER
from nlp.quantities import PIECE

_COUNTED: Final = rf"{NUMBER}(?P<unit>{PIECE})"
# Nothing but talk goes on behind the pieces: 改成一件行吗; 改一件黑色的 tells of a colour.
_END: Final = r"(?:就?[行好可能谢以吧了呗啊呀哈吗嘛不]){0,6}(?=$|[\s，,。；;！!？?~～])"
_TAKEN: Final = r"(?:拍|买|下单?|点|选|订)"
_CHANGED: Final = (
    re.compile(rf"[改换变减加][成为到]{_COUNTED}{_END}"),
    re.compile(rf"改(?:发|要)?(?!.{{1,2}}个){_COUNTED}{_END}"),  # 改一个 may be of anything
    re.compile(
        rf"{_TAKEN}(?:错?成|错|多|少)了?{_COUNTED}(?:了|的)?[，,\s]*[^。\n]{{0,6}}[改减加]"
    ),
    re.compile(rf"[多少]{_TAKEN}了?{_COUNTED}[^。\n]{{0,6}}[改减加]"),
)
_OF_NUMBER: Final = re.compile(
    rf"(?:改(?:一?下)?|{_TAKEN}错了?)(?:商品|购买|下单)?的?(?:数量|件数)"
    r"|(?:数量|件数)[^，,。\n不没]{0,4}[改错]"
)


def changes_number(text: str, titles: Sequence[str]) -> bool:
    """Tell whether another number of pieces is to be sent; a pack's own number is its kind.

    改20双 of a 袜子 10双 wants another pack.
    """
    if _OF_NUMBER.search(text):
        return True
    units = (found["unit"] for known in _CHANGED for found in known.finditer(text))
    return any(not any(_counts_by(unit, title) for title in titles) for unit in units)


def _counts_by(unit: str, title: str) -> bool:
    """Tell whether a title counts what is in it by that unit: 袜子 10双."""
    return re.search(rf"{NUMBER}{re.escape(unit)}", title) is not None
