"""What is told, or wished, of each of several articles, clause by clause; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things.articles import means_another, named_among
from nlp.normalise import normalise
from nlp.quantities import find_quantity

_BAD = re.compile(
    r"(?<![没不会怕])(?<!没有)(?:坏|碎|破|裂|烂|漏|断|瘪|变形|变质|过期|开[线胶裂]|掉[色毛漆]|褪色|起球|缩水|[发长]霉|"
    r"失灵|不[亮转响动热冷])"
)
_NOT_OF_EACH = re.compile(
    r"没[有事坏碎破裂烂]|不是|除了|其[他它余]|别的|好的|好好的|挺好|不错|完好|正常|还好|[和跟与]|会不会|能不能|是不是|[?？吗]"
)
_WISH = re.compile(
    r"(?<![不没别甭])(?<!不要)(?<!不想)(?P<verb>退货退款|退货|退款|退钱|退|换|修|补发|重发|补)"
)
# 花瓶已经退了, 退款多久, 补偿10块, 退一半, 补不了: something is told, asked or summed, not wished.
_NO_WISH = re.compile(
    r"已经|说好|答应|不用|不需要|不必|不了|[还都]没|没[有给退换补]|多久|几天|几时|什么|啥|谁|怎么|为|凭|多少|哪"
    r"|运费|[退补]差|[退补](?:我|给我)?(?:偿|贴|钱|一?点|一?半|一?部分|[\d一二三四五六七八九十百两]+[块元毛])|过了?$|如果|要是|的话"
)
_MEANT_BY = {"退货退款": "return_refund", "退货": "return_refund", "退款": "refund",
             "退钱": "refund", "退": "refund", "换": "exchange", "修": "repair",
             "补发": "reship", "重发": "reship", "补": "reship"}  # fmt: skip


def told_of_each(text: str, titles: Sequence[str]) -> dict[int, str]:
    """Return what is told to be wrong with each article by its place; nothing where it is unclear.

    花瓶碎了 玻璃杯也碎了两只: each has a clause of its own, and something wrong in it.
    """
    found = {} if means_another(text) else _by_article(text, titles)
    bad = all(_BAD.search(told) and not _NOT_OF_EACH.search(told) for told in found.values())
    return found if len(found) > 1 and bad else {}


def wished_for_each(text: str, titles: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return clause and remedy that is wished for each article; nothing where it is unclear.

    花瓶退款 杯子补发: one wish for each, and nothing is asked or doubted.
    """
    found = _by_article(text, titles)
    unclear = any(_NOT_OF_EACH.search(told) or _NO_WISH.search(told) for told in found.values())
    if len(found) < 2 or unclear:
        return {}
    wishes = {at: set(_WISH.findall(told)) for at, told in found.items()}
    if any(len(verbs) != 1 for verbs in wishes.values()):
        return {}
    return {at: (found[at], _MEANT_BY[verbs.pop()]) for at, verbs in wishes.items()}


def counted_in(text: str) -> int | None:
    """Return how many pieces the text counts, or None."""
    counted = find_quantity(normalise(text).text)
    return counted.value if counted else None


def _by_article(text: str, titles: Sequence[str]) -> dict[int, str]:
    """Return the clauses of each article, with what follows them; none where one names two."""
    found: dict[int, str] = {}
    last: int | None = None
    for clause in clauses_of(text):
        named = named_among(clause, titles)
        if len(named) > 1:
            return {}
        last = named[0] if named else last
        if last is not None:
            found[last] = f"{found[last]} {clause}" if last in found else clause
    return found
