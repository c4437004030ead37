"""Which size or colour is wanted in place of what came; pure."""

from __future__ import annotations

import re

from bot.conversation.words.phrases import PARTICLES, is_short
from nlp.quantities import PIECE

_SIZE = (
    r"(?:(?<![a-zA-Z])[2-9]?[xX]{0,3}[smlSML](?![a-zA-Z])码?|均码"
    r"|(?<!\d)(?:[2-4]\d(?:\.5)?|1[0-9]0)(?!\d)码?|(?<!\d)\d{1,3}(?:\.5)?码"
    r"|[大小长短宽窄肥瘦](?:一?[两二]?[号码]|[一两]?点儿?|一?些|的))"
)
_COLOUR = (
    r"(?:(?![颜掉褪变])[\u4e00-\u9fff]{1,2}(?<![颜么掉褪变他它别])色(?!差)"
    r"|[黑白红蓝绿灰黄紫粉棕橙青]的)"
)
_VALUE = rf"(?P<value>(?:{_COLOUR}|{_SIZE})(?:的?[，,、 ]?(?:{_COLOUR}|{_SIZE}))*)"
_ENDS = rf"(?:的|{PIECE}|[{PARTICLES}])*(?=$|[\s，,。.；;!！?？~～]|[吗嘛]|就?可以|就?行|就?好|谢)"
# 想换大一码, 换双43码的; 不换XL and 换大点的箱子发 want no such thing.
_EXCHANGED_FOR = re.compile(
    rf"(?<![不别没甭])(?<!不[想要用能])(?:换|改)(?:成|为|我|一?{PIECE})*{_VALUE}{_ENDS}"
)
# 43码, 就要黑色的: nothing is said but which one.
_ONLY_VALUE = re.compile(
    rf"(?:我|那|就|要|想要|来|给我|一?{PIECE}|[，, ])*{_VALUE}{_ENDS}"
    rf"(?:就?可以|就?行|就?好|谢谢|[{PARTICLES}，,。.!！~～\s])*"
)
# 改成L码了吗: asked whether it was done.
_IS_DONE = re.compile(r"了(?:吗|没|么)")
# Of the size that is named something is asked first: it is not taken yet.
_ASKED_FIRST = re.compile(r"有[没货吗]|没货|缺货|差价|多少|多久|几天|什么时候|运费|谁|怎么")
# Which one is left to the shop, or told by how it is to fit: a person reads it.
_LEFT_OPEN = re.compile(
    r"随便|随意|都可?[以行]|无所谓|(?:你们?|您)(?:帮我|给我)?(?:看着|定|推荐|决定|选)|看着办"
    r"|不(?:知道|清楚|确定|晓得)|合适的|[大小长短宽窄肥瘦](?:一|两)?(?:点|些|号|码)|最[大小]"
)


def exchanged_for(text: str) -> str | None:
    """Return the size or colour that goods are to be exchanged for: 想换大一码; or None."""
    found = None if _IS_DONE.search(text) else _EXCHANGED_FOR.search(text)
    return found.group("value") if found else None


def bare_size(text: str) -> str | None:
    """Return the size or colour that is all that is said: 43码, 就要黑色的; or None."""
    found = _ONLY_VALUE.fullmatch(text.strip()) if is_short(text) else None
    return found.group("value") if found else None


def asks_about_it(text: str) -> bool:
    """Tell whether something of the size is asked before it is taken: 换43码 有货吗."""
    return bool(_ASKED_FIRST.search(text))


def leaves_it_open(text: str) -> bool:
    """Tell whether who is asked for a size cannot name one, and says how it is to be: 随便."""
    return is_short(text) and bool(_LEFT_OPEN.search(text)) and not asks_about_it(text)
