"""Whether the payment that was taken twice is named as the one to go back; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.state import Matter, State
from bot.conversation.words.sentence.manner import HURRY

_YES = r"(?:对|是|嗯|好|行|可以|[啊呀的，,、\s])*"
_BACK = rf"(?:把|请|麻烦|帮我|给我|直接|就|只|要|想|{HURRY})*(?:退|返还?)(?:还|回|掉|给我|我)*"
_EXTRA = r"(?:多|重复|重)(?:扣|收|付|刷)(?:了|掉)?(?:我)?的?(?:那|这)?一?(?:笔|次)?(?:钱|款|的钱)?"
_ENDS = r"(?:就(?:行|好|可以)了?|给我|[吧啊哦嘛哈呀，,。.!！~～\s])*"
# 退多扣的那笔, 就是多扣的那笔, 把多扣的退我; 多扣的那笔呢 and 多扣的还没退 ask for it.
_EXTRA_BACK = re.compile(
    rf"{_YES}(?:{_BACK}(?:就是)?{_EXTRA}|(?:那|我说的)?就?是{_EXTRA}|把{_EXTRA}退(?:了|我|给我|回来?)*)"
    rf"{_ENDS}"
)
# 退一笔, 退一次的钱: one of two; of three taken it may be too little.
_ONE_BACK = re.compile(
    rf"{_YES}{_BACK}(?:其中|里面)?的?(?:那|这)?(?:其中)?一[笔次]的?(?:钱|款)?{_ENDS}"
)

# 多扣的那笔什么时候退; a fee, 多收的那笔安装费, is another sum.
_THAT_ONE = re.compile(
    r"(?:多|重复|重)(?:扣|收|付|刷)(?:了|掉)?(?:我)?的?[那这]一?[笔次](?![^，,。]{0,4}费)"
)


def names_extra(text: str) -> bool:
    """Tell whether no more is said than that the sum taken too often is to go back."""
    return bool(_EXTRA_BACK.fullmatch(text.strip()))


def speaks_of_extra(text: str) -> bool:
    """Tell whether the sum taken too often is spoken of, and no other payment."""
    return names_extra(text) or bool(_THAT_ONE.search(text))


def means_extra(state: State, matter: Matter, text: str) -> bool:
    """Tell whether the sum on offer, or that waits to be confirmed, is named: 退一次的."""
    picked = matter.offered(matter.picked)
    parts = [option for option in matter.offer if option["kind"] == "partial_refund"]
    option = picked or next(iter(parts), None)
    if matter.issue != "double_charge" or option not in parts or option is None:
        return False
    if names_extra(text):
        return True
    known = state.order_of(matter)
    payments = (known.record or {}).get("payments", ()) if known else ()
    taken = [p["amount_fen"] for p in payments if p["status"] == "success"]
    return taken == [option["amount_fen"]] * 2 and bool(_ONE_BACK.fullmatch(text.strip()))
