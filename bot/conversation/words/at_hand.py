"""Whether what a customer needs is at hand: a picture to show, a number asked for; pure."""

from __future__ import annotations

import re

from bot.conversation.words.phrases import asks, is_short

_HAS = re.compile(
    r"(?<![没要想])(?<!是)有(?!没有)[\u4e00-\u9fff]{0,6}?(?:截图|截屏|聊天记录|录屏|录音|证据|凭证|照片)"
    r"|截(?:了|过|的有)图|(?:我)?(?:发|传)(?:个|张|你|给你|您|给您)*截图"
)
_CANNOT_RECALL = re.compile(
    r"(?:手机|电话|尾号|后四位|号码|单号|订单号?)[^，,。]{0,8}?(?:记不|忘|不(?:知道|清楚|晓得|记得)|想不起|找不|没存|多少来着|是哪个)"
    r"|(?:记不|忘|不(?:知道|清楚|晓得|记得)|想不起|没记)[^，,。]{0,6}?(?:手机|电话|尾号|后四位|号码|单号|订单号)"
    r"|^(?:我|都|也|真的?|这个?|[，, ])*(?:记不(?:住|得|清)|忘了?|想不起来?|不记得)"
    r"了?[吧呀啊哦呢。.!！~ ]*$"
)


def has_proof(text: str) -> bool:
    """Tell whether a picture or record is said to be at hand: 我有聊天截图."""
    return is_short(text) and bool(_HAS.search(text)) and not asks(text)


def cannot_recall(text: str) -> bool:
    """Tell whether a number asked for is not at hand: 我妈手机号我记不住了, 尾号是多少来着."""
    return is_short(text) and bool(_CANNOT_RECALL.search(text))
