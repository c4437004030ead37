"""The rules on how an earlier matter was handled: at, just before and just after each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    CUSTOM,
    VIRTUAL,
    ago,
    delivered,
    line,
    order,
    payment,
    returned,
    shipped,
)


def refunded_since(hours: float) -> OrderRecord:
    """Return an order whose return was paid back so many hours ago."""
    back = returned("refunded", requested_at=ago(days=12), refunded_at=ago(hours=hours))
    return delivered(days=14, returns=(back,))


ROWS = [
    row(
        order("delivered", lines=(VIRTUAL,)),
        "refund_delay",
        "refund_delay.unknown: expedite · handover",
    ),
    row(order("paid"), "refund_delay", "refund_delay.not_shipped: refund 10000 · expedite"),
    row(
        shipped(),
        "refund_delay",
        "refund_delay.refused_parcel: explain · trace",
        refused_parcel=True,
    ),
    row(shipped(), "refund_delay", "refund_delay.under_way: intercept · explain"),
    row(
        delivered(returns=(returned("received", received_at=ago(hours=48)),)),
        "refund_delay",
        "refund_delay.checking: explain · expedite",
    ),
    row(
        delivered(returns=(returned("received", received_at=ago(hours=48.1)),)),
        "refund_delay",
        "refund_delay.overdue: refund 10000 · expedite",
    ),
    row(
        delivered(returns=(returned("received", received_at=ago(hours=49)),)),
        "refund_delay",
        "refund_delay.overdue: expedite",
        granted_fen=10000,
    ),
    row(  # granted here: the ledger holds that sum, and it is not paid a second time
        delivered(
            lines=(line(), line(sku="B", title="外套", unit_price_fen=20000)),
            returns=(returned("received", received_at=ago(hours=49)),),
        ),
        "refund_delay",
        "refund_delay.overdue: expedite",
        granted_fen=10000,
        own_returns=frozenset({returned("received").no}),
    ),
    row(
        delivered(returns=(returned("received", received_at=ago(hours=49)),)),
        "refused",
        "refund_delay.overdue: refund 10000 · expedite",
    ),
    row(
        delivered(returns=(returned("shipped"),)),
        "refund_delay",
        "refund_delay.sent_back: explain · expedite",
    ),
    row(
        delivered(returns=(returned("requested", requested_at=ago(hours=48)),)),
        "refund_delay",
        "refund_delay.just_asked: explain · expedite",
    ),
    row(
        delivered(returns=(returned("requested", requested_at=ago(hours=48.1)),)),
        "refund_delay",
        "refund_delay.unanswered: expedite · coupon 500 · handover",
    ),
    row(
        delivered(returns=(returned("approved"),)),
        "refund_delay",
        "refund_delay.waiting_for_goods: explain · expedite",
    ),
    row(
        refunded_since(240),
        "refund_delay",
        "refund_delay.refunded: explain",
    ),
    row(
        refunded_since(240.1),
        "refund_delay",
        "refund_delay.not_arrived: expedite · handover",
    ),
    row(
        delivered(returns=(returned("refused"),)),
        "refund_delay",
        "refused.7d: return_refund 10000 customer · handover",
    ),
    row(
        delivered(days=8, returns=(returned("refused"),)),
        "refund_delay",
        "refused.asked_in_time: return_refund 10000 customer · handover",
    ),
    row(
        delivered(days=20, returns=(returned("refused"),)),
        "refund_delay",
        "refused.too_late: reject",
    ),
    row(
        delivered(payments=(payment(status="refunded"),)),
        "refund_delay",
        "refund_delay.payment_refunded: explain · expedite",
    ),
    row(delivered(), "refund_delay", "refund_delay.unknown: expedite · handover"),
    row(delivered(days=7), "refused", "refused.7d: return_refund 10000 customer · handover"),
    row(delivered(days=8), "refused", "refused.too_late: reject"),
    row(delivered(lines=(CUSTOM,)), "refused", "refused.excluded: reject"),
    row(
        delivered(days=8),
        "refused",
        "goods.15d: exchange shop · partial_refund 2000",
        issues=("refused", "defect"),
    ),
    row(
        delivered(lines=(CUSTOM,)),
        "refused",
        "damaged.7d: return_refund 10000 shop · exchange shop · partial_refund 2000",
        issues=("refused", "damaged"),
    ),
    row(shipped(), "refused", "refund_delay.under_way: intercept · explain"),
    row(order("paid"), "refused", "refund_delay.not_shipped: refund 10000 · expedite"),
    row(
        order("paid", payments=(payment(status="refunded"),)),
        "refused",
        "common.all_returned: explain",
    ),
    row(
        delivered(payments=(payment(status="refunded"),)),
        "refused",
        "common.all_returned: explain",
    ),
    row(order("cancelled"), "no_response", "no_response.cancelled: handover · coupon 500"),
    row(delivered(), "no_response", "no_response.any: expedite · coupon 500 · handover"),
    row(delivered(), "attitude", "attitude.any: expedite · goodwill 500 · handover"),
    row(order("cancelled"), "attitude", "attitude.cancelled: handover · coupon 500"),
    row(delivered(), "process", "process.any: expedite · coupon 500 · handover"),
]


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected
