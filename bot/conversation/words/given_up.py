"""Goods that are given up beside a complaint about the bill: 东西我也不要了; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.words import afterthoughts, phrases
from bot.conversation.words.said_again import gives_back
from bot.conversation.words.second_thoughts import ends_order
from bot.conversation.words.wishes import told_wish

_CLAUSE_ENDS = re.compile(r"[，,。；;！!～~\s]+")
_UNWANTED = re.compile(
    r"(?<![要说是])不(?:想|打算)?(?:再)?(?:要|买)了|不想(?:再)?要(?=$|[这那它吧啊])"
)
# 两笔都退给我: both payments, so nothing is kept to pay for.
_BOTH_BACK = re.compile(
    r"(?:两|2|二)[笔次遍](?:的?钱|扣款|付款|扣的|付的)?(?:都|全)(?:给我|帮我|要)?退"
)
# What may be done without while the goods are kept: 多扣的不要了, 优惠券不要了.
_OF_ELSE = re.compile(
    r"[多重][扣收付复]|钱|运费|邮费|券|红包|补偿|赔|差价|优惠|积分|发票|赠品|退款|道歉|解释|客服|人工"
)
_NOT_WISHED = re.compile(
    r"[?？吗]|是不是|怎么|为什么|为啥|凭|谁|已经|没(?!发|收|货|用|开)|别|甭|不用|不是"
)


def wish_beside_bill(spoke: CustomerSpoke) -> str | None:
    """Return the intent under which the goods are given up, or None where they are kept."""
    text = spoke.plain
    unsure = phrases.SUPPOSES.search(text) or afterthoughts.threatens_or_regrets(text)
    if spoke.choices or spoke.heard.signs or unsure:
        return None
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause]
    if ends_order(text):
        return "want_cancel"
    if any(map(_gives_up, clauses)):
        return "want_refund"
    returns = told_wish(text) == "want_return" or gives_back(spoke)
    return "want_return" if returns and not phrases.asks(text) else None


def _gives_up(clause: str) -> bool:
    if _NOT_WISHED.search(clause):
        return False
    unwanted = _UNWANTED.search(clause) and not _OF_ELSE.search(clause)
    return bool(unwanted or _BOTH_BACK.search(clause))
