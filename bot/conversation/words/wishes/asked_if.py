"""Whether goods can go back, or an invoice be had, asked as a question; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short
from bot.conversation.words.things.articles import named_among
from nlp.goods import goods_in

INVOICE = "invoice"
_OPENS = (
    r"(?:你好|您好|请问|麻烦|你们?|您|那|亲|[，, ]"
    r"|我?[就只]?是?想?[问说](?:一?下)?(?:的是|的(?!是))?)*"
)
_GIVEN_UP = (
    r"(?:(?:我|突然|现在)*(?:不(?:想|太)?要了|不喜欢|不想买了|用不上了?|用不着了?|买错了))?"
)
_CAN = r"能不能|可不可以|能否|可否|是否(?:能|可以)|可以不可以|不能|不可以|能|可以|支持|给"
_BACK = (
    r"(?:帮我|给我|直接|申请|办理|再|全额|全部|7天|七天|无理由|[，, ])*"
    r"(?P<verb>退货退款|退货|退款|退钱|退掉|退回去?|退(?![换差运邮一半部补钱税色款货]))(?!了)"
)
_INVOICE = (
    r"(?:帮我|给我|麻烦|帮忙|补|重新)*开(?:一?张|一?个|一下)?"
    r"(?:电子|纸质|普通|专用|增值税)*(?P<bill>发票|专票|普票|票)"
)
_ASKED = rf"(?P<asked>(?:[吗么不{PARTICLES}]|不能|不可以)*[?？~～]*)"
# 毛巾不要了能退吗, 打印机能开发票吗, 还能不能退.
_IF = re.compile(
    rf"{_OPENS}(?P<what>[^，,。；;！!?？\s]{{0,12}}?){_GIVEN_UP}(?:那|我|还|的话|现在|也|都)*"
    rf"(?P<can>{_CAN})(?:{_BACK}|{_INVOICE}){_ASKED}"
)
_SPELL = (
    r"(?:快|都|才|有|过了?)?[\d一二两三四五六七八九十半几]+个?多?(?:天|周|星期|礼拜|月)(?:多)?"
)
# What is asked for by no name: 这个能退吗, 我买的能退吗, 买了十二天了还能退吗.
_NAMELESS = re.compile(
    rf"(?:{_SPELL}|我|你们?|您|这|那|个|件|款|单|笔|订单|东西|商品|宝贝|货|它|的|刚|昨天|前天|今天|买|拍|收到|下|了|"
    r"已经|现在|还没发|没发|没拆封?|拆了|拆开了|打开了|用过|开封|[，,])*"
)
_DOUBTED = frozenset({"不能", "不可以", "支持", "给"})
# A question by its form; the others need 吗 or a mark behind them.
_IN_ITSELF = re.compile(r"能不能|可不可以|能否|可否|是否|可以不可以")
# 买回来不合适能退吗, 朋友买的能退吗: not bought yet, or another's.
_NOT_ONES_OWN = re.compile(
    r"(?:想|要|准备|打算)再?(?:买|拍|下单)|买(?:回)?[来后]|[买拍]之?前|下单[之以]?前|没(?:有)?(?:买|拍|下单)|先问|"
    r"朋友|同事|邻居|别人|人家|他们?(?:买|拍)|她们?(?:买|拍)|听说|看到|网上|别家|下次|上次|以前|一般|都是?可以"
)
# 我买的能退吗, 这单能退吗, 买了十二天了还能退吗: of what was bought, whichever it was.
_OWN = re.compile(
    r"我(?:[^，,。能可]{0,4})(?:买|拍|收到|下)的|我的(?:订单|单)|[这那我上]一?[单笔]"
    rf"|(?:买|拍|收到|到货|签收)(?:货|了|都|才)*{_SPELL}了"
)


@dataclass(frozen=True, slots=True)
class AskedIf:
    """What is asked: `wish` is the intent that is meant, or `INVOICE`."""

    wish: str
    nameless: bool  # no goods are named


def asks_if(text: str) -> AskedIf | None:
    """Return what is asked to be possible with goods that were bought; None where nothing is.

    Nothing else may be asked along with it, nor the goods be another's, nor yet to be bought.
    """
    if not is_short(text) or SUPPOSES.search(text) or _NOT_ONES_OWN.search(text):
        return None
    clauses = clauses_of(text)
    found = [(clause, match) for clause in clauses if (match := _IF.fullmatch(clause))]
    if len(found) != 1 or any(asks(clause) for clause in clauses if clause != found[0][0]):
        return None
    match = found[0][1]
    can, asked = match["can"], match["asked"]
    if not _IN_ITSELF.match(can) and not re.search(r"[吗么嘛不?？]", asked):
        return None
    nameless = _NAMELESS.fullmatch(match["what"]) is not None and not goods_in(text)
    if match["bill"]:
        return None if can in _DOUBTED else AskedIf(INVOICE, nameless)
    return AskedIf("want_return" if match["verb"].startswith("退货") else "want_refund", nameless)


def asks_of(text: str, titles: Sequence[str]) -> str | None:
    """Return the wish or invoice asked of goods with these titles, named or by no name."""
    asked = asks_if(text)
    if asked is None or not (asked.nameless or named_among(text, titles)):
        return None
    return asked.wish


def speaks_of_own(text: str) -> bool:
    """Tell whether what is asked of by no name is said to be the customer's: 我买的."""
    return bool(_OWN.search(text))


def asks_of_others(text: str) -> bool:
    """Tell whether that is asked of goods of others, or of some that are not bought yet."""
    asked = any(map(_IF.fullmatch, clauses_of(text)))
    return is_short(text) and asked and bool(_NOT_ONES_OWN.search(text))
