"""What a customer says was told by mistake: another article, another fault; pure.

Read only beside a matter that is talked of, and only where what is right is named with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import BROKEN, FAULTS
from bot.conversation.words.answers.meant import says_intact
from bot.conversation.words.sentence.manner import PARTICLES, asks, is_short
from bot.conversation.words.things.articles import means_another, the_one
from bot.conversation.words.wishes.second_thoughts import names_flaw, without_nothing_wrong

_NOT_BUT = re.compile(r"不是[^，,。\s是]{1,8}[，,。\s]*(?:而|应该)?(?=是)")
EXCHANGED_FOR = re.compile(r"[换改][成作为]")  # 换成手套 wants the glove, and complains of none
MISTAKEN = re.compile(
    r"(?<![没不])(?<!没有)(?<!不会)(?<!不可能)(?:说|搞|弄|点|选|看|写|打|记)错|^不对|数错"
)
# 说错了，杯子也碎了: one more beside the article that was understood.
_BESIDE_IT = re.compile(
    r"(?:也|还有|都)(?:[^，,。]{0,8}?(?:[碎破坏裂断漏烂瘪脏]|开线|掉色|有问题)|是)"
)
# What is taken back of each fault: 没少, 颜色没错.
DENIED = {
    "missing_item": re.compile(r"(?:没有?|不是?)(?:少|缺|漏)|(?:不|没)少|齐了|数量(?:对|没错)"),
    "wrong_item": re.compile(
        r"不是(?:发|寄)错|没(?:发|寄)错|(?:颜色|款式?|型号|尺码|东西|货)(?:没错|是?对的)"
    ),
    "damaged": re.compile(r"(?:没有?|不是)(?:碎|破|坏|裂|断)"),
    "defect": re.compile(r"(?:没有?|不是)(?:碎|破|坏|裂|断|故障|质量)"),
}
# 没问题 就是磨脚: it fits badly, and that is no fault of the goods; 没问题 by itself may agree.
_FITS_BADLY = re.compile(
    r"(?:磨|挤|顶|硌|夹|卡|勒|打|压|不跟|不合)[了着到]?脚|掉跟|勒得慌|硌得慌|箍得慌|不好穿"
)
# 我没说坏了啊, 我没有说质量问题: what was never told of the goods.
_NEVER_TOLD = re.compile(
    r"我?(?:又|可|从来?|根本|压根|并)?(?:没有?|不是)(?:说|讲|提)过?(?:它|东西|商品|机器|是|有|什么|这个)*"
    rf"(?:坏|质量|故障|破|碎|毛病|有问题)(?:问题|了|的|过)*[{PARTICLES}]*(?=$|[,，。.!！~～\s])"
)
# 机器没坏 就差价的事: nothing is wrong, and it is only about something else.
_ONLY_ELSE = re.compile(r"[就只](?:是|有|说|问|想|要)*[^,，。\s]{1,6}的?事")
_TELLS_WHAT = re.compile(r"[是有就](?!是|差价|价|降|说|问)")  # 我没说坏了 是屏幕有个黑点
_WANTS_STILL = re.compile(
    r"退(?!差价)|换|修|赔|补(?!差)|寄|少|漏|错|不(?:想|太想)?要|但|可是|不过"
)
_BROKEN = re.compile(r"(?<![没不])(?<!没有)(?<!不是)(?:碎|破|裂|断|压坏|摔坏|瘪)")


def article_instead(text: str, titles: Sequence[str], own: int) -> int | None:
    """Return the place of the article meant instead of the one understood, or None.

    说错了，是保温杯 names the right one; 换成保温杯 wishes for it, and tells of no mistake.
    """
    if not is_short(text) or not means_another(text) or asks(text) or EXCHANGED_FOR.search(text):
        return None
    if _BESIDE_IT.search(text):
        return None
    at = the_one(_NOT_BUT.sub("", text), titles)
    return None if at == own else at


def no_fault_after_all(issue: str, spoke: CustomerSpoke) -> bool:
    """Tell whether goods taken for faulty are said to be only unwanted: 没坏 就是买多了.

    What is said to be wrong with them, beside that, still is: 质量没问题 就是掉色.
    """
    text = spoke.plain
    if issue not in BROKEN or not is_short(text) or names_flaw(without_nothing_wrong(text)):
        return False
    return says_intact(spoke.heard, text) or only_fits_badly(text)


def was_never_told(issue: str, spoke: CustomerSpoke) -> bool:
    """Tell whether no fault was ever told of, and nothing is wanted for one: 我没说坏了啊.

    我没说坏了 是掉色 tells of a fault still, and 没坏 我要换 of a wish.
    """
    text, heard = spoke.plain, spoke.heard
    if issue not in BROKEN or not is_short(text) or heard.issues or heard.signs:
        return False
    text = text.lstrip("?？ ")  # ?? 我没说坏了啊 wonders, and asks nothing
    if heard.order_nos or asks(text) or _WANTS_STILL.search(text):
        return False
    left = _NEVER_TOLD.sub("", text)
    if left != text:
        return not (names_flaw(without_nothing_wrong(left)) or _TELLS_WHAT.search(left))
    left = without_nothing_wrong(text)
    return left != text and bool(_ONLY_ELSE.search(left)) and not names_flaw(left)


def only_fits_badly(text: str) -> bool:
    """Tell whether nothing is said to be wrong but the fit: 没问题 就是磨脚."""
    left = without_nothing_wrong(text)
    return left != text and bool(_FITS_BADLY.search(left)) and not asks(text)


def fault_instead(issue: str, spoke: CustomerSpoke) -> str | None:
    """Return the fault meant instead of the one understood, where that is taken back; or None."""
    text, denied = spoke.plain, DENIED.get(issue)
    if denied is None or not is_short(text) or not MISTAKEN.search(text) or asks(text):
        return None
    if not denied.search(text):
        return None
    heard = (i for i in spoke.heard.issues if i in FAULTS and i != issue)
    found = next(heard, "damaged" if _BROKEN.search(text) else None)
    return None if found == issue else found
