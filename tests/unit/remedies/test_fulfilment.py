"""What an order's record shows of a promise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.remedies.fulfilment import has_happened
from tests.unit.orders.samples import delivered, order

PARCEL = delivered().shipments[0]
SHIPPED, ARRIVED = PARCEL.shipped_at, PARCEL.delivered_at
assert SHIPPED is not None
assert ARRIVED is not None
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("kind", "moment"),
    [("expedite", ARRIVED), ("reship", SHIPPED), ("exchange", SHIPPED), ("trace", ARRIVED)],
)
def test_only_what_happens_after_the_promise_keeps_it(kind, moment) -> None:  # type: ignore[no-untyped-def]
    assert has_happened(kind, delivered(), moment - TICK)
    assert not has_happened(kind, delivered(), moment)


@pytest.mark.parametrize(("state", "kept"), [("requested", False), ("issued", True)])
def test_an_invoice_is_there_when_it_is_issued(state: str, kept: bool) -> None:
    record = order(invoice={"kind": "普票", "title": "某公司", "state": state})
    assert has_happened("invoice", record, SHIPPED) is kept


@pytest.mark.parametrize("kind", ["refund", "intercept", "goodwill", "explain"])
def test_what_no_record_can_show_is_not_found_there(kind: str) -> None:
    assert not has_happened(kind, delivered(), SHIPPED - TICK)
