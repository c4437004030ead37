"""Whether it is asked how a sum came about, or doubted, that goes back for goods; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.sentence import manner
from bot.conversation.words.things.sums import finds_it_too_little
from bot.conversation.words.wishes import afterthoughts
from nlp.labels import TYPE_OF

# 怎么才退249, 为什么少退我30, 怎么算的, 算错了吧, 钱不对; but 怎么退 asks for the way.
_DOUBTS = re.compile(
    r"(?:怎么|咋|为什么|为啥|凭什么|凭啥)(?:你们|会|又|就|还|给我|是|我)*(?:才|只|少)(?:能)?(?:退|给退|返)"
    r"|(?:怎么|咋)算(?:的|出来|得)"
    r"|(?<![天期间时号])(?:怎么|咋)(?:算|来)[的得]?[啊呀呢]?[?？。~ ]*$"
    r"|算(?:的|得)?(?:错|不对|少)|少(?:退|算)(?:了?我|我|了?\d|了?[这那]么|了?[几一][点些块十百千]|了?钱)"
    r"|(?:金额|钱数?|数额?|退款)(?:好像|是不是|怎么|有点)?(?:不对|不太对|有问题|错了)"
    r"|(?:应该|该)(?:是?退|退我)\d"
)
# 你们刚才说退我80: of what stands above; what a person said, or said before, may be so.
_PROMISED = re.compile(
    r"(?:刚才|刚刚|前面|上面|你们?|您)(?:不是|明明|都|也|自己|刚才|刚|前面|上面)*"
    r"(?:说|讲|答应|承诺|写)(?:好|过|了|的|是|会|要|可以|能|给)*(?:退|赔|补)(?:我|给|偿|款|钱|了)*"
    r"\d[\d,.]*(?![\d,.]|\s*(?:天|日|号|个|小时|分钟|周|星期|礼拜|年|件|[%％折成倍]))"  # 退30天内
)
_BY_OTHERS = re.compile(
    r"客服|人工|同事|老板|店家|卖家|师傅|快递|电话|之前|以前|上次|昨|前天|早上"
)
_FOR_GOODS = frozenset({"return_refund", "refund"})


def doubts_sum(text: str) -> bool:
    """Tell whether it is asked how a sum was reckoned, or why it is not more."""
    return manner.is_short(text) and bool(_DOUBTS.search(text))


def claims_other_sum(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether a sum is said to have been offered just now that no option names."""
    heard, text = spoke.heard, spoke.plain
    if matter.by_agent or matter.stage not in OFFERED or not manner.is_short(text):
        return False
    told = bool(_PROMISED.search(text)) and not _BY_OTHERS.search(text)
    sums = {None, *(option["amount_fen"] for option in matter.offer)}
    return told and heard.amount_fen not in sums


def is_about(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the sum on offer, or agreed on, for goods that go back is doubted.

    It is no dispute about the bill: how the sum follows is known from the offer itself.
    """
    heard, text = spoke.heard, spoke.plain
    if spoke.choices or heard.order_nos or heard.signs or afterthoughts.lets_go(text):
        return False
    if manner.adds(text) or _tells_of_else(matter, spoke):
        return False
    if TYPE_OF[matter.issue] == "amount":
        return False  # there the bill is what is complained of
    if matter.stage in OFFERED:
        sums = [o for o in matter.offer if o["amount_fen"] and o["kind"] in _FOR_GOODS]
        return (bool(sums) and doubts_sum(text)) or claims_other_sum(matter, spoke)
    remedy = matter.remedy
    agreed = remedy is not None and remedy.option["kind"] in _FOR_GOODS
    if not agreed or matter.stage not in {"approval", "executing", "ended"}:
        return False
    # Money that has come and is short is for a person.
    return doubts_sum(text) and not finds_it_too_little(text)


def _tells_of_else(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether something other than the sum is complained of with it: 还破了个洞."""
    new = set(spoke.heard.issues) - set(matter.issues)
    return any(TYPE_OF[issue] != "amount" for issue in new)
