"""The rules on dispatch and delivery: at, just before and just after each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    DONE,
    VIRTUAL,
    ago,
    delivered,
    moving,
    order,
    quiet,
    shipped,
    silent,
)

ROWS = [
    row(
        order("paid", paid_at=ago(hours=48)),
        "not_shipped",
        "ship.in_time: explain · expedite · refund 10000",
    ),
    row(
        order("paid", paid_at=ago(hours=48.1)),
        "not_shipped",
        "ship.late: refund 10000 · compensation 500 · expedite",
    ),
    row(
        order("paid", paid_at=ago(hours=120)),
        "not_shipped",
        "ship.late: refund 10000 · compensation 500 · expedite",
    ),
    row(
        order("paid", paid_at=ago(hours=120.1)),
        "not_shipped",
        "ship.out_of_stock: refund 10000 · compensation 1000 · expedite",
    ),
    row(
        order("paid", promised_ship_by=ago(hours=0)),
        "not_shipped",
        "ship.in_time: explain · expedite · refund 10000",
    ),
    row(
        order("paid", promised_ship_by=ago(hours=1)),
        "slow",
        "ship.late: refund 10000 · compensation 500 · expedite",
    ),
    row(
        order("paid", promised_ship_by=ago(hours=-24)),
        "not_received",
        "ship.in_time: explain · expedite · refund 10000",
    ),
    row(order("unpaid"), "not_shipped", "common.unpaid: explain · cancel"),
    row(shipped(shipments=(silent(24),)), "not_shipped", "parcel.moving: explain · expedite"),
    row(
        shipped(shipments=(silent(24.1),)),
        "not_shipped",
        "parcel.no_pickup: refund 10000 · compensation 500 · expedite",
    ),
    row(shipped(shipments=(quiet(24),)), "no_tracking", "parcel.moving: explain · expedite"),
    row(shipped(shipments=(quiet(48),)), "no_tracking", "parcel.moving: explain · expedite"),
    row(
        shipped(shipments=(quiet(48.1),)),
        "slow",
        "parcel.quiet: expedite · compensation 500 · trace",
    ),
    row(
        shipped(shipments=(quiet(72),)),
        "no_tracking",
        "parcel.quiet: expedite · compensation 500 · trace",
    ),
    row(
        shipped(shipments=(quiet(72.1),)),
        "no_tracking",
        "parcel.no_update: trace · compensation 2000 · expedite",
    ),
    row(
        shipped(shipments=(quiet(168),)),
        "not_received",
        "parcel.no_update: trace · compensation 2000 · expedite",
    ),
    row(
        shipped(shipments=(quiet(168.1),)),
        "not_received",
        "parcel.lost: reship · refund 10000 · compensation 2000",
    ),
    row(
        shipped(promised_ship_by=ago(days=2, hours=72)),
        "slow",
        "parcel.left_late: expedite · compensation 500 · trace",
    ),
    row(
        shipped(promised_ship_by=ago(days=2, hours=72.1)),
        "not_shipped",
        "parcel.left_very_late: compensation 1000 · expedite · trace",
    ),
    row(shipped(promised_ship_by=ago(days=2)), "slow", "parcel.moving: explain · expedite"),
    row(
        delivered(promised_ship_by=ago(days=9, hours=72)),
        "slow",
        "arrived.left_late: compensation 500 · coupon 500",
    ),
    row(
        delivered(promised_ship_by=ago(days=9, hours=72.1)),
        "slow",
        "arrived.left_very_late: compensation 1000 · coupon 500",
    ),
    row(delivered(promised_ship_by=ago(days=9)), "slow", "arrived.in_time: explain"),
    row(shipped(promised_deliver_by=ago(hours=0)), "slow", "parcel.moving: explain · expedite"),
    row(
        shipped(promised_deliver_by=ago(hours=1)),
        "slow",
        "parcel.past_promise: expedite · compensation 500 · trace",
    ),
    row(
        shipped(promised_deliver_by=ago(hours=168)),
        "slow",
        "parcel.past_promise: expedite · compensation 500 · trace",
    ),
    row(
        shipped(promised_deliver_by=ago(hours=168.1)),
        "slow",
        "parcel.very_late: reship · refund 10000 L1 · compensation 2000",
    ),
    row(shipped(shipments=(moving(168),)), "slow", "parcel.moving: explain · expedite"),
    row(
        shipped(shipments=(moving(168.1),)),
        "slow",
        "parcel.long_way: expedite · compensation 500 · trace",
    ),
    row(
        shipped(
            shipments=(
                DONE,
                quiet(24),
            )
        ),
        "slow",
        "parcel.moving: explain · expedite",
    ),
    row(
        shipped(
            shipments=(
                DONE,
                quiet(24.1),
            )
        ),
        "not_received",
        "parcel.second_silent: trace · reship · compensation 500",
    ),
    row(
        shipped(
            shipments=(
                DONE,
                quiet(200),
            )
        ),
        "not_received",
        "parcel.second_silent: trace · reship · compensation 500",
    ),
    row(delivered(promised_deliver_by=ago(days=1)), "slow", "arrived.in_time: explain"),
    row(
        delivered(promised_deliver_by=ago(days=2)),
        "slow",
        "arrived.late: compensation 500 · coupon 500",
    ),
    row(
        delivered(days=15, promised_deliver_by=ago(days=16)),
        "slow",
        "arrived.late: compensation 500 · coupon 500",
    ),
    row(delivered(days=16, promised_deliver_by=ago(days=17)), "slow", "arrived.in_time: explain"),
    row(delivered(), "not_shipped", "arrived.in_time: explain"),
    row(delivered(), "not_received", "not_received.signed_self: trace · explain"),
    row(delivered(signed="张三"), "not_received", "not_received.signed_self: trace · explain"),
    row(
        delivered(signed="丰巢快递柜"),
        "not_received",
        "not_received.signed_other: trace · reship · refund 10000 L1",
    ),
    row(
        delivered(signed=None),
        "not_received",
        "not_received.signed_other: trace · reship · refund 10000 L1",
    ),
    row(
        delivered(days=30, signed="门卫代收"),
        "not_received",
        "not_received.signed_other: trace · reship · refund 10000 L1",
    ),
    row(
        delivered(days=31, signed="门卫代收"),
        "not_received",
        "not_received.late_report: trace · handover",
    ),
    row(delivered(days=370), "not_received", "not_received.old: handover · explain"),
    row(order("paid"), "courier", "courier.not_sent: expedite · explain"),
    row(shipped(), "courier", "courier.under_way: expedite · goodwill 500 · trace"),
    row(delivered(days=15), "courier", "courier.arrived: expedite · goodwill 500 · trace"),
    row(delivered(days=16), "courier", "courier.long_ago: expedite · explain"),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "not_received",
        "common.virtual_not_credited: reship · refund 10000 L1 · expedite",
    ),
]


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected
