"""What is asked of a remedy beside how long it takes: what if it fails, where money goes; pure.

None of it is a wish, nor a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.conversation.words.answers.asked_of_goods import AskedOfGoods, asked_of_goods
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.wishes.demands import redirects
from bot.remedies.verdict import MONEY_KINDS

Asked = Literal["in_vain", "swap", "where", "sent", "goods_too"] | AskedOfGoods
_OPENS = r"(?:那|那么|请问|你好|所以|到时候?|最后|我|你们?|亲|这个?|[，, ])*"
_IF = r"(?:如果|要是|万一|假如|若是?|倘若|要)"
_WHAT = r"(?:快递|包裹|东西|货|手机|电脑|机器|还是|还|都|也|真的?|实在|又|一直|就|根本|[，, ])*"
_ENDS = rf"[{PARTICLES}吗嘛么?？。.!！~～ ]*"
_AFTER_IT = r"(?:的话|了|快递|包裹|[，, ])*"
_WE = r"(?:你们?|我|该|要|又|会(?!怎么?样)|能|还|那|就)"
_HOW = (
    rf"(?:{_WE}(?:{_WE}|[，, ])*)?"
    r"(?:怎么(?:办|处理|弄|算|说|整)?|咋(?:办|整|弄|处理|说)?|如何|会怎么?样|[退赔换]不?[退赔换]?(?:吗|么))"
)
_THEN = rf"{_AFTER_IT}{_HOW}"
# The same said over and over: 的话 and 了 stand between, and no text can be cut in two ways.
_AND_THEN = rf"(?:(?:(?:快递|包裹|[，, ]){_AFTER_IT})?{_HOW}|的话|了|呢)*"
KEEPS_ORDER = "订单照常履行"  # so a sum for the wait says when it is due
# 赔完了我还要货啊, 那还能送到吗, 货还给我吗: whether the goods come as well as the sum.
_GOODS_TOO = re.compile(
    r"(?:那|那么|请问|所以)?(?:(?:赔|补偿|补|领|拿)(?:完|好|过)?了?(?:补偿|赔偿|钱)?(?:以后|之后|后)?)?"
    r"[，, ]?我?(?:货|东西|快递|包裹|商品|订单)?(?:也|是|就)?"
    r"(?:还[是会]?要(?:这个|我的)?(?:货|东西)|(?:还|会|也会|还能|还会|不会不)(?:给我)?[送发寄给](?:货|到|我)?)"
    rf"[{PARTICLES}吗么吧不?？。.~～ ]*"
)
# What fails, by the remedy that it belongs to; a repaired thing that is broken again may be so.
_FAILS = {
    "intercept": r"(?:拦截?不(?:下来?|住|到|了|成功?)|没(?:有|能)*拦截?(?:住|下来?|到|成功?)"
    r"|拦截?失败|改派?不(?:了|成|到)|没(?:有|能)*改(?:派)?成|改派失败)",
    "repair": r"(?:修不(?:好|了|成)|没(?:有|能)*修好"
    r"|修(?:了|完|好)(?:以后|之后|后|了)*(?:还|又|再|还是)*(?:坏|不[好行能]))",
    # Of a trace that finds the parcel was not handed over, or does not find it.
    "trace": r"(?:(?:查(?:出来|下来|到|了)?|调出来)?(?:底单|签收人?|的|上|是|发现|说|[，, ])*"
    r"(?:不是|没有?)(?:我|本人|我们?家)(?:本人)?(?:签|收|拿|家里?人|签收)?(?:的字?|过|收)?)",
}
_IN_VAIN = {
    kind: re.compile(
        rf"{_OPENS}(?:{_IF}{_WHAT}{fails}{_AND_THEN}|{_WHAT}{fails}(?:{_THEN}|了?呢)){_ENDS}"
    )
    for kind, fails in _FAILS.items()
}
_HAPPENED = re.compile(rf"^(?!.*{_IF}).*修(?:了|完|好).*(?:坏|不[好行能])")
# 拦下来能换蓝色吗, 能换成L码吗: another one in place of what is under way.
# 能换个地址吗, 能换个人处理吗: no other article.
_NO_ARTICLE = r"成?(?:一?个)?(?:别的)?(?:人|客服|地址|快递|电话|手机号|时间|地方|收)"
_SWAP = re.compile(
    rf"[拦截][^，,。？?]{{0,8}}?换(?!货|{_NO_ARTICLE})[^，,。]{{1,8}}(?:[吗么不呢?？]|行|可以|成)"
    rf"|(?:能|可以|可不可以|能否|直接)[^，,。退]{{0,4}}换(?!货|{_NO_ARTICLE})[^，,。退]{{1,8}}[吗么不呢?？]"
    rf"|换(?!货|{_NO_ARTICLE})[^，,。退]{{1,8}}(?:行不行|行[吗么不]|可以[吗么不]|成[吗么不]|可不可以)"
)
_ACCOUNT = r"(?:微信|支付宝|银行卡|零钱|余额|卡里?|花呗|信用卡|账户里?|钱包)"
_WHERE = re.compile(
    rf"{_OPENS}(?:(?:退款|退的?钱|钱|款|原路(?:退回|退|返回)?)(?:的话|是|会|要|到底|[，, ])*)?"
    rf"(?:(?:给我|帮我|是|会|要|都|直接)*[退返打转]?(?:款|钱|回来?|还)?(?:是|会|"
    rf"的)*[退返打转]?(?:到|在|去|回|进)*"
    rf"(?:哪(?:里|儿|个|张)?(?:{_ACCOUNT}|地方|平台|去|的)*|{_ACCOUNT}(?:还是|或者?|or){_ACCOUNT}|"
    rf"什么(?:账户|地方|卡)))"
    rf"{_ENDS}"
)
_OF_MONEY = re.compile(
    rf"^(?!.*(?:去了|去哪[里儿]?了|到哪[里儿]?了|在哪))(?=.*(?:[退返]|钱|款|原路|{_ACCOUNT}))"
)
# 结果出来告诉我, 查完了跟我说一声: an answer is waited for, and none is missing.
_RESULT = (
    r"(?:有(?:了|什么)?(?:结果|消息|信儿?|进展|动静|情况|答复)|(?:结果|消息)(?:出来|下来)?|(?:查|"
    r"办|弄|处理|核实|问|催|搞|修|开)"
    r"(?:完|好|到|清楚|出来)|(?:发|寄|补发|退|换)(?:货|出|好|款)?(?=了)|到时候?)"
)
_TELL = (
    r"(?:再|就|都|第一时间|及时|马上|记得|一定|要|麻烦|请|你们?|您|[，, ])*(?:给|跟|和)?(?:我)?"
    r"(?:告诉|通知|说|讲|联系|回复|发消息|回话|打电话|吱)(?:给)?(?:我)?(?:一?声|一?下)?"
)
_ANY_PAY = re.compile(
    r"(?:那|那么|请问|所以|这个?|你们?|[，, ])*(?:还|到底|会)*(?:有没有|有)(?:别的|其他的?|什么)?"
    rf"(?:赔偿|补偿|赔付|赔款)(?:金|款)?(?:给我)?[{PARTICLES}吗么嘛不没?？。.~～ ]*"
)
_TELL_ME = re.compile(
    rf"(?:好的?|行|那就?|嗯|你们?|您|我等|等|明天|今天|晚上|后天|如果|要是|快递|仓库|"
    rf"[{PARTICLES}，, ])*"
    rf"{_RESULT}(?:了|的话|以后|之后|[，, ])*{_TELL}"
    rf"(?:好吗|行吗|可以吗|谢谢|[{PARTICLES}吗，,。.!！~～ ])*"
)
# 查出来怎么告诉我, 查到了在哪通知我: how the answer comes is asked.
_TOLD_HOW = re.compile(
    rf"(?:那|到时候?|你们?|您|[，, ])*{_RESULT}(?:了|的话|以后|之后|[，, ])*(?:你们?|您|是|会|要)*"
    r"(?:怎么|咋|在哪[里儿]?|从哪[里儿]?|通过什么|用什么)(?:才|来|能|会|给|跟)*(?:告诉|通知|联系|告知)(?:我|给我|到我)?"
    rf"{_ENDS}"
)
_SENT = re.compile(
    r"(?:那|那么|请问|所以|你们?|我的?|这个?|这单|订单|货|东西|到底|究竟|亲|[，, ])*"
    r"(?:(?:还|到底|究竟|会|能|给我?)+(?:发不发|发(?=货?[吗么嘛])|寄不寄|寄(?=[吗么嘛]))|"
    r"(?:发不发|会不会发|能不能发|还能发|还会发))"
    rf"(?:货|了|给我)*{_ENDS}"
)


def asked_of(text: str, options: Sequence[Mapping[str, Any]]) -> Asked | None:
    """Return what is asked of the remedies, in words that neither take nor refuse one."""
    plain, kinds = text.strip(), {str(option["kind"]) for option in options}
    if not is_short(plain):
        return None
    if fails_of(plain, kinds):
        return "in_vain"
    stops = any(o["kind"] == "intercept" and not redirects(o) for o in options)
    if stops and "exchange" not in kinds and _SWAP.search(plain):
        return "swap"
    pays = stops or bool(kinds & (MONEY_KINDS - {"coupon"}))
    if pays and _OF_MONEY.search(plain) and _WHERE.fullmatch(plain):
        return "where"
    if kinds & {"refund", "expedite"} and _SENT.fullmatch(plain):
        return "sent"
    if any(KEEPS_ORDER in str(o.get("within", "")) for o in options) and _GOODS_TOO.fullmatch(
        plain
    ):
        return "goods_too"
    return asked_of_goods(plain, options)


def asks_for_pay(text: str) -> bool:
    """Tell whether it is asked whether anything is paid: 还有赔偿吗."""
    return is_short(text) and bool(_ANY_PAY.fullmatch(text.strip()))


def wants_to_be_told(text: str) -> bool:
    """Tell whether no more is wanted than to hear what comes of a remedy: 结果出来告诉我."""
    plain = text.strip()
    return is_short(plain) and bool(_TELL_ME.fullmatch(plain) or _TOLD_HOW.fullmatch(plain))


def fails_of(text: str, kinds: set[str], *, granted: bool = False) -> str | None:
    """Return the kind of remedy of which it is asked what comes when it fails: 拦不下来怎么办.

    Of what was granted, 修了还坏 may have come about, and is no such question.
    """
    for kind, asks in _IN_VAIN.items():
        found = asks.fullmatch(text.strip()) if kind in kinds and is_short(text) else None
        if found and not (granted and _HAPPENED.search(text)):
            return kind
    return None
