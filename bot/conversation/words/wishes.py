"""What a customer wants done with an order, told by its verb or by the pieces given back; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import Heard
from bot.conversation.words.phrases import PARTICLES, SUPPOSES, is_short

# 还是退了吧, 能不能改成换货, 我要退货: the clause ends with what is wanted; 还是退不了 does not.
_TOLD = re.compile(
    r"(?<![不没别甭用])(?:还是|那就|干脆|改成|换成|改为|我要|我想|给我|帮我)"
    r"(?:想|要|再|直接|帮我|给我|都|全|全部)*"
    r"(?P<verb>退货退款|退货|退款|退钱|退掉|退了?|换货|换新的?|换[一个条件双套]{1,2}新?的?|换了?)"
    rf"(?:[{PARTICLES}])*(?![吗么没])(?=$|[，,。.!！?？~～\s]|行不|可以|好不)"
)
_UNLESS = re.compile(r"不然|否则|再不|不[^，,。\s]{0,4}就|早知道|早知|下次")
_INTENTS = {"退货退款": "want_return", "退货": "want_return"}
_PIECE = r"[一两二三四五六七八九十\d]{1,2}[件条双个只套本盒瓶袋台把顶支罐包]"
# 退一件, 想退其中两条; 退一件的差价 and 退一个月工资 give nothing back.
_PIECES_BACK = re.compile(
    rf"(?<![不没别甭])(?<!不用)(?<!不想)退(?:掉|了|回去?|货)?(?:其中|里面|当中)?(?:的)?{_PIECE}"
    r"(?![的]?(?:差|钱|款|运|邮|补|券|月|多|小|点|红包|优惠|\d))"
)
_NOT_YET_WISHED = frozenset({"complain", "inform", "other", "confirm", "want_refund"})


def told_wish(text: str) -> str | None:
    """Return the intent of a wish that is told by its verb, whatever it was taken for."""
    if not is_short(text) or SUPPOSES.search(text) or _UNLESS.search(text):
        return None
    verbs = [found.group("verb") for found in _TOLD.finditer(text)]
    if not verbs:
        return None
    return _INTENTS.get(verbs[-1], "want_exchange" if "换" in verbs[-1] else "want_refund")


def gives_pieces_back(text: str) -> bool:
    """Tell whether so many pieces of what was bought are to go back: 退一件."""
    return is_short(text) and bool(_PIECES_BACK.search(text)) and not SUPPOSES.search(text)


def with_pieces_back(heard: Heard, text: str) -> Heard | None:
    """Return what was heard as the wish to give pieces back, or None where that is not all."""
    said = heard.issues or heard.demand or heard.signs or heard.foreign
    if said or heard.intent not in _NOT_YET_WISHED or not gives_pieces_back(text):
        return None
    return replace(
        heard, intent="want_return", demand="return_refund", guess=None, other_guesses=()
    )
