"""Each number in a rule: a row just before it, at it, and just after it, and none left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import pytest

from bot.order_record import OrderRecord
from bot.remedies.assess import _case
from bot.remedies.case import Case
from bot.remedies.claim import Claim
from bot.remedies.conditions import CONDITIONS, given, holds, warranty_days
from bot.remedies.facts import derive_facts
from bot.remedies.rulebook import Rule
from bot.remedies.sums import days_between
from tests.unit.remedies.judge_for_tests import POLICY, judge, row
from tests.unit.remedies.orders_for_tests import (
    CREAM,
    CUSTOM,
    DONE,
    FOOD,
    FRUIT,
    GIFT,
    NOW,
    PHONE_LINE,
    VIRTUAL,
    ago,
    delivered,
    dropped,
    line,
    moving,
    order,
    quiet,
    returned,
    shipped,
    silent,
)

Build = Callable[[float], OrderRecord]
HOUR_STEP, SHARE_STEP = 0.2, 0.02


def edge(build: Build, issue: str, rules: Mapping[float, str], **claim: Any) -> list[Any]:
    """Return a row for each value: the order built with it is judged by that rule."""
    return [row(build(value), issue, rule, **claim) for value, rule in rules.items()]


def paid(hours: float) -> OrderRecord:
    return order("paid", paid_at=ago(hours=hours))


def promised(hours: float) -> OrderRecord:
    return shipped(promised_deliver_by=ago(hours=hours))


def arrived(hours_late: float) -> OrderRecord:
    return delivered(promised_deliver_by=ago(days=1, hours=hours_late))


def left(hours_late: float) -> OrderRecord:
    return shipped(promised_ship_by=ago(days=2, hours=hours_late))


def left_and_home(hours_late: float, days: float = 1) -> OrderRecord:
    """Return an order that left so late, and was signed for so many days ago."""
    record = delivered(days=days)
    assert record.shipped_at
    promise = record.shipped_at - timedelta(hours=hours_late)
    return record.model_copy(update={"promised_ship_by": promise})


NUTS = line(sku="N1", title="每日坚果 净重500克", category="food", quantity=3)


def signed(*lines: Any, weight: int | None = None, **changes: Any) -> Build:
    """Return how to build an order of those lines, signed for so many days ago."""

    def build(days: float) -> OrderRecord:
        record = delivered(days=days, **({"lines": lines} if lines else {}), **changes)
        if weight is None:
            return record
        weighed = record.shipments[0].model_copy(update={"weight_grams": weight})
        return record.model_copy(update={"shipments": (weighed,)})

    return build


def asked_and_refused(
    days: float,
    *,
    days_since: float = 20,
    more: tuple[Any, ...] = (),
    received_at: Any = None,
    **changes: Any,
) -> OrderRecord:
    """Return an order received so long ago, its return asked for `days` later, and refused."""
    asked = returned("refused", requested_at=ago(days=days_since - days), received_at=received_at)
    return delivered(days=days_since, returns=(asked, *more), **changes)


@pytest.mark.parametrize(
    "record",
    [
        asked_and_refused(3, lines=(line(), line(sku="S2"))),  # which of them, it does not say
        asked_and_refused(3, received_at=ago(days=12)),  # refused after a look at the goods
        asked_and_refused(3, days_since=40),  # long ago
        asked_and_refused(-3),  # before this parcel came
        asked_and_refused(3, more=(returned("refunded", no="R2", refunded_at=ago(days=1)),)),
    ],
    ids=["two articles", "looked at", "long ago", "another parcel", "two returns"],
)
def test_a_refused_return_that_is_unclear_keeps_no_right(record: OrderRecord) -> None:
    assert derive_facts(record, NOW).asked_days is None


def fruit(hours: float) -> OrderRecord:
    return delivered(days=hours / 24, lines=(FRUIT,))


def waiting(state: str, moved: str) -> Build:
    """Return how to build an order whose return moved so many hours ago."""
    return lambda hours: delivered(
        days=20, returns=(returned(state, **{moved: ago(hours=hours)}),)
    )


def asked(hours: float) -> OrderRecord:
    return delivered(days=20, returns=(returned("requested", requested_at=ago(hours=hours)),))


RECEIVED = waiting("received", "received_at")
GOODS = {6: "goods.7d", 7: "goods.7d", 8: "goods.15d", 14: "goods.15d", 15: "goods.15d",
         16: "goods.warranty", 89: "goods.warranty", 90: "goods.warranty",
         91: "goods.out_of_warranty"}  # fmt: skip
DURABLE = {6: "durable.7d", 7: "durable.7d", 8: "durable.15d", 14: "durable.15d",
           15: "durable.15d", 16: "durable.warranty", 364: "durable.warranty",
           365: "durable.warranty", 366: "goods.out_of_warranty"}  # fmt: skip
DAMAGED = {6: "damaged.7d", 7: "damaged.7d", 8: "damaged.15d", 14: "damaged.15d",
           15: "damaged.15d", 16: "damaged.too_late"}  # fmt: skip
MISMATCH = {6: "mismatch.7d", 7: "mismatch.7d", 8: "mismatch.15d", 14: "mismatch.15d",
            15: "mismatch.15d", 16: "mismatch.later", 89: "mismatch.later", 90: "mismatch.later",
            91: "mismatch.too_late"}  # fmt: skip
WRONG = {14: "wrong_item.15d", 15: "wrong_item.15d", 16: "wrong_item.later",
         89: "wrong_item.later", 90: "wrong_item.later", 91: "wrong_item.too_late"}  # fmt: skip
MISSING = {6: "missing_item.7d", 7: "missing_item.7d", 8: "missing_item.later",
           14: "missing_item.later", 15: "missing_item.later",
           16: "missing_item.too_late"}  # fmt: skip
BAD = {0.49: "fresh.part_bad", 0.5: "fresh.part_bad", 0.51: "fresh.most_bad"}

ROWS = [
    *edge(signed(), "defect", GOODS),
    *edge(signed(PHONE_LINE), "defect", DURABLE),
    *edge(signed(), "damaged", DAMAGED),
    *edge(
        signed(), "damaged",
        {6: "damaged.worthless", 7: "damaged.worthless", 8: "damaged.15d"}, worthless=True,
    ),
    *edge(signed(), "mismatch", MISMATCH),
    *edge(signed(), "wrong_item", WRONG),
    *edge(signed(), "missing_item", MISSING),
    *edge(
        signed(FRUIT), "wrong_item",
        {6: "wrong_item.perishable", 7: "wrong_item.perishable", 8: "wrong_item.fresh_late"},
    ),
    *edge(
        signed(GIFT), "missing_item",
        {14: "missing_item.gift", 15: "missing_item.gift", 16: "missing_item.too_late"},
    ),
    *edge(signed(NUTS, weight=1130), "missing_item",
          {14: "missing_item.weight_short", 15: "missing_item.weight_short",
           16: "missing_item.too_late"}),
    *edge(signed(NUTS, weight=1620), "missing_item",
          {6: "missing_item.weight_fits", 7: "missing_item.weight_fits",
           8: "missing_item.later"}),
    *edge(signed(NUTS, weight=1130), "wrong_item",
          {6: "wrong_item.weight_short", 7: "wrong_item.weight_short", 8: "wrong_item.15d"}),
    *edge(signed(FOOD), "spoiled",
          {14: "food.spoiled", 15: "food.spoiled", 16: "food.spoiled_later"}),
    *edge(signed(CREAM), "spoiled",
          {14: "cosmetics.spoiled", 15: "cosmetics.spoiled", 16: "cosmetics.spoiled_later"}),
    *edge(signed(FOOD), "damaged", {6: "food.damaged", 7: "food.damaged", 8: "damaged.15d"}),
    *edge(fruit, "spoiled",
          {47.9: "fresh.part_bad", 48: "fresh.part_bad", 48.1: "fresh.hidden"}, bad_share=0.2),
    *edge(fruit, "spoiled",
          {47.9: "fresh.most_bad", 48: "fresh.most_bad", 48.1: "fresh.hidden"}, bad_share=0.8),
    *edge(fruit, "spoiled",
          {119.9: "fresh.hidden", 120: "fresh.hidden", 120.1: "fresh.too_late"}, bad_share=0.2),
    *(row(fruit(20), "spoiled", rule, bad_share=share) for share, rule in BAD.items()),
    *edge(paid, "not_shipped",
          {47.9: "ship.in_time", 48: "ship.in_time", 48.1: "ship.late",
           119.9: "ship.late", 120: "ship.late", 120.1: "ship.out_of_stock"}),
    *edge(lambda h: shipped(shipments=(silent(h),)), "not_shipped",
          {23.9: "parcel.moving", 24: "parcel.moving", 24.1: "parcel.no_pickup"}),
    *edge(lambda h: shipped(shipments=(DONE, quiet(h))), "slow",
          {23.9: "parcel.moving", 24: "parcel.moving", 24.1: "parcel.second_silent"}),
    *edge(lambda h: shipped(shipments=(quiet(h),)), "no_tracking",
          {47.9: "parcel.moving", 48: "parcel.moving", 48.1: "parcel.quiet",
           71.9: "parcel.quiet", 72: "parcel.quiet", 72.1: "parcel.no_update",
           167.9: "parcel.no_update", 168: "parcel.no_update", 168.1: "parcel.lost"}),
    *edge(promised, "slow",
          {-0.1: "parcel.moving", 0: "parcel.moving", 0.1: "parcel.past_promise",
           167.9: "parcel.past_promise", 168: "parcel.past_promise",
           168.1: "parcel.very_late"}),
    *edge(lambda h: shipped(shipments=(moving(h),)), "slow",
          {167.9: "parcel.moving", 168: "parcel.moving", 168.1: "parcel.long_way"}),
    *edge(arrived, "slow",
          {-0.1: "arrived.in_time", 0: "arrived.in_time", 0.1: "arrived.late"}),
    *edge(lambda days: delivered(days=days, promised_deliver_by=ago(days=days + 1)), "slow",
          {14: "arrived.late", 15: "arrived.late", 16: "arrived.in_time"}),
    *edge(signed(signed="门卫代收"), "not_received",
          {29: "not_received.signed_other", 30: "not_received.signed_other",
           31: "not_received.late_report"}),
    *edge(lambda h: delivered(days=360, paid_at=ago(hours=h), signed="门卫代收"), "not_received",
          {8759.9: "not_received.late_report", 8760: "not_received.late_report",
           8760.1: "not_received.old"}),
    *edge(signed(), "courier",
          {14: "courier.arrived", 15: "courier.arrived", 16: "courier.long_ago"}),
    *edge(signed(), "spec",
          {6: "spec.arrived_7d", 7: "spec.arrived_7d", 8: "spec.arrived_late"}),
    *edge(lambda h: order("paid", paid_at=ago(hours=h), lines=(VIRTUAL,)), "system",
          {23.9: "system.before_shipping", 24: "system.before_shipping",
           24.1: "system.virtual_waiting"}),
    *edge(RECEIVED, "defect",
          {47.9: "common.return_open", 48: "common.return_open", 48.1: "common.return_overdue"}),
    *edge(RECEIVED, "refund_delay",
          {47.9: "refund_delay.checking", 48: "refund_delay.checking",
           48.1: "refund_delay.overdue"}),
    *edge(asked, "refund_delay",
          {47.9: "refund_delay.just_asked", 48: "refund_delay.just_asked",
           48.1: "refund_delay.unanswered"}),
    *edge(waiting("refunded", "refunded_at"), "refund_delay",
          {239.9: "refund_delay.refunded", 240: "refund_delay.refunded",
           240.1: "refund_delay.not_arrived"}),
    *edge(signed(), "refused", {6: "refused.7d", 7: "refused.7d", 8: "refused.too_late"}),
    *edge(asked_and_refused, "refused",
          {6: "refused.asked_in_time", 7: "refused.asked_in_time", 8: "refused.too_late"}),
    *edge(asked_and_refused, "none",
          {6: "none.asked_in_time", 7: "none.asked_in_time", 8: "none.too_late"},
          intent="want_return"),
    *edge(signed(), "none",
          {6: "none.return_7d", 7: "none.return_7d", 8: "none.too_late"}, intent="want_return"),
    *edge(signed(), "none",
          {6: "none.exchange_7d", 7: "none.exchange_7d", 8: "none.too_late"},
          intent="want_exchange"),
    *edge(signed(), "none",
          {89: "none.repair", 90: "none.repair", 91: "none.other"}, intent="want_repair"),
    *edge(signed(CUSTOM), "none",
          {6: "none.excluded", 7: "none.excluded", 8: "none.excluded"}, intent="want_return"),
    *edge(left, "slow",
          {-0.1: "parcel.moving", 0: "parcel.moving", 0.1: "parcel.left_late",
           71.9: "parcel.left_late", 72: "parcel.left_late", 72.1: "parcel.left_very_late"}),
    *edge(left_and_home, "slow",
          {-0.1: "arrived.in_time", 0: "arrived.in_time", 0.1: "arrived.left_late",
           71.9: "arrived.left_late", 72: "arrived.left_late", 72.1: "arrived.left_very_late"}),
    *edge(lambda days: left_and_home(1, days), "slow",
          {14: "arrived.left_late", 15: "arrived.left_late", 16: "arrived.in_time"}),
    *edge(lambda days: left_and_home(80, days), "slow",
          {14: "arrived.left_very_late", 15: "arrived.left_very_late", 16: "arrived.in_time"}),
    *edge(dropped, "price_drop",
          {6: "price_drop.protected", 7: "price_drop.protected", 8: "price_drop.expired"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_rule_changes_at_its_number_and_not_before(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert judge(record, issue, quantity=1, **claim).rule == expected


def _days_protected(case: Case) -> tuple[float, float] | None:
    paid_at, days = case.facts.paid_at, case.lines[0].price_protect_days
    return (days_between(paid_at, case.facts.now), days) if paid_at and days else None


def _days_of_warranty(case: Case) -> tuple[float, float] | None:
    days = case.facts.receipt_days
    return None if days is None else (days, min(warranty_days(case)))


# Conditions whose number is not written in the rule itself: where it is found.
HIDDEN_NUMBERS: Final = {"in_warranty": _days_of_warranty, "price_protected": _days_protected}


def measured(name: str, wanted: Any, case: Case) -> tuple[float, float] | None:
    """Return what the condition measures and the number it is held against, or None."""
    if name in HIDDEN_NUMBERS:
        return HIDDEN_NUMBERS[name](case)
    value = CONDITIONS[name].see(case)
    if value is None:
        return None
    against = float(wanted) if name == "bad_share_over" else POLICY.defaults.number(wanted)
    return float(value), against


def is_numeric(name: str) -> bool:
    return name in HIDDEN_NUMBERS or name.endswith(("_over", "_up_to"))


def side(name: str, value: float, number: float) -> str | None:
    """Return where the value stands to the number; None when it is too far off to prove much."""
    step = SHARE_STEP if "share" in name else HOUR_STEP if "days" not in name else 1
    step = 1 if name in HIDDEN_NUMBERS else step
    if abs(value - number) < 1e-9:
        return "at"
    if abs(value - number) > step + 1e-9:
        return None
    return "before" if value < number else "after"


CASES = [
    _case(POLICY, record, Claim(issue=issue, has_photo=True, **({"quantity": 1} | claim)), NOW, 0)
    for record, issue, claim, _ in (param.values for param in ROWS)
]
NUMBERS_IN_RULES = [
    (rule, name, wanted)
    for rule in POLICY.rules
    for name, wanted in given(rule.when)
    if is_numeric(name)
]


def sides(rule: Rule, name: str, wanted: Any) -> set[str]:
    """Return on which sides of the number a row stands for which the rest of the rule holds."""
    found = set()
    for case in CASES:
        rest = ((n, w) for n, w in given(rule.when) if n != name)
        if case.claim.issue in rule.issues and all(holds(n, w, case) for n, w in rest):
            both = measured(name, wanted, case)
            found.add(both and side(name, *both))
    return {where for where in found if where}


@pytest.mark.parametrize(
    ("rule", "name", "wanted"), NUMBERS_IN_RULES, ids=lambda part: getattr(part, "id", str(part))
)
def test_every_number_in_a_rule_has_its_three_rows(rule: Rule, name: str, wanted: Any) -> None:
    assert sides(rule, name, wanted) == {"before", "at", "after"}


def test_a_number_without_rows_is_found() -> None:
    strange = POLICY.rules_of["slow"][0].model_copy(
        update={"when": type(POLICY.rules[0].when)(state=frozenset({"paid"}), ship_late_over=999)}
    )
    assert sides(strange, "ship_late_over", 999) == set()
