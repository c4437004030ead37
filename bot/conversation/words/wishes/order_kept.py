"""An order whose end was wished is kept after all, or ended only if it stays as it is; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, asks

_ENDS = r"(?:取消|退(?:款|钱|单|掉)?)(?:这?个?订单|这单|单子?)?"
_LEADS = (
    r"(?:[那就我先也哦嗯哎诶唉欸啊呃额]|算了|还是|好[的吧]?|行|可以|麻烦|请|暂时|订单|这[个件单])*"
)
_IF_CHANGED = r"(?:(?:如果|要是)?(?:能改?|可以改?|改得了|改好|改成)(?:的话|了)?)"
_NOT = (
    rf"(?:(?:不用|不要|不必|不需要|[别甭])(?:再|给我|帮我)*{_ENDS}[了啦咯喽]?"
    rf"|不(?:想|打算)?再?{_ENDS}[了啦咯喽]|不(?:想|打算)?取消(?:订单|这单)?)"
)
_TAIL = rf"[{PARTICLES}]*(?:谢谢)?"
_KEPT = re.compile(rf"{_LEADS}{_NOT}{_TAIL}")
_KEPT_IF = re.compile(rf"{_LEADS}{_IF_CHANGED}{_LEADS}{_NOT}{_TAIL}")
# 改不了就取消: the order is to end only in case that it cannot be put right.
_OTHERWISE = re.compile(
    r"(?:(?:[改换]不[了成掉]|不[能给可让](?:以)?[改换]|没法[改换])(?:的话)?[，,\s]*"
    r"|(?:来不及改?|不行|不可以)(?:的话|[，,\s那就])+)"
    rf"(?:[那我就也]|直接|只能|只好|给我|帮我|麻烦)*(?:{_ENDS}|不要)"
)
# …1号 千万不要给我取消订单, …，如果改不了就取消: said of the order, and no part of a value.
_OF_ORDER = re.compile(
    r"(?:千万|不可以|不要|别|如果|要是|万一|来不及|[改换]不[了成掉]|不能[改换]|没法[改换]|不行)[^，,。；;]*?"
    r"(?:取消|退[款钱单]|算了|不要了)[^，,。；;]*"
)
_SPEAKS = re.compile(r"取消|退")


def keeps_order(text: str) -> bool:
    """Tell whether it is said that the order is not to end: 那就不取消了 地址改成…."""
    spoken = [clause for clause in clauses_of(text) if _SPEAKS.search(clause)]
    return not asks(text) and bool(spoken) and _KEPT.fullmatch(spoken[-1]) is not None


def without_order_kept(text: str) -> str:
    """Return the words without what is said of the order itself: that is no part of a value."""
    kept = [c for c in clauses_of(text) if _KEPT.fullmatch(c) or _KEPT_IF.fullmatch(c)]
    kept += [
        found[0] for c in clauses_of(text) if c not in kept and (found := _OF_ORDER.search(c))
    ]
    for words in kept:
        text = text.replace(words, " ", 1)
    return text.strip(" ，,。；;") if kept else text


def ends_only_otherwise(text: str) -> bool:
    """Tell whether the order is to end only if it cannot be put right, or need not then."""
    kept = any(map(_KEPT_IF.fullmatch, clauses_of(text)))
    return kept or bool(_OTHERWISE.search(text))
