"""Goods that are given up beside a complaint about the bill: 东西我也不要了; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES
from bot.conversation.words.things.articles import named_among, without_names
from bot.conversation.words.wishes import afterthoughts
from bot.conversation.words.wishes.said_again import gives_back
from bot.conversation.words.wishes.second_thoughts import ends_order
from bot.conversation.words.wishes.told import told_wish
from bot.remedies.verdict import MONEY_BACK
from nlp.quantities import PIECE

_UNWANTED = re.compile(
    r"(?<![要说是])不(?:想|打算)?(?:再)?(?:要|买)了|不想(?:再)?要(?=$|[这那它吧啊])"
)
# 两笔都退给我: both payments, so nothing is kept to pay for.
_BOTH_BACK = re.compile(
    r"(?:两|2|二)[笔次遍](?:的?钱|扣款|付款|扣的|付的)?(?:都|全)(?:给我|帮我|要)?退"
)
_GOODS = re.compile(r"东西|货物?(?!款)|商品|宝贝|衣服|[这整]一?单|订单")
# 袋子不要了 and 那多的不要了 leave something over: they speak of other things than the goods.
_LEAVES_THEM = re.compile(
    rf"(?:[那就我也都全的\s]|真的|干脆|直接|现在|[这那]{PIECE}(?=\s|{_GOODS.pattern})|{_GOODS.pattern})*{_UNWANTED.pattern}"
    rf"[{PARTICLES}]*(?:$|[全都退钱]|给我|直接|麻烦)"
)
# What shows that all of it is meant where the clause itself names nothing: 我不想要了 全退吧.
_ALL_OF_IT = re.compile(r"(?:全|都|全部)(?:给我|帮我|要)?退|钱[都全]")
_DROPS = re.compile(r"算了")
_NO_LONGER = re.compile(r"再也|(?:不用|不要|别|甭|不必)(?:给我|再)?退")
_WISHES = frozenset({"want_return", "want_refund", "want_cancel"})
_NOT_WISHED = re.compile(
    r"[?？吗]|是不是|怎么|为什么|为啥|凭|谁|已经|没(?!发|收|货|用|开)|别|甭|不用|不是"
)


def wish_beside_bill(spoke: CustomerSpoke, titles: Sequence[str] = ()) -> str | None:
    """Return the intent under which the goods are given up, or None where they are kept.

    The titles are those of the order, by which its goods may be called.
    """
    text = spoke.plain
    unsure = manner.SUPPOSES.search(text) or afterthoughts.threatens_or_regrets(text)
    if spoke.choices or spoke.heard.signs or unsure:
        return None
    if ends_order(text):
        return "want_cancel"
    if _gives_up(spoke, titles):
        return "want_refund"
    returns = told_wish(text) == "want_return" or gives_back(spoke)
    return "want_return" if returns and not manner.asks(text) else None


def _gives_up(spoke: CustomerSpoke, titles: Sequence[str]) -> bool:
    text, heard = spoke.plain, spoke.heard
    clauses = [c for c in clauses_of(text) if not _NOT_WISHED.search(c)]
    if any(map(_BOTH_BACK.search, clauses)):
        return True
    left = [c for c in clauses if _LEAVES_THEM.match(without_names(c, titles))]
    if not left or _NO_LONGER.search(text):
        return False
    if _GOODS.search(text) or named_among(text, titles) or _ALL_OF_IT.search(text):
        return True
    drops = afterthoughts.lets_go(text) or _DROPS.search(text)
    # 不要了 and no more may as well be of the sum that was offered.
    told = any(not clause.startswith("不要了") for clause in left)
    return told and not drops and (heard.intent in _WISHES or heard.demand in MONEY_BACK)
