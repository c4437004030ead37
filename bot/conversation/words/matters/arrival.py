"""What is asked of a parcel on its way: where it is, when it goes out and comes, who brings it.

Pure.
"""

from __future__ import annotations

import re

from bot.conversation.shapes.issue_groups import DELAYS
from bot.conversation.shapes.state import Matter
from bot.conversation.words.matters.complaint import asks_where
from bot.conversation.words.sentence.manner import PARTICLES, is_short

# Remedies that are themselves sent: 什么时候发 may be asked of them.
_SENT_BY_MAIL = frozenset({"coupon", "invoice"})
_OF_HANDLING = re.compile(r"步|处理|进度|退|钱")
_WHEN = r"(?:什么时候|啥时候|几时|何时|几号|多久|几天|哪天|今天|明天)"
_SENT = re.compile(
    rf"{_WHEN}(?:才|能|会|可以|就|给|我|你们)*"
    rf"(?:发货|发出|寄出|发走|(?P<bare>[发寄](?=[{PARTICLES}吗嘛呢?？。.!！~～ ]*$)))"
)
# 那你们到底发没发, 发货了吗: no complaint, but whether it left.
_WHETHER_SENT = re.compile(
    r"(?:那|你们?|您|到底|究竟|所以|请问|我的?|货|东西|快递|订单|这单|现在|给我|还|[，, ])*"
    rf"(?:发没发货?|有没有发货?|发货?了没有?|发货?了(?:吗|么|嘛))[{PARTICLES}?？。.!！~～ ]*"
)
_ARRIVES = re.compile(
    r"(?:什么时候|啥时候|几时|何时|几号|几天|多久|哪天)(?:大概|才|能|会|可以|就)*"
    r"(?:送?到(?!账|帐)(?:货|达|家|手)?|收到(?!钱|退|款)|送来)"
)
# 钱什么时候到; 钱都付了 货什么时候到 asks after the parcel.
_MONEY_ARRIVES = re.compile(
    r"(?:钱|(?<![这那新一两几])款|补偿|赔偿|赔付|差价|运费|券|红包)(?:的?钱)?"
    r"(?:大概|到底|一般|最快|要|得|会|能|都|到|[，, ])*"
    r"(?:什么时候|啥时候|几时|何时|几号|几天|多久|哪天|[今明后]天)"
)
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_DAY = (
    rf"(?:今[天晚日]|明[天早日晚]|大?后天|当天|这两天|近两天|(?:这个?|本|下个?)?(?:周|星期|"
    rf"礼拜)[一二三四五六日天末]"
    rf"|(?:这|本|下)个?(?:周|星期|礼拜|月)|月底|{_NUMBER}月{_NUMBER}[号日]?|{_NUMBER}[号日]|"
    rf"{_NUMBER}天"
    r"|过?年前|节前|(?:过年|春节|元旦|五一|端午|中秋|国庆|圣诞|生日)(?:那天)?)"
)
_PART = r"(?:之前|前|以前|之内|以内|内|里|上午|中午|下午|晚上|早上|的时候|[，, ])*"
_OPENS = (
    r"(?:那|那么|请问|你好|亲|所以|你们?|我的?|这个?|这单|它|大概|应该|最快|快递|包裹|东西|货|"
    r"订单|赶在|赶得上|在|[，, ])*"
)
_THING = r"[^，,。?？退换赔修没不钱款券]{0,8}?"  # 大衣周四前能到吗
_MAY = r"(?:能不能|可不可以|可以|会不会|是不是|能否|不知道?|还|能|会|到底|大概|给|就|我)*"
_COMES = (
    r"(?:送?得?到得?(?!账|帐|底)(?:货|达|家|手|了)?|收得?到(?:货|东西|快递|包裹|了)?|拿得?到(?:货|"
    r"东西|手|了)?"
    r"|送(?:过来|来|上门|货|不送|达)?|派(?:送|件)|有货到)"
)
_LEAVES = r"(?:发得?(?:货|出来?去?|走|不发|了)?|寄(?:出来?去?|走)?)"
_OPEN = rf"(?:[吗么嘛不没呢?？]|没有|行不(?:行(?!不))?|可以[吗么不])+[{PARTICLES}。.~～ ]*"
_EITHER = r"能不能|可不可以|会不会|是不是|能否|送不送|发不发"


def _by_a_day(happens: str) -> re.Pattern[str]:
    """Return what asks whether that happens by a day: 周四前能到吗, 能今天发不."""
    said = rf"{_OPENS}{_THING}{_MAY}{_OPENS}{_DAY}{_PART}{_OPENS}{_MAY}{happens}"
    return re.compile(rf"{said}{_OPEN}|(?=.*(?:{_EITHER})){said}[{PARTICLES}。.~～ ]*")


_COMES_BY = _by_a_day(_COMES)
_LEAVES_BY = _by_a_day(_LEAVES)
# 还要几天, 还得等多久: of what is waited for.
_HOW_LONG_STILL = re.compile(
    r"(?:那|那么|请问|所以|大概|到底|我|快递|包裹|[，, ])*"
    r"(?:还(?:要|得|需要?|有|会)?(?:再)?(?:等|走)?|要?再等)"
    r"(?:多久|多长时间|好久|几天|多少天)(?:才?能?|啊)*"
    rf"(?:送?到(?!账|帐)(?:货|达|家|手)?|收到货?)?[{PARTICLES}呢?？。.~～ ]*"
)
_COURIER = (
    r"(?:快递员?|派送员|派件员|送货员|配送员|快递小哥|小哥|骑手|司机|送货的|师傅|他)"
    r"(?:的|那边的?)?"
)
_PHONE = r"(?:联系)?(?:电话号码|电话|手机号码?|号码|联系方式)"
_ASKS_PHONE = re.compile(
    rf"(?:那|那么|请问|你好|麻烦|帮我?|能不能|可以|能|把|[，, ])*"
    rf"(?:(?:有没有|有|给我?|发我?|查一?下|告诉我|要|知道)*{_COURIER}{_PHONE}"
    r"(?:是|给我?|发我?|告诉我|查一?下|说一?下|有没有|有|一?下)*(?:多少|几号|什么|哪个|呢|"
    r"吗|么|不)*"
    rf"|怎么联系(?:上)?{_COURIER})[{PARTICLES}?？。.~～ ]*"
)

# 吹风机和卷发棒是一起发的吗, 是一个包裹吗: in how many parcels an order was sent.
_IN_PARCELS = re.compile(
    r"(?=.*(?:[吗么嘛?？]|还是|是不是|几个))[^，,。?？]{0,16}?(?:是不是|是|都|在|分)"
    r"(?:(?:一起|一块儿?|分开|分着)(?:给我)?(?:发|寄|送)(?:出来?|过?来|货)?的"
    r"|(?:同一?个|一个|两个|几个)(?:包裹|快递|箱子?)(?:里|发的|寄的)?)"
    rf"(?:还是[^，,。?？]{{1,8}})?[{PARTICLES}吗么嘛?？。.~～ ]*"
)


def asks_in_parcels(text: str) -> bool:
    """Tell whether it is asked if all was sent in one parcel: 是一起发的吗."""
    return is_short(text) and bool(_IN_PARCELS.fullmatch(text.strip()))


def asks_after_parcel(text: str) -> bool:
    """Tell whether it is asked where the parcel is, or when it comes: 绿萝到哪了."""
    where = asks_where(text) and not _OF_HANDLING.search(text)
    return where or asks_when_here(text)


def asks_when_here(text: str) -> bool:
    """Tell whether it is asked when the parcel comes, or whether by a day: 周四前能到吗."""
    plain = text.strip()
    if not is_short(plain) or _MONEY_ARRIVES.search(plain):
        return False
    return bool(_ARRIVES.search(plain) or _COMES_BY.fullmatch(plain))


def asks_how_long_still(text: str) -> bool:
    """Tell whether no more is asked than how long it still takes, whatever that is: 还要几天."""
    return is_short(text) and bool(_HOW_LONG_STILL.fullmatch(text.strip()))


def asks_when_sent(text: str, granted: str | None = None) -> bool:
    """Tell whether it is asked when the parcel goes out: 啥时候发货, 能今天发不.

    什么时候发 alone may be of a coupon or an invoice, where that was granted.
    """
    if not is_short(text):
        return False
    by_a_day = _LEAVES_BY.fullmatch(text.strip())
    found = _SENT.search(text)
    bare = bool(found["bare"]) if found else True
    return bool(found or by_a_day) and not (bare and granted in _SENT_BY_MAIL)


def asks_whether_sent(text: str) -> bool:
    """Tell whether no more is asked than whether the parcel has left: 到底发没发."""
    return is_short(text) and bool(_WHETHER_SENT.fullmatch(text.strip()))


def asks_courier_phone(text: str) -> bool:
    """Tell whether no more is asked than how to reach who brings it: 快递员电话多少."""
    return is_short(text) and bool(_ASKS_PHONE.fullmatch(text.strip()))


def waits_for_parcel(matter: Matter) -> bool:
    """Tell whether what is waited for is the parcel yet, nothing being picked or granted."""
    return matter.issue in DELAYS and matter.stage == "offered" and matter.remedy is None
