"""The shapes that are read whole: order and tracking numbers, phones, amounts, dates, masks.

All patterns are for normalised text (lower case, half width).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlp.lexicon import read_table
from nlp.numerals import CHINESE, NUMBER

MASK: Final = re.compile(r"\[(数字|订单|姓名|电话|地址|链接|时间|日期|金额|商品|站点|邮箱)\]")
LINK: Final = re.compile(r"https?://[^\s\u4e00-\u9fff]+|(?:[a-z0-9-]+\.)+(?:com|cn|net)\S*")

# The shop's own numbers, then any number named as an order's, then long bare numbers.
OWN_ORDER: Final = re.compile(
    r"(?<![a-z0-9])jf[\s:#_-]*(?:\d{2,8}(?:[ -]\d{2,6}){1,4}(?![\d元块件个天])|\d{4,20})(?!\d)"
)
NAMED_ORDER: Final = re.compile(
    r"(?:订单|单子)(?:编号|号码|号)?(?:是|为|[\s::#])*"
    r"([a-z]{0,6}-?(?:\d{6,24}|\d{3,6}(?:[ -]\d{3,6}){1,5}))(?![\d元块])"
)
LONG_NUMBER: Final = re.compile(
    r"(?<![a-z0-9.*])(\d{10,20}|\d{4}(?:[ -]\d{4}){2,4}(?:[ -]?\d{1,3})?)(?![\d.]|[a-z])"
)

PHONE: Final = re.compile(r"(?<![\d*])(?:\+?86[ -]?)?(1[3-9]\d[ -]?(?:\d{4}|\*+)[ -]?\d{4})(?!\d)")
PHONE_TAIL: Final = re.compile(
    r"(?:尾号|尾数|后[四4]位|末[四4]位|最后[四4]个)(?:数字|号码)?(?:是|为|[\s:,])*(\d{4})(?!\d)"
    r"|(?<!\d)(\d{4})(?:结尾|是?尾号|的?(?:手机|电话)尾)"
)
ONLY_TAIL: Final = re.compile(r"\W*(\d{4})\W*")

DATE: Final = re.compile(
    r"(?:20\d\d[-/.年])?(?:1[0-2]|0?[1-9])(?:月|[-/.](?=\d{1,2}[日号]))"
    r"(?:3[01]|[12]\d|0?[1-9])[日号]?(?!\d)"
    r"|20\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?:上个月|上月|这个月|本月)?(?:(?<!\d)\d{{1,2}}|(?<!{CHINESE}){CHINESE}{{1,3}})[号日]"
    r"(?![线楼店仓柜机段])"
    rf"|{CHINESE}{{1,2}}月(?:{CHINESE}{{1,3}})[号日]?"
)
FESTIVAL: Final = re.compile(r"双(?:11|十一|12|十二)|(?<!\d)618(?!\d)|六一八")
RELATIVE_DAY: Final = re.compile(r"大前天|前天|昨天|昨晚|今天|今早|今晚|明天|后天")
WEEKDAY: Final = re.compile(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")

AMOUNT: Final = re.compile(
    r"(?:¥|rmb|人民币)\s*(?P<sign>\d[\d,]*(?:\.\d{1,2})?)"
    rf"|(?P<whole>{NUMBER})(?:来|多|几)?\s*(?:块钱|块|元|圆|rmb)"
    rf"(?P<tenths>\d{{1,2}}(?!\d|[个件盒包天次%])|{CHINESE}(?![个件盒包天次]))?(?:毛|角)?"
    rf"|(?P<mao>{NUMBER})[毛角](?!毯|巾|衣)"
    r"|(?:退|赔|付|扣|差|减|花|收|返|补|降|价格?|运费|邮费|优惠|便宜|贵|实付|金额)[了我你是的才要]{0,2}"
    r"(?P<after>\d{1,6}(?:\.\d{1,2})?)(?![\d.:/%折天号月日年个件盒包瓶袋次点分小位家款岁级遍斤克公块k])"
    r"|(?P<short>(?:[一二两三四五六七八九]|(?<!\d)\d)[百千][一二三四五六七八九\d]?)"
    r"(?![零一二两三四五六七八九十百千万个件盒包瓶袋次天克斤米分多人条张只双度])"
)


@cache
def tracking() -> re.Pattern[str]:
    """Tracking numbers: a carrier's prefix with digits, or a long number named as one."""
    rows = read_table("carriers.tsv", ("carrier", "prefixes"))
    prefixes = sorted((p for _, cell in rows for p in cell.split()), key=len, reverse=True)
    names = "|".join(name for name, _ in rows)
    return re.compile(
        rf"(?<![a-z0-9])(?P<prefixed>(?P<prefix>{'|'.join(prefixes)})[a-z]{{0,2}}\d{{8,18}}"
        r"(?:-\d{1,3})*)(?![a-z0-9])"
        rf"|(?:(?P<carrier>{names})(?:快递|速递|物流|速运)?|(?:快递|运|物流|(?<!订)单)单?号)"
        r"(?:单号|号|是|为|[\s::])*(?P<named>[a-z]{0,4}\d{10,18})(?!\d)"
    )


@cache
def _protected() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        ("mask", MASK), ("link", LINK), ("order", OWN_ORDER), ("tracking", tracking()),
        ("phone", PHONE), ("number", LONG_NUMBER), ("date", FESTIVAL), ("date", DATE),
        ("amount", AMOUNT),
    )  # fmt: skip


def protected_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each shape that must not be cut, in order, none overlapping."""
    if not _HINT.search(text):
        return
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in _protected():
        for match in pattern.finditer(text):
            start, end = _without_cue(match)
            if start < end and all(end <= a or start >= b for a, b, _ in taken):
                taken.append((start, end, kind))
    for start, end, kind in sorted(taken):
        yield kind, start, end


# Most messages hold no number at all; one look spares them nine searches.
_HINT = re.compile(rf"[\d\[¥]|{CHINESE}|https?:")


def _without_cue(match: re.Match[str]) -> tuple[int, int]:
    """The number's own span, when the pattern also matched the word that names it."""
    for name in ("named", "after"):
        if match.re.groupindex.get(name) and match.group(name):
            return match.span(name)
    return match.span()
