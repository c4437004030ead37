"""A parcel that is wished stopped on its way, and nothing else said of it; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import PARTICLES, is_short

_PARCEL = r"(?:我的|这个|那个|这|那)?(?:快递|包裹|快件|货|东西)"
_SOFTLY = PARTICLES.replace("了", "")  # 拦截了 tells of it
# 拦截, 想把快递拦下来, 能不能拦一下; 没拦住, 拦截失败 and 拦截不了 are no wish.
_ONLY_STOPS = re.compile(
    r"(?:你好|亲|请|麻烦|那|嗯|就|我|想|要|申请|可以|能不能|能|还|赶紧|马上|先|直接"
    r"|帮我|帮忙|给我|你们|[，, ])*"
    rf"(?:[把将]?{_PARCEL}(?:给我|帮我)?)?"
    rf"(?:拦截|拦(?:下来|回来|一下|下|住|回)?|截(?:下来|回来|停|回))(?:一下)?(?:{_PARCEL})?"
    rf"(?:(?:可以|行|好)?(?:吗|么|不(?!了)))?[{_SOFTLY}?？。.!！~～，, ]*"
)
_NUMBERS = re.compile(r"(?:订单号?|单号|尾号)?[:： ]?[A-Za-z-]*\d[A-Za-z\d-]*")


def only_stops_parcel(text: str) -> bool:
    """Tell whether no more is said, beside numbers, than that a parcel is to be stopped: 拦截."""
    return is_short(text) and bool(_ONLY_STOPS.fullmatch(_NUMBERS.sub("", text).strip()))
