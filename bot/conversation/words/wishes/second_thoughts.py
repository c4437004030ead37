"""What the customer wants, or finds wrong, instead of what was agreed on or offered; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import (
    AWAITS_PARCEL,
    FAULTLESS,
    FAULTS,
    OF_SENT_PARCEL,
    STATES_OF_GOODS,
)
from bot.conversation.shapes.state import OFFERED, TALKING, Matter
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.wishes import afterthoughts, demands, exclusions
from bot.conversation.words.wishes.told import told_wish
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import DEMAND_OF

# 还是换一条吧, 给我退货: the verb is the wish; "不要换" is none.
_WISH = re.compile(
    r"(?<![不别没用甭])(?:换成|改成|改为|改|还是|那就|直接|给我?|帮我|要|想|就)+"
    r"(?P<verb>退货|退款|退|换(?!成?(?:支付宝|微信|银行|卡|个?人|客服))|修(?!改)|补发|重发|赔|补|[张个点]?(?:优惠)?券|[个点]?红包)"
)
_MEANT_BY = {"退货": "return_refund", "退款": "refund", "退": "refund", "换": "exchange",
             "修": "repair", "补发": "reship", "重发": "reship",
             "赔": "compensation", "补": "compensation"}  # fmt: skip
# Wanted beside what was agreed on, and not in its place.
_BESIDES = re.compile(r"(?:再|也|还)(?:要|给|帮|得)|一起|同时|顺便")
# 要不换货: thought of, and not yet wished for.
_PERHAPS = re.compile(r"要不(?!要)")
# 补发到了我再退款: not before that came.
_LATER = re.compile(r"[后了](?:我|你们?)?再[退换]")
# What was agreed on is given up although a question follows: 不要钱了 能换一条吗.
_GIVES_UP = re.compile(r"(?:不要|不想要|不用)[\u4e00-\u9fff\d]{0,6}了|撤[回销掉]")
# 改成补偿吧, 还是给我券吧: said of an extra, it is wanted in place of what was agreed on.
_IN_PLACE = re.compile(
    r"(?<![别不])(?<![别要想]给我)(?<!不[要想用])(?:换成|改成|改为|改要|还是(?:要|给|补|赔|直接|帮))"
)
# 直接退款, 我要退款, of a sum for the wait: the order's money, which nobody hurries on by that.
_MONEY_INSTEAD = re.compile(
    r"(?:直接|还是|改成|改为|那就?|我?(?:就|只)?[想要])(?:给我|帮我|全额|全部)*退(?:款|钱)"
)
_HURRIED = re.compile(rf"{manner.HURRY}|催")
# 改成换货, 还是换吧, 不退了: said of what is under way, whatever else the order holds.
_INSTEAD = re.compile(r"(?<![别不])(?:改成|改为|改要|换成|还是)|不[退换]了|算了")
# 能改成换货吗: a wish for all that it asks.
_COULD_CHANGE = re.compile(
    r"(?:能|可以)(?:给我|帮我|再)*(?:改成|改为|换成)[\u4e00-\u9fff]{1,4}?[吗么][?？]*$"
)
# 取消订单, 这单取消吧: the order's end is wished, not that of the remedy: 取消吧.
_ENDS_ORDER = re.compile(
    r"取消(?:掉|了|我|的|这个|这笔|整个)*(?:订单|单子|这单|那单)"
    r"|(?:订单|单子|这单)(?:我|就|给我|帮我|直接|都|也|那|要|想|麻烦|[，, ])*取消"
)
# 我没取消订单, 是不是取消订单了, 订单已经取消了: nothing is wished.
_NOT_WISHED = re.compile(r"没(?!货|发|收|到)|谁|为[什啥]|已经|[?？吗]")
_BY_SHOP = re.compile(r"你们|商家|卖家|店家|被|系统|怎么|凭|自动")
# What is given because the parcel does not come.
IN_ITS_PLACE = frozenset({"reship", "refund", "trace"})
# Of one article one of these stands at a time.
OF_GOODS = frozenset({"reship", "exchange", "repair", "return_refund"})
_OF_ARTICLE = OF_GOODS | {"refund", "cancel"}
_SENT_OR_MENDED = frozenset({"reship", "repair"})
# 补发一个, 重新寄; 少补了, 没给我补发 and 已经补发 tell of no wish.
_SENDS = re.compile(
    r"(?<![不没别甭用少多])(?<!没给我)(?<!没有)(?<!已经)"
    r"(?:[补重](?:新|发|寄|做)|补(?![偿贴])|修(?![改过]))(?!了(?![吧呀啊嘛]|$))"
)
EXTRAS = frozenset({"coupon", "compensation", "goodwill"})  # given on top of a refund, too
GIVEN_UP = frozenset({"refund", "cancel", "intercept"})
# 不想取消了, 点错了 还要: the order itself is wanted again; 还要赔偿 is not that.
_WANTS_BACK = re.compile(
    r"(?<!还)不(?:想|要|用|打算)?(?:再)?(?:取消|拦截?)了|(?:能不能|能|可以|想|帮我|给我)(?:再|帮我|给我)*(?:恢复|还原)"
    r"|(?:点|按|选|弄|手)(?:错|滑)了?[^。]{0,6}?(?:还|又)?(?:要的?|想要)(?![求退赔补换投])"
    r"|(?:我)?(?:又|还是)(?:想)?要(?:这[个件单]|的|它|了|买)?(?:$|[吧呀啊了，,。.!！~ ])"
)
# 优惠券能不能恢复 is no order; 能恢复吗 is a wish for all that it asks.
_OF_ELSE = re.compile(r"券|额度|积分|账号")
_COULD_COME_BACK = re.compile(
    r"(?:能不能|能|可以)(?:再|帮我|给我)*(?:恢复|还原)[^，,。\s]{0,3}?[吗么嘛]?[?？]*$"
)
# What does not please is no fault, whatever it is most like: 大了一码, 料子太薄.
_TASTE = re.compile(
    r"(?<!味道)(?<!气味)(?:太|偏|有点|略|稍)(?:微|有点)?[大小长短肥瘦紧松宽薄厚重]"
    r"|[大小长短肥瘦]了|尺码|尺寸|[大小]一?[码号]"
    r"|不?合适|不合身|喜欢|想象|不舒服|显[胖黑老]|好看|适合|后悔|冲动"
)
# 没起球没掉色 好好的, 包装盒压扁了: what is to go back is as it was, whatever it came in.
_NOTHING_WRONG = re.compile(
    r"没有?(?:[一任]?[何点个]?|什么|啥)(?:破|坏|碎|裂|起球|开[线胶裂]|脱[线胶]|线头|异味|色差|断|漏|掉色|褪色|瑕疵|毛病|质量问题|问题|损|脏|污)|不是(?:破|坏|碎|质量)|"
    r"质量(?:是|都|也|还|倒)?(?:没(?:的|得)?(?:问题|毛病|话?说)|挺?好的?|行|可以|过关|不错)|"
    r"完好|好好的|全新|"
    r"(?:包装|外|纸|鞋|快递)(?:盒|箱|袋)(?:子|都|有点|也|被|给|是|全)*(?:压|挤|破|扁|烂|瘪|脏|湿|坏)[扁坏破烂瘪损]?"
)
_FLAW = re.compile(
    r"洞|破|裂|[掉褪]色|起球|开[线胶]|坏|脏|污|漏|断|碎|划痕|线头|异味|色差|勾丝|瑕疵|毛病|质量"
)
_TASTE_WISH = re.compile(r"(?<![不没别甭])[退换](?![款钱不])")
_DOUBTED = re.compile(r"假|正品|仿|真伪|山寨|高仿|A货", re.IGNORECASE)


def wants_other(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether another remedy is wanted in place of the one that awaits approval."""
    text, heard = spoke.plain, spoke.heard
    if matter.stage != "approval" or heard.order_nos or heard.signs:
        return False
    if not manner.is_short(text) or _is_conditional(text) or _is_besides(text):
        return False
    asks = manner.asks(text) or afterthoughts.asks_after(text)
    unsure = afterthoughts.threatens_or_regrets(text) or _PERHAPS.search(text)
    if not _GIVES_UP.search(text) and (asks or unsure):
        return False
    wish = _wish_in(spoke)
    calls_for_all = _GIVES_UP.search(text) or demands.wants_all(text)
    hurries = wish == "refund" and matter.granted_kind in demands.SUMS
    if hurries and not calls_for_all and not _wants_no_more_wait(matter, text):
        return False  # 快退钱 hurries on the sum that was agreed on, by whatever name
    if wish in EXTRAS and _pays_back(matter) and not _gives_it_up(text):
        return False  # 还能给个券不: wished for beside the money, which nobody gave up
    denied = wish in exclusions.ruled_out(text)  # 我没说要退款
    return wish is not None and not denied and not _serves(matter, wish)


def _wants_no_more_wait(matter: Matter, text: str) -> bool:
    """Tell whether the money for goods that never came is wanted, not the sum for the wait."""
    waits = matter.issue in AWAITS_PARCEL and matter.granted_kind in EXTRAS
    return waits and bool(_MONEY_INSTEAD.search(text)) and not _HURRIED.search(text)


def _is_conditional(text: str) -> bool:
    """Tell whether it is only said what would be wanted, should something come about."""
    return bool(manner.SUPPOSES.search(text) or _LATER.search(text)) or manner.depends(text)


def _gives_it_up(text: str) -> bool:
    """Tell whether what was agreed on is said to be unwanted: 不退了，还是补偿吧."""
    gives_up = afterthoughts.takes_back(text) or afterthoughts.undoes(text)
    return gives_up or bool(_GIVES_UP.search(text) or _IN_PLACE.search(text))


def _pays_back(matter: Matter) -> bool:
    """Tell whether what was agreed on gives the money back."""
    kind = matter.granted_kind
    return kind in {"refund", "return_refund", "partial_refund", "cancel"}


def wants_other_instead(matter: Matter, spoke: CustomerSpoke, *, sole: bool = False) -> bool:
    """Tell whether something else is wanted of goods than what is under way for them.

    还是退钱吧 怕又坏 in place of other goods, 还是换一个吧 of a return: with both, the goods would
    be paid and sent. Who finds the new ones bad as well complains anew. Where nothing is wrong, a
    wish may be of another article, unless the order holds the `sole` one or it says: instead.
    """
    heard, text = spoke.heard, spoke.plain
    settled = is_under_way(matter) and matter.granted_kind in OF_GOODS
    settled = settled and (matter.issue != "none" or sole or bool(_INSTEAD.search(text)))
    told = set(heard.issues) - (FAULTLESS if sole else set())
    anew = heard.order_nos or heard.signs or (told and heard.confident)
    supposed = any("怕" not in c and _is_conditional(c) for c in clauses_of(text))
    asks = manner.asks(_COULD_CHANGE.sub("", text))
    if not settled or anew or supposed or asks or _is_besides(text):
        return False
    ruled_out = exclusions.ruled_out(text)
    return any(
        wish in _OF_ARTICLE and wish not in ruled_out and not _serves(matter, wish)
        for wish in _wishes_in(spoke)
    )


def wants_goods_besides(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether goods are to be sent or mended after a fault was paid for: 补发一个.

    To send a piece sounds like one that never came; it is no new complaint.
    """
    heard, text = spoke.heard, spoke.plain
    paid = matter.issue in FAULTS and matter.granted_kind in demands.SUMS | EXTRAS
    told = set(heard.issues) - {"missing_item"} or heard.order_nos or heard.signs
    if not paid or not is_under_way(matter) or told or heard.demand not in _SENT_OR_MENDED:
        return False
    if not manner.is_short(text) or manner.asks(text) or _is_conditional(text):
        return False
    unsure = afterthoughts.threatens_or_regrets(text) or not _SENDS.search(text)
    return not unsure and heard.demand not in exclusions.ruled_out(text)


def _wishes_in(spoke: CustomerSpoke) -> Iterator[str]:
    """Yield what is wished for, by each clause and as it was understood."""
    heard = spoke.heard
    for clause in clauses_of(spoke.plain):
        wish = told_wish(clause)
        if wish or demands.only_wants_money(clause):
            yield DEMAND_OF[wish] if wish else "refund"
    understood = heard.demand or DEMAND_OF.get(heard.intent)
    if understood:
        yield understood


def still_wants_it(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the remedy that awaits approval is named as what is wanted: 不换了 就要补偿."""
    wish = _verb_in(spoke.plain)
    return wish is not None and _serves(matter, wish)


def waits_and_sees(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether nothing else is wanted unless the remedy is refused: 不批我就取消.

    别取消订单 wants nothing else either.
    """
    heard, text = spoke.heard, spoke.plain
    if matter.stage != "approval" or heard.order_nos or heard.signs:
        return False
    other = heard.confident and set(heard.issues) - set(matter.issues)
    keeps = "cancel" in exclusions.ruled_out(text) and exclusions.wish_besides(text) is None
    return not other and (afterthoughts.only_if(text) or keeps) and not manner.asks(text)


def parcel_turned_up(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what was waited for is there, so that it is owed no more: 找到了 邻居帮收了."""
    # Before approval nothing was sent in its place: 我老公取回来了 is of the parcel itself.
    told = afterthoughts.is_good_news if matter.stage == "approval" else afterthoughts.parcel_found
    if matter.issue not in OF_SENT_PARCEL or not told(spoke.plain):
        return False
    if spoke.heard.order_nos or spoke.heard.signs or set(spoke.heard.issues) - AWAITS_PARCEL:
        return False
    kind = matter.granted_kind
    in_its_place = kind in IN_ITS_PLACE and (matter.stage == "approval" or is_under_way(matter))
    # While the order is still asked for, it is the number that was found.
    return matter.stage in OFFERED or in_its_place


def is_under_way(matter: Matter) -> bool:
    """Tell whether a remedy was agreed on that changes something, and is carried out or was."""
    remedy = matter.remedy
    agreed = remedy is not None and remedy.option["kind"] not in TOLD
    return agreed and matter.stage in {"executing", "ended"} and matter.end != "withdrawn"


def wants_order_back(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether an order that was given up, for the wish or the wait, is wanted after all."""
    kind = matter.granted_kind
    lightly = matter.issue in {"none", *AWAITS_PARCEL} or kind in {"cancel", "intercept"}
    given_up = lightly and kind in GIVEN_UP and is_under_way(matter)
    if not given_up or spoke.heard.order_nos or not manner.is_short(spoke.plain):
        return False
    if _OF_ELSE.search(spoke.plain) or manner.asks(_COULD_COME_BACK.sub("", spoke.plain)):
        return False
    return bool(_WANTS_BACK.search(spoke.plain))


def fault_found(matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return what is found wrong with goods that were to go back without a reason, or None."""
    heard, text = spoke.heard, spoke.plain
    if matter.issue != "none" or matter.stage not in TALKING or heard.signs:
        return None
    if heard.order_nos and matter.order_no not in {None, heard.order_nos[-1]}:
        return None  # it is another order's
    fault = next((issue for issue in heard.issues if issue in FAULTS), None)
    left = without_nothing_wrong(text)
    if (left != text and not _FLAW.search(left)) or (
        fault == "counterfeit" and not _DOUBTED.search(text)
    ):
        return None
    if fault and heard.confident:
        return fault
    if _TASTE.search(text) or manner.asks(text) or manner.SUPPOSES.search(text):
        return None
    # 只取消毛巾 is most like a missing piece, and tells of none; 牛仔裤也退 only agrees to it.
    only_guessed = heard.intent == "complain" and not heard.issues and not heard.demand
    only_guessed = only_guessed and not demands.only_wishes(text)
    return fault or (heard.guess if only_guessed and heard.guess in STATES_OF_GOODS else None)


def returned_for_taste(spoke: CustomerSpoke) -> str | None:
    """Return the wish for what fits or pleases badly, though it was taken for a fault; or None."""
    heard, text = spoke.heard, spoke.plain
    told = (heard.issues and not heard.confident) or (not heard.issues and manner.adds(text))
    if not told or heard.signs or heard.order_nos:
        return None
    if set(heard.issues) - {*FAULTS, "spec"} or not _TASTE.search(text) or _FLAW.search(text):
        return None
    if "错" in text or manner.asks(text) or manner.SUPPOSES.search(text):
        return None
    verb = _TASTE_WISH.search(text)
    return {"退": "want_return", "换": "want_exchange"}[verb[0]] if verb else None


def tells_of_taste(text: str) -> bool:
    """Tell whether goods fit or please badly, and nothing else is said to be wrong with them."""
    return bool(_TASTE.search(text)) and not _FLAW.search(text)


def names_flaw(text: str) -> bool:
    """Tell whether something is said to be broken, torn, soiled or the like."""
    return bool(_FLAW.search(text))


def without_nothing_wrong(text: str) -> str:
    """Return the text without what is said to be in order: 没坏, 质量没问题."""
    return _NOTHING_WRONG.sub("", text)


def _is_besides(text: str) -> bool:
    besides = _BESIDES.search(text) or afterthoughts.wants_both(text)
    return bool(besides) or manner.adds(text)


def _wish_in(spoke: CustomerSpoke) -> str | None:
    """Return what is wished by its verb, or else as it was understood where it was a wish."""
    heard = spoke.heard
    understood = heard.demand if heard.intent in DEMAND_OF else None
    if ends_order(spoke.plain):
        return "cancel"
    wish = _verb_in(spoke.plain) or understood
    return None if wish == "cancel" else wish  # 取消 may be of the remedy itself


def ends_order(text: str) -> bool:
    """Tell whether the order is to be cancelled, and by the customer's own wish."""
    if "cancel" in exclusions.ruled_out(text) or _BY_SHOP.search(text) or "是不是" in text:
        return False
    return any(
        _ENDS_ORDER.search(clause) and not _NOT_WISHED.search(clause)
        for clause in clauses_of(text)
    )


def _verb_in(text: str) -> str | None:
    verbs = [found.group("verb") for found in _WISH.finditer(text)]
    return _MEANT_BY.get(verbs[-1], "coupon") if verbs else None


def _serves(matter: Matter, wish: str) -> bool:
    """Tell whether what was agreed on is what is wished, by one name or another."""
    return matter.remedy is not None and demands.gives(wish, matter.remedy.option)
