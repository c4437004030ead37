"""What is asked behind an express yes, where it can hold that yes back in no way; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence import consent
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import asks, is_short
from bot.conversation.words.sentence.yes_no import says_yes

# 确认, 好的我确认办理; 确认一下, 我想确认 and 确认吗 are none.
_EXPRESS = re.compile(r"(?:好的?|嗯|行|可以|那|就|我)*确[认定](?:办理|提交)?[了的吧哈啊呀哦]*")
# How it goes on once it is done: when, by what way, where to.
_COURSE = re.compile(
    r"几[号天点]|哪天|多久|多长时间|(?:什么|啥)时候|何时|今天|明天|周末|快[点些]|尽快|到账"
    r"|[怎咋][么样]*[寄退查]|寄[到去回]?哪|哪[里儿]?[看查寄]|快递|上门|取件|自己[叫寄约]|邮箱|有货|现货|通知|短信"
)
_ENDS_ASKING = re.compile(r"(?:[吗么不?？]|几[号点]到?)[?？]*$")
# Money, a condition, another wish, a doubt: 确认 运费你们出吗 may want just that.
_MAY_HOLD_BACK = re.compile(
    r"费|钱|扣|全额|多少(?!天)|赔|补偿|差价|[谁们我]出|承担|改|换(?![货好新的])|顺丰|别|其他|如果|要是|万一|要不"
    r"|先|之?前|等(?![几多着])|但|不过|可是|只是|是不是|对[吗吧么]|另外|还[能可有]|没|取消|[行以][吗么]|不(?![?？]*$)"
    r"|确[认定]|坏|错|问|撤|退不了|拒"
)
_REASON = re.compile(r".{0,4}(?:送人|急用|着急|急着|赶时间|生日|出差|等着[用穿]).{0,3}")


def asked_behind_yes(text: str) -> str:
    """Return what is asked behind an express yes: 确认 快递自己叫吗; empty where it is no yes.

    Only what comes of it may be asked: whoever asks who pays, or says 确认之前, has not agreed.
    """
    clauses = clauses_of(text) if is_short(text) else []
    while len(clauses) > 1 and says_yes(clauses[0]) and not _EXPRESS.fullmatch(clauses[0]):
        clauses = clauses[1:]
    if not clauses or not _EXPRESS.fullmatch(clauses[0]):
        return ""
    asked = [clause for clause in clauses[1:] if not _adds_nothing(clause)]
    return " ".join(asked) if asked and all(map(_asks_of_course, asked)) else ""


def _asks_of_course(clause: str) -> bool:
    question = asks(clause) or _ENDS_ASKING.search(clause)
    return bool(question and _COURSE.search(clause)) and not _MAY_HOLD_BACK.search(clause)


def _adds_nothing(clause: str) -> bool:
    """Tell whether it hurries, thanks, says yes again, or tells what the haste is for."""
    if asks(clause) or _MAY_HOLD_BACK.search(clause):
        return False
    return bool(_REASON.fullmatch(clause)) or consent.consents(f"好\n{clause}")
