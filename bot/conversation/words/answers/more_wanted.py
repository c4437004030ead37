"""What is asked of an answer that was told: what else can be done; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short

_LEADS = (
    r"(?:那|那么|所以|这样|这|现在|我|你说|你们说|请问|到底|该|要|应该|可以|能|得|就|真的?|难道"
    r"|[哦噢啊唉哎好吧，, ])*"
)
_WAY_ON = re.compile(
    rf"{_LEADS}(?:怎么办|咋办|怎么弄|咋整|怎么整|怎么解决|怎么处理|如何是好"
    r"|(?:一点|完全)?没有?(?:什么|任何)?(?:别的|其他的?|其它的?)?(?:办法|方案|法子)"
    r"|还?有没有(?:什么)?(?:别的|其他的?|其它的?)?(?:办法|方案|法子)"
    r"|还有(?:什么|啥)?(?:别的|其他的?|其它的?)?(?:办法|方案|法子))"
    rf"(?:可以|能|[{PARTICLES}吗么嘛没呢])*[?？。.!！~～ ]*"
)


def asks_way_on(text: str) -> bool:
    """Tell whether no more is asked than what can be done now: 那怎么办, 没有别的办法了吗."""
    return is_short(text) and bool(_WAY_ON.fullmatch(text.strip()))
