"""Goods given up beside a sum owed on the bill are a matter of their own, which waits; pure.

The sum is owed whatever becomes of the goods: were their refund offered in its place, whoever
takes one of the two would lose the other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.replaying.details import take_details
from bot.conversation.replaying.matters import open_matter
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.sentence.manner import asks
from bot.conversation.words.things import named
from bot.conversation.words.wishes.demands import wants_all
from bot.conversation.words.wishes.given_up import wish_beside_bill
from bot.remedies.verdict import MONEY_BACK

# Sums that are owed beside the price of the goods themselves.
OWED_BESIDES = frozenset({"discount", "double_charge", "fee", "overcharge"})
# 把299都退给我, 299全退
_SUM_BACK = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)(?:块钱?|元)?(?:给我)?(?:都|全部?|一起|一次)+退")
_OF_PAYMENTS = frozenset({"笔", "次", "遍"})


def gives_up_beside(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether the goods are given up while a sum on the bill is talked about."""
    matter, heard = state.current, spoke.heard
    if matter is None or matter.stage not in TALKING or matter.issue not in OWED_BESIDES:
        return False
    if heard.order_nos and matter.order_no not in {None, heard.order_nos[-1]}:
        return False
    of_price = _names_whole_price(state, matter, spoke)
    else_wrong = heard.confident and set(heard.issues) - set(matter.issues) and not of_price
    owed = matter.stage == "gathering" or any(
        option["amount_fen"] and option["money"] == "statutory" for option in matter.offer
    )
    return owed and not else_wrong and goods_given_up(state, matter, spoke) is not None


def goods_given_up(state: State, matter: Matter, spoke: CustomerSpoke) -> str | None:
    """Return the intent under which the matter's goods are given up, or None where they stay."""
    if _names_whole_price(state, matter, spoke):
        return "want_refund"
    lines = state.lines_of(matter)
    return wish_beside_bill(spoke, [str(line["title"]) for line in lines])


def _names_whole_price(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether as much is called for as the order cost, or was paid: 全退398, 50 of it owed.

    A sum on offer is no more than that, though the order was paid twice.
    """
    text = spoke.plain
    bid = named.bid_in(text) or spoke.heard.amount_fen or _sum_before(text)
    wished = wants_all(text) or spoke.heard.demand in MONEY_BACK
    if not (bid and wished) or asks(text) or any(o["amount_fen"] == bid for o in matter.offer):
        return False
    record = state.shown_of(matter) or {}
    goods = sum(int(line["paid_fen"]) for line in record.get("lines", ()))
    paid = [p["amount_fen"] for p in record.get("payments", ()) if p["status"] == "success"]
    return goods > 0 and bid in {goods, goods + int(record["freight_fen"]), sum(paid)}


def _sum_before(text: str) -> int | None:
    """Return the sum that stands before its verb, in fen: 把299都退给我."""
    found = _SUM_BACK.search(text)
    return round(float(found[1]) * 100) if found else None


def put_wish_by(state: State, spoke: CustomerSpoke) -> State:
    """Open the wish for the goods' price behind the sum that is talked about."""
    first, heard = state.current, spoke.heard
    wish = goods_given_up(state, first, spoke) if first else None
    if first is None or wish is None or waiting_wish(state, first):
        return state
    counted = heard.quantity_unit not in _OF_PAYMENTS
    told = replace(
        heard,
        intent=wish,
        order_nos=(first.order_no,) if first.order_no else heard.order_nos,
        quantity=heard.quantity if counted else None,
        quantity_unit=heard.quantity_unit if counted else None,
        amount_fen=None,
    )
    state = open_matter(replace(state, unplaced=None), (), told)
    state = take_details(state, replace(spoke, heard=told))
    return replace(state, active=first.id)


def waiting_wish(state: State, matter: Matter) -> Matter | None:
    """Return the wish for the same order's goods that waits behind the matter, or None."""
    return next(
        (other for other in state.matters
         if other.id != matter.id and other.issue == "none" and other.stage in TALKING
         and other.order_no == matter.order_no),
        None,
    )  # fmt: skip


def without_wish(spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was said without the wish: the sum on the bill is judged by itself."""
    return spoke.heard_as(demand=None)
