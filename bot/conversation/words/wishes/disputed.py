"""What was agreed on is said never to have been asked for: 我没说要退款, 谁让你们退的; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import Matter
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.wishes.demands import gives
from bot.conversation.words.wishes.second_thoughts import is_under_way

# What it was called, and the demand that it would have served; the longer name comes first.
_NAMES = {
    "退货退款": "return_refund", "退货": "return_refund", "退款": "refund", "退钱": "refund",
    "退": "refund", "换货": "exchange", "换": "exchange", "补发": "reship", "重发": "reship",
    "维修": "repair", "修": "repair", "补偿": "compensation", "赔偿": "compensation",
    "赔": "compensation", "取消订单": "cancel", "取消": "cancel", "拦截": "intercept",
}  # fmt: skip
_NAMED = "|".join(_NAMES)
_LEADS = r"(?:等等|等一?下|不对|不是|啊|哎|诶|可是|但是?|可|明明|根本|从来|压根|什么|[，,])*"
_ENDS = rf"(?:的|意思|[{PARTICLES.replace('嘛', '')}])*"  # 我没说要退款吗 wishes for it
_FOR_ME = r"(?:过|了|你们|要|想|给我|帮我|给|帮|直接|去)*"
# 我没说要退款; 我没说不退, 你没说要退货 and 没说要退运费 tell something else.
_NEVER_SAID = re.compile(
    rf"{_LEADS}我?(?:根本|从来|压根|可|明明|又|都|也)*(?:没有?|从没|从未)"
    rf"(?:说|讲|让|叫|要求?|同意|答应|申请|选|点|确认|想){_FOR_ME}(?P<name>{_NAMED})?{_ENDS}"
)
# 谁让你们退款的, 谁说我要退货了.
_WHO_SAID = re.compile(
    rf"{_LEADS}谁(?:说|让|叫|要|同意|答应)(?:我|你们?|过|了|是)*{_FOR_ME}(?P<name>{_NAMED}){_ENDS}[?？]*"
)
_AGREED = re.compile(r"同意|答应|我[^，,]*(?:申请|选|点|确认)")


def disputes_grant(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the remedy that awaits approval, or was agreed on, was never asked for.

    Without its name only a consent can be denied: 我没同意; 我没说 is of whatever was said.
    """
    option = matter.remedy.option if matter.remedy else None
    stands = matter.stage == "approval" or is_under_way(matter)
    heard, text = spoke.heard, spoke.plain
    if option is None or not stands or heard.order_nos or heard.signs or not is_short(text):
        return False
    for clause in clauses_of(text):
        found = _NEVER_SAID.fullmatch(clause) or _WHO_SAID.fullmatch(clause)
        name = found["name"] if found else None
        if name and gives(_NAMES[name], option):
            return True
        if found and not name and _AGREED.search(clause):
            return True
    return False
