"""A remedy that is no longer to be, by what it does: 别拦了, 不取消; pure."""

from __future__ import annotations

import re

from bot.conversation.shapes.state import OFFERED, Matter
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.manner import PARTICLES, SUPPOSES, asks, is_short
from bot.conversation.words.things.dispatch import asks_to_wait
from bot.conversation.words.wishes.demands import DEMANDED, redirects
from bot.conversation.words.wishes.second_thoughts import is_under_way
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import DEMAND_OF

_CANCEL = r"取消掉?"
_BACK = r"退(?:货退款|款|钱|掉|回去)?|寄回?去?"
_SUM = r"赔(?:偿|付|钱)?|补(?:偿|钱|差价)?|退(?:差价|款|钱)?"
# What each remedy does, as it is called off: 不用查了, 别拦了.
_DOES = {
    "trace": r"核?查|找|追",
    "intercept": rf"拦截?|截|{_CANCEL}",
    "invoice": r"(?:补|重新?)?开票?",
    "correct_order": r"改|换",
    "reship": r"补发?|补?寄|重?发",
    "exchange": r"换(?:新的?)?",
    "repair": r"维?修",
    "cancel": rf"{_CANCEL}|退(?:款|钱)?",
    "refund": rf"{_CANCEL}|退(?!货|回)(?:款|钱|掉)?",
    "return_refund": _BACK,
}
# What may be left untaken, and is no more to be stopped once it was given.
_GIVES = {
    "compensation": _SUM,
    "goodwill": _SUM,
    "partial_refund": _SUM,
    "price_difference": _SUM,
    "freight": r"退(?:运费|款|钱)?",
    "coupon": r"[发送给]?(?:优惠)?券",
    "expedite": r"催|加急",
}
_LEADS = (
    r"(?:[那就我先都也哦嗯哎诶唉欸啊呃额]|算了|还是|麻烦|请|千万|暂时|你们?"
    r"|订单|(?:优惠)?券|发票|快递|包裹|地址|这[个件单])*"
)
_NEVER = r"(?:不用|不要|不必|不需要|[别甭])(?:再|给我|帮我|去|麻烦|急着?)*"
_NOT_MEANT = r"(?:没(?:说|想|打算)过?(?:要|我要)?|不是(?:说|想)?要?)"
_THINGS = r"(?:快递|包裹|发票|订单|[件单个货它])"
_THING = rf"(?:{_THINGS}|(?!{_THINGS}))"  # none, or 不换货, 不取消订单
_END = rf"[{PARTICLES}]*(?:谢谢)?"
# A bare 不 is the customer's own with 了 only, and by nobody else: 你们不发货, 也不查 complain.
_BARE = r"(?:[那就我先哦嗯哎诶唉]|算了|还是|订单|发票|这[个件单])*不(?:想|打算)?再?"


# Matters in which nothing is owed: only what was wished for is on offer.
_NO_FAULT = frozenset({"none", "address", "spec"})
# What is owed: who wants none of it 不退货 也不换货 objects, but 不用补发 needs no more.
_ALL_IS_WELL = frozenset({"reship", "invoice", "trace"})
_OBJECTS = re.compile(r"不(?:想|要)|不是|没(?:说|想|打算)|[别甭]")


def _off(verb: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_LEADS}{_NEVER}(?:{verb}){_THING}[了啦咯喽]?|{_BARE}(?:{verb}){_THING}[了啦咯喽]){_END}"
    )


def _refused(verb: str) -> re.Pattern[str]:
    """Beside what is only offered 不取消 by itself is the customer's own, too."""
    not_wanted = rf"(?:{_LEADS}(?:{_NEVER}|{_NOT_MEANT})|{_BARE})(?:{verb}){_THING}"
    return re.compile(rf"(?:{not_wanted}[{PARTICLES}]*(?![{PARTICLES}]))+(?:谢谢)?")


# Of a parcel sent elsewhere 不用取消订单 only reminds that the order stays.
_ELSEWHERE_OFF = _off(r"拦截?|截|改派?")
_CALLS_OFF = {kind: _off(verb) for kind, verb in _DOES.items()}
_REFUSES = {kind: _refused(verb) for kind, verb in (_DOES | _GIVES).items()}
# 开玩笑的, 点错了, 我还要, 给我发货: what is said around it, and wishes for nothing else.
_AROUND = re.compile(
    r"(?:[那就我先都也哦嗯哎诶唉欸啊呃额]|好的?|行|等等|等一?下|慢着|别|不|不是|不对|算了|还是|刚才|好像|真的|不好意思|抱歉|谢|你们?)*"
    r"(?:(?:开|说)(?:个)?(?:玩笑|着玩)|逗你?们?玩?|说错|[点按选弄手看]?[错滑]|后悔|想好|改主意|(?:再)?(?:想想|考虑一?下|考虑考虑)"
    r"|(?:还|又|还是)?(?:是)?想?要(?:的|这个|这[件单])?|留着(?:用)?|等着?(?:收货|发货)?"
    r"|(?:给我|帮我|请|快|快点|赶紧|尽快|正常|照常|继续|直接|按时)*(?:发货?|寄|派送|送货?))?"
    rf"[的{PARTICLES}]*"
)


def calls_off(matter: Matter, text: str) -> bool:
    """Tell whether what is on its way, or was carried out, is no longer to be done: 别拦了."""
    option = matter.remedy.option if matter.remedy else {}
    off = _ELSEWHERE_OFF if redirects(option) else _CALLS_OFF.get(str(option.get("kind")))
    if off is None or not is_under_way(matter) or not is_short(text) or asks(text):
        return False
    if asks_to_wait(text):
        return False  # 先别发，我改地址: it is to be sent later, or elsewhere
    return any(off.fullmatch(clause) for clause in clauses_of(text))


def drops_offer(matter: Matter, text: str) -> bool:
    """Tell whether all that is offered is refused by name, and nothing else wished: 哎别取消.

    Where nothing is owed it is enough that what was wished, or picked, is not to be.
    """
    if matter.stage not in OFFERED or not is_short(text):
        return False
    if asks(text) or SUPPOSES.search(text) or asks_to_wait(text):
        return False
    if matter.issue not in _NO_FAULT and _OBJECTS.search(text):
        return False  # 我不要修: not that, and something is still owed
    refused = [_refused_in(clause) for clause in clauses_of(text)]
    if None in refused or not any(refused):
        return False
    meant = _meant(matter)
    return bool(meant) and meant <= frozenset().union(*filter(None, refused))


def _refused_in(clause: str) -> frozenset[str] | None:
    """Return the kinds that a clause refuses; None where it says something else."""
    kinds = frozenset(kind for kind, says in _REFUSES.items() if says.fullmatch(clause))
    return kinds if kinds or _AROUND.fullmatch(clause) else None


def _meant(matter: Matter) -> frozenset[str]:
    """Return the kinds whose refusal leaves nothing of the offer."""
    kinds = {str(option["kind"]) for option in matter.offer} - {*TOLD, "handover"}
    if matter.issue not in _NO_FAULT:
        return frozenset(kinds) if len(kinds) == 1 and kinds <= _ALL_IS_WELL else frozenset()
    picked = matter.offered(matter.picked)
    if picked is not None:
        return frozenset({str(picked["kind"])})
    wish = DEMAND_OF.get(matter.intent, "") if matter.issue == "none" else "correct_order"
    return frozenset(kinds & set(DEMANDED.get(wish, ())) or kinds)
