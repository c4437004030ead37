"""A greeting before what is really said, which changes nothing of it, and a goodbye; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import SHORT

# 亲子装 and 晚上好几次 greet nobody, so most need a mark behind them; 你好像, 您好几天 go on.
_GREETING = re.compile(
    r"(?:(?:(?:早上|上午|中午|下午|晚上|大家)好|早安?|晚安|嗨|哈[喽啰罗]|hi|hello|亲们?|亲爱的|"
    r"打扰一?下|打扰了|请问一?下|喂)(?:[~～]*[啊呀哦哈吖])*(?:[\s,，.。!！?？~～、]+)"
    # 客服 态度太差, 店家，一直不回: who is called is the one complained of.
    r"|(?:老板|掌柜的?|店家|客服)(?:[~～]*[啊呀哦哈吖])*(?:[\s,，.。!！?？~～、]+)"
    r"(?!不|没|一直|态度|说|电话|老是|总|都|骂|骗|也|还|根本|从来|半天|爱|服务|怎么[不没这那]|答应|承诺|叫我|让我)"
    r"|(?:你们?好|您好|妳好)(?:(?:[~～]*[啊呀哦哈吖])*[\s,，.。!！~～、]+|(?=[我请那这]))"
    r"|(?:(?:有人|人)?在(?:吗|嘛|么|不在|不))+(?:[~～]*[啊呀哦])*(?:[\s,，.。!！?？~～、]+))+",
    re.IGNORECASE,
)
_GOODBYE = re.compile(
    r"(?:好的?|行|嗯|那就?|先这样|谢|[啊吧了啦哈，,。.!！~～\s])*(?:拜拜?|再见|回见|回头见|晚安|88|bye(?:bye)?)"
    r"[啊吧了啦哈，,。.!！~～\s]*",
    re.IGNORECASE,
)
_SAYS = re.compile(r"[\u4e00-\u9fff]{3}")


def without_greeting(text: str) -> str:
    """Return the text without the greetings that it begins with, if it says more than those."""
    found = _GREETING.match(text.lstrip())
    left = text.lstrip()[found.end() :] if found else ""
    return left if _SAYS.search(left) else text


def says_goodbye(text: str) -> bool:
    """Tell whether no more is said than goodbye."""
    return len(text) <= SHORT and bool(_GOODBYE.fullmatch(text.strip()))
