"""What a customer wants done with an order, told by its verb or by the pieces given back; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import Heard
from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short
from bot.conversation.words.wishes.afterthoughts import threatens_or_regrets
from bot.conversation.words.wishes.all_back import asks_all_back
from nlp.quantities import PIECE

# 还是退了吧, 能不能改成换货, 我要退货: the clause ends with what is wanted; 还是退不了 does not.
_TOLD = re.compile(
    r"(?<![不没别甭用])(?:还是|那就|干脆|改成|换成|改为|我要|我想|给我|帮我)"
    r"(?:想|要|再|直接|帮我|给我|都|全|全部)*"
    rf"(?P<verb>退货退款|退货|退款|退钱|退掉|退了?|换货|换新的?|换一?{PIECE}新?的?|换了?)"
    rf"(?:[{PARTICLES}])*(?![吗么没])(?=$|[，,。.!！?？~～\s]|行不|可以|好不)"
)
# 那锅不要了能退多少: what is given up is to be paid back, however that is asked.
_GIVEN_UP = re.compile(
    r"(?<!是)不(?:想|打算)?要了[，,\s]*(?:那|我|还|的话|大概)*(?:能|可以|可不可以|会)[^，,。\s]{0,3}退"
)
# 没人给我退, 不要给我退款, 我没说我要退: what stands before denies the wish.
_DENIED = re.compile(
    r"(?:没有?(?:人|说过?|让|叫|想过?|打算)|不[要用想必]|不需要|[别甭])[我你们要会再]{0,3}$"
)
# 商家给我退款了: it is told what was done.
_BY_OTHERS = re.compile(
    r"(?<![让叫请要])(?:商家|卖家|店家|店铺|客服|平台)(?:已经?|都|就|刚|也|后来)*$"
)
_CLAUSE_ENDS = re.compile(r"[，,。.；;！!?？～~\s]")
_INTENTS = {"退货退款": "want_return", "退货": "want_return"}
_PIECES = rf"[一两二三四五六七八九十\d]{{1,2}}(?!份){PIECE}"
# 退一件, 想退其中两条; 退一件的差价 and 退一个月工资 give nothing back.
_PIECES_BACK = re.compile(
    rf"(?<![不没别甭])(?<!不用)(?<!不想)退(?:掉|了|回去?|货)?(?:其中|里面|当中)?(?:的)?{_PIECES}"
    r"(?![的]?(?:差|钱|款|运|邮|补|券|月|多|小|点|红包|优惠|\d))"
)
# 怎么只退一件, 已经退了一件: what was given back is spoken of.
_OF_GIVEN_BACK = re.compile(
    r"(?:怎么|咋|为什么|为啥|凭什么|凭啥)[^，,。退]{0,4}[只才就][^，,。退]{0,3}退|已经?[^，,。]{0,4}退"
)
# 那我退了重新买, 退掉再拍; 凭什么让我退了重买 and 早知道退了重买 are no wish.
_BUYS_ANEW = re.compile(
    r"(?<![不没别甭])(?<!不想)(?<!不用)(?<!让我)(?<!叫我)(?<!要我)退(?:了|掉|货|款)"
    r"[，, ]*我?(?:再|重新?|另外)(?:重新?)?(?:买|拍|下单)"
)
_NOT_YET_WISHED = frozenset({"complain", "inform", "other", "confirm", "want_refund"})


def told_wish(text: str) -> str | None:
    """Return the intent of a wish that is told by its verb, whatever it was taken for."""
    if not is_short(text) or SUPPOSES.search(text) or threatens_or_regrets(text):
        return None
    if _GIVEN_UP.search(text):
        return "want_refund"
    verbs = [found["verb"] for found in _TOLD.finditer(text) if not _is_denied(text, found)]
    if not verbs:
        return None
    return _INTENTS.get(verbs[-1], "want_exchange" if "换" in verbs[-1] else "want_refund")


_BEFORE_NOW = re.compile(r"早知|已经|之前|上次|刚才?[退买]|客服说")


def buys_anew(text: str) -> bool:
    """Tell whether goods are to go back so as to be bought anew, for less: 那我退了重新买."""
    return (
        is_short(text)
        and not asks(text)
        and not _BEFORE_NOW.search(text)
        and bool(_BUYS_ANEW.search(text))
    )


def gives_pieces_back(text: str) -> bool:
    """Tell whether so many pieces of what was bought are to go back, or all: 退一件, 两件都退."""
    counted = _PIECES_BACK.search(text) or asks_all_back(text)
    gives = counted and not _OF_GIVEN_BACK.search(text)
    return is_short(text) and bool(gives) and not SUPPOSES.search(text)


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Tell whether what looks like a wish is denied, or told of as done by somebody else."""
    before = _CLAUSE_ENDS.split(text[: found.start()])[-1]
    return bool(_DENIED.search(before) or ("了" in found[0] and _BY_OTHERS.search(before)))


def with_pieces_back(heard: Heard, text: str) -> Heard | None:
    """Return what was heard as the wish to give pieces back, or None where that is not all."""
    said = heard.issues or heard.demand or heard.signs or heard.foreign
    if said or heard.intent not in _NOT_YET_WISHED or not gives_pieces_back(text):
        return None
    return replace(
        heard, intent="want_return", demand="return_refund", guess=None, other_guesses=()
    )
