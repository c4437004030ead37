"""Whether an offer is refused, or would be taken if it were more; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short
from bot.conversation.words.sentence.yes_no import says_no

REFUSES = re.compile(
    r"不同意|不接受|(?<!行)不行|(?<!可)不可以|光(催|说|道歉|查)|有(啥|什么)用|来点实(在|际)|太少|不够|打发|不要(券|优惠券|补偿|这个|这些)|"
    r"都不(要|行|好|满意)|没诚意|能不能(再|多)|再(加|多|高)点|多(补|赔|退)点|"
    r"想得美|免谈|没门|换个方案|别的方案|不满意"
)
WANTS_MORE = re.compile(
    r"太少|还是(太)?少(?!了|[一二两三几\d])|太低|不够|打发|少了点|有点少|才(这么|那么|\d|几|一)|[就才只](?:赔|退|补|给|返)?(?:偿|我|给|了|的)*(这么|那么)(点|些)(?!时间|东西|货)|(?:块钱?|元|这点钱?|这些钱?)够(?:干[嘛啥]|干什么|什么|啥|谁)|(再|多)(加|多|高|补|赔|退|给|来|添)?一?(点|些)|"
    r"加(点|钱|到)|涨(点|一点)|多(补|赔|退|给)|能不能(再|多)|最多(能)?(退|赔|补|给)?多少|塞牙缝"
)


def refuses(text: str) -> bool:
    """Tell whether an offer is refused or more is asked for."""
    # "取消" answers a confirmation with no, but before an offer it asks for the order's end.
    no = says_no(text) and "取消" not in text
    return no or bool(REFUSES.search(text)) or wants_more(text)


def wants_more(text: str) -> bool:
    """Tell whether the customer would take the offer if it were more."""
    return is_short(text) and bool(WANTS_MORE.search(text))
