"""What an earlier return settled on the goods kept is what they cost after all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.order_record import OrderRecord
from bot.remedies.given import Given, by_line
from bot.remedies.kept import left_of
from bot.remedies.verdict import Verdict
from tests.unit.remedies.judge_for_tests import judge
from tests.unit.remedies.orders_for_tests import GIFT, delivered, discount, line


def order_of(
    prices: list[tuple[int, int]], cut: int = 0, over: int = 0, *, applied: bool = True
) -> OrderRecord:
    """Return an order of so many pieces at such prices in yuan, the discount shared out."""
    goods = sum(price * n for price, n in prices)
    lines, left = [], cut * 100 if applied else 0
    for at, (price, n) in enumerate(prices):
        last = at == len(prices) - 1
        part = left if last else cut * 100 * price * n // goods if applied else 0
        left -= part
        lines.append(
            line(sku=f"S{at}", title=f"商品{at}", quantity=n, unit_price_fen=price * 100,
                 paid_fen=price * n * 100 - part)
        )  # fmt: skip
    cuts = (discount(cut * 100, applied=applied, threshold_fen=over * 100),) if cut else ()
    return delivered(lines=tuple(lines), discounts=cuts)


def gave(kind: str, fen: int, issue: str, sku: str, quantity: int | None = 1) -> Given:
    return Given(
        kind=kind, issue=issue, amount_fen=fen, sku=sku, quantity=quantity, money="statutory"
    )


def sum_of(verdict: Verdict, kind: str) -> int:
    return next((o.amount_fen for o in verdict.options if o.kind == kind), 0)


BAG = order_of([(300, 1), (150, 1)], 50, 400)
THREE = order_of([(300, 1), (150, 1), (150, 1)], 60, 200)
SHIRTS = order_of([(100, 3), (100, 1)], 40, 300)
BACK_250 = gave("return_refund", 25_000, "none", "S0")
BACK_160 = gave("return_refund", 16_000, "none", "S0", 2)
FAULTY = gave("return_refund", 18_000, "defect", "S0", 2)  # at its share
ONE_80 = gave("return_refund", 8_000, "defect", "S0")
OFF_30 = gave("partial_refund", 3_000, "defect", "S0")
OFF_60 = gave("partial_refund", 6_000, "defect", "S0")


@pytest.mark.parametrize(
    ("record", "before", "sku", "expected"),
    [
        (BAG, [BACK_250], "S1", 15_000),
        (order_of([(100, 1), (200, 1)], 50, 300),
         [gave("return_refund", 15_000, "none", "S1")], "S0", 10_000),
        # A faulty article went back at its share, and settled nothing on the other.
        (BAG, [gave("return_refund", 26_667, "defect", "S0")], "S1", 13_333),
        # What was refunded for spoiled goods that nobody sent back is no return either.
        (BAG, [gave("refund", 10_000, "spoiled", "S0")], "S1", 13_333),
        # The discount stayed whole with the goods kept: they cost less than their share.
        (THREE, [gave("return_refund", 30_000, "none", "S0")], "S1", 12_000),
        # Two of three shirts lost the discount for the third and for the other article.
        (SHIRTS, [BACK_160], "S0", 10_000),
        (SHIRTS, [BACK_160], "S1", 10_000),
        # What is given for the pieces kept after it is theirs alone.
        (SHIRTS, [FAULTY, OFF_30], "S0", 6_000),
        (SHIRTS, [FAULTY, OFF_30], "S1", 9_000),
        (SHIRTS, [BACK_160, OFF_30], "S0", 7_000),
        (SHIRTS, [BACK_160, OFF_30], "S1", 10_000),
        (SHIRTS, [BACK_160, OFF_60], "S0", 4_000),
        (SHIRTS, [BACK_160, OFF_60], "S1", 10_000),
        # What was given before it was for all three shirts: those sent back had their part.
        (SHIRTS, [OFF_30, gave("return_refund", 16_000, "defect", "S0", 2)], "S0", 8_000),
        (SHIRTS, [OFF_30, gave("return_refund", 16_000, "defect", "S0", 2)], "S1", 9_000),
        (SHIRTS, [OFF_30, ONE_80, OFF_30, gave("return_refund", 6_500, "defect", "S0")], "S0",
         6_500),
        (SHIRTS, [OFF_30, ONE_80, OFF_30, gave("return_refund", 6_500, "defect", "S0")], "S1",
         9_000),
        # The bag was charged in full; what was given for its flaw since still counts.
        (BAG, [BACK_250, gave("partial_refund", 3_000, "defect", "S1")], "S1", 12_000),
        # Without a discount a small refund says nothing of the other article.
        (order_of([(300, 1), (150, 1)]), [BACK_250], "S1", 15_000),
        # A discount given back late, and lost by the return: 310 + 40 − 40 = 270 + 40.
        (order_of([(310, 1), (40, 1)], 40, 300, applied=False),
         [Given(kind="partial_refund", issue="discount", amount_fen=4_000, money="statutory"),
          gave("return_refund", 27_000, "none", "S0")], "S1", 4_000),
    ],
)  # fmt: skip
def test_a_fault_in_what_was_kept_is_worth_what_it_was_charged_at(
    record: OrderRecord, before: list[Given], sku: str, expected: int
) -> None:
    verdict = judge(record, "defect", given=before, sku=sku)
    assert sum_of(verdict, "return_refund") == expected


@pytest.mark.parametrize(
    ("before", "sku", "expected"),
    [
        ([BACK_160, OFF_30], "S0", 7_000),
        ([BACK_160, OFF_30], "S1", 10_000),
        ([BACK_160], "S0", 10_000),
    ],
)
def test_another_return_without_fault_counts_money_off_where_it_fell(
    before: list[Given], sku: str, expected: int
) -> None:
    verdict = judge(SHIRTS, "none", given=before, intent="want_return", sku=sku)
    assert sum_of(verdict, "return_refund") == expected


def test_a_difference_of_price_is_paid_once_for_what_was_kept() -> None:
    fallen = {"current_price_fen": 6_000, "price_protect_days": 30}
    lines = (SHIRTS.lines[0].model_copy(update=fallen), SHIRTS.lines[1])
    record, before = SHIRTS.model_copy(update={"lines": lines}), [FAULTY]
    first = judge(record, "price_drop", given=before, sku="S0")
    assert sum_of(first, "price_difference") == 3_000
    before.append(gave("price_difference", 3_000, "price_drop", "S0", None))
    again = judge(record, "price_drop", given=before, sku="S0")
    assert again.rule == "price_drop.not_cheaper"


def test_a_share_is_one_of_what_was_charged() -> None:
    before = sum_of(judge(BAG, "defect", sku="S1"), "partial_refund")
    after = sum_of(judge(BAG, "defect", given=[BACK_250], sku="S1"), "partial_refund")
    assert (before, after) == (2_667, 3_000)


def test_a_gift_never_costs_anything() -> None:
    gift = GIFT.model_copy(update={"unit_price_fen": 2_000})
    record = BAG.model_copy(update={"lines": (*BAG.lines, gift)})
    verdict = judge(record, "defect", given=[BACK_250], sku=gift.sku)
    assert not any(option.amount_fen for option in verdict.options)


LATE = Given(kind="partial_refund", issue="discount", amount_fen=6_000, money="statutory")
UNCUT = order_of([(300, 1), (150, 1)], 60, 400, applied=False)
FALLS_AWAY = "够不上满减（满400元减60元），这个优惠不再享受"
RECKONED = f"{FALLS_AWAY}：一共付了450元，减去之前补退的优惠60元，再减去留下的"


@pytest.mark.parametrize(
    ("before", "sku", "told"),
    [
        ([LATE], "S1", f"{RECKONED}300元，退您90元"),
        ([LATE], "S0", f"{RECKONED}150元，退您240元"),
        # Other sums went out too: the sentence would not add up, and does without figures.
        ([LATE, gave("partial_refund", 1_000, "defect", "S1")], "S0", f"{FALLS_AWAY}。"),
        # A correction that a person still looks at is no figure yet.
        ([replace(LATE, pending=True)], "S0", f"{FALLS_AWAY}。"),
        # It was never given, so none is lost.
        ([], "S1", None),
        # A fee came back, and no discount.
        ([Given(kind="freight", issue="fee", amount_fen=600, money="statutory")], "S1", None),
    ],
)  # fmt: skip
def test_a_discount_given_back_late_is_said_to_fall_away(
    before: list[Given], sku: str, told: str | None
) -> None:
    verdict = judge(UNCUT, "none", given=before, intent="want_return", sku=sku)
    reasons = "".join(verdict.reasons)
    assert ("不再享受" in reasons) == bool(told)
    assert (told or "") in reasons


PIECES = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 3)), min_size=2, max_size=3)


@settings(max_examples=150, deadline=None)
@given(prices=PIECES, cut=st.integers(0, 120), over=st.integers(0, 900), data=st.data())
def test_faults_after_a_return_give_all_that_was_paid_and_no_more(
    prices: list[tuple[int, int]], cut: int, over: int, data: st.DataObject
) -> None:
    goods = sum(price * n for price, n in prices)
    record = order_of(prices, min(cut, goods // 2) if goods >= over else 0, over)
    paid, before = record.received_fen, list[Given]()

    def take(issue: str, sku: str, n: int, **more: Any) -> int:
        verdict = judge(record, issue, given=before, sku=sku, quantity=n, **more)
        fen = sum_of(verdict, "return_refund")
        if fen:  # who gets nothing keeps the article
            before.append(gave("return_refund", fen, issue, sku, n))
        return fen

    first = data.draw(st.integers(1, prices[0][1]))
    out = take("none", "S0", first, intent="want_return")
    if not out:
        return
    for at, (price, n) in enumerate(prices):
        left = n - first if at == 0 else n
        if left:
            fen = take("defect", f"S{at}", left)
            assert fen <= price * left * 100 + len(prices)
            out += fen
    assert paid - 3 * len(prices) <= out <= paid


@settings(max_examples=150, deadline=None)
@given(
    prices=PIECES, cut=st.integers(0, 120), over=st.integers(0, 900), sure=st.booleans(),
    data=st.data(),
)  # fmt: skip
def test_money_off_what_was_kept_changes_no_other_line(
    prices: list[tuple[int, int]], cut: int, over: int, sure: bool, data: st.DataObject
) -> None:
    goods = sum(price * n for price, n in prices)
    record = order_of(prices, min(cut, goods // 2) if goods >= over else 0, over)
    before = list[Given]()
    if data.draw(st.booleans()):
        share = record.lines[0].paid_fen // 4
        before.append(gave("partial_refund", share, "defect", "S0"))
    first = data.draw(st.integers(1, prices[0][1]))
    issue, intent = ("none", "want_return") if sure else ("defect", "complain")
    out = sum_of(
        judge(record, issue, intent=intent, given=before, sku="S0", quantity=first),
        "return_refund",
    )
    if not out:
        return
    before.append(gave("return_refund", out, issue, "S0", first))
    costs = costs_of(record, before)
    at = data.draw(st.sampled_from([n for n, fen in enumerate(costs) if fen] or [0]))
    off = data.draw(st.integers(0, costs[at]))
    after = costs_of(record, [*before, gave("partial_refund", off, "defect", f"S{at}")])
    expected = [fen - off if n == at else fen for n, fen in enumerate(costs)]
    assert after == pytest.approx(expected, abs=1)
    assert sum(one.amount_fen for one in before) + sum(costs) <= record.received_fen + 1


def costs_of(record: OrderRecord, before: list[Given]) -> list[int]:
    """Return what each line of the order would bring if it were faulty."""
    given_on = by_line(record.lines, before)
    return [fen for _, fen in left_of(record.lines, given_on, [0] * len(record.lines))]
