"""What a customer asks for, and which remedies give that, by whatever name; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.remedies.case import Case
from bot.remedies.verdict import MONEY_BACK, RemedyKind, RemedyOption
from nlp.labels import TYPE_OF

# What a customer may ask for without any fault, and the intent under which the rules know it.
INTENT_OF: Final[Mapping[str, str]] = {
    "refund": "want_refund",
    "return_refund": "want_return",
    "exchange": "want_exchange",
    "intercept": "want_cancel",
    "cancel": "want_cancel",
}
# The demand that each intent stands for; a parcel is stopped to cancel its order.
DEMAND_OF: Final = {
    intent: demand for demand, intent in INTENT_OF.items() if demand != "intercept"
}
# Kinds that give what a customer means by another word.
SERVES: Final[Mapping[str, frozenset[str]]] = {
    "cancel": frozenset({"refund", "return_refund", "intercept"}),
    "intercept": frozenset({"refund", "cancel"}),
    "refund": frozenset({"return_refund", "intercept", "cancel"}),
    "return_refund": frozenset({"refund", "intercept", "cancel"}),
    "compensation": frozenset({"goodwill", "partial_refund", "coupon", "price_difference"}),
    "partial_refund": frozenset({"price_difference", "compensation", "goodwill", "freight"}),
    "price_difference": frozenset({"partial_refund"}),
    "exchange": frozenset({"reship", "correct_order"}),
    "reship": frozenset({"exchange"}),
    "correct_order": frozenset({"invoice", "exchange"}),
}
# Issues of money that was taken: 退给我 beside them is that money, and no goods.
MONEY_TAKEN: Final = frozenset({"overcharge", "double_charge", "discount", "fee"})
# What is paid for the share of fresh goods that is bad; nobody sends that back.
_FOR_SPOILT: Final = frozenset({RemedyKind.PARTIAL_REFUND, RemedyKind.GOODWILL})
NOTHING_SENT_BACK: Final = "refund_item"  # the term of money for goods that stay
REDIRECTED: Final = "intercept_address"  # the term of a parcel that is stopped to go elsewhere


def may_be_due_besides(case: Case, demand: str) -> bool:
    """Tell whether a demand beside a complaint may be due by itself, with goods that go back.

    What went back before cannot go back again, and 多扣的退我 wants no goods taken.
    """
    of_sum = demand == "refund" and case.claim.issue in MONEY_TAKEN
    return not case.is_sent_back and not (of_sum and case.order.delivered_at is not None)


def serves(demand: str, kind: str, promise: str) -> bool:
    """Tell whether a kind of that term gives what is asked for; a parcel sent on ends no order."""
    sent_on = promise == REDIRECTED and demand in MONEY_BACK
    return kind in {demand} | SERVES.get(demand, frozenset()) and not sent_on


def is_served(case: Case, demand: str, options: Iterable[RemedyOption]) -> bool:
    """Tell whether one of the options gives what is asked for."""
    if any(serves(demand, option.kind.value, option.promise) for option in options):
        return True
    if demand in {"partial_refund", "compensation"} and any(o.detail.get("part") for o in options):
        return True  # a refund for a part of what stays is that money
    if demand == "correct_order" and any(o.promise == REDIRECTED for o in options):
        return True
    if demand in {"cancel", "intercept"} and case.order.status == "cancelled":
        return True  # it is over as wished
    if demand == "refund" and any(o.amount_fen >= _price_fen(case) > 0 for o in options):
        return True  # by whatever name, it is all of the money
    if demand == "refund" and _pays_for_spoilt(case, options):
        return True
    if case.claim.issue == "refund_delay" and demand in {"refund", "return_refund"}:
        return True  # it is on its way: that is what the complaint is about
    if case.claim.refused_parcel and demand in {"refund", "return_refund"}:
        return True  # it follows once the parcel is back
    if demand in {"return_refund", "exchange", "cancel"}:
        return False
    # "退钱" over a sum or a missing piece means that sum, not the whole order.
    about_a_sum = TYPE_OF[case.claim.issue] == "amount" or case.claim.issue == "missing_item"
    return about_a_sum and any(option.amount_fen for option in options)


def _pays_for_spoilt(case: Case, options: Iterable[RemedyOption]) -> bool:
    """Tell whether the spoilt share of fresh goods is paid for, and no more was called for."""
    fresh = all(line.category == "fresh" for line in case.lines)
    quality = TYPE_OF[case.claim.issue] == "quality"
    paid = any(option.kind in _FOR_SPOILT for option in options)
    return fresh and quality and paid and not case.claim.all_back


def _price_fen(case: Case) -> int:
    """Return what was paid for the goods complained of, as far as it is still to be had."""
    return min(sum(line.paid_fen for line in case.lines), case.remaining_fen)
