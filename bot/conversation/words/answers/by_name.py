"""Which button is meant by its place, its label or what the customer calls it; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.shapes.state import Button
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import HURRY, PARTICLES, is_short
from bot.conversation.words.wishes.demands import DEMANDED, gives

_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3, "a": 0, "b": 1, "c": 2, "d": 3,
             "一": 0, "二": 1, "三": 2, "四": 3, "①": 0, "②": 1, "③": 2}  # fmt: skip
# 第2个, 选2, 2, 方案二; but 2个 counts pieces.
_ORDINAL = re.compile(
    r"^[我要选择就那]*(第|方案|选项|办法)?([1-4a-d一二三四①②③])"
    r"((?<=第.)[个条]|种|项|号)?(方案|办法|订单|单)?[吧呀啊哦呢了的~～。.!！ ]*$",
    re.IGNORECASE,
)
# Behind a place that is named, in a clause of its own; 不, 太少 or another place take it back.
_GOES_ON = re.compile(
    r"(?!.*(?:[不没别还或换]|太|少了|多少|算了|但|如果|要是|哪|区别|意思|什么是|[1-4一二三四①②③]))"
    r"(?:那|让|叫|麻烦|谢|请|帮我|快|尽快|赶紧|大概|什么时候|啥时候|多久|几天|几点|今天|明天).*"
)
# 嗯退吧, 好的那就换货: a remedy's name, and around it nothing that narrows or refuses it: 仅退款,
# 换个黑色, 退货不行 and 取消退款 are more than that.
_REMEDY = (
    r"退货|(?:全额?)?退(?:款|掉|回来?|还(?!是(?!的)))?|换(?:货|新的?)?|[补重]发|补寄|维修|修[理下]?|"
    r"补偿|赔偿|补?差[价额]|(?:优惠)?券|加急|催|查件?|拦截?|"
    r"取消(?:订单)?(?![^吧了呀啊。.!！~，, ])"
)
# 直接退款就行: no yes, but the money is named, and no goods that go back.
_MONEY_ALONE = re.compile(r"^\s*(?![好嗯行对可是]|.*货).*[款钱]")
_ONLY_NAMES = re.compile(
    rf"(?!.*呢)(?:好的?|行|可以的?|对|是的?|嗯|恩|成|中|okk?|没问题|同意|那|就|我|你们?|您|亲|想?要|给|帮|"
    rf"把|请|麻烦|谢|直接|还是|算了|现在|这个|钱|一下|{HURRY}|[{PARTICLES}]|[，,。.!！~～\s]|"
    rf"\d[块元]?|{_REMEDY})+",
    re.IGNORECASE,
)


def only_names(kind: str, text: str) -> bool:
    """Tell whether no more is said than a remedy's name, as a yes to one of this kind: 好的退吧.

    直接退款 wants the money without the way back.
    """
    if kind == "return_refund" and _MONEY_ALONE.search(text):
        return False
    return is_short(text) and bool(_ONLY_NAMES.fullmatch(text.strip()))


def by_ordinal(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button meant by "2", "第二个" or "选B"; None when it is no such answer.

    What stands behind it may only go on about it: 2 那大概啥时候到账, 那就1 让他今天送上来.
    """
    chosen, *more = clauses_of(text) or [""]
    found = _ORDINAL.match(text.strip()) if is_short(text) else None
    if found is None and is_short(text) and more and all(map(_GOES_ON.fullmatch, more)):
        found = _ORDINAL.match(chosen)
    if found is None:
        return None
    place = _ORDINALS[found.group(2).lower()]
    return buttons[place] if place < len(buttons) else None


def by_demand(
    demand: str | None, buttons: Sequence[Button], offer: Sequence[Mapping[str, Any]]
) -> Button | None:
    """Return the first button whose remedy is what the customer calls for; None if none is."""
    other = {str(option["id"]) for option in offer if not gives(demand, option)}
    left = [button for button in buttons if button.id not in other]
    for kind in DEMANDED.get(demand or "", ()):
        for button in left:
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
