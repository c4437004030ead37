"""What is asked of the order's own facts beside an offer: is it in stock, where was it left; pure.

None of it takes or refuses anything on offer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.words.sentence.manner import PARTICLES, asks, is_short
from bot.remedies.assess import SENT_BACK

AskedOfFacts = Literal[
    "stock", "where_left", "not_signed", "collect", "new_first", "condition", "told_then"
]
_ENDS = rf"[{PARTICLES}吗么嘛不没的?？。.!！~～ ]*"
# 到底有没有货啊, 是不是没货了: whether there is any to be sent.
_STOCK = re.compile(
    r"(?:那|你们?|您|到底|究竟|所以|请问|仓库|现在|还|是不是|不会是?|会不会|[，, ])*"
    rf"(?:有没有|没有?|有|缺|断|无)(?:现)?货(?:了|啊|可发|发)?{_ENDS}"
)
# 是哪个驿站, 放哪儿了, 给谁了: where a parcel was left that is said to have come.
_WHERE_LEFT = re.compile(
    r"(?:在|是|放|送|存|到|扔)(?:在|到|了)*(?:哪一?(?:个|家|里|儿)?(?:驿站|代收点|快递柜|丰巢|柜子|门口|店|地方))"
    r"|(?:放|扔|丢|搁)(?:在|到)?哪(?:里|儿)?了?[呀啊呢?？]*$|哪个(?:驿站|代收点|快递柜)"
)
# 我没签过字, 我一直在上班没签收啊: it was not they who took it in.
_NOT_SIGNED = re.compile(
    r"(?:我|本人|自己|家里|一直|都|在|上班|单位|公司|外地|出差|不在家|没在家|当时|那天|今天|昨天|也|就|根本|真的?"
    r"|确实|可是|但是?|[，, ])*"
    r"(?:没(?:有)?(?:人)?|不是我|未)(?:签(?:过|的|收)?(?:过)?(?:字|名)?(?:的|过)?|去?(?:拿|取)(?:过)?)"
    rf"(?:快递|包裹|件)?[{PARTICLES}的。.!！~～ ]*"
)
_COLLECT = re.compile(r"(?<!货)到付(?!款)")
# 换 但是我不想先寄, 能先发新的吗, 你们先把新的寄来: the new one is to come first.
_NEW_FIRST = re.compile(
    r"(?:[换货新行好那就我你们能要想给不，,。 ]|可以|但是?|可是|不过|直接|帮|是不是)*?"
    r"(?:不(?:想|要|能|用|愿意?)?先(?:寄|退|发)(?:回去?|给你们?|旧的?|坏的?|东西|货)*"
    r"|先(?:把|给我|帮我)*(?:(?:发|寄|换)(?:一?个|一?件|一?台)?新的?|新的?(?:先)?(?:发|寄)(?:给我|过?来|出来?)?))"
    r"(?:再|然后|我|收到|后|寄|退|旧的?|坏的?|回去?|给你们?|行不行|可以|行|好|成|[，, ])*"
    rf"{_ENDS}"
)
# 在家穿了一下 没下地 可以吧: whether goods so used still go back.
_USED = (
    r"(?:[试就只才刚我]|在家里?|收到|稍微|简单)*(?:"
    r"(?:试?穿|试?戴|试|用|拆|拆开|打开|插电|铺|摆|洗)(?:了|过|看|一?下|一次|一会儿?|两下)+"
    r"|(?:吊牌|标签?)(?:都|已经|被我)?(?:剪|拆|撕|摘|掉)(?:掉|了)*)"
)
_USED_A_LITTLE = re.compile(
    rf"(?:那|这个?|鞋子?|衣服|裤子|东西|[，, ])*{_USED}"
    r"(?:[，, ]*(?:没|不|吊牌|标签|都|还)[^，,。?？\s]{1,8})?[，,。 ]*"
    r"(?:这样|应该|也|还|算|不算|就|都)*(?:可以|能[退换]|行|没事|没问题|没关系|不影响|影响)"
    rf"(?:[退换]|的)*[吧吗嘛么不?？]{_ENDS}"
)
_TOLD_THEN = re.compile(
    r"(?:那|到时候?|你们?|您|有了?|[，, ])*(?:查|核查|查询|催|核实|处理|结果)"
    r"(?:到|出来|完|清楚|好|结果)?(?:了|的话|以后|之后|[，, ])*"
    r"(?:你们?|您|是|会|要)*(?:怎么|咋|在哪[里儿]?|从哪[里儿]?|通过什么|用什么)(?:才|来|能|会|给|跟)*"
    rf"(?:告诉|通知|联系|告知|知道)(?:我|给我|到我)?{_ENDS}"
)
_NEW_ONE = r"(?:新的?|补发?的?|换的?|重发的?)(?:那?[个件双台只]|货|东西)?"
# 多久能收到新的, 新的几天能到.
_NEW_WHEN = re.compile(
    r"(?:那|那么|请问|大概|一般|最快|我|要|得|[，, ])*"
    rf"(?:(?:多久|几天|多长时间|什么时候|啥时候|几号)(?:大概|才|能|会|可以|就|我)*(?:收|拿|等)到?{_NEW_ONE}"
    rf"|{_NEW_ONE}(?:大概|要|得|还|什么时候|啥时候|多久|几天|几号|多长时间|才|能|会|可以)+(?:发货?|寄|到|送|收)*"
    rf"(?:到|出来?|过来|货|手)?){_ENDS}"
)
# 红轴也能用 补偿多少, 留着的话补多少: of the sum for goods that are kept.
_SUM_KEPT = re.compile(
    r"^(?!.*退(?!多少)).*(?:补偿?|赔偿?|便宜)(?:我|给我|能|可以)*(?:多少|几块)(?:钱)?"
    rf"[{PARTICLES}?？。.~～ ]*$"
)
_KEPT = ("partial_refund", "compensation", "goodwill")


def asked_of_facts(
    text: str, options: Sequence[Mapping[str, Any]], issue: str
) -> AskedOfFacts | None:
    """Return what is asked of the order beside what is on offer; None for all else."""
    plain = text.strip()
    if not is_short(plain):
        return None
    kinds = {str(option["kind"]) for option in options}
    goes_back = bool(kinds & SENT_BACK)
    if issue == "not_shipped" and _STOCK.fullmatch(plain):
        return "stock"
    if issue in {"not_received", "courier"} and _WHERE_LEFT.search(plain):
        return "where_left"
    if issue == "not_received" and _NOT_SIGNED.fullmatch(plain):
        return "not_signed"
    if goes_back and asks(plain) and _COLLECT.search(plain):
        return "collect"
    if kinds & {"exchange", "repair"} and _NEW_FIRST.fullmatch(plain):
        return "new_first"
    if goes_back and issue in FAULTLESS and _USED_A_LITTLE.fullmatch(plain):
        return "condition"
    return "told_then" if kinds & {"trace", "expedite"} and _TOLD_THEN.fullmatch(plain) else None


def new_goods_asked(text: str, options: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the option by which new goods are sent, where it is asked when those come."""
    asked = is_short(text) and bool(_NEW_WHEN.fullmatch(text.strip()))
    sends = [option for option in options if option["kind"] in {"exchange", "reship"}]
    return sends[0] if asked and len(sends) == 1 else None


def sum_for_kept(text: str, options: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the option that pays for goods which are kept, where it is asked how much it is."""
    asked = is_short(text) and bool(_SUM_KEPT.search(text.strip()))
    pays = [option for option in options if option["kind"] in _KEPT]
    return pays[0] if asked and len(pays) == 1 else None
