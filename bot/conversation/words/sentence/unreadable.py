"""Messages that cannot be read: what a channel, or a copied chat, puts in their place; pure."""

from __future__ import annotations

import re

_STANDS_FOR = (
    r"\[(?:语音|视频|动图|表情|文件|位置|名片|投票|动态|清单|图片|动画表情|暂不支持的消息)\]"
)
_UNSEEN = re.compile(r"\[(?:语音|视频|动图|文件|图片)\]")  # of an emoji nothing is missed
_ONLY = re.compile(rf"(?:{_STANDS_FOR}\s*)+")


def cannot_be_read(text: str) -> bool:
    """Tell whether a message is all voice, video and the like, with no word beside it."""
    return bool(_ONLY.fullmatch(text.strip()))


def holds_unseen(text: str) -> bool:
    """Tell whether beside the words stands a video or the like, which is not seen here."""
    return not cannot_be_read(text) and bool(_UNSEEN.search(text))
