"""Words that are of money by what was talked of: the sum on offer, or one to come; pure."""

from __future__ import annotations

import re

from bot.conversation.replaying.given_up import goods_given_up
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import DELAYS
from bot.conversation.shapes.state import OFFERED, TALKING, Matter, State
from bot.conversation.words.answers import meant
from bot.conversation.words.answers.bids import haggles, has_bargained
from bot.conversation.words.answers.taken_twice import speaks_of_extra
from bot.conversation.words.matters.heard_anew import is_of_money
from bot.conversation.words.sentence import manner
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.things.at_hand import claims_sum
from bot.conversation.words.things.verdict_words import asks_for_picture
from bot.conversation.words.things.way_back import awaits_money
from bot.conversation.words.wishes import bargaining, exclusions
from bot.conversation.words.wishes.bargaining import declines_money
from bot.conversation.words.wishes.demands import gives_up, only_wants_money
from bot.conversation.words.wishes.told import buys_anew
from bot.order_record import ARRIVED, TO_COME
from bot.remedies.verdict import MONEY_KINDS, TOLD
from nlp.labels import TYPE_OF, WANT_HUMAN

# Remedies that pay money back.
_PAID_BACK = frozenset(
    {"refund", "return_refund", "cancel", "partial_refund", "price_difference", "freight"}
)
# 没收到, 今天还没到: a parcel by themselves, or the money that was talked of.
_NOT_COME = {("not_received",), ("slow",)}
# What a call for the money is taken for where none of it was to come.
_KEPT_FROM_THEM = frozenset({"refund_delay", "refused", "overcharge"})
# What may be complained of an order that was cancelled while its money is still with the shop.
_OF_CANCELLED = DELAYS | {"refund_delay", "refused", "system", "overcharge", "not_received"}
# What a sum that was promised is taken for.
_OF_SUM = frozenset({"refused", "refund_delay", "overcharge", "fee", "discount"})
_NAMES_PARCEL = re.compile(r"(?:快递|物流)(?!费|员)|包裹|(?:还|一直|都)没[有收]?到(?![账帐])")
# 售后说退我50，一直没到账: the sum itself is late, and no parcel.
_MONEY_LATE = re.compile(r"(?:没有?|未)收?到[账帐]|没退|不退|钱呢|[运邮]费|快递费")

# 扣了199, 钱扣走了, 我付过钱了: money is said to have left; 没扣钱 tells of none.
_CHARGED = re.compile(r"(?<![没未])扣(?:了|走|掉|款|钱|我|过)|(?<![没未])付(?:过|了)|划走")
# 钱退我, 帮我查查这笔钱: it is to be found, and given back.
_MONEY_WANTED = re.compile(
    r"(?:钱|款)[^，,。不没]{0,4}(?:退|还(?!没)|呢|哪)|(?:退|还)(?:给?我)?(?:的)?(?:钱|款)|查[^，,。]{0,4}(?:钱|款|账|流水)"
)


def of_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 可是我没收到啊, 今天还没到 as the money talked of last, and not as a parcel."""
    matter, heard = state.current, spoke.heard
    if matter is None or heard.issues[:1] not in _NOT_COME or heard.order_nos:
        return spoke
    if not _is_about_money(matter) or not is_of_money(spoke.plain):
        return spoke
    if named_among(spoke.plain, [str(line["title"]) for line in state.lines_of(matter)]):
        return spoke  # 杯子没收到
    if heard.issues[0] == "slow" and _awaits_parcel(state, matter):
        return spoke
    return spoke.heard_as(issues=(matter.issue,))


def of_money_wanted(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 退钱给我 as the wish that it is, unless a refund is on its way that may be late."""
    heard, matter = spoke.heard, state.current
    complained = {*heard.issues, heard.guess} - {None}
    if not complained or complained - _KEPT_FROM_THEM or not only_wants_money(spoke.plain):
        return spoke
    known = state.shown_order
    if matter is None and known is None:
        return spoke  # the order decides, once it is known
    awaited = known is not None and awaits_money(known.record or {})
    if awaited or (matter is not None and _is_about_money(matter)):
        return spoke
    return spoke.heard_as(issues=(), intent="want_refund", demand="refund")


def _is_about_money(matter: Matter) -> bool:
    paid_back = matter.granted_kind in _PAID_BACK
    return matter.issue == "refund_delay" or paid_back


def _awaits_parcel(state: State, matter: Matter) -> bool:
    """Tell whether what was bought is still to come, so that 还没到 is of that: beside a sum."""
    record = state.shown_of(matter) or {}
    return matter.issue != "refund_delay" and record.get("status") in TO_COME


def of_charge(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 微信扣了我58块, of an order that is not paid for, as what was told of it before."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED or heard.order_nos:
        return spoke
    record = state.shown_of(matter)
    if not record or record["status"] != "unpaid" or not asks_for_picture(matter):
        return spoke
    if not heard.issues or set(heard.issues) - {"overcharge", "double_charge"}:
        return spoke
    return spoke.heard_as(issues=(matter.issue,))


def of_missing_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 订单不要了 钱退我, of a charge the shop has no record of, as the wish for a check.

    To cancel the order would give nothing back, and leave the money where nobody looks for it.
    Where no check is on offer, people look for it.
    """
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED or heard.order_nos or heard.signs:
        return spoke
    record = state.shown_of(matter)
    if not record or record["status"] != "unpaid" or not asks_for_picture(matter):
        return spoke
    text = spoke.plain
    if not _CHARGED.search(f"{matter.told}\n{text}") or not _MONEY_WANTED.search(text):
        return spoke
    if all(option["kind"] != "expedite" for option in matter.offer):
        return spoke.heard_as(intent=WANT_HUMAN, demand=None, issues=(), meanings=())
    return spoke.heard_as(demand="expedite", issues=(), meanings=())


def as_same_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 钱呢, and 退多扣的那笔, as of the sum on offer: it is one matter, and is paid once."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in OFFERED or heard.order_nos:
        return spoke
    issues = set(heard.issues) - {matter.issue}
    if not issues or heard.signs or manner.adds(spoke.plain):
        return spoke
    extra = matter.issue == "double_charge" and issues <= {"overcharge", "refund_delay"}
    same = (extra and speaks_of_extra(spoke.plain)) or (
        issues <= _OF_CANCELLED and _gives_all_of_cancelled(state, matter)
    )
    return spoke.heard_as(issues=(matter.issue,)) if same else spoke


def _gives_all_of_cancelled(state: State, matter: Matter) -> bool:
    """Tell whether the offer is no more than the money of an order that was cancelled."""
    record = state.shown_of(matter) or {}
    kinds = {str(option["kind"]) for option in matter.offer}
    return record.get("status") == "cancelled" and kinds == {"refund"}


def of_promised_sum(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 客服说赔我50 beside what is complained of as a promise, and as no sum that is late.

    Where nothing was complained of, it is promised for the parcel that has not come.
    """
    matter, heard = state.current, spoke.heard
    if heard.signs or not claims_sum(spoke.plain):
        return spoke
    talked = matter is not None and matter.stage in TALKING
    if not talked and _MONEY_LATE.search(spoke.plain):
        return spoke
    others = tuple(issue for issue in heard.issues if issue not in _OF_SUM)
    if not others and not talked:
        known = state.shown_order
        awaited = known is not None and (known.record or {}).get("status") == "shipped"
        if not heard.issues or not (awaited or _NAMES_PARCEL.search(spoke.plain)):
            return spoke
        others = ("slow",)
    return spoke.heard_as(issues=others, demand=None, meanings=())


def of_goods_given_up(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 那我退了重新买, 整单取消 beside a sum on offer as what becomes of the goods.

    By that they go back, or their order ends; 退钱 alone is of the sum.
    """
    matter, heard = state.current, spoke.heard
    record = state.shown_of(matter)
    if matter is None or record is None or heard.order_nos or heard.signs:
        return spoke
    if matter.stage not in OFFERED or TYPE_OF[matter.issue] != "amount":
        return spoke
    here = record["status"] in ARRIVED
    if not (here and buys_anew(spoke.plain)) and goods_given_up(state, matter, spoke) is None:
        return spoke
    demand = "return_refund" if here else "cancel"
    return spoke.heard_as(demand=demand, issues=(), meanings=())


def without_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不要钱 beside an offer as no for the money in it; the goods are not given back."""
    matter = state.current
    offered = matter is not None and matter.stage in OFFERED
    if not offered or spoke.choices or not declines_money(spoke.plain):
        return spoke
    return spoke.heard_as(issues=(), demand=None, meanings=(), intent="inform")


# 不好用, 不实用: of the goods, and no answer to what is offered for them.
_OF_GOODS = re.compile(r"不(?:太|怎么|是很)?(?:好[用穿看吃玩闻喝使戴坐睡]|实用|耐用|舒服)")


def would_not_have(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the offer is refused, or more is called for; 不要钱 keeps what is no money."""
    if declines_money(spoke.plain) and any(
        option["kind"] not in MONEY_KINDS | TOLD for option in matter.offer
    ):
        return False
    if exclusions.rules_out_a_part(matter, spoke.plain) or gives_up(spoke.plain):
        return False
    if bargaining.asks_if_enough(spoke.plain) and not bargaining.wants_more(spoke.plain):
        return False
    more = has_bargained(matter) and meant.wants_more(spoke.heard)
    means_no = meant.means_no(spoke.heard) and not _OF_GOODS.search(spoke.plain)
    refuses = bargaining.refuses(spoke.plain) or means_no
    return refuses or more or haggles(matter, spoke.plain)
