"""What is said of a parcel that the carrier was asked to look for: feared lost, or there; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, OF_SENT_PARCEL
from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.wishes.afterthoughts import is_good_news

_IN_VAIN = (
    r"(?:[查找追问核]实?不(?:到|着|出来?|了|回来?)|没有?(?:能)?(?:[查找追]出?[到着来]|消息|结果|下落|着落)"
    r"|(?:还是|仍然|依然|依旧|最后|到时候?)(?:都|也)?没有?(?:收到|找|查|(?=[呢啊吗的怎咋该，,。？?！!\s]|$))"
    r"|(?:真的?|就|是|确实|已经)*(?:弄|搞)?丢(?:了|件|失)"
    r"(?!东西|面子))(?!发票|订单|单号|优惠|活动|客服|电话)"
)
_WHAT = r"(?:快递|包裹|东西|件|货|底单)?"
_FEARED = re.compile(
    rf"(?:如果|要是|要(?=[查找]不)|万一|假如|若是?|倘若)[^，,。？?！!\n]{{0,8}}?{_IN_VAIN}"
    rf"|^(?:那么?|请问|[，, ])*(?:真的?|你们?|快递|到时候?|最后)*{_IN_VAIN}{_WHAT}"
    r"(?:的话|了|[，, ])*(?:你们?|我|该|要|又|会|[，, ])*(?:怎么|咋|如何|赔|退|补)"
    rf"[^，,。\n]{{0,6}}[{PARTICLES}?？吗]*$"
    rf"|^那?{_IN_VAIN}{_WHAT}(?:的话)?呢[?？\s]*$"
)
# 是不是丢了, 快递丢件了吧: feared of the whole parcel; 是不是丢了一件 misses a piece.
_GONE = (
    r"(?:弄|搞|给)?丢(?:失|件)?(?:了(?!东西|面子|[一两二三几半\d]|发票|吊牌|赠品|配件|券)"
    r"|(?=[吗吧啊呀没？?])|$)"
)
_LOST = re.compile(
    r"(?:是不是|会不会|该不会|不会|难道|莫非|怕是|别是|可能|估计|怀疑|担心|感觉|觉得|害怕|恐怕|八成)"
    rf"[^，,。？?！!\n]{{0,6}}?(?<!没)(?<!没有){_GONE}"
    rf"|(?<!没)(?<!没有)(?<!别)(?<!别给){_GONE}(?:件|啊|呀)?(?:吧|吗|没有?(?!$)|[?？])"
)
# It is said to have come all the same, or only not to be lost.
_SAID_TO_BE_THERE = re.compile(r"签收|送达|代收|驿站|放在?门口|显示(?:已经?)?到|别[给弄把]")


def fears_lost(text: str) -> bool:
    """Tell whether it is asked whether the parcel got lost on its way: 是不是丢了."""
    there = _SAID_TO_BE_THERE.search(text)
    return not there and any(is_short(line) and _LOST.search(line) for line in text.splitlines())


def fears_beside(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the parcel is feared lost beside the offer for it: 是不是丢了, 要是查不到呢."""
    heard, text = spoke.heard, spoke.plain
    if matter.stage not in OFFERED or matter.issue not in OF_SENT_PARCEL:
        return False
    if heard.order_nos or heard.signs or spoke.choices or spoke.photos or not is_short(text):
        return False
    return fears_lost(text) or bool(_FEARED.search(text))


def fears_in_vain(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether it is asked what comes of a trace that finds nothing: 要是查不到呢."""
    heard = spoke.heard
    if not _is_traced(matter, "executing", "done") or heard.order_nos or heard.signs:
        return False
    return (
        not spoke.choices
        and is_short(spoke.plain)
        and (bool(_FEARED.search(spoke.plain)) or fears_lost(spoke.plain))
    )


def is_found(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether a traced parcel is there, so that nobody need look on: 家里人拿了."""
    heard = spoke.heard
    if not _is_traced(matter, "done") or heard.order_nos or heard.signs or spoke.photos:
        return False
    return not set(heard.issues) - AWAITS_PARCEL and is_good_news(spoke.plain)


def _is_traced(matter: Matter, *states: str) -> bool:
    """Tell whether the carrier was asked to look for a parcel, and it stands so with that."""
    remedy = matter.remedy
    traced = remedy is not None and remedy.state in states and remedy.option["kind"] == "trace"
    return traced and matter.issue in OF_SENT_PARCEL and matter.end in {None, "resolved"}
