"""Whether all that is said at once is a yes, an express one, or only hurries; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, is_short
from bot.conversation.words.sentence.yes_no import says_yes

CLAUSES_AT_MOST = 12
_HURRIES = re.compile(
    r"(?:那|就|请|麻烦|你们?|您|给我|帮我|能不能|能|可以|倒是|都)*"
    r"(?:快[点些]儿?|快一点|尽快|赶[快紧]|抓紧|速度|搞快|(?:马上|立刻)(?=.))"
    rf"(?:的|[点些下]|一[点下]|给我|帮我|处理|办理?|弄|搞|提交|操作|安排|[{PARTICLES}])*(?:吗|不)?[?？]*"
)
_THANKS = re.compile(rf"(?:谢谢|多谢|感谢|辛苦|麻烦)(?:你们?|您|[{PARTICLES}])*")
# 好的麻烦快点, 行谢谢了: a yes with no stop behind it. 可以快点吗 asks, and 好麻烦 complains.
_YES_AT_ONCE = re.compile(
    r"(?:好[的吧嘞啊呀哒]+|好(?!麻烦)|行(?!不)[的吧啊]*|可以的|没问题|确[认定]|同意|就这样吧?|办吧|"
    r"嗯+[的呢啊]*|okk?)[了吧啊呀]*那?",
    re.IGNORECASE,
)
# 确定能快点吗 asks whether that is sure; 好的能快点吗 is a yes that hurries.
_SURE = re.compile(r"确[认定]|没问题")
_ASKED = re.compile(r"[吗不?？]+$")
_EXPRESS = re.compile(r"确认|确定|就这么办|就这样|同意|接受|办吧|就这个")


def only_hurries(text: str) -> bool:
    """Tell whether no more is said than that it should go fast: 赶紧的."""
    clauses = _clauses(text)
    return bool(clauses) and all(map(_HURRIES.fullmatch, clauses))


def consents(text: str) -> bool:
    """Tell whether each line said at once is a yes, or hurries, and one at least is a yes."""
    if says_yes(text):
        return True
    clauses = [_without_haste(clause) for clause in _clauses(text)]
    said = [c for c in clauses if not _HURRIES.fullmatch(c) and not _THANKS.fullmatch(c)]
    return bool(said) and all(map(says_yes, said))


def consents_expressly(text: str) -> bool:
    """Tell whether it is a yes that can only be one to what is to be confirmed: 确认."""
    return consents(text) and bool(_EXPRESS.search(text))


def _without_haste(clause: str) -> str:
    """Return the yes that a clause begins with, where it only hurries or thanks after that."""
    begins = _YES_AT_ONCE.match(clause)
    rest = clause[begins.end() :] if begins else ""
    only_more = _HURRIES.fullmatch(rest) or _THANKS.fullmatch(rest)
    if begins and _SURE.match(clause) and _ASKED.search(rest):
        return clause
    return clause[: -len(rest)] if rest and only_more else clause


def _clauses(text: str) -> list[str]:
    """Return what was said, clause by clause; nothing where it is too much to be an answer."""
    clauses = clauses_of(text)
    short = len(clauses) <= CLAUSES_AT_MOST and all(map(is_short, clauses))
    return clauses if short else []
