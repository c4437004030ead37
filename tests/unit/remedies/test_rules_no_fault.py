"""The rules on changes of mind, with nobody at fault: at and around each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    CUSTOM,
    FOOD,
    VIRTUAL,
    ago,
    delivered,
    line,
    order,
    payment,
    returned,
    shipped,
    silent,
)

ROWS = [
    row(
        shipped(shipments=(silent(24.1),)),
        "none",
        "none.cancel_no_pickup: refund 10000",
        intent="want_cancel",
    ),
    row(
        order("delivered", lines=(VIRTUAL,)), "none", "none.excluded: reject", intent="want_return"
    ),
    row(order("unpaid"), "none", "none.cancel_unpaid: cancel", intent="want_cancel"),
    row(order("paid"), "none", "none.cancel_paid: refund 10000", intent="want_cancel"),
    row(order("paid"), "none", "none.cancel_paid: refund 10000", intent="want_refund"),
    row(
        order("paid"),
        "none",
        "none.exchange_paid: correct_order · refund 10000",
        intent="want_exchange",
        correction="L码",
    ),
    row(order("paid"), "none", "common.part_only: E13 L1", intent="want_cancel", part_only=True),
    row(shipped(), "not_shipped", "common.part_only: E13 L1", part_only=True),
    row(
        order("paid"),
        "none",
        "common.number_changed: E13 L1",
        intent="want_correction",
        number_changed=True,
    ),
    row(
        order("paid"),
        "none",
        "none.cancel_paid: refund 10000",
        intent="want_cancel",
        number_changed=True,
    ),
    row(
        delivered(days=7),
        "none",
        "none.return_7d: return_refund 10000 customer · exchange customer",
        intent="want_return",
        part_only=True,
    ),
    row(shipped(), "none", "none.intercept: intercept · explain", intent="want_cancel"),
    row(shipped(), "none", "none.intercept: intercept · explain", intent="want_return"),
    row(
        shipped(lines=(line(no_reason_excluded=True),)),
        "none",
        "none.under_way_excluded: handover · explain",
        intent="want_cancel",
    ),
    row(
        delivered(days=7),
        "none",
        "none.return_7d: return_refund 10000 customer · exchange customer",
        intent="want_return",
    ),
    row(delivered(days=8), "none", "none.too_late: reject", intent="want_return"),
    row(
        delivered(days=7),
        "none",
        "none.return_7d: return_refund 10000 customer · exchange customer",
        intent="want_refund",
    ),
    row(
        delivered(days=7),
        "none",
        "none.exchange_7d: exchange customer · return_refund 10000 customer",
        intent="want_exchange",
    ),
    row(delivered(days=8), "none", "none.too_late: reject", intent="want_exchange"),
    row(delivered(lines=(CUSTOM,)), "none", "none.excluded: reject", intent="want_return"),
    row(
        delivered(lines=(line(no_reason_excluded=True),)),
        "none",
        "none.excluded: reject",
        intent="want_return",
    ),
    row(
        delivered(lines=(FOOD,)),
        "none",
        "none.return_7d: return_refund 10000 customer · exchange customer",
        intent="want_return",
    ),
    row(
        shipped(),
        "none",
        "none.refused_parcel: explain · trace",
        intent="want_refund",
        refused_parcel=True,
    ),
    row(delivered(), "none", "none.spoilt: reject", intent="want_return", spoilt=True),
    row(delivered(), "none", "none.spoilt: reject", intent="want_exchange", spoilt=True),
    row(
        delivered(lines=(FOOD,)),
        "none",
        "none.not_intact: reject",
        intent="want_return",
        unopened=False,
    ),
    row(
        delivered(),
        "none",
        "none.return_7d: return_refund 10000 customer · exchange customer",
        intent="want_return",
        unopened=False,
    ),
    row(
        order("paid"),
        "none",
        "none.remark: E13 L1",
        intent="want_correction",
        remark=True,
    ),
    row(
        order("paid"),
        "none",
        "none.correct: correct_order",
        intent="want_correction",
        correction="放门口",
    ),
    row(shipped(), "none", "none.correct_under_way: expedite · explain", intent="want_correction"),
    row(order("paid"), "none", "none.hurry_paid: expedite · refund 10000", intent="want_expedite"),
    row(shipped(), "none", "none.hurry: expedite", intent="want_expedite"),
    row(delivered(), "none", "none.repair: repair shop · handover", intent="want_repair"),
    row(delivered(), "none", "none.other: explain", intent="want_compensation"),
    row(
        delivered(),
        "none",
        "common.all_returned: explain",
        intent="want_return",
        granted_fen=10000,
    ),
    row(order("cancelled"), "none", "common.cancelled_held: refund 10000", intent="want_refund"),
    # What went back before cannot go back again.
    row(
        delivered(returns=(returned("refunded", amount_fen=8_000, refunded_at=ago(days=1)),)),
        "none",
        "common.return_short: partial_refund 2000 · expedite",
        intent="want_return",
    ),
    row(
        delivered(
            freight_fen=1_000,
            payments=(payment(11_000),),
            returns=(returned("refunded", amount_fen=10_000, refunded_at=ago(days=1)),),
        ),
        "none",
        "common.return_refunded: explain",
        intent="want_return",
    ),
    row(
        delivered(returns=(returned("approved"),)),
        "missing_item",
        "common.return_agreed: explain · handover",
        granted_fen=10_000,
    ),
]


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected
