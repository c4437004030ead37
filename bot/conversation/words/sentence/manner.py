"""How a message is put: short, a question, a call, one thing more; pure."""

from __future__ import annotations

import re

# Longer messages are no short answers; it also bounds what the patterns may cost.
PARTICLES = "吧呀啊哦嘞呢了哈嘛叭呗咧哒滴噻捏喽啦"
SHORT = 40
HURRY = r"赶[快紧]|快点?儿?|马上|立刻|立马|尽快|抓紧"
_CALLS = re.compile(
    r"(?:你好|您好|哈喽|哈啰|嗨|hi|hello|请问|打扰|亲|老板|店家|掌柜|在吗|在不|喂|一下|[\s,，.。!！?？~～、])*"
    r"有(?:没有)?人(?:在)?(?:吗|嘛|不|没|么|呢|啊|嚒)*[\s,，.。!！?？~～]*(?:在吗|在不)?[\s,，.。!！?？~～]*",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"(?:你好|您好|亲|喂|hi|hello|[，,\s])*"
    r"(?:在|(?:还|都|有?人|你们?|您|客服|请问)*在线?(?:[吗么嘛没]|不在?)|还有人(?:在)?[吗么嘛不没])"
    r"[\s?？。.!！~～啊呀呢]*",
    re.IGNORECASE,
)
# Said of a matter just settled, it is no detail but a complaint about how it was settled.
STILL_WRONG = re.compile(
    r"还是|还没|还不|仍|依旧|依然|又(?!是|不是)|没解决|怎么还|凭(什么|啥)|不满意|不满|不认可|不服|不同意|不接受|欺负|忽悠|糊弄|"
    r"敷衍|骗|太过分|不公平|垃圾|差评"
)
ECHO = 10  # characters
MORE = re.compile(r"没|还|再|又|也|都|不|多|另|别")
SUPPOSES = re.compile(r"如果|要是|万一|假如|会不会|的话|以后|怕")
ADDS = re.compile(
    r"另外|还有(?!没有)|顺便|对了|而且|还想|再问|还要(?![，,。.！!~ ]|$)|同时|除此|第二(个|件)"
)
# 我想想啊, 等下我看看: no answer yet, whatever was asked.
NOTHING_YET = re.compile(
    r"(?:我|你|您|先|让|容|再|那|就|嗯|哦|啊|额|呃|好的?|行|[，,。.!！~～\s])*"
    r"(?:(?:稍等|等一?下|等等|等会儿?|想想|想一?下|看看|看一?下|查一?下|找找|找一?下|问问|问一?下|考虑一?下|考虑考虑|量一?下)"
    rf"[{PARTICLES}，,。.!！~～\s我]*)+"
)
_LOOKS_AGAIN = re.compile(
    rf"(?:[我那先嗯哦]|还是)*再(?:看看|看一下|看下|想想)[{PARTICLES}。.!！~～]*"
)
ASKS = re.compile(
    r"[?？吗]|好多(?:钱|嘛|哦|啊)|多久|多快|多长时间|几天|多少|什么时候|啥时候|怎么|哪|谁|为什么|为啥"
)

# 寄啥快递, 还要干嘛: what, how or why is asked at the end, which wishes for nothing; 什么都行
# leaves it open, and 凭什么 我要退货 wishes.
_OPEN = re.compile(
    r"(?:(?<!没)(?<!为)啥(?!都|也|的)|(?<!没)什么(?!都|也|的|[\u4e00-\u9fff]{1,3}都)|咋|干嘛|干吗|为何)"
    r"[^，,。；;！!~～…\s]*[，,。；;！!~～…\s]*$"
)

# 退货吧 什么破东西, 给我退款 搞什么: said in anger, and nothing is asked.
_GRUMBLES = re.compile(
    r"(?:什么|啥)(?=玩意|破|烂|垃圾|东西|质量|鬼|态度)|[搞磨叽]+什么|(?<!要)干[嘛吗]呢?(?=[。!！~\s]*$)"
)
# 丢了就退, 再等两天 没发就退, 如果丢了就退款: wished for if it comes to that, and not yet.
_DEPENDS = re.compile(
    r"(?:如果|要是|万一|假如|假设)(?![^，,。]{0,8}(?:能|可以|行|有货|没货|方便|再不|还不|[不没]换))[^，,。]{0,12}(?:退|换|赔|补|取消|拦)"
    r"|(?<![还都在直天])(?<!直不)(?:丢|没[发到送]|[不没]到货|不发货?|找不到|查不到|拦不[下住]|没消息|没动静)(?:了|的话)?(?:货|掉)?[，,\s]?"
    r"(?:我|你们?|那|再|才)?(?:就|再)(?:给我|帮我|直接|申请)?(?:退|换|赔|补|取消)"
)

_ASKS_COST = re.compile(
    r"(?:要|收|扣|花|加|付)(?:不[要收扣花加付])?(?:钱|费用?)(?:[吗么]|不(?=[?？。~～\s]*$))"
    r"|(?:要|收|扣|花|加|付)不[要收扣花加付](?:钱|费用?)|收费(?:[吗么]|不(?=[?？。~～\s]*$))"
    r"|另外收费|多少费用"
)


def asks_cost(text: str) -> bool:
    """Tell whether it is asked what something costs: 拦回来要钱吗."""
    return is_short(text) and bool(_ASKS_COST.search(text))


def depends(text: str) -> bool:
    """Tell whether a remedy is only wished for in case that something comes about."""
    return is_short(text) and bool(_DEPENDS.search(text))


def adds(text: str) -> bool:
    """Tell whether something is brought up besides."""
    return bool(ADDS.search(text))


def only_calls(text: str) -> bool:
    """Tell whether a text asks no more than whether anybody is there: 你好，有人吗？"""
    return is_short(text) and bool(_CALLS.fullmatch(text.strip()))


def only_asks_if_here(text: str) -> bool:
    """Tell whether it is only asked whether the shop is there: 在？"""
    return bool(_HERE.fullmatch(text.strip()))


def says_nothing_yet(text: str) -> bool:
    """Tell whether the customer only asks for a moment."""
    return bool(NOTHING_YET.fullmatch(text.strip()))


def looks_again(text: str) -> bool:
    """Tell whether what the button reads that goes back to the offer is typed: 我再看看."""
    return bool(_LOOKS_AGAIN.fullmatch(text.strip()))


def asks(text: str) -> bool:
    """Tell whether something is asked."""
    return bool(ASKS.search(text))


def asks_openly(text: str) -> bool:
    """Tell whether it is asked what, how, why or when, and so for no remedy."""
    return bool(_OPEN.search(_GRUMBLES.sub("", text)))


def only_echoes(text: str) -> bool:
    """Tell whether a text is too short, and too plain, to be more than an echo."""
    return len(text.strip()) <= ECHO and not MORE.search(text) and not ASKS.search(text)


def is_short(text: str) -> bool:
    """Tell whether a message may be an answer rather than a story."""
    return len(text.strip()) <= SHORT
