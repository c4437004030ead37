"""Pieces that are counted on from those told before: 再多退一个, 另外两盒也过期了; pure."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import ASKS, SUPPOSES
from nlp.numerals import NUMBER, parse_number
from nlp.quantities import PIECE

_COUNT: Final = rf"(?P<count>{NUMBER}){PIECE}(?!的?[钱款])"
_FOR_ME: Final = r"(?:我|你|想|要|能|可以|帮我|给我|麻烦)*"
# 多退一个, 再退一个, 再加一个; 多退了一个 is told of what was paid back.
_MORE: Final = re.compile(
    rf"(?:(?<![太许很更])多{_FOR_ME}(?:退|换)|再{_FOR_ME}多?{_FOR_ME}(?:退|换|加|添)|(?<![增参])加(?=退|换))"
    rf"(?:掉|上|退|换|我|给我)*{_COUNT}"
)
_FEWER: Final = re.compile(rf"(?:少{_FOR_ME}(?:退|换)|减)(?:掉|去)*{_COUNT}")
# 加一个 by itself.
_ADDED: Final = re.compile(rf"{_FOR_ME}加(?:上)?{_COUNT}(?:吧|行吗?|可以吗?|好吗?|呗|[?？])*")
_REST: Final = rf"(?:其[他它余]|别的|另外?|剩下?|余下?|还有)(?:的|那|这)*{_COUNT}"
_WRONG: Final = (
    r"(?:坏|碎|破|裂|烂|断|漏|瘪|霉|臭|馊|变质|过期|开[线胶裂]|掉色|有(?:问题|毛病)"
    r"|不敢(?:再|也)?[吃喝用穿戴])"
)
_FINE: Final = re.compile(rf"没有?{_WRONG}|不[坏碎破裂烂漏]|好的|好好的|完好")
# 其他两盒也不敢吃了, 还有两个也是碎的, 又碎了一个.
_WRONG_TOO: Final = re.compile(
    rf"{_REST}[^,，。]{{0,4}}(?:也|又)[^,，。]{{0,6}}{_WRONG}"
    rf"|又(?:发现|看到|有|找到|了|(?=[坏碎破裂烂断漏]))+(?:{_WRONG}了?)?(?P<again>{NUMBER}){PIECE}"
)
_BACK_TOO: Final = re.compile(
    rf"{_REST}[^,，。]{{0,4}}也[^,，。]{{0,4}}(?:退(?![款钱])|不想?要(?!退|换))"
)
_ALL_BACK: Final = re.compile(
    rf"(?P<count>{NUMBER}){PIECE}(?:我|就|想|要|那|全)*(?:都|全部?|一起|一并|统统|通通)(?:给我|帮我|想|要|也|一起|直接)*"
    r"(?:退(?![款钱差运不])|不想?要(?![退换补赔]))"
)
_NOT_MEANT: Final = re.compile(r"不是|没说|你们|怎么|谁")
# 客服说三盒都退, 昨天三盒都退了, 别三盒都退: told, done or not to be.
_NOT_WISHED: Final = re.compile(
    r"(?:说|讲|答应|承诺|同意)(?:了|过|的|给我)*(?=[一两二三四五六七八九十\d])|(?:昨天|前天|上次|已经|之前|刚才?)[^，,]*退(?:了|过)"
    r"|(?:不(?:用|想|要|必|需要)|别|甭|没(?:想|打算|说)?)[^，,]{0,4}?(?=[一两二三四五六七八九十\d])"
)
_NO: Final = (
    r"(?:(?<![要能可是行好对])不|(?<![特分区差])别|(?<!有)没|甭|无)"
    r"(?:[用要想必需是会能说急着给帮让叫我先再有]|准备|打算|你们?)*"
)
# 不用再退一个, where it stands before what is counted; 要不再退一个 and 能不能再退一个 wish.
_DENIED: Final = re.compile(rf"{_NO}$")
_DENIED_BEHIND: Final = re.compile(
    r"[^,，。]{0,3}?(?:就|还是|那)?(?:不用|不必|没必要|免了|不退|不换|不要了|就算了|就别)"
)
# 另外两件也不用退, 剩下三件我留着: they stay; 三件不退了 换吧 goes on about these.
_KEPT: Final = re.compile(
    rf"(?:其[他它余]|别的|另外?|剩下?|余下?|还有)?(?:的|那|这)*{NUMBER}{PIECE}[^,，。\d不别没甭留]{{0,4}}?"
    rf"(?:{_NO}(?:退(?![款钱])|换)|(?:要|想|先|自己)*留(?!言)|还要(?!退|换))"
)
_EXCHANGED: Final = re.compile(r"(?<![不别用])(?<!不要)(?<!不想)(?<!别要)换")
# 可以的话再退一个 only puts the wish politely.
_POLITE: Final = re.compile(r"(?:如果|要是)?(?:可以|行|能行?|方便|允许|不麻烦)的话")
_LEAVE: Final = re.compile(
    r"能不能|可不可以|能否|可否|好不好|行不行|(?:可以|行|好|成)[吗么嘛不]|(?<![不])(?:能|可以)(?=.*[吗么嘛不][?？]*$)"
)
_CLOSED: Final = re.compile(r"[吗么嘛不]?[?？]*$")
_ASKED: Final = re.compile(
    rf"{ASKS.pattern}|是不是|要不要|有没有|用不用|该不该|咋|凭|干[嘛吗]|不$"
)
_UNSURE: Final = re.compile(rf"{_ASKED.pattern}|{SUPPOSES.pattern}|会(?!员)|可能|估计|担心|说不定")
# 再退一个 一共三个, 减一件 不对 还是两件: how many that makes.
_IN_ALL: Final = re.compile(
    rf"(?:还是|[一总]共|加起来|合计)(?:是|就|要|退|换|想|我)*(?P<count>{NUMBER}){PIECE}"
)


def more_wished(text: str) -> int | None:
    """Return how many more pieces than before are to go back, less than none where fewer are."""
    for clause in clauses_of(text):
        found = _counted_on(clause)
        if found is None or not _is_wished(clause, found, text):
            continue
        return -_number(found["count"]) if found.re is _FEWER else _number(found["count"])
    return None


def in_all(text: str) -> int | None:
    """Return how many go back in all, where that is told behind how many more or fewer."""
    counted = [found.end() for found in (_MORE.search(text), _FEWER.search(text)) if found]
    told = _IN_ALL.search(text, max(counted)) if counted else None
    return _number(told["count"]) if told else None


def others_back(text: str) -> int | None:
    """Return how many others are to go back too: 另外两个也退."""
    found = _BACK_TOO.search(without_uncounted(text))
    return _number(found["count"]) if found else None


def others_wrong(text: str) -> int | None:
    """Return how many others are told to be as bad as those counted before."""
    found = None if _FINE.search(text) else _WRONG_TOO.search(without_uncounted(text))
    return _number(found["count"] or found["again"]) if found else None


def all_of_them_back(text: str) -> int | None:
    """Return how many pieces are to go back, all that are counted: 三盒都退吧.

    None where it is only asked or denied, or told that all of them are bad.
    """
    if _FINE.sub("", text) != text or re.search(_WRONG, text) or SUPPOSES.search(text):
        return None
    clauses = (c for c in clauses_of(text) if not (_is_asked(c) or _NOT_MEANT.search(c)))
    found = next(
        (f for c in clauses if (f := _ALL_BACK.search(c)) and not _NOT_WISHED.search(c)), None
    )
    return _number(found["count"]) if found else None


def without_uncounted(text: str) -> str:
    """Return the text without pieces that stay, or are only asked of or supposed: 别再退一件."""
    clauses = clauses_of(text)
    left = [_without_uncounted(clause, text) for clause in clauses]
    return text if left == clauses else "，".join(left)


def _without_uncounted(clause: str, text: str) -> str:
    found = _counted_on(clause)
    if found and not _is_wished(clause, found, text):
        return clause.replace(found[0], "")
    back = _BACK_TOO.search(clause)
    if back and (_is_asked(clause) or SUPPOSES.search(_POLITE.sub("", text))):
        return clause.replace(back[0], "")
    wrong = _WRONG_TOO.search(clause)
    if wrong and _UNSURE.search(clause):
        return clause.replace(wrong[0], "")
    goes_on = _ASKED.search(clause) or _EXCHANGED.search(text)
    return clause if goes_on else _KEPT.sub("", clause)


def _counted_on(clause: str) -> re.Match[str] | None:
    return _MORE.search(clause) or _ADDED.fullmatch(clause) or _FEWER.search(clause)


def _is_wished(clause: str, found: re.Match[str], text: str) -> bool:
    """Tell whether more or fewer are wished for: not denied, supposed or asked of."""
    if _DENIED.search(clause, 0, found.start()) or _DENIED_BEHIND.match(clause, found.end()):
        return False
    if SUPPOSES.search(_POLITE.sub("", text)):
        return False
    return not _is_asked(clause)


def _is_asked(clause: str) -> bool:
    """Tell whether something is asked, and not only leave for what is wished: 能再退一个吗."""
    told = _LEAVE.sub("", clause)
    told = clause.rstrip("?？") if told == clause else _CLOSED.sub("", told)
    return bool(_ASKED.search(told))


def _number(told: str) -> int:
    return int(parse_number(told) or 0)
