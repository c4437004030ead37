"""Which button is meant by its place, its label or what the customer calls it; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.shapes.state import Button
from bot.conversation.words.sentence.manner import is_short
from bot.conversation.words.wishes.demands import DEMANDED

_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3, "a": 0, "b": 1, "c": 2, "d": 3,
             "一": 0, "二": 1, "三": 2, "四": 3, "①": 0, "②": 1, "③": 2}  # fmt: skip
# 第2个, 选2, 2, 方案二; but 2个 counts pieces.
_ORDINAL = re.compile(
    r"^[我要选择就那]*(第|方案|选项|办法)?([1-4a-d一二三四①②③])"
    r"((?<=第.)[个条]|种|项|号)?(方案|办法|订单|单)?[吧呀啊哦呢了的~～。.!！ ]*$",
    re.IGNORECASE,
)


def by_ordinal(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button meant by "2", "第二个" or "选B"; None when it is no such answer."""
    found = _ORDINAL.match(text.strip()) if is_short(text) else None
    if found is None:
        return None
    place = _ORDINALS[found.group(2).lower()]
    return buttons[place] if place < len(buttons) else None


def by_demand(demand: str | None, buttons: Sequence[Button]) -> Button | None:
    """Return the first button whose remedy is what the customer calls for; None if none is."""
    for kind in DEMANDED.get(demand or "", ()):
        for button in buttons:
            if button.kind == kind:
                return button
    return None


def by_label(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the only button whose label the customer repeats; None when unclear."""
    words = text.strip(" 。.!！~，,")
    if len(words) < 2:
        return None
    hits = [button for button in buttons if words in button.label]
    return hits[0] if len(hits) == 1 else None
