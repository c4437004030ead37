"""The rules on sums: at, just before and just after each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from bot.remedies.given import Given
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    ago,
    delivered,
    discount,
    dropped,
    payment,
    returned,
)

GIVEN_BACK = Given(kind="partial_refund", issue="overcharge", amount_fen=1_000, money="statutory")
ROWS = [
    row(delivered(), "fee", "fee.on_site? amount", on_site=True),
    row(
        delivered(),
        "fee",
        "fee.on_site: partial_refund 5000 · expedite",
        on_site=True,
        amount_fen=5_000,
    ),
    row(
        delivered(),
        "overcharge",
        "fee.on_site: partial_refund 5001 L1 · expedite",
        on_site=True,
        amount_fen=5_001,
    ),
    row(
        delivered(),
        "fee",
        "fee.on_site: partial_refund 10000 L1 · expedite",
        on_site=True,
        amount_fen=20_000,
    ),
    row(delivered(), "fee", "fee.wanted: expedite · explain", fee_wanted=True),
    row(delivered(), "overcharge", "overcharge.right: explain"),
    row(delivered(payments=(payment(10_001),)), "overcharge", "overcharge.owed: partial_refund 1"),
    row(
        delivered(payments=(payment(13_000),)),
        "overcharge",
        "overcharge.owed: partial_refund 3000",
    ),
    row(
        delivered(returns=(returned("refunded", amount_fen=9_000, refunded_at=ago(days=1)),)),
        "overcharge",
        "overcharge.return_short: partial_refund 1000 · expedite",
    ),
    row(
        delivered(discounts=(discount(1_000, applied=False, threshold_fen=10_000),)),
        "discount",
        "discount.missing: partial_refund 1000",
    ),
    row(
        delivered(discounts=(discount(1_000, applied=False, threshold_fen=10_001),)),
        "discount",
        "discount.below: explain · coupon 200",
    ),
    row(
        delivered(discounts=(discount(1_000, applied=True),), payments=(payment(9_000),)),
        "discount",
        "discount.applied: explain",
    ),
    row(
        delivered(discounts=(discount(1_000, applied=False, threshold_fen=10_000),)),
        "discount",
        "discount.repaid: explain",
        given=[GIVEN_BACK],
    ),
    row(delivered(), "discount", "discount.absent: explain · expedite"),
    row(
        delivered(payments=(payment(), payment(id="P2", at=ago(days=10, minutes=-30)))),
        "double_charge",
        "double_charge.twice: partial_refund 10000",
    ),
    row(
        delivered(payments=(payment(), payment(id="P2", at=ago(days=10, minutes=-31)))),
        "double_charge",
        "overcharge.owed: partial_refund 10000",
    ),
    row(
        delivered(payments=(payment(), payment(id="P2", status="refunded"))),
        "double_charge",
        "double_charge.returned: explain",
    ),
    row(delivered(), "double_charge", "double_charge.once: explain"),
    row(dropped(7), "price_drop", "price_drop.protected: price_difference 2000"),
    row(dropped(8), "price_drop", "price_drop.expired: explain · coupon 200"),
    row(
        dropped(7, price_protect_days=None),
        "price_drop",
        "price_drop.no_promise: explain · coupon 200",
    ),
    row(dropped(3, current_price_fen=10_000), "price_drop", "price_drop.not_cheaper: explain"),
    row(
        dropped(3),
        "price_drop",
        "price_drop.goods_back: explain",
        given=[Given(kind="return_refund", issue="none", amount_fen=10_000, money="statutory")],
    ),
    row(delivered(freight_fen=800, free_shipping=True), "fee", "fee.free_shipping: freight 800"),
    row(delivered(freight_fen=800), "fee", "fee.right: explain · expedite"),
    row(delivered(payments=(payment(11_000),)), "fee", "fee.overcharged: partial_refund 1000"),
    row(
        delivered(freight_fen=800, free_shipping=True, payments=(payment(10_000),)),
        "fee",
        "fee.right: explain · expedite",
    ),
]


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected
