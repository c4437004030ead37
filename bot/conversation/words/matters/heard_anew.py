"""Words that one issue is read from, and that mean another after what was said last; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short
from nlp.quantities import PIECE

_PARCEL = re.compile(r"货|快递|包裹|东西|商品|物流|签收|送|发|补|这件|那件|宝贝|驿站|快件")
_NOT_GOT = re.compile(r"没有?(?:收|拿|看|见|等)到|没到|未收到|没见着|没影")
# 今天还没到, 怎么还不到: nothing is named that has not come.
_ONLY_NOT_COME = re.compile(
    r"(?:可是?|但是?|那|都|说了|说|真的?|根本|就是?|到现在|现在|今天|昨天|一直|并|确实|反正|怎么|为什么|为啥"
    r"|[还也]是?|[，,、。.!！~～\s])*"
    rf"(?:没有?|未|不)(?:见)?到(?:账|帐)?(?:[{PARTICLES}吗，,。.!！?？~～…\s])*"
)
# 可是我没收到啊, 我没拿到过388.8啊: nothing else is named that might not have come.
_ONLY_NOT_GOT = re.compile(
    r"(?:可是?|但是?|那|我们?|还是?|都|说了|说|真的?|根本|就是?|到现在|现在|一直|并|确实|反正|[，,、。.!！~～\s])*"
    rf"(?:{_NOT_GOT.pattern})(?:过|\d[元块]?|[{PARTICLES}，,。.!！?？~～…\s])*"
)
_NAMES_MONEY = re.compile(r"钱|款|账")
# 杯子也没收到, 一个都没收到: pieces, and no sum.
_COUNTS_PIECES = re.compile(rf"(?<![钱款账])也|[一两二三几\d]{PIECE}")
# Who was silent, or since when: of before this chat.
_SILENT_BEFORE = re.compile(
    r"客服|人工|没人|电话|商家|卖家|店家|老板|售后|天|小时|分钟|昨|前|早上|上午|下午|上次|一直|半天|从来|几次|多少次|"
    r"信息|消息|已读|留言|邮件"
)
# 都三天了, 才过了八天: since when, and nothing of what.
_ONLY_A_SPELL = re.compile(
    r"(?:这|那|都|已经|才|等|我|过|了|去|快|又|有|整整|足足|已|[，,。.!！~～\s])*"
    r"(?:\d+|[一二两三四五六七八九十半]+|好几|好多|几)(?:多|来)?个?(?:多)?"
    rf"(?:天|小时|钟头|星期|周|礼拜|月)(?:多|半)?(?:了|[{PARTICLES}，,。.!！?？~～…\s])*"
)
_WRONG_TAIL = re.compile(r"地址|收[件货]|寄|送|改[成到为]|[能帮]我?改")


def is_of_money(text: str) -> bool:
    """Tell whether 没收到 may be said of money: it is named, or nothing is."""
    if not is_short(text) or _PARCEL.search(text) or _COUNTS_PIECES.search(text):
        return False
    named = _NAMES_MONEY.search(text) and _NOT_GOT.search(text)
    only = _ONLY_NOT_GOT.fullmatch(text.strip()) or _ONLY_NOT_COME.fullmatch(text.strip())
    return bool(named or only)


def only_not_got(text: str) -> bool:
    """Tell whether it is said that nothing came, and no more: 我真没收到啊, 没收到."""
    return is_short(text) and bool(_ONLY_NOT_GOT.fullmatch(text.strip()))


def only_tells_how_long(text: str) -> bool:
    """Tell whether no more is said than how long it has been: 都三天了."""
    return is_short(text) and bool(_ONLY_A_SPELL.fullmatch(text.strip()))


def is_impatient(text: str) -> bool:
    """Tell whether an answer is called for here and now, and no silence of before is told of."""
    return is_short(text) and not _SILENT_BEFORE.search(text)


def corrects_tail(text: str) -> bool:
    """Tell whether the digits given before are put right, and not what stands in the order."""
    return is_short(text) and not _WRONG_TAIL.search(text)
