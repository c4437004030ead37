"""Sums to the fen: what was due, what is owed, and every formula of the policy."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from bot.order_record import Line, OrderRecord
from bot.remedies.amounts import SUMS, clamp_fen, part_fen
from bot.remedies.given import Given
from bot.remedies.rulebook import FORMULAS, Rate
from bot.remedies.sums import sums
from bot.remedies.verdict import RemedyKind
from tests.unit.remedies.judge_for_tests import judge
from tests.unit.remedies.orders_for_tests import (
    FRUIT,
    GIFT,
    ago,
    delivered,
    discount,
    line,
    order,
    payment,
    returned,
)  # fmt: skip

SHIRT = line(sku="A1", unit_price_fen=20_000, paid_fen=16_667)
SOCKS = line(sku="B1", title="袜子", unit_price_fen=10_000, paid_fen=8_333)
CUT_50 = discount(5_000, applied=True, threshold_fen=30_000)


def amount(record: OrderRecord, issue: str, kind: str, **claim: object) -> int:
    """Return what the verdict offers of that kind, in fen."""
    options = judge(record, issue, **claim).options  # type: ignore[arg-type]
    return next(option.amount_fen for option in options if option.kind == RemedyKind(kind))


def test_every_formula_that_a_rule_may_name_is_there() -> None:
    assert set(SUMS) | {"clamp", "share"} == set(FORMULAS)


@pytest.mark.parametrize(
    ("total", "share", "expected"),
    [
        (10_000, Decimal("0.05"), 500),
        (10_010, Decimal("0.05"), 501),  # 500.5 → half up
        (10_009, Decimal("0.05"), 500),  # 500.45
        (100, Fraction(1, 3), 33),
        (0, Decimal("0.3"), 0),
    ],
)
def test_shares_are_rounded_half_up(total: int, share: Decimal | Fraction, expected: int) -> None:
    assert part_fen(total, share) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [(0, 500), (9_999, 500), (10_000, 500), (10_020, 501), (100_000, 5_000), (100_020, 5_000)],
)
def test_late_compensation_is_five_percent_between_5_and_50_yuan(base: int, expected: int) -> None:
    rate = Rate(rate=Decimal("0.05"), min_yuan=Decimal(5), max_yuan=Decimal(50))
    assert clamp_fen(rate, base) == expected


def test_compensation_never_exceeds_what_was_paid() -> None:
    cheap = order("paid", lines=(line(unit_price_fen=300),))
    assert amount(cheap, "not_shipped", "compensation") == 300


def test_rates_apply_to_what_should_have_been_paid_not_to_a_double_charge() -> None:
    twice = order("paid", payments=(payment(40_000), payment(40_000, id="P2")),
                  lines=(line(unit_price_fen=40_000),))  # fmt: skip
    assert amount(twice, "not_shipped", "compensation") == 4_000  # 10 % of ¥400


@pytest.mark.parametrize(
    ("record", "due", "should", "over"),
    [
        (order("paid"), 10_000, 10_000, 0),
        (order("paid", freight_fen=800), 10_800, 10_800, 0),
        (order("paid", freight_fen=800, free_shipping=True), 10_000, 10_000, 800),
        (order("paid", discounts=(discount(500, applied=True),)), 9_500, 9_500, 500),
        (order("paid", discounts=(discount(500, applied=False),)), 10_000, 9_500, 500),
        (order("paid", discounts=(discount(500, applied=False, threshold_fen=10_000),)),
         10_000, 9_500, 500),
        (order("paid", discounts=(discount(500, applied=False, threshold_fen=10_001),)),
         10_000, 10_000, 0),
        (order("paid", discounts=(discount(99_999, applied=True),)), 0, 0, 10_000),
        (order("paid", payments=(payment(9_000),)), 10_000, 10_000, 0),
        (order("paid", payments=(payment(10_000, status="failed"), payment(10_000, id="P2"))),
         10_000, 10_000, 0),
    ],
)  # fmt: skip
def test_what_was_due_and_what_came_in(
    record: OrderRecord, due: int, should: int, over: int
) -> None:
    money = sums(record)
    assert (money.due_fen, money.should_fen, money.overcharge_fen) == (due, should, over)


def test_each_head_is_owed_within_what_was_overpaid() -> None:
    record = order(
        "paid", freight_fen=800, free_shipping=True, payments=(payment(10_100),),
        discounts=(discount(500, applied=False),),
    )  # fmt: skip
    money = sums(record)
    assert money.overcharge_fen == 600
    assert money.discount_missing_fen == 500
    assert money.freight_wrong_fen == 600


@pytest.mark.parametrize(
    ("minutes", "amounts", "twice"),
    [
        (30, (10_000, 10_000), 10_000),
        (31, (10_000, 10_000), 0),
        (5, (10_000, 9_999), 0),
        (5, (5_000, 5_000), 0),  # paid in two halves: nothing beyond what was due
        (5, (10_000, 10_000, 10_000), 20_000),
    ],
)
def test_a_double_charge_is_the_same_sum_within_half_an_hour_beyond_what_was_due(
    minutes: int, amounts: tuple[int, ...], twice: int
) -> None:
    paid = tuple(
        payment(fen, id=f"P{n}", at=ago(days=10, minutes=-minutes * bool(n)))
        for n, fen in enumerate(amounts)
    )
    assert sums(order("paid", payments=paid)).double_charge_fen == twice


def two_lines(**changes: object) -> OrderRecord:
    return delivered(lines=(SHIRT, SOCKS), discounts=(CUT_50,), **changes)  # type: ignore[arg-type]


def test_goods_kept_below_the_threshold_lose_the_discount() -> None:
    # Paid 250.00; the shirt kept would have cost 200.00 without 满300减50: 50.00 goes back.
    assert amount(two_lines(), "none", "return_refund", intent="want_return", sku="B1") == 5_000
    # The socks kept would have cost 100.00: 150.00 goes back for the shirt.
    assert amount(two_lines(), "none", "return_refund", intent="want_return", sku="A1") == 15_000


def test_goods_kept_above_the_threshold_keep_the_whole_discount() -> None:
    """Paid in all, less what the goods kept would have cost at the purchase (policy §3.4)."""
    coat = line(sku="C1", unit_price_fen=40_000, paid_fen=36_000)
    socks = line(sku="B1", unit_price_fen=10_000, paid_fen=9_000)
    record = delivered(lines=(coat, socks), discounts=(CUT_50,))
    assert amount(record, "none", "return_refund", intent="want_return", sku="B1") == 10_000


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (1, 10_000),  # 450 − (400 − 50): 满400减50 stays earned
        (2, 15_000),  # 450 − 300: lost
        (3, 25_000),  # 450 − 200: lost
    ],
)
def test_pieces_go_back_by_what_the_rest_would_have_cost(pieces: int, expected: int) -> None:
    shirts = line(quantity=3, paid_fen=27_000)
    jeans = line(sku="B1", title="牛仔裤", unit_price_fen=20_000, paid_fen=18_000)
    cut = discount(5_000, applied=True, threshold_fen=40_000)
    record = delivered(lines=(shirts, jeans), discounts=(cut,))
    wanted = {"intent": "want_return", "sku": "A1", "quantity": pieces}
    assert amount(record, "none", "return_refund", **wanted) == expected


@pytest.mark.parametrize(
    ("paid", "cut", "threshold", "sku", "expected"),
    [
        # A coupon without a threshold stays where it was shared out.
        ((5_000, 10_000), 5_000, None, "A1", 5_000),
        ((5_000, 10_000), 5_000, None, "B1", 10_000),
        # A discount that one line bore is one on that line, whatever else is kept.
        ((7_000, 10_000), 3_000, 10_000, "A1", 7_000),
        ((7_000, 10_000), 3_000, 10_000, "B1", 10_000),
        # An order system that shares nothing out: 150 came in for goods of 200.
        ((10_000, 10_000), 5_000, 20_000, "A1", 5_000),
        ((10_000, 10_000), 5_000, 10_000, "A1", 10_000),
        # Cheaper than listed for a reason that the record does not tell.
        ((8_000, 8_000), 0, None, "A1", 8_000),
    ],
)
def test_a_return_never_takes_along_a_discount_of_the_rest(
    paid: tuple[int, int], cut: int, threshold: int | None, sku: str, expected: int
) -> None:
    lines = (line(paid_fen=paid[0]), line(sku="B1", title="袜子", paid_fen=paid[1]))
    cuts = (discount(cut, applied=True, threshold_fen=threshold),) if cut else ()
    record = delivered(
        lines=lines, discounts=cuts, payments=(payment(min(20_000 - cut, sum(paid))),)
    )
    assert amount(record, "none", "return_refund", intent="want_return", sku=sku) == expected


def test_a_fault_gives_the_line_back_as_paid_whatever_the_threshold() -> None:
    assert amount(two_lines(), "defect", "return_refund", sku="B1") == 8_333


def test_part_of_a_line_goes_back_by_pieces() -> None:
    three = line(quantity=3, unit_price_fen=3_333, paid_fen=9_999)
    record = delivered(lines=(three, SOCKS))
    wanted = {"intent": "want_return", "sku": "A1", "quantity": 2}
    assert amount(record, "none", "return_refund", **wanted) == 6_666


def test_the_freight_out_goes_back_with_faulty_goods_but_not_with_a_change_of_mind() -> None:
    record = delivered(freight_fen=800)
    assert amount(record, "defect", "return_refund") == 10_800
    assert amount(record, "none", "return_refund", intent="want_return") == 10_000


def test_excluded_goods_stay_out_of_a_whole_order_returned() -> None:
    record = delivered(lines=(line(), FRUIT))
    wanted = {"intent": "want_return", "whole_order": True}
    assert amount(record, "none", "return_refund", **wanted) == 10_000


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.01, 3_000), (0.3, 3_000), (0.301, 5_000), (0.5, 5_000)],
)
def test_fresh_goods_are_settled_in_steps(share: float, expected: int) -> None:
    record = delivered(lines=(FRUIT,))
    assert amount(record, "spoiled", "partial_refund", bad_share=share) == expected


def test_more_than_half_bad_is_all_bad() -> None:
    assert amount(delivered(lines=(FRUIT,)), "spoiled", "refund", bad_share=0.501) == 10_000


@pytest.mark.parametrize(("share", "rule"), [(0.0, "no steps"), (-1.0, ""), (7.0, "")])
def test_odd_shares_are_brought_into_range(share: float, rule: str) -> None:
    verdict = judge(delivered(lines=(FRUIT,)), "spoiled", bad_share=share)
    assert all(option.amount_fen <= 10_000 for option in verdict.options), rule


@pytest.mark.parametrize(("quantity", "expected"), [(1, 3_333), (2, 6_667), (3, 10_000)])
def test_missing_pieces_are_paid_back_by_the_piece(quantity: int, expected: int) -> None:
    record = delivered(lines=(line(quantity=3, unit_price_fen=3_334, paid_fen=10_000),))
    assert amount(record, "missing_item", "partial_refund", quantity=quantity) == expected


def test_a_missing_gift_is_worth_what_was_declared() -> None:
    record = delivered(lines=(line(), GIFT))
    assert amount(record, "missing_item", "partial_refund", sku="G1") == 1_500


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"current_price_fen": 9_999}, 1),
        ({"quantity": 3, "current_price_fen": 8_000}, 6_000),
        ({"quantity": 2, "paid_fen": 18_001, "current_price_fen": 9_000}, 1),
    ],
)
def test_the_price_difference_is_unit_paid_less_price_now_times_pieces(
    changed: dict[str, int], expected: int
) -> None:
    cheaper = line(price_protect_days=30, **changed)
    record = order("paid", lines=(cheaper,))
    assert amount(record, "price_drop", "price_difference") == expected


def test_only_protected_lines_count_and_the_named_one_alone() -> None:
    lines: tuple[Line, ...] = (
        line(sku="A1", current_price_fen=9_000, price_protect_days=30),
        line(sku="B1", current_price_fen=8_000, price_protect_days=30),
        line(sku="C1", current_price_fen=1_000),
    )
    record = order("paid", lines=lines)
    assert amount(record, "price_drop", "price_difference") == 3_000
    assert amount(record, "price_drop", "price_difference", sku="B1") == 2_000


def test_a_return_refunded_short_lacks_the_rest() -> None:
    short = returned("refunded", amount_fen=9_990, refunded_at=ago(days=1))
    assert amount(delivered(returns=(short,)), "overcharge", "partial_refund") == 10


def test_a_refunded_return_leaves_less_to_pay_out() -> None:
    gone = returned("refunded", amount_fen=7_000, refunded_at=ago(days=1))
    record = delivered(lines=(line(quantity=2, unit_price_fen=5_000),), returns=(gone,))

    def left(granted_fen: int, *own: str) -> int:
        told = {"whole_order": True, "granted_fen": granted_fen, "own_returns": frozenset(own)}
        return amount(record, "defect", "return_refund", **told)

    assert left(0) == 3_000
    assert left(7_000, gone.no) == 3_000  # the return is this grant
    assert left(8_000, gone.no) == 2_000
    assert left(1_000) == 2_000  # and here another


def test_a_coupon_stays_within_a_third_of_what_was_paid() -> None:
    cheap = delivered(lines=(line(unit_price_fen=1_000),))
    assert amount(cheap, "no_response", "coupon") == 300  # ¥5 at least, but 30 % of ¥10


@pytest.mark.parametrize(
    ("quantity", "told", "missing"), [(1, 1, True), (1, 10, True), (4, 2, False), (4, 9, True)]
)
def test_pieces_that_were_not_bought_are_no_share_of_the_goods(
    quantity: int, told: int, missing: bool
) -> None:
    """Ten bad oranges of one box are not the whole box."""
    box = FRUIT.model_copy(
        update={"quantity": quantity, "paid_fen": FRUIT.unit_price_fen * quantity}
    )
    verdict = judge(delivered(lines=(box,)), "spoiled", quantity=told)
    assert ("bad_share" in verdict.missing) is missing


def test_a_sum_that_a_person_still_looks_at_is_not_called_paid_back() -> None:
    done = Given(kind="partial_refund", issue="overcharge", amount_fen=3_100, money="statutory")
    waits = Given(kind="freight", issue="fee", amount_fen=899, money="statutory", pending=True)
    record = delivered(payments=(payment(13_999),))
    told = "".join(judge(record, "overcharge", given=[done, waits]).reasons)
    assert "（其中31元已退，8.99元还在复核）" in told
    assert "（其中31元已退）" in "".join(judge(record, "overcharge", given=[done]).reasons)
