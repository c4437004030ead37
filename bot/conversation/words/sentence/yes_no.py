"""Whether a message is a yes or a no, and nothing else: 好的, 不用了; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import ASKS, PARTICLES, is_short

_TAIL = rf"[{PARTICLES}~～。.!！,， 谢感你您]*"
YES = re.compile(
    rf"^((好的?|可以的?|行|行的|嗯|恩|是的?|对的?|没错|确认|确定|同意|接受|没问题|要得|(?<!要)得行|"
    rf"对头|对着|"
    rf"就这样(?:吧(?=[{PARTICLES}，, ]))?|就这个|okk?|yes|要的?|办吧|"
    rf"就这么办|麻烦了|成|中|妥|那)[{PARTICLES}，, ]?)+{_TAIL}$",
    re.IGNORECASE,
)
# A yes that goes on: 可以，多扣的退回来; 嗯重开一张; 对就公司这个.
BEGINS_WITH_YES = re.compile(
    rf"^((好的?|可以的?|行吧?|嗯+|恩+|是的?|对+[头的着]?(?!了)|没错|同意|接受|没问题|要得|得行|中|成|okk?)"
    rf"[{PARTICLES}]*[，,。.！!~～ ]|[嗯恩]+[{PARTICLES}]*(?=[\u4e00-\u9fff])|对就)",
    re.IGNORECASE,
)
UNDERSTANDS = re.compile(
    r"(知道|明白|了解|懂|清楚|晓得)(了|啦|咯)"
    rf"|(^|[，,。.!！~～ ])(那|就)*(好|行|成|得|罢|也罢|算)[{PARTICLES}]*([，,。.!！~～ ]|$)"
    r"|怪我|(是|怨)我(没|看错|弄错|记错|自己)|我(的错|看错|弄错|记错)了?|原来(是)?(这样|如此)"
    rf"|(那|就|再)+我?(就|再)?等(等|着|一等|吧)*[{PARTICLES}。.!！~～ ]*$"
)
OBJECTS = re.compile(
    r"但|不过|可是|只是|(?<!谢谢)(?<!辛苦)(?<!麻烦)你们|套路|呵呵|那我(?!就?再?等)|还是要|投诉|差评|凭"
)
HESITATES = re.compile(
    r"但|不过|可是|只是|如果|要是|先|等(?!信|着|你|消息|结果|通知)|考虑|想想|再说|另外|还有|还是|算了|别(?!的不)|不(?!急|着急|客气|错|动)|没(?!问题|事|关系|错)"
)
NO = re.compile(
    r"^(不|不要|不好|不行|不可以|不同意|不接受|不用|不是|不对|no|算了|先不|取消|换一个方案|别)+"
    r"[吧呀啊哦呢了的~～。.!！,， 谢]*$",
    re.IGNORECASE,
)


def says_yes(text: str) -> bool:
    """Tell whether the whole message is a plain yes."""
    return is_short(text) and bool(YES.match(text.strip()))


def agrees(text: str) -> bool:
    """Tell whether a message begins with a yes and takes none of it back."""
    if says_yes(text):
        return True
    begins = is_short(text) and BEGINS_WITH_YES.match(text.strip())
    return bool(begins) and not HESITATES.search(text) and not ASKS.search(text)


def understands(text: str) -> bool:
    """Tell whether an explanation is accepted, and nothing more is asked or objected."""
    accepted = is_short(text) and UNDERSTANDS.search(text)
    return bool(accepted) and not ASKS.search(text) and not OBJECTS.search(text)


def says_no(text: str) -> bool:
    """Tell whether the whole message is a plain no."""
    return is_short(text) and bool(NO.match(text.strip()))
