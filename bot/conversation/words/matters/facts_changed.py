"""What is told after a remedy was agreed on, and makes it the wrong one; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import SETTLED, Matter
from bot.conversation.words.answers.corrections import named_correction, size_wanted
from bot.conversation.words.matters.mistaken import DENIED, MISTAKEN
from bot.conversation.words.sentence import manner
from bot.conversation.words.wishes import afterthoughts
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import DEMAND_OF

# Remedies that write down what the customer told.
WRITTEN = frozenset({"correct_order", "invoice"})
# 写错了, 还是用原来的: what was written is not what is wanted; 没写错, 不会错吧 are no such words.
_WRONG = re.compile(
    r"(?<![没不])(?<!没有)(?<!不会)(?:写|填|打|弄|搞|拍|选|输|说|报|给|开|改|登记)错"
    r"|(?:也|都|还是|又|是|号|码|址|话|头|名|字)错了?(?=$|[，,。.!！\s是应了])"
    r"|改回|(?:用|写|寄|按|开|改)[^，,。]{0,2}(?:原来|之前|原先)的"
)
# 应该是L, 还是要L: these say so only of what is written; 还是要谢谢你, 不对啊 怎么还没开 do not.
_RATHER = re.compile(
    r"(?<!对)不对(?=$|[，,。.!！\s啊呀的])"
    r"|应该是(?![^，,。]*(?:对的|没错|没问题|收到|能到|合适|正确|可以|[今明后]天))"
    r"|不是[^，,。是]{1,12}[，,。\s]*(?:而)?是"
    r"|是[^，,。是不]{1,12}[，,\s]*而?不是(?![吗么嘛])"
    r"|还是(?:要|用|写|寄|按|开|改)"
    r"(?![^，,。\s]*(?:谢|等|收到|快|催|联系|打|通知|发货|[两\d一二三几]天))"
)
_FIELD = (
    r"抬头|税号|地址|电话|手机|号码|门牌|尺码|颜色|规格|款式|名字|姓名|名称|户名|[司位人]名"
    r"|收[件货]人|邮编|[尾末]号|末位|最?后[一两二三四]?[位个]"
)
_VALUE = (
    r"(?<![a-zA-Z])\d?[xX]{0,3}[sSmMlL](?![a-zA-Z])|均码|\d码|[大中小]一?[码号](?!院)"
    r"|[黑白红蓝绿灰黄紫粉棕橙青银咖驼褐米杏]色(?!差)"
    r"|[\u4e00-\u9fff]{2}(?:公司|集团|厂|中心|事务所)|个人(?![觉感认以信原])"
    r"|\d{4}(?![年元块])|\d(?:栋|幢|号楼|单元|室)|[路街道巷弄]\d+号"
)
_OF_WHAT_IS_WRITTEN = re.compile(rf"{_FIELD}|{_VALUE}")
_DOUBTS = re.compile(r"错了?(?:吗|没有?|吧|么)|是不是|会不会|有没有|对[吗吧]|怕")
_FIELD_ENDS = re.compile(r"[，,：:；;]")
# 其实没少, 找到了没少: said by who complained of it before.
_AFTER_ALL = re.compile(r"不好意思|抱歉|对不起|其实|原来(?!的)|找[到着]|看漏|数漏|漏看|后来")


def facts_changed(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what is said makes the remedy that was agreed on the wrong one.

    Another title, address or size than was written; another count, or nothing lacking after all.
    """
    heard, remedy = spoke.heard, matter.remedy
    kind = str(remedy.option["kind"]) if remedy else None
    agreed = kind is not None and kind not in TOLD and matter.end != "withdrawn"
    if not agreed or matter.stage not in SETTLED or heard.signs or _of_other_order(matter, heard):
        return False
    if heard.confident and set(heard.issues) - set(matter.issues):
        return False  # it is another complaint
    if kind in WRITTEN:
        return _is_other_value(matter, spoke)
    if kind == "exchange" and (size := size_wanted(matter, spoke.plain)):
        return not _said_in(size) <= _said_in(_written(matter))
    if manner.asks(spoke.plain) or manner.SUPPOSES.search(spoke.plain):
        return False
    return _counts_otherwise(matter, spoke) or _is_denied(matter, spoke.plain)


def _of_other_order(matter: Matter, heard: Heard) -> bool:
    return bool(heard.order_nos) and heard.order_nos[-1] != matter.order_no


def _is_other_value(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what was written into the order, or onto the invoice, is to be another."""
    heard, text = spoke.heard, spoke.plain
    if heard.intent in DEMAND_OF or _DOUBTS.search(text):
        return False  # 拍错了 我要退货 wants no other size
    if value := named_correction(matter, spoke):
        supposes = "应该是" in text and not _WRONG.search(text) and not _is_rather(text, value)
        return not supposes and not _said_in(value) <= _said_in(_written(matter))
    return manner.is_short(text) and (bool(_WRONG.search(text)) or _is_rather(text))


def _written(matter: Matter) -> str:
    """Return what was agreed on to stand in the order instead, in the customer's words."""
    return str(matter.remedy.option["detail"].get("correction", "")) if matter.remedy else ""


def _is_rather(text: str, value: str = "") -> bool:
    """Tell whether a field, or a value fit for one, is said to be another: 不对，应该是L."""
    of_written = _OF_WHAT_IS_WRITTEN.search(f"{text}\n{value}") and not manner.asks(text)
    return bool(of_written and _RATHER.search(text))


def _said_in(value: str) -> set[str]:
    """Return what a value says, field by field: 电话：139…; XL is neither L nor XXL."""
    return {part.strip().removesuffix("码").upper() for part in _FIELD_ENDS.split(value) if part}


def _counts_otherwise(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether other pieces or another sum are counted than the remedy was for."""
    heard = spoke.heard
    detail = matter.remedy.option["detail"] if matter.remedy else {}
    pieces = detail.get("quantity", matter.quantity)
    more = heard.quantity is not None and heard.quantity != pieces
    if MISTAKEN.search(spoke.plain):
        sum_told = heard.amount_fen not in {None, matter.amount_fen}
        share = heard.bad_share not in {None, matter.bad_share}
        return more or sum_told or share
    again = matter.issue in heard.issues and pieces is not None and manner.is_short(spoke.plain)
    return more and again and matter.issue in DENIED


def _is_denied(matter: Matter, text: str) -> bool:
    """Tell whether what was complained of is said not to be so after all: 看错了 没少."""
    denied = DENIED.get(matter.issue)
    if denied is None or not manner.is_short(text):
        return False
    if matter.issue == "missing_item" and afterthoughts.parcel_found(text):
        return True
    after_all = MISTAKEN.search(text) or _AFTER_ALL.search(text)
    return bool(after_all and denied.search(text))
