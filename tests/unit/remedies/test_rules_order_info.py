"""The rules on what was ordered, sent and invoiced: at and around each boundary."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    CUSTOM,
    DONE,
    FOOD,
    FRUIT,
    GIFT,
    VIRTUAL,
    ago,
    delivered,
    invoiced,
    line,
    order,
    payment,
    quiet,
    shipped,
)

ROWS = [
    row(
        order("unpaid"),
        "address",
        "address.unpaid: correct_order · cancel",
        correction="文三路2号",
    ),
    row(order("paid"), "address", "address.before_shipping? correction"),
    row(
        order("paid"),
        "address",
        "address.before_shipping: correct_order · refund 10000",
        correction="文三路2号",
    ),
    row(shipped(), "address", "address.under_way: intercept · explain", correction="文三路2号"),
    row(delivered(), "address", "address.arrived: explain · trace"),
    row(order("unpaid"), "spec", "spec.unpaid: correct_order · cancel", correction="L码"),
    row(
        order("paid"),
        "spec",
        "spec.before_shipping: correct_order · refund 10000",
        correction="L码",
    ),
    row(
        order("paid"),
        "spec",
        "common.number_changed: E13 L1",
        correction="1瓶",
        number_changed=True,
    ),
    row(order("unpaid"), "spec", "common.number_changed: E13 L1", number_changed=True),
    row(shipped(), "spec", "spec.under_way: intercept · explain", number_changed=True),
    row(shipped(), "spec", "spec.under_way: intercept · explain"),
    row(
        shipped(lines=(line(no_reason_excluded=True),)),
        "spec",
        "spec.under_way_excluded: handover · explain",
    ),
    row(delivered(days=7), "spec", "spec.spoilt: reject", spoilt=True),
    row(delivered(lines=(FOOD,)), "spec", "spec.not_intact: reject", unopened=False),
    row(
        delivered(days=7),
        "spec",
        "spec.arrived_7d: exchange customer · return_refund 10000 customer",
    ),
    row(delivered(days=8), "spec", "spec.arrived_late: reject"),
    row(delivered(lines=(CUSTOM,)), "spec", "spec.arrived_excluded: reject"),
    row(
        delivered(days=15),
        "wrong_item",
        "wrong_item.15d: exchange shop · return_refund 10000 shop · partial_refund 1500",
    ),
    row(delivered(days=16), "wrong_item", "wrong_item.later: exchange shop · handover"),
    row(delivered(days=90), "wrong_item", "wrong_item.later: exchange shop · handover"),
    row(delivered(days=91), "wrong_item", "wrong_item.too_late: reject"),
    row(
        delivered(days=15),
        "wrong_item",
        "wrong_item.15d: exchange shop · return_refund 10000 customer",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=16),
        "wrong_item",
        "wrong_item.later: handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=7, lines=(FOOD,)),
        "wrong_item",
        "wrong_item.perishable: reship · refund 10000 L1 · partial_refund 1500",
    ),
    row(delivered(days=8, lines=(FRUIT,)), "wrong_item", "wrong_item.fresh_late: reject"),
    row(
        delivered(days=7, lines=(FRUIT,)),
        "wrong_item",
        "wrong_item.perishable: handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        shipped(), "wrong_item", "wrong_item.in_transit: exchange shop · return_refund 10000 shop"
    ),
    row(
        shipped(),
        "wrong_item",
        "wrong_item.in_transit: trace · handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(delivered(days=7), "missing_item", "missing_item.7d: reship · partial_refund 10000 L1"),
    row(delivered(days=7), "missing_item", "missing_item.7d? photo", has_photo=False),
    row(
        delivered(days=7),
        "missing_item",
        "missing_item.7d: reship · handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(delivered(days=8), "missing_item", "missing_item.later: reship · partial_refund 10000 L1"),
    row(
        delivered(days=8),
        "missing_item",
        "missing_item.later: handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=15), "missing_item", "missing_item.later: reship · partial_refund 10000 L1"
    ),
    row(delivered(days=16), "missing_item", "missing_item.too_late: reject"),
    row(shipped(), "missing_item", "missing_item.not_all_here: trace · expedite · explain"),
    row(
        shipped(shipments=(DONE, quiet(24))),
        "missing_item",
        "missing_item.not_all_here: trace · expedite · explain",
    ),
    row(
        shipped(shipments=(DONE, quiet(24.1)), lines=(line(), FOOD)),
        "missing_item",
        "parcel.second_silent? item",
    ),
    row(
        shipped(shipments=(DONE, quiet(144)), lines=(line(), FOOD)),
        "missing_item",
        "parcel.second_silent: trace · reship · compensation 1000",
        sku="F2",
    ),
    row(delivered(lines=(line(), GIFT)), "missing_item", "missing_item.7d? item, quantity"),
    row(
        delivered(lines=(line(), GIFT)),
        "missing_item",
        "missing_item.gift: reship · partial_refund 1500",
        sku="G1",
    ),
    row(
        delivered(days=16, lines=(line(), GIFT)),
        "missing_item",
        "missing_item.too_late: reject",
        sku="G1",
    ),
    row(delivered(lines=(line(quantity=3),)), "missing_item", "missing_item.7d? quantity"),
    row(
        delivered(lines=(line(quantity=3),)),
        "missing_item",
        "missing_item.7d: reship · partial_refund 20000 L1",
        quantity=2,
    ),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "missing_item",
        "common.virtual_not_credited: reship · refund 10000 L1 · expedite",
    ),
    row(
        delivered(shipments=(DONE, quiet(2))),
        "missing_item",
        "missing_item.parcel_under_way: trace · expedite · explain",
    ),
    row(
        order("shipped", shipments=(DONE,)),
        "missing_item",
        "missing_item.7d: reship · partial_refund 10000 L1",
    ),
    row(order("unpaid"), "invoice", "invoice.unpaid: explain"),
    row(order("cancelled"), "invoice", "invoice.nothing_kept: explain"),
    row(delivered(), "invoice", "invoice.due? correction"),
    row(delivered(), "invoice", "invoice.due: invoice", correction="某某公司"),
    row(
        delivered(invoice=invoiced("none")),
        "invoice",
        "invoice.due: invoice",
        correction="某某公司",
    ),
    row(
        delivered(invoice=invoiced("requested")),
        "invoice",
        "invoice.requested: expedite · invoice",
    ),
    row(delivered(invoice=invoiced("issued")), "invoice", "invoice.issued: invoice · explain"),
    row(delivered(invoice=invoiced("wrong")), "invoice", "invoice.wrong? correction"),
    row(
        delivered(invoice=invoiced("wrong")),
        "invoice",
        "invoice.wrong: invoice",
        correction="某某公司",
    ),
    row(order("unpaid"), "system", "system.unpaid: cancel · expedite · explain"),
    row(order("unpaid", payments=(payment(),)), "system", "system.unpaid: E13 L1"),
    row(order("paid"), "system", "system.before_shipping: refund 10000 · expedite"),
    row(
        order("paid", lines=(VIRTUAL,), paid_at=ago(hours=24)),
        "system",
        "system.before_shipping: refund 10000 · expedite",
    ),
    row(
        order("paid", lines=(VIRTUAL,), paid_at=ago(hours=24.1)),
        "system",
        "system.virtual_waiting: refund 10000 · expedite",
    ),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "system",
        "common.virtual_not_credited: reship · refund 10000 L1 · expedite",
    ),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "system",
        "common.virtual_not_credited: reship · expedite",
        has_photo=False,
        refused_evidence=True,
    ),
    row(shipped(), "system", "system.under_way: intercept · expedite · explain"),
    row(delivered(), "system", "system.arrived: expedite · handover"),
    row(order("cancelled"), "system", "common.cancelled_held: refund 10000"),
]


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected


def test_only_parcels_under_way_are_said_not_to_be_here() -> None:
    told = "".join(judge(shipped(shipments=(DONE, quiet(3))), "missing_item").reasons)
    assert quiet(3).tracking_no in told
    assert DONE.tracking_no not in told


def test_only_the_article_that_did_not_come_is_sent_again() -> None:
    stuck = shipped(shipments=(DONE, quiet(144)), lines=(line(), FOOD))
    verdict = judge(stuck, "not_received", sku="F2")
    again = next(option for option in verdict.options if option.kind == "reship")
    assert again.detail["sku"] == "F2"
