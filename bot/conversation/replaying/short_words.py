"""Few words that the classifier takes for something else, by what is talked of; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.answers import meant
from bot.conversation.words.answers.buttons import haggles, has_bargained
from bot.conversation.words.things.at_hand import claims_sum
from bot.conversation.words.wishes import bargaining
from bot.conversation.words.wishes.bargaining import declines_money
from bot.conversation.words.wishes.stopped import only_stops_parcel
from bot.conversation.words.wishes.told import buys_anew
from bot.remedies.verdict import MONEY_KINDS, TOLD
from bot.remedies.wishes import WISHES
from nlp.labels import TYPE_OF

# What a sum that was promised is taken for.
_OF_SUM = frozenset({"refused", "refund_delay", "overcharge", "fee", "discount"})
_OF_PARCEL = re.compile(r"(?:快递|物流)(?!费|员)|包裹|(?:还|一直|都)没[有收]?到(?![账帐])")
# 售后说退我50，一直没到账: the sum itself is late, and no parcel.
_MONEY_LATE = re.compile(r"(?:没有?|未)收?到[账帐]|没退|不退|钱呢|[运邮]费|快递费")


def of_stopping(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 拦截 as the wish for just that, unless a matter is talked of or was granted."""
    matter, heard = state.current, spoke.heard
    ended = matter is not None and matter.stage == "ended"
    granted = matter is not None and matter.remedy and matter.remedy.option["kind"] not in TOLD
    if (matter is not None and not ended) or granted:
        return spoke
    if heard.issues or heard.signs or spoke.choices or not only_stops_parcel(spoke.plain):
        return spoke
    heard = replace(
        heard, intent=WISHES["intercept"], demand="intercept", guess=None, other_guesses=()
    )
    return replace(spoke, heard=heard)


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
        if not heard.issues or not (awaited or _OF_PARCEL.search(spoke.plain)):
            return spoke
        others = ("slow",)
    heard = replace(heard, issues=others, demand=None, meanings=(), guess=None, other_guesses=())
    return replace(spoke, heard=heard)


def of_buying_anew(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 那我退了重新买 beside a bill that is right as the wish to give the goods back."""
    matter, heard = state.current, spoke.heard
    known = state.orders.get(matter.order_no or "") if matter else None
    here = known is not None and (known.record or {}).get("status") in {"delivered", "completed"}
    if matter is None or not here or heard.order_nos or heard.signs:
        return spoke
    if matter.stage != "offered" or TYPE_OF[matter.issue] != "amount":
        return spoke
    if not buys_anew(spoke.plain):
        return spoke
    heard = replace(
        heard, demand="return_refund", issues=(), meanings=(), guess=None, other_guesses=()
    )
    return replace(spoke, heard=heard)


def without_money(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Read 不要钱 beside an offer as no for the money in it; the goods are not given back."""
    matter = state.current
    offered = matter is not None and matter.stage in {"offered", "confirming"}
    if not offered or spoke.choices or not declines_money(spoke.plain):
        return spoke
    heard = replace(
        spoke.heard, issues=(), demand=None, meanings=(), guess=None, other_guesses=(),
        intent="inform",
    )  # fmt: skip
    return replace(spoke, heard=heard)


def would_not_have(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the offer is refused, or more is called for; 不要钱 keeps what is no money."""
    if declines_money(spoke.plain) and any(
        option["kind"] not in MONEY_KINDS | TOLD for option in matter.offer
    ):
        return False
    more = has_bargained(matter) and meant.wants_more(spoke.heard)
    refuses = bargaining.refuses(spoke.plain) or meant.means_no(spoke.heard)
    return refuses or more or haggles(matter, spoke.plain)
