"""The money of an order, line by line: what was due, what came in, and what must go back.

Read against the contract's record: `goods_fen` and `unit_price_fen` are before discounts,
`line.paid_fen` is for the whole line after them, `received` is every successful payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import in_shop_zone
from bot.order_record import Discount, Line, OrderRecord, Payment
from bot.remedies.given import Given, by_line

SAME_MOMENT: Final = timedelta(minutes=30)  # two equal payments this close are one slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """All in fen; each owed sum stays within what was paid beyond `should_fen`."""

    goods_fen: int  # before discounts
    freight_fen: int  # 0 when the order ships free
    applied_cuts_fen: int
    due_fen: int  # as the order was charged: goods − applied discounts + freight
    should_fen: int  # as it should have been: goods − every discount earned + freight
    received_fen: int
    corrected_fen: int  # of that, paid back as taken too much
    discounted_fen: int  # of that, for discounts left out at first
    overcharge_fen: int  # received beyond what should have been paid, less what was corrected
    discount_missing_fen: int
    double_charge_fen: int
    freight_wrong_fen: int  # freight taken although the order ships free
    missing_discounts: tuple[str, ...]


def sums(order: OrderRecord, given: Sequence[Given] = ()) -> Sums:
    """Return the order's money; a discount is earned when its threshold is met or it applied.

    What was given back before is owed no more, and goods that went back earn no discount.
    """
    freight = 0 if order.free_shipping else order.freight_fen
    applied = sum(d.cut_fen for d in order.discounts if d.applied)
    kept = order.goods_fen - _gone_fen(order, given)
    missing = [d for d in order.discounts if not d.applied and is_earned(d, kept)]
    lacking = sum(d.cut_fen for d in missing)
    due = max(0, order.goods_fen - applied) + freight
    corrections = [one for one in given if one.is_correction]
    corrected = sum(one.amount_fen for one in corrections)
    discounted = _discounted_fen(corrections, order.received_fen - due)
    carried = sum(one.amount_fen for one in corrections if one.kind == "freight")
    should = max(0, order.goods_fen - applied - lacking) + freight
    received = order.received_fen
    over = max(0, received - should - corrected)
    wrong_freight = order.freight_fen if order.free_shipping else 0
    return Sums(
        goods_fen=order.goods_fen,
        freight_fen=freight,
        applied_cuts_fen=applied,
        due_fen=due,
        should_fen=should,
        received_fen=received,
        corrected_fen=corrected,
        discounted_fen=discounted,
        overcharge_fen=over,
        discount_missing_fen=min(max(0, lacking - discounted), over),
        double_charge_fen=min(_repeated_fen(order.payments), max(0, received - due), over),
        freight_wrong_fen=min(max(0, wrong_freight - carried), over),
        missing_discounts=tuple(d.name for d in missing),
    )


def _discounted_fen(corrections: Iterable[Given], beyond_fen: int) -> int:
    """Return what was given back for discounts left out, of `beyond_fen` taken on other grounds.

    A sum for the whole bill covers those other grounds first.
    """
    late = other = bill = 0
    for one in corrections:
        if one.issue == "discount":
            late += one.amount_fen
        elif one.kind == "freight" or one.issue == "double_charge":
            other += one.amount_fen
        else:
            bill += one.amount_fen
    return late + max(0, bill - max(0, beyond_fen - other))


def _gone_fen(order: OrderRecord, given: Iterable[Given]) -> int:
    """Return the price, before discounts, of the goods that went back."""
    taken = zip(order.lines, by_line(order.lines, given), strict=True)
    return sum(line.unit_price_fen * (of_it.gone - of_it.never_came) for line, of_it in taken)


def is_earned(discount: Discount, goods_fen: int) -> bool:
    """Tell whether the goods reach the discount's threshold."""
    return discount.threshold_fen is None or goods_fen >= discount.threshold_fen


def _repeated_fen(payments: Sequence[Payment]) -> int:
    paid = sorted((p for p in payments if p.status == "success"), key=lambda p: p.at)
    return sum(
        payment.amount_fen
        for before, payment in enumerate(paid)
        if any(_repeats(payment, other) for other in paid[:before])
    )


def _repeats(payment: Payment, other: Payment) -> bool:
    return payment.amount_fen == other.amount_fen and payment.at - other.at <= SAME_MOMENT


def is_protected(line: Line, paid_at: datetime | None, now: datetime) -> bool:
    """Tell whether the line's price promise still runs.

    Day one is the day after payment, the last day counts in full: an unclear promise is read
    as the buyer reads it (抖音总则 50).
    """
    if line.price_protect_days is None or paid_at is None or now < paid_at:
        return False
    return days_between(paid_at, now) <= line.price_protect_days


def days_between(earlier: datetime, later: datetime) -> int:
    """Return the calendar days in the shop's zone: 0 on the same day, 1 on the day after."""
    return (in_shop_zone(later).date() - in_shop_zone(earlier).date()).days
