"""An issue that was only guessed, and whether it gives way to one told clearly later on; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.issue_groups import STATES_OF_GOODS
from bot.conversation.words.wishes.second_thoughts import names_flaw

# What speaks for an issue of pieces; where none of it was said, it was read into the words.
_TOLD_BY = {
    "wrong_item": re.compile(r"错|不是|不对|不一样|不同|不符|别|另|串|反了|换成|变成|成了"),
    "missing_item": re.compile(r"少|缺|没|漏|差|只|不够|不齐|不全|空|丢|未"),
}
_ADDS = re.compile(r"[还也又]|另外|而且|并且|同时")


def gives_way(guessed: str, told: str, surer: str, text: str) -> bool:
    """Tell whether a guess of what is wrong with the goods lapses for what is told clearly now.

    今天收到的东西, and then 烂了好多. What the words bore out stays, and what is told besides it.
    """
    if not {guessed, surer} <= {*STATES_OF_GOODS, *_TOLD_BY} or _ADDS.search(text):
        return False
    if guessed in _TOLD_BY:
        return not _TOLD_BY[guessed].search(told)
    return surer in STATES_OF_GOODS or not names_flaw(told)
