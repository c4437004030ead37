"""What is said of a parcel on its way back to the shop: its number, that it has come; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.shapes.state import Matter
from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short

# A carrier's number; a phone's eleven digits and a sum are none.
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_-])(?!1[3-9]\d{9}(?!\d))[A-Za-z]{0,4}\d[A-Za-z\d]{8,19}(?!\d)"
)
# 银行卡6222…, 电话+86139…, 微信号abc123…: a number of a person or a payment, told by what is
# right before it. A carrier's hotline and a number abroad have forms of their own.
_OF_ELSE = re.compile(
    r"(?:(?:卡|电话|热线|座机|客服|手机|身份证|账[号户]|帐[号户]|[Qq]{2}|"
    r"邮箱)[号码是为:：\s（(+_]*"
    r"|(?:微信|支付宝?|流水|交易|付款|转账)(?:支付|交易|流水|"
    r"[单号码是为:：\s（(])*(?:[A-Za-z]{1,6}_)?|\+)$"
)
_DIALLED = re.compile(r"[48]00\d{7}|861[3-9]\d{9}")
_OF_PARCEL = re.compile(r"单号|快递|物流|运单|寄|退货|顺丰|圆通|中通|申通|韵达|极兔|邮政|京东")
_ONLY_NUMBER = re.compile(r"[\s是:：，,。.]*")
_CAME = re.compile(
    r"签收(?![之以]?后|才|满|的?时|[那当]天|就|没)|(?:仓库|你们?|您)[^，,。我]{0,4}(?:到了|入库|"
    r"收到(?!了?我?的?(?:消息|信息|投诉|申请)))|退货[^，,。]{0,6}(?:收到|到)了"
    r"|(?:仓库|你们?|您)(?:那边|[昨前今]天|早|都|就|已经?|也|给|人|的)*签了(?![\u4e00-\u9fff])"
)
# 没签收, 我签收的, 收到了坏的: it has not come, or it is the parcel that went out.
_NOT_CAME = re.compile(
    r"(?:没有?|未|不)[^，,。]{0,3}(?:签收|收到|到)|等[^，,。]{0,6}(?:签收|收到|到)"
    r"|我(?:自己|本人)?(?:已经)?签收|(?:本人|邻居|门卫|驿站)[^，,。]{0,3}签收|我没|[坏破碎烂漏裂]"
    r"|(?:你们?|您)(?:家|店)?[发寄送]?来?的?(?:快递|货|包裹|东西|件)[^，,。收]{0,2}到了"
)


# 多久退钱, 几天能到账, 为啥要48小时: of the money for a return.
_WHEN_PAID = re.compile(
    r"(?:好的?|嗯|行|那|那么|请问|你好|所以|大概|一般|到底|我的?|退款|退货|钱|款|还|要|得|需要|等|"
    r"[，, ])*(?:我?退(?:掉|货|回去?)?的[^，,。款]{1,8}?(?:钱|款|退款)?(?:大概|到底|还|要)*)?"
    r"(?:多久|多长时间|几天|多少天|几个?小时|什么时候|啥时候|几时|何时|几号|哪天)(?:大概|才|能|会|"
    r"可以|就|给我?)*"
    rf"(?:退(?:款|钱|回来?|给我|到账)?|到账?|打(?:款|给我|过来)|返(?:款|钱|还)|收到(?:钱|退款)|"
    rf"有钱)(?:给我|[{PARTICLES}?？。.~～ ])*"
)
# 好的那明天能到账吗, 大概明天能退吗: a day is named, and asked of.
_OPENS = r"(?:好的?|嗯|行|那|那么|请问|所以|大概|一般|到底|我的?|退款|退货|钱|款|[，, ])*"
_DAY = (
    r"(?:[今明后]天|今晚|这[两几]天|周末|[这下]?(?:周|星期)[一二三四五六日天]|\d{1,2}[号日]|\d+天)"
)
_ENDS = rf"(?:[{PARTICLES}吗么嘛不?？。.~～ ])*"
_BY_DAY = re.compile(
    rf"{_OPENS}{_DAY}(?:以?[之内前]|就|能|会|可以|大概|应该|是不是|不能)*(?P<how>到账|收到(?:退款|钱)|"
    rf"有钱|退(?:款|钱|回来)?|打(?:款|过来))(?:给我)?(?=[^，,。]*[吗么嘛不?？]){_ENDS}"
)
# 我问的是到账时间, 退款退到微信要几天, 我是微信付的 怎么查: of money that may be on its way.
_ACCOUNT = r"(?:微信|支付宝|银行卡|零钱|余额|卡|花呗|信用卡)"
_ARRIVES = re.compile(
    rf"{_OPENS}(?:[就只是]*[问说](?:的是|的|一下)?)?(?:退款|钱|款)?的?到账(?:的)?(?:时间|日期)"
    rf"(?:是|呢)?(?:多久|什么时候|几号)?{_ENDS}"
    rf"|{_OPENS}(?:[退返]?回?[到进])?{_ACCOUNT}[里上]?(?:的话|一般|大概|要|得|需要|是)*"
    rf"(?:几天|多久|多少天|多长时间|什么时候|啥时候|几号)(?:才|能|会)*(?:到账?|收到|有|退)?{_ENDS}"
    rf"|(?:我|是|用|这单|的)*{_ACCOUNT}(?:付款?|支付|买)的?[，, ]*"
    rf"(?:怎么|咋|在?哪里?|在?哪儿|去哪里?)(?:能|可以)?(?:查|看)(?:到|退款|到账|钱)*{_ENDS}"
    rf"|{_OPENS}(?:怎么|咋|在?哪里?|在?哪儿|去哪里?)(?:能|可以)?(?:查|看)(?:到|退款|到账|钱)+{_ENDS}"
)
_WHY_SO_LONG = re.compile(
    r"(?:为什么|为啥|凭什么|凭啥|怎么|干嘛|咋)(?:还|会|就|都|退款|退货|退钱|退|审核|验货|[，, ])*"
    rf"(?:要|得|需要|等)(?:等|这么)?(?:\d+个?小时|[一两二三四五六七八九十\d]+天|这么久|这么慢|"
    rf"这么长时间|久)[{PARTICLES}?？。.~～ ]*"
)
_SENT_OFF = re.compile(
    r"(?:退货|申请|你们?|已经?|都|我|刚|东西|货|快递|衣服|鞋子?|今天|昨天|前天|早上|上午|下午|"
    r"同意|通过|了|[，, ])*"
    rf"(?:寄出去?|寄走|寄回去?|寄过去|寄|发出去?|发走|退回去|"
    rf"快递寄走)了[{PARTICLES}，,。.!！~～ ]*"
)
_OF_GOODS_BACK = re.compile(
    r"退(?:掉|货|回去?)?的(?!差价|[运邮快]费|运费险|押金|定金|券|红包|钱|款)[^，,。款钱]{1,8}"
)
# What is complained of where a return, or the money for it, is waited for.
OF_RETURN = frozenset({"refund_delay", "refused"})
_OPEN = frozenset({"requested", "approved", "shipped", "received"})
_PAYS = frozenset({"received", "refunded"})  # the goods are here: no more than money is asked of


def asks_of_return(text: str, record: Mapping[str, Any]) -> bool:
    """Tell whether the money for a return is asked after: 多久退钱, 明天能到账吗.

    Of one that was paid back only where and when it arrives may still be asked.
    """
    states = {entry["state"] for entry in record.get("returns") or ()}
    plain = text.strip()
    if not states or not is_short(plain):
        return False
    by_day = _BY_DAY.fullmatch(plain)
    if states & _OPEN and (_WHEN_PAID.fullmatch(plain) or _WHY_SO_LONG.fullmatch(plain)):
        return True
    if by_day and not by_day["how"].startswith("退"):
        return True
    return bool(by_day and states & _PAYS) or bool(_ARRIVES.fullmatch(plain))


def asks_after_money(text: str) -> bool:
    """Tell whether the money for goods that were sent back is asked after by their name."""
    asked = _OF_GOODS_BACK.search(text) and _WHEN_PAID.fullmatch(text.strip())
    return is_short(text) and bool(asked)


def tells_sent_off(text: str, record: Mapping[str, Any]) -> bool:
    """Tell whether no more is said than that an agreed return was sent off: 我寄出去了."""
    short = is_short(text) and return_under_way(record) == "approved"
    return short and bool(_SENT_OFF.fullmatch(text.strip()))


def awaits_money(record: Mapping[str, Any]) -> bool:
    """Tell whether an order has money to give back: for a return, or after it was cancelled."""
    returned = any(entry["state"] != "refused" for entry in record.get("returns", ()))
    return returned or (record.get("status") == "cancelled" and bool(record.get("paid_at")))


def return_under_way(record: Mapping[str, Any]) -> str | None:
    """Return how the return stands that was agreed to and has not arrived, or None."""
    returns = record.get("returns") or ()
    state = str(returns[-1]["state"]) if returns else None
    return state if state in {"approved", "shipped"} else None


def was_answered(matter: Matter) -> bool:
    """Tell whether it was said of the money for a return where that return stands."""
    told = bool(matter.offer) or matter.stage in {"executing", "ended"}
    return matter.issue in OF_RETURN and told and matter.end != "withdrawn"


def speaks_of_unknown_return(matter: Matter, record: Mapping[str, Any]) -> bool:
    """Tell whether money is waited for, and was answered, of a return that is not on record."""
    return was_answered(matter) and matter.issue == "refund_delay" and not record.get("returns")


def brings_number(text: str, record: Mapping[str, Any]) -> bool:
    """Tell whether a parcel's number is given that the order's record does not know."""
    found = _number_in(text)
    if found is None or "订单" in text or asks(text.replace(found[0], "")):
        return False
    own = str(record.get("order_no", ""))
    if found[0].upper() in _known(record) or _shape(found[0]) == _shape(own):
        return False  # it may be another order's
    left = text.replace(found[0], "")
    return bool(_OF_PARCEL.search(left) or _ONLY_NUMBER.fullmatch(left))


def tells_it_came(text: str) -> bool:
    """Tell whether what was sent back is said to be with the shop: 快递显示前天签收的."""
    calm = not asks(text) and not SUPPOSES.search(text)
    return is_short(text) and calm and bool(_CAME.search(text)) and not _NOT_CAME.search(text)


def _number_in(text: str) -> re.Match[str] | None:
    """Return the first number that may be a parcel's: no card's, phone's or payment's."""
    return next(
        (found for found in _NUMBER.finditer(text)
         if not _OF_ELSE.search(text[: found.start()]) and not _DIALLED.fullmatch(found[0])),
        None,
    )  # fmt: skip


def _shape(number: str) -> str:
    return re.sub(r"\d", "0", number.upper())


def _known(record: Mapping[str, Any]) -> set[str]:
    """Return the numbers of the order itself, of its parcels and its returns."""
    sent = (parcel.get("tracking_no") for parcel in record.get("shipments") or ())
    back = (entry.get("no") for entry in record.get("returns") or ())
    return {str(no).upper() for no in (record.get("order_no"), *sent, *back) if no}
