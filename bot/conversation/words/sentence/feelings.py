"""Whether a message says how its writer feels, more than what is the matter; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short

_UPSET = re.compile(
    r"无语|太坑|真坑|坑人|坑爹|坑我|骗(?:人|我|子|钱)|忽悠|糊弄|敷衍|耍(?:我|人|赖)|欺负|气(?:死|人|炸|坏)|生气|火大|恼火"
    r"|烦(?:死|人|躁)|好烦|真烦|失望|服了|醉了|绝了|恶心|太差|真差|差劲|糟(?:糕|心)|倒霉|崩溃|心累|闹心|闹腾|难受"
    r"|什么玩意|啥玩意|(?:什么|啥)(?:破|垃圾)|垃圾|太过分|真过分|离谱|不像话|受不了|黑店|奸商|缺德|没良心|无良"
    r"|再也不(?:买|来|会)|倒了?八辈子|影响心情|心情都|白等|白高兴|太慢了|慢死"
)
# 不生气, 没骗人, 别烦我家人: no such feeling is told.
_NOT = re.compile(r"(?:不|没(?:有)?|别|谁)$")


def is_upset(text: str) -> bool:
    """Tell whether a short remark is of anger or disappointment: 你们这不是骗人吗, 好无语."""
    found = _UPSET.search(text) if is_short(text) else None
    return found is not None and not _NOT.search(text[: found.start()].removesuffix("是不"))
