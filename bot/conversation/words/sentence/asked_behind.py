"""What is asked behind an express yes, where it can hold that yes back in no way; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence import consent
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, asks, is_short
from bot.conversation.words.sentence.yes_no import says_yes

# 确认, 好的我确认办理; 确认一下, 我想确认 and 确认吗 are none.
_EXPRESS = re.compile(r"(?:好的?|嗯|行|可以|那|就|我)*确[认定](?:办理|提交)?[了的吧哈啊呀哦]*")
# How it goes on once it is done: when, by what way, where to; nothing whose answer may be a no
# that matters. 有货吗 and 到付吗 are left out: by them the yes may stand or fall.
_LEADS = (
    r"(?:那|大概|大约|一般|最快|请问|想问|你们?|您|我|是|要|得|需要|会|能|可以|帮我|给我|新的|旧的|坏的"
    r"|东西|货|钱|退款|款|快递|包裹|补发的?|发票)*"
)
_WHEN = r"(?:几[号天点]|哪天|多久|多长时间|多少天|(?:什么|啥)时候|何时)"
_SOON = r"(?:今天|明天|后天|周末|这周|本周)(?:之?内)?"
_COMES = (
    r"(?:到(?:账|货|手)?|收到|拿到|[发寄]出?|发货|退(?:款|回来)?|补发|办好|开好|好|(?:上门)?[来取]|上门|取件"
    r"|来取|有(?:结果|消息|单号))"
)
_CAN = r"(?:大概|才|能|会|可以|就|给我)*"
_COURSE = re.compile(
    rf"{_LEADS}(?:{_WHEN}{_CAN}{_COMES}?|{_SOON}{_CAN}{_COMES}|(?:快[点些]|尽快|早[点些])(?:[发寄到])?"
    r"|[怎咋](?:么|样)*[寄退查取](?:回去?|给你们)?|寄(?:到|去|回)?哪|(?:在|去)?哪[里儿]?[看查寄]"
    r"|自己[叫寄约](?:快递)?|(?:来)?上门(?:取件?)?|有(?:短信|通知)|发(?:到)?(?:我)?邮箱)"
    rf"(?:里|儿|吗|么|嘛|不|[{PARTICLES}])*[?？]*"
)
_QUESTIONS = re.compile(r"[^?？]+[?？]*")
_HOLDS_BACK = re.compile(r"如果|要是|万一|的话|就|先|之?前|但|不过|可是|只是|另外|没|不|别")
_REASON = re.compile(r".{0,4}(?:送人|急用|着急|急着|赶时间|生日|出差|等着[用穿]).{0,3}")


def asked_behind_yes(text: str) -> str:
    """Return what is asked behind an express yes: 确认 快递自己叫吗; empty where it is no yes.

    Only what comes of it may be asked: whoever asks who pays, or says 确认之前, has not agreed.
    """
    clauses = _pieces(text) if is_short(text) else []
    while len(clauses) > 1 and says_yes(clauses[0]) and not _EXPRESS.fullmatch(clauses[0]):
        clauses = clauses[1:]
    if not clauses or not _EXPRESS.fullmatch(clauses[0]):
        return ""
    asked = [clause for clause in clauses[1:] if not _adds_nothing(clause)]
    return " ".join(asked) if asked and all(map(_COURSE.fullmatch, asked)) else ""


def _pieces(text: str) -> list[str]:
    """Return the clauses, parted behind a question too: 能到账吗？到账我就同意."""
    return [piece for clause in clauses_of(text) for piece in _QUESTIONS.findall(clause)]


def _adds_nothing(clause: str) -> bool:
    """Tell whether it hurries, thanks, says yes again, or tells what the haste is for."""
    if asks(clause) or _HOLDS_BACK.search(clause):
        return False
    return bool(_REASON.fullmatch(clause)) or consent.consents(f"好\n{clause}")
