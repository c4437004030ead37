"""What was granted before counts: no sum is paid back twice under another title."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.order_record import OrderRecord
from bot.remedies.given import Given, LineGiven, by_line, shared_out, still_counted
from bot.remedies.sums import sums
from tests.unit.remedies.judge_for_tests import judge, line_of
from tests.unit.remedies.orders_for_tests import (
    ago,
    delivered,
    discount,
    line,
    order,
    payment,
    quiet,
    shipped,
)

SCARF = line(title="围巾", unit_price_fen=40_000, current_price_fen=30_000, price_protect_days=30)
GLOVES = line(sku="B1", title="手套")
CUT_40 = discount(4_000, applied=False, threshold_fen=30_000)
CUT_50 = discount(5_000, applied=True, threshold_fen=30_000)


def given(kind: str, fen: int, issue: str = "price_drop", **more: Any) -> Given:
    return Given(
        **({"kind": kind, "issue": issue, "amount_fen": fen, "money": "statutory"} | more)
    )


DROP = given("price_difference", 10_000, sku="A1")
DROP_UNTOLD = given("price_difference", 10_000)
DISCOUNT = given("partial_refund", 4_000, "discount")
FREIGHT = given("freight", 800, "fee")
LATE = given("compensation", 1_500, "not_shipped", money="discretionary")
BLEMISH = given("partial_refund", 2_000, "defect", sku="A1", money="discretionary")


def scarf_and_gloves() -> OrderRecord:
    return delivered(lines=(SCARF, GLOVES))


def uncut() -> OrderRecord:
    """Return an order of ¥310 and ¥40 that did not get its 满300减40."""
    coat = line(title="外套", unit_price_fen=31_000)
    socks = line(sku="B1", title="袜子", unit_price_fen=4_000)
    return delivered(lines=(coat, socks), discounts=(CUT_40,))


def cut() -> OrderRecord:
    """Return an order of ¥200 and ¥100 that got 满300减50."""
    shirt = line(unit_price_fen=20_000, paid_fen=16_667)
    socks = line(sku="B1", title="袜子", unit_price_fen=10_000, paid_fen=8_333)
    return delivered(lines=(shirt, socks), discounts=(CUT_50,))


@pytest.mark.parametrize(
    ("record", "before", "claim", "expected"),
    [
        # The article whose price was made up for goes back at what it cost after all.
        (scarf_and_gloves(), [DROP], {"sku": "A1"}, "30000 L1"),
        (scarf_and_gloves(), [DROP_UNTOLD], {"sku": "A1"}, "30000 L1"),
        (scarf_and_gloves(), [DROP], {"sku": "B1"}, "10000 L1"),
        (scarf_and_gloves(), [DROP_UNTOLD], {"sku": "B1"}, "10000 L1"),
        (scarf_and_gloves(), [DROP], {"whole_order": True}, "40000 bot"),
        # A discount given back late: paid 350 − 40, kept goods cost 40, or 310 − 40.
        (uncut(), [DISCOUNT], {"sku": "A1"}, "27000 L1"),
        (uncut(), [DISCOUNT], {"sku": "B1"}, "4000 L1"),
        (uncut(), [DISCOUNT], {"whole_order": True}, "31000 bot"),
        # Compensation is no part of the price.
        (scarf_and_gloves(), [LATE], {"sku": "A1"}, "40000 L1"),
        (scarf_and_gloves(), [LATE], {"whole_order": True}, "48500 bot"),
        # A sum for a blemish lowered that article alone.
        (scarf_and_gloves(), [BLEMISH], {"sku": "A1"}, "38000 L1"),
        (scarf_and_gloves(), [BLEMISH], {"sku": "B1"}, "10000 L1"),
        # In two steps no more and no less goes back than in one.
        (cut(), [given("return_refund", 15_000, "none", sku="A1")], {"sku": "B1"}, "10000 bot"),
        (cut(), [given("return_refund", 5_000, "none", sku="B1")], {"sku": "A1"}, "20000 bot"),
        (cut(), [given("return_refund", 8_333, "defect", sku="B1")], {"sku": "A1"}, "16667 bot"),
    ],
)  # fmt: skip
def test_a_return_counts_what_was_given_back_before(
    record: OrderRecord, before: list[Given], claim: dict[str, Any], expected: str
) -> None:
    verdict = judge(record, "none", given=before, intent="want_return", **claim)
    option = next(o for o in verdict.options if o.kind == "return_refund")
    assert f"{option.amount_fen} {option.tier}" == expected


@pytest.mark.parametrize(
    ("before", "sku", "expected"),
    [([], "A1", 40_000), ([DROP], "A1", 30_000), ([DROP], "B1", 10_000), ([LATE], "A1", 40_000)],
)
def test_faulty_goods_go_back_at_what_they_cost_after_all(
    before: list[Given], sku: str, expected: int
) -> None:
    verdict = judge(scarf_and_gloves(), "defect", given=before, sku=sku)
    back = next(o for o in verdict.options if o.kind == "return_refund")
    assert back.amount_fen == expected


def test_pieces_left_are_counted_by_what_is_left_of_their_line() -> None:
    three = line(quantity=3)
    record = delivered(lines=(three, GLOVES))
    one_gone = given("return_refund", 10_000, "none", sku="A1", quantity=1)
    wanted: dict[str, Any] = {"intent": "want_return", "sku": "A1"}
    verdict = judge(record, "none", given=[one_gone], **wanted)
    assert verdict.options[0].amount_fen == 20_000
    verdict = judge(record, "none", given=[one_gone], quantity=3, **wanted)
    assert verdict.options[0].amount_fen == 20_000


def charged_freight() -> OrderRecord:
    goods = line(unit_price_fen=9_900)
    return delivered(
        lines=(goods,), freight_fen=800, free_shipping=True, payments=(payment(10_700),)
    )


def both() -> OrderRecord:
    """Return an order that got no discount and was charged freight though it ships free."""
    goods = line(unit_price_fen=35_000)
    return delivered(lines=(goods,), discounts=(CUT_40,), freight_fen=800, free_shipping=True)


TWICE = given("partial_refund", 30_000, "double_charge")


def uncut_and_overcharged(times: int = 1) -> OrderRecord:
    """Return ¥200 and ¥100 without their 满300减40, charged freight or twice."""
    coat, hat = line(unit_price_fen=20_000), line(sku="B1", title="帽子")
    fee = 800 if times == 1 else 0
    payments = tuple(payment(30_000 + fee, id=f"P{n}") for n in range(times))
    return delivered(
        lines=(coat, hat), discounts=(CUT_40,), freight_fen=fee, free_shipping=True,
        payments=payments,
    )  # fmt: skip


def over(fen: int) -> Given:
    return given("partial_refund", fen, "overcharge")


@pytest.mark.parametrize(
    ("times", "before", "discounted", "worth"),
    [
        (1, [FREIGHT], 0, 10_000),
        (1, [over(800)], 0, 10_000),
        (2, [TWICE], 0, 10_000),
        (2, [over(30_000)], 0, 10_000),
        (1, [DISCOUNT], 4_000, 8_666),
        (1, [FREIGHT, DISCOUNT], 4_000, 8_666),
        (1, [over(4_800)], 4_000, 8_666),
        (1, [FREIGHT, over(4_000)], 4_000, 8_666),
        (2, [TWICE, over(4_000)], 4_000, 8_666),
        (2, [over(34_000)], 4_000, 8_666),
    ],
)
def test_only_what_was_given_back_for_a_discount_lowers_the_prices(
    times: int, before: list[Given], discounted: int, worth: int
) -> None:
    record = uncut_and_overcharged(times)
    assert sums(record, before).discounted_fen == discounted
    verdict = judge(record, "defect", given=before, sku="B1")
    assert verdict.options[0].amount_fen == worth


ALL_OVER = given("partial_refund", 4_800, "overcharge")


@pytest.mark.parametrize(
    ("record", "issue", "before", "expected"),
    [
        (charged_freight(), "overcharge", [], "overcharge.owed: partial_refund 800"),
        (charged_freight(), "overcharge", [FREIGHT], "overcharge.right: explain"),
        (charged_freight(), "fee", [FREIGHT], "fee.right: explain · expedite"),
        (charged_freight(), "fee", [LATE], "fee.free_shipping: freight 800 L1"),
        (charged_freight(), "fee", [given("freight", 800, "defect")],
         "fee.free_shipping: freight 800 L1"),  # for sending faulty goods back
        (both(), "overcharge", [FREIGHT], "overcharge.owed: partial_refund 4000 L1"),
        (both(), "discount", [FREIGHT], "discount.missing: partial_refund 4000 L1"),
        (both(), "fee", [FREIGHT], "fee.overcharged: partial_refund 4000 L1"),
        (both(), "overcharge", [DISCOUNT], "overcharge.owed: partial_refund 800 L1"),
        (both(), "fee", [DISCOUNT], "fee.free_shipping: freight 800 L1"),
        (both(), "fee", [ALL_OVER], "fee.right: explain · expedite"),
        (both(), "overcharge", [ALL_OVER], "overcharge.right: explain"),
        (both(), "overcharge", [FREIGHT, DISCOUNT], "overcharge.right: explain"),
        (uncut(), "overcharge", [DISCOUNT], "overcharge.right: explain"),
        # The socks that are left of the order earn no 满300减40.
        (uncut(), "discount", [given("return_refund", 31_000, "none", sku="A1")],
         "discount.below: explain · coupon 700 L1"),
        (scarf_and_gloves(), "price_drop", [], "price_drop.protected: price_difference 10000"),
        (scarf_and_gloves(), "price_drop", [DROP], "price_drop.not_cheaper: explain"),
        # The scarf is the one that fell.
        (scarf_and_gloves(), "price_drop", [given("return_refund", 40_000, "none", sku="A1")],
         "price_drop.goods_back: explain"),
        # Nobody released it yet, and what never came did not go back.
        (scarf_and_gloves(), "price_drop",
         [replace(given("return_refund", 40_000, "none", sku="A1"), pending=True)],
         "price_drop.not_cheaper: explain"),
        (scarf_and_gloves(), "price_drop",
         [given("partial_refund", 40_000, "missing_item", sku="A1")],
         "price_drop.not_cheaper: explain"),
        (scarf_and_gloves(), "price_drop", [given("return_refund", 10_000, "none", sku="B1")],
         "price_drop.protected: price_difference 10000 L1"),
    ],
)  # fmt: skip
def test_what_was_given_back_is_owed_no_more(
    record: OrderRecord, issue: str, before: list[Given], expected: str
) -> None:
    assert line_of(judge(record, issue, given=before)) == expected


@pytest.mark.parametrize("issue", ["overcharge", "fee"])
def test_the_bill_tells_what_was_given_back(issue: str) -> None:
    reasons = "".join(judge(charged_freight(), issue, given=[FREIGHT]).reasons)
    assert "实收107元（其中8元已退）" in reasons
    assert "没有多收" in reasons


def test_a_difference_paid_before_is_told() -> None:
    reasons = "".join(judge(scarf_and_gloves(), "price_drop", given=[DROP]).reasons)
    assert "这单的差价之前已经退给您100元" in reasons
    plain = delivered(lines=(line(current_price_fen=10_000),))
    assert "已经退给您" not in "".join(judge(plain, "price_drop", given=[LATE]).reasons)


def test_a_double_charge_paid_back_is_not_owed_while_the_record_lags() -> None:
    record = order("paid", payments=(payment(), payment(id="P2")))
    twice = given("partial_refund", 10_000, "double_charge")
    assert sums(record).double_charge_fen == 10_000
    assert sums(record, [twice]).double_charge_fen == 0


ROW = {"kind": "partial_refund", "issue": "double_charge", "sku": None, "quantity": None,
       "amount_fen": 10_000, "money": "statutory", "matter": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "statuses", "left"),
    [
        ([ROW], ["success", "success"], 1),
        ([ROW], ["success", "refunded"], 0),
        ([ROW, ROW], ["success", "refunded"], 1),
        ([ROW | {"amount_fen": 800}], ["success", "refunded"], 1),
        ([ROW | {"kind": "return_refund"}], ["success", "refunded"], 1),
        ([{"kind": "exchange", "issue": "defect", "sku": None, "matter": ""}], ["success"], 0),
    ],
)
def test_what_the_record_counts_itself_is_not_counted_again(
    rows: list[dict[str, Any]], statuses: list[Any], left: int
) -> None:
    payments = [payment(id=f"P{n}", status=status) for n, status in enumerate(statuses)]
    assert len(still_counted(rows, payments)) == left


def test_a_sum_for_untold_lines_falls_where_the_price_fell() -> None:
    lines = (SCARF, GLOVES)
    assert by_line(lines, [DROP_UNTOLD]) == (LineGiven(off_fen=10_000), LineGiven())
    blemish = given("partial_refund", 5_000, "defect")
    assert [of_it.off_fen for of_it in by_line(lines, [blemish])] == [4_000, 1_000]


FELL = {"unit_price_fen": 40_000, "current_price_fen": 30_000}


@pytest.mark.parametrize(
    ("promised", "expected"),
    [((30, None), [10_000, 0]), ((30, 30), [5_000, 5_000]), ((None, None), [5_000, 5_000])],
)
def test_a_difference_falls_on_the_lines_whose_price_is_promised(
    promised: tuple[int | None, int | None], expected: list[int]
) -> None:
    lines = tuple(
        line(sku=sku, price_protect_days=days, **FELL)
        for sku, days in zip(("A1", "B1"), promised, strict=True)
    )
    assert [of_it.off_fen for of_it in by_line(lines, [DROP_UNTOLD])] == expected


def test_a_difference_paid_for_the_promised_line_leaves_the_other_at_its_price() -> None:
    hat = line(sku="B1", title="帽子", **FELL)
    record = delivered(lines=(SCARF, hat))
    for sku, expected in (("A1", 30_000), ("B1", 40_000)):
        verdict = judge(record, "none", given=[DROP_UNTOLD], intent="want_return", sku=sku)
        assert verdict.options[0].amount_fen == expected
    again = judge(record, "price_drop", given=[DROP_UNTOLD])
    assert "price_difference" not in {option.kind for option in again.options}


THREE = line(quantity=3)
GONE_ONE = given("partial_refund", 10_000, "missing_item", sku="A1", quantity=1)


@pytest.mark.parametrize(
    ("issue", "quantity", "expected"),
    [("none", 2, 20_000), ("none", 1, 10_000), ("defect", 2, 20_000), ("defect", 3, 20_000)],
)
def test_missing_pieces_paid_for_are_no_longer_there(
    issue: str, quantity: int, expected: int
) -> None:
    wanted = {"intent": "want_return"} if issue == "none" else {}
    record = delivered(lines=(THREE,))
    verdict = judge(record, issue, given=[GONE_ONE], quantity=quantity, **wanted)
    assert verdict.options[0].amount_fen == expected


def test_another_missing_piece_is_paid_like_the_first() -> None:
    record = delivered(lines=(THREE,))
    verdict = judge(record, "missing_item", given=[GONE_ONE], quantity=1)
    assert [o.amount_fen for o in verdict.options if o.kind == "partial_refund"] == [10_000]


def test_pieces_missing_from_untold_lines_only_lower_the_prices() -> None:
    untold = given("partial_refund", 5_000, "missing_item", quantity=1)
    assert [of_it.gone for of_it in by_line((SCARF, GLOVES), [untold])] == [0, 0]
    uncounted = given("partial_refund", 5_000, "missing_item", sku="A1")
    assert by_line((THREE,), [uncounted]) == (LineGiven(off_fen=5_000),)
    assert by_line((SCARF,), [uncounted]) == (LineGiven(gone=1, gone_fen=5_000, never_came=1),)


TWO_LINES = (line(), line(), GLOVES)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([(1, 10_000)], [(1, 10_000), (0, 0), (0, 0)]),
        ([(1, 10_000), (1, 10_000)], [(1, 10_000), (1, 10_000), (0, 0)]),
        ([(2, 20_000)], [(1, 10_000), (1, 10_000), (0, 0)]),
        ([(None, 20_000)], [(1, 10_000), (1, 10_000), (0, 0)]),
        ([(2, 20_000), (1, 2_000)], [(1, 11_000), (1, 11_000), (0, 0)]),
    ],
)
def test_pieces_of_an_article_on_two_lines_are_counted_once(
    before: list[tuple[int | None, int]], expected: list[tuple[int, int]]
) -> None:
    grants = [given("return_refund", fen, "defect", sku="A1", quantity=n) for n, fen in before]
    assert [(one.gone, one.gone_fen) for one in by_line(TWO_LINES, grants)] == expected


def test_the_second_piece_of_an_article_on_two_lines_goes_back_too() -> None:
    record = delivered(lines=TWO_LINES)
    first = judge(record, "defect", sku="A1", quantity=1).options[0]
    assert (first.amount_fen, first.detail["sku"]) == (10_000, "A1")
    before = [given("return_refund", 10_000, "defect", sku="A1", quantity=1)]
    second = judge(record, "defect", given=before, sku="A1", quantity=1).options[0]
    assert (second.kind, second.amount_fen) == ("return_refund", 10_000)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [(100, [1, 1, 1], [33, 33, 34]), (100, [1, 0], [100, 0]), (100, [0, 0], [0, 0]), (5, [], [])],
)
def test_shares_add_up(total: int, weights: list[int], expected: list[int]) -> None:
    assert shared_out(total, weights) == expected


@pytest.mark.parametrize(
    ("before", "told", "detail"),
    [
        ([], "取消后全额退回300元。", {}),
        ([LATE], "取消后退回其余全部285元（之前已为您办理15元）。", {"before_fen": 1_500}),
    ],
)
def test_the_rest_is_not_called_all(
    before: list[Given], told: str, detail: dict[str, int]
) -> None:
    record = order("paid", lines=(line(unit_price_fen=30_000),))
    verdict = judge(record, "none", given=before, intent="want_cancel")
    assert told in "".join(verdict.reasons)
    option = verdict.options[0]
    assert option.tier == "bot"
    assert {n: v for n, v in option.detail.items() if n == "before_fen"} == detail


def test_a_part_that_goes_back_is_no_rest() -> None:
    verdict = judge(scarf_and_gloves(), "none", given=[LATE], intent="want_return", sku="B1")
    assert "before_fen" not in verdict.options[0].detail


MOVING = "parcel.moving: explain · expedite"
ARRIVED = "arrived.in_time: explain"


@pytest.mark.parametrize(
    ("hours", "under_way", "arrived"),
    [
        (0, MOVING, ARRIVED),
        (1, "parcel.left_late: expedite · compensation 500 · trace",
         "arrived.left_late: compensation 500 · coupon 500"),
        (72, "parcel.left_late: expedite · compensation 500 · trace",
         "arrived.left_late: compensation 500 · coupon 500"),
        (73, "parcel.left_very_late: compensation 1000 · expedite · trace",
         "arrived.left_very_late: compensation 1000 · coupon 500"),
    ],
)  # fmt: skip
def test_what_leaves_late_was_late_all_the_same(
    hours: float, under_way: str, arrived: str
) -> None:
    moving, home = shipped(), delivered()
    left = {r.status: r.shipped_at for r in (moving, home)}
    late_by = ago(hours=hours) - ago()
    for record, expected in ((moving, under_way), (home, arrived)):
        promise = left[record.status] + late_by  # type: ignore[operator]
        late = record.model_copy(update={"promised_ship_by": promise})
        assert line_of(judge(late, "slow")) == expected
        assert line_of(judge(late, "slow", given=[LATE])) in {MOVING, ARRIVED}


def test_the_dearer_of_two_delays_is_offered() -> None:
    late = {"promised_ship_by": ago(days=30)}
    still = shipped(shipments=(quiet(50),), **late)
    assert line_of(judge(still, "slow")).startswith("parcel.left_very_late: compensation 1000")
    stuck = shipped(shipments=(quiet(80),), **late)
    assert line_of(judge(stuck, "slow")).startswith("parcel.no_update: trace · compensation 2000")


def test_late_dispatch_is_no_matter_long_after_receipt() -> None:
    late = delivered(16, promised_ship_by=ago(days=40))
    assert line_of(judge(late, "slow")) == ARRIVED


def test_what_stood_still_and_arrived_is_told_why_nothing_is_paid() -> None:
    assert "现在已经签收" in "".join(judge(delivered(), "slow").reasons)


def test_what_never_came_still_earns_a_discount_for_the_rest() -> None:
    towel = line(unit_price_fen=10_000, paid_fen=9_000)
    glass = line(sku="B1", title="玻璃杯", unit_price_fen=10_000, paid_fen=9_000)
    lamp = line(sku="C1", title="台灯", unit_price_fen=20_000, paid_fen=18_000)
    cut_40 = discount(4_000, applied=True, threshold_fen=30_000)
    record = delivered(lines=(towel, glass, lamp), discounts=(cut_40,))
    gone = given("partial_refund", 9_000, "missing_item", sku="A1", quantity=1)
    verdict = judge(record, "none", given=[gone], intent="want_return", sku="B1")
    assert verdict.options[0].amount_fen == 10_000
