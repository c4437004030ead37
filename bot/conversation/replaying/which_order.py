"""What another order's number changes: another order is meant, or asked after; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.replaying.details import looks_like_tax_number
from bot.conversation.replaying.matters import open_matter
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.things.articles import named_among, without_not_meant
from bot.conversation.words.things.bought import bought_by_others
from bot.conversation.words.things.goods import gives_up_other_goods, names_other_goods
from bot.conversation.words.things.named import finds_number_wrong
from bot.conversation.words.things.way_back import brings_number, speaks_of_unknown_return
from bot.conversation.words.wishes.asked_if import asks_of_others

_OTHER_NUMBERS = frozenset(
    {"address", "invoice", "spec", "no_tracking", "slow", "not_received", "refund_delay"}
)
# What titles hold beside the name of the goods.
_GENERIC = re.compile(
    r"[一二三四五六七八九十\d]+天(?:内|无理由)?|无理由|退换货?|包邮|运费险?|颜色|尺码|规格|款式|礼盒|套装|正品"
    r"|新款|发票|优惠|赠品|质量"
)
_POLITE = frozenset({"thank", "greet", "confirm", "other"})


def with_order_named(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read the name of what was bought as its order's number, of customers who are known.

    So they pick from the list of their orders, 就是马甲, and ask after another one once the last
    matter is settled. What is still talked of has its order.
    """
    current, heard = state.current, spoke.heard
    talked_of = current is not None and current.stage in TALKING and current.order_no is not None
    if talked_of or spoke.choices or heard.order_nos or asks_of_others(spoke.plain):
        return spoke
    wants = heard.issues or heard.demand or heard.guess or heard.intent not in _POLITE
    if current is not None and current.order_no and not wants:
        return spoke  # 好的 连衣裙也很好看 谢谢
    order_no = _own_order_named(state, spoke.plain)
    if order_no is None or (current is not None and current.order_no == order_no):
        return spoke
    return spoke.heard_as(order_nos=(order_no,))


def take_own_order(state: State) -> State:
    """Return the state with the order that was named before the customer's own were looked up.

    Who has but one means that one, and is told which it is; it is theirs in any case.
    """
    matter, spoke = state.current, state.unanswered
    gathering = matter is not None and matter.stage == "gathering" and matter.order_no is None
    told = matter.told if matter and gathering else spoke.plain if spoke else ""
    if state.order_no is not None or bought_by_others(told):
        return state
    named = _own_order_named(state, told)
    order_no = named or _only_order(state, told)
    if order_no is None:
        return state
    if matter and gathering:
        state = state.with_matter(replace(matter, order_no=order_no))
    return replace(state, order_no=order_no, presumed=None if named else order_no)


def _only_order(state: State, told: str) -> str | None:
    """Return the customer's only order, where it was not let go of, nor other goods are meant."""
    orders = state.my_orders or ()
    if len(orders) != 1 or orders[0]["order_no"] in state.orders:
        return None
    titles = _titles(orders[0])
    if names_other_goods(told, titles) or gives_up_other_goods(told, titles):
        return None
    return str(orders[0]["order_no"])


def _own_order_named(state: State, text: str) -> str | None:
    """Return the only one of the customer's own orders whose article is named, or None."""
    named = own_orders_named(state, text)
    return named[0] if len(named) == 1 else None


def own_orders_named(state: State, text: str) -> list[str]:
    """Return the customer's own orders whose articles are named."""
    orders = state.my_orders or ()
    titles = [_GENERIC.sub(" ", " ".join(_titles(order))) for order in orders]
    said = _GENERIC.sub(" ", without_not_meant(text))
    # What several hold tells none of them apart, but they are what is spoken of.
    named = named_among(said, titles) or [
        at for at, title in enumerate(titles) if named_among(said, [title])
    ]
    return [str(orders[at]["order_no"]) for at in named]


def _titles(order: Mapping[str, Any]) -> list[str]:
    """Return the titles of all that was ordered; an older log holds only the first."""
    return [str(title) for title in order.get("titles") or (order["title"],)]


def take_order_no(state: State, heard: Heard, text: str) -> State:
    """Return the state in which the order named last is the one that is talked of."""
    current = state.current
    if not heard.order_nos and current and _is_of_none(current, text):
        return _asked_anew(state, current)
    if not heard.order_nos or _is_tax_number(state, current, heard.order_nos[-1]):
        return state
    if current and _is_return_no(state, current, text):
        return state
    order_no = heard.order_nos[-1]
    state = replace(state, order_no=order_no)
    unnamed = current and current.order_no is None and current.stage == "with_person"
    if current and _is_another_complaint(state, current, heard):
        return state  # it gets a matter of its own, and the first is not forgotten
    if current and current.order_no != order_no and (current.stage == "gathering" or unnamed):
        return _moved(state, current, heard)
    if current and current.order_no != order_no and not heard.issues:
        return _another_order(state, current, heard)
    return state


def _is_of_none(matter: Matter, text: str) -> bool:
    """Tell whether the number is said to be wrong of an order that nothing was granted for."""
    talked = matter.stage in TALKING and matter.order_no and not matter.remedies
    # Of these some other number may be wrong: a phone's, a tax office's, a parcel's.
    sure = "订单" in text or matter.issue not in _OTHER_NUMBERS
    return bool(talked) and sure and finds_number_wrong(text)


def _asked_anew(state: State, matter: Matter) -> State:
    """Let go of the order that was named by mistake: the right one is asked for."""
    return replace(
        state.with_matter(replace(_without_order(matter), order_no=None)),
        order_no=None, question=None, wants_status=False,
    )  # fmt: skip


def _is_tax_number(state: State, current: Matter | None, number: str) -> bool:
    """Tell whether a long number beside an invoice that is being settled names no order."""
    if current is None or "invoice" not in current.issues or current.stage not in TALKING:
        return False
    found = state.order_of(current)
    known = found is not None and found.record is not None
    return known and number not in state.orders and looks_like_tax_number(number)


def _is_return_no(state: State, current: Matter, text: str) -> bool:
    """Tell whether it is the number of a return that is not on record, and names no order."""
    known = state.order_of(current)
    shown = known.shown if known else None
    return bool(shown and speaks_of_unknown_return(current, shown) and brings_number(text, shown))


def _is_another_complaint(state: State, current: Matter, heard: Heard) -> bool:
    """Tell whether something else is wrong with another order while the first is looked into."""
    known = state.order_of(current)
    found = known is not None and known.record is not None
    if state.question is not None and state.question.what == "goods":
        return False  # it was asked which order is meant
    return found and bool(heard.issues) and not set(heard.issues) & set(current.issues)


def _another_order(state: State, current: Matter, heard: Heard) -> State:
    """Another number and no other complaint: asked after, or what was meant all along.

    A standing offer goes with the order it was made for: its buttons must not outlive it.
    """
    if current.stage not in TALKING or heard.intent in {"order_status", "want_expedite"}:
        return replace(state, wants_status=True)
    return replace(_moved(state, current, heard), question=None, wants_status=False)


def _moved(state: State, matter: Matter, heard: Heard) -> State:
    """Take the complaint to the order named now; what was granted stays with the one before."""
    if matter.remedies:
        return open_matter(state, matter.issues, replace(heard, intent=matter.intent))
    order_no, known = heard.order_nos[-1], state.order_of(matter)
    if matter.stage == "with_person" or known is None or known.record is None:
        return state.with_matter(replace(matter, order_no=order_no))
    return state.with_matter(replace(_without_order(matter), order_no=order_no))


def _without_order(matter: Matter) -> Matter:
    """Return the complaint without what was another order's: article, picture and verdict."""
    return replace(
        matter, stage="gathering", picked=None, offer=(), sku=None, verdict=None,
        whole_order=False, has_photo=False, refused_evidence=False, concessions=0,
    )  # fmt: skip
