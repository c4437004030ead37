"""What a clause still wishes for, where a part of it is refused or was there before; pure."""

from __future__ import annotations

import re

_NOW = r"(?:改成|改为|改到|换成|换为|换到|寄到|送到|应该是|(?<![不需])要(?!不))"
# 之前的地址, 原来是: what stands there; 太原市, 原味 and 原木色 are no such words.
_BEFORE = re.compile(
    r"(?<!太)(?<!平)原(?:来|先|本)(?!路|街|[\u4e00-\u9fff]{0,6}有限)|(?:^|[我的\s])原(?:收货)?地址|(?:^|[我的\s])[旧老](?:收货)?地址"
    r"|(?:之前|以前|先前)的?(?!台)"
)
# 不要放驿站 says how it is to be left, and nothing of where it goes.
_REFUSED = re.compile(
    r"(?:不要|不想要|不用|(?:^|你们?|请)别(?![墅院苑克的]))(?:改成|换成|改|换|开成?)?(?![放打敲按给])|(?<!是)不是|不对"
    r"|[错錯][的了]?(?=\s|$|[，,])"
    rf"|[错錯][的了]+(?={_NOW})"
)
_BEHIND_NOW = re.compile(rf".*{_NOW}[:：\s]*(?P<value>\S.*)$")
_BEHIND_REFUSED = re.compile(rf".*(?:{_NOW}|(?<!不)是(?!错)|\s)[:：\s]*(?P<value>\S.*)$")
_WISHED_FIRST = re.compile(r"(?:我|就|想)*(?:要|改成|换成)(?P<value>[^不]+)不[要是](?!了|$)")


def wished(clause: str) -> str | None:
    """Return what is wished for in a clause, all of it where nothing is refused; or None."""
    refused = _last(_REFUSED, clause)
    before = _last(_BEFORE, clause)
    if not refused and not before:
        return clause
    if first := _WISHED_FIRST.match(clause):
        return first.group("value")
    end = max(part.end() for part in (refused, before) if part)
    found = (_BEHIND_NOW if before else _BEHIND_REFUSED).search(clause[end:])
    return found.group("value") if found else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
