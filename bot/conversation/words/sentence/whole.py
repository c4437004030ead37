"""Words for all of it that are taken back, or say how much: 不需要全退, 没全碎, 完全碎了; pure."""

from __future__ import annotations

import re

from bot.conversation.words.sentence.manner import is_short

_BACK = r"(?:全(?:给我|额|款|部|都)*退|整(?:单|个)?退|退(?:全|整|所有))"
# 能不能全退 and 不能全退吗 are wishes for all; 不给我全退就投诉 is one too.
_NOT_ALL_BACK = re.compile(
    r"(?!不(?:能|可以)[^，,。]{0,8}[吗么])(?<![能可要是会])(?:不|别|甭|没(?!全|退))"
    r"(?:是|说|让|想|要|用|必|需|能|可以|打算|一定|非得?|有|叫|求|我|你们?|给|把|都)*"
    rf"{_BACK}(?:款|额|部|单|货|掉|回)*"
    r"(?![^,，。]{0,8}(?:投诉|差评|举报|不行|不干|没完))"
)
_NOT_ALL_BAD = re.compile(
    r"(?:没有?|不是|并非)(?:说|都)?全(?:部|都)?(?:是|给|被)?(?:退|换|坏|碎|烂|破|裂)[了的]?"
)
_UTTERLY = re.compile(r"完全(?!部)|全(?:新|自动|棉|麦|身|脂|程|家|套|场|国)")
ALL = re.compile(
    r"(?<!不)(?<!不要)(?<!不想)全(?:都)?(?:退|换|坏|碎|烂|破|裂|要)|全部|所有|整单|整个|都(是|有|坏|碎|烂|不|没|退|要)|^都|每(个|件|样)"
)
_COUNTED = {"两": 2, "俩": 2, "二": 2, "2": 2, "三": 3, "仨": 3, "3": 3, "四": 4, "4": 4}
_SO_MANY_ALL = re.compile(rf"([{''.join(_COUNTED)}])[个件样]?都")


def without_denied_back(text: str) -> str:
    """Return the text without an 全退 that is not wished for: 不需要全退, 不退全款."""
    return _NOT_ALL_BACK.sub(" ", text)


def without_denied(text: str) -> str:
    """Return the text without words for all that are taken back, or say how much: 完全碎了."""
    return _UTTERLY.sub("", _NOT_ALL_BAD.sub(" ", without_denied_back(text)))


def counts_fewer(text: str, articles: int) -> bool:
    """Tell whether "两个都" speaks of fewer than all the articles."""
    found = _SO_MANY_ALL.search(text)
    return found is not None and _COUNTED[found.group(1)] < articles


def means_all(text: str) -> bool:
    """Tell whether every article is meant rather than one."""
    return is_short(text) and bool(ALL.search(without_denied(text)))
