"""The house, or the door in it, that is to stand in an address instead of a wrong one; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short

_PART = r"第?(?:\d{1,4}|[A-Za-z]\d{0,3}|[一二三四五六七八九十]{1,3})(?:号楼|[栋幢座室层]|单元|楼)"
_HOUSE = rf"(?P<house>(?:{_PART} ?)+(?:\d{{1,5}}(?!\d))?)"
_NAME = r"(?:门牌号?码?|[楼栋房]号|单元号?|房间号?|[个了我家是在室：:，,\s])*"
# 应该是5栋302, 是8幢不是3幢, 少写了门牌号 5栋302.
_RIGHT = re.compile(
    rf"(?:(?<![不写填打是])是|(?<![不没])(?:住在?|[少漏]写?|没写|忘写?|[加补]上?|添上?))了?{_NAME}{_HOUSE}"
    rf"(?!\s*(?:[写填打弄选]成|[改换]成|错|吗|吧|不是[吗么]))"
)
# 5栋302写成3栋502了: what is right stands first.
_TAKEN_FOR_IT = re.compile(rf"{_HOUSE}(?:被|给|我|让|都)*[写填打弄选输]成了?")
# What stands before says that it is what is there: 现在写的是3栋502.
_THERE = re.compile(
    r"(?:[写填打标留印](?:的|着|成)|现在|原[来本先]?|之前|以前|系统|显示|默认|订单|上面|变成)"
    r"[^，,。\s]{0,4}$"
)
_WRONG = re.compile(
    r"[写填打弄选输搞]成(?:了|的是)?[^，,。\s]*了(?=$|[，,。\s])|[写填打标]的(?!不)是"
)


def right_house(text: str) -> str | None:
    """Return the house that is said to be right; None where none is, or more than one."""
    if not is_short(text):
        return None
    found = [*_RIGHT.finditer(text), *_TAKEN_FOR_IT.finditer(text)]
    told = {m["house"].strip() for m in found if not _THERE.search(text, 0, m.start())}
    return told.pop() if len(told) == 1 else None


def tells_what_is_wrong(clause: str) -> bool:
    """Tell whether a clause tells what was written by mistake: 门牌写成5栋302了."""
    return bool(_WRONG.search(clause))
