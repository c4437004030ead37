"""Whether a remedy that is named is only asked about, mentioned, or of another complaint; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import Button, Matter
from bot.conversation.words.answers import meant, of_the_offer, plain_picks
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things import sums
from bot.remedies.verdict import NUDGES
from nlp.labels import TYPE_OF

_MONEY = re.compile(r"^(?!.*(?:券|红包)).*[赔钱]")
# 不催, 昨天催过仓库, 加急有屁用, 核查是吧 呵呵: spoken of, and nothing is to be done.
_NUDGE = re.compile(r"催|加急|查")
_MENTIONED = re.compile(
    r"不(?:用|要|想|必|是)?[^，,。]{0,2}(?:催|加急|查)|(?:催|加急|查)[^，,。]{0,2}[过了]|有(?:屁|啥|什么|个)?用|是吧|呵呵"
    r"|(?:客服|朋友|别人|同事)|的话"
)


def is_only_asked(called_for: Button, matter: Matter | None, spoke: CustomerSpoke) -> bool:
    """Tell whether a remedy is asked about, not called for: 加急能多快; but 能改成退款吗 calls.

    What nobody is asked to confirm would be carried out, so every question keeps from that.
    """
    text = spoke.plain
    if called_for.kind == "coupon" and _MONEY.search(text):
        return True  # 能赔点不 is of money, and not of what is given in its place
    if of_the_offer.asks_if_later(text):
        return True
    if matter is not None and plain_picks.plain_pick(text, matter.offer):
        return False
    if called_for.kind in NUDGES:
        return manner.asks(text) or of_the_offer.only_inquires(text) or _only_mentions(text)
    calls = matter is not None and of_the_offer.wish_in(text, matter.offer)
    calls = calls or meant.demand_meant(spoke.heard, text)
    return manner.asks_openly(text) or (manner.asks(text) and not calls)


def _only_mentions(text: str) -> bool:
    """Tell whether each clause that speaks of a nudge only mentions it."""
    named_in = [clause for clause in clauses_of(text) if _NUDGE.search(clause)]
    return bool(named_in) and all(map(_MENTIONED.search, named_in))


def is_of_something_else(spoke: CustomerSpoke, matter: Matter | None) -> bool:
    """Tell whether a remedy is named that is not wanted here, but for another complaint.

    "把多扣的退给我" may sound like another issue of the same type; and a refund that is only now
    on the table cannot be late: "那就退钱" wants it.
    """
    text, issues = spoke.plain, set(spoke.heard.issues)
    if not sums.of_other_refund(text):
        issues -= {"refund_delay"}
    known = matter.issues if matter else ()
    types = {TYPE_OF[issue] for issue in issues} - {TYPE_OF[issue] for issue in known}
    return bool(spoke.heard.confident and types)
