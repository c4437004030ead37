"""Import: what cannot have been is refused; what happens in life comes in, however odd."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.orders.ingest import read_orders
from tests.unit.orders.files import NOW, errors_of, jsonl, write
from tests.unit.orders.samples import order_data


def timed(**hours: float) -> dict[str, Any]:
    """Return an order placed on the 20th at 10, whose other moments are so many hours later."""
    placed = datetime.fromisoformat(order_data()["placed_at"])
    at = {name: (placed + timedelta(hours=late)).isoformat() for name, late in hours.items()}
    parcel = {"shipped_at": at.get("shipped"), "delivered_at": at.get("delivered")}
    back = {f"{k}_at": at.get(k) for k in ("requested", "received", "refunded")}
    data = order_data(shipments=[{"carrier": "顺丰", "tracking_no": "SF1", **parcel}])
    data |= {k: v for k, v in at.items() if k.startswith("promised")}
    if "payment" in at:
        data["payments"][0]["at"] = at["payment"]
    if "requested" in at:
        data["returns"] = [{"no": "R1", "state": "refunded", "amount_fen": 100, **back}]
    return data


IMPOSSIBLE: dict[str, tuple[str, list[str]]] = {
    "moments that cannot be in this order": (
        jsonl(timed(promised_ship_by=-1, promised_deliver_by=-1, payment=-1,
                    shipped=-1, requested=-1, received=-2, refunded=-2)),
        ["o.jsonl:1: promised_ship_by: 2026-11-20T09:00:00+08:00 is before placed_at",
         "o.jsonl:1: promised_deliver_by: 2026-11-20T09:00:00+08:00 is before placed_at",
         "o.jsonl:1: payments[0].at: 2026-11-20T09:00:00+08:00 is before placed_at",
         "o.jsonl:1: shipments[0].shipped_at: 2026-11-20T09:00:00+08:00 is before placed_at",
         "o.jsonl:1: returns[0].requested_at: 2026-11-20T09:00:00+08:00 is before placed_at",
         "o.jsonl:1: returns[0].received_at: 2026-11-20T08:00:00+08:00 is before requested_at",
         "o.jsonl:1: returns[0].refunded_at: 2026-11-20T08:00:00+08:00 is before requested_at"],
    ),
    "signed for before it was sent": (
        jsonl(timed(shipped=2, delivered=1)),
        ["o.jsonl:1: shipments[0].delivered_at: 2026-11-20T11:00:00+08:00 is before shipped_at"],
    ),
    "signed for before it was ordered": (
        jsonl(timed(delivered=-1)),
        ["o.jsonl:1: shipments[0].delivered_at: 2026-11-20T09:00:00+08:00 is before placed_at"],
    ),
    "the future told as past": (
        jsonl(timed(payment=97, shipped=98, delivered=99),
              order_data(order_no="B2", placed_at="2026-11-24T10:16:00+08:00",
                         promised_ship_by=None, paid_at=None, payments=[])),
        ["o.jsonl:1: payments[0].at: 2026-11-24T11:00:00+08:00 lies in the future; is its zone",
         "o.jsonl:1: shipments[0].shipped_at: 2026-11-24T12:00:00+08:00 lies in the future",
         "o.jsonl:1: shipments[0].delivered_at: 2026-11-24T13:00:00+08:00 lies in the future",
         "o.jsonl:2: placed_at: 2026-11-24T10:16:00+08:00 lies in the future"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_moments_that_cannot_be_are_refused(
    tmp_path: Path, content: str, expected: list[str]
) -> None:
    """Each is named with what it comes before; nothing of the file comes in."""
    found = errors_of(write(tmp_path, "o.jsonl", content))
    assert [f[: len(e)] for f, e in zip(found, expected, strict=True)] == expected


def test_what_happens_in_life_comes_in(tmp_path: Path) -> None:
    """Cash on delivery, a refund in advance, clocks that differ, news of what is expected."""
    cash = timed(promised_ship_by=1, shipped=2, delivered=40)
    cash |= {"paid_at": "2026-11-22T10:00:00+08:00"}
    advance = timed(requested=50, received=90, refunded=51) | {"order_no": "B2"}
    skewed = order_data(order_no="B3", placed_at="2026-11-24T10:14:00+08:00", paid_at=None,
                        promised_ship_by="2026-11-26T10:00:00+08:00")  # fmt: skip
    skewed["payments"][0]["at"] = "2026-11-24T10:00:00+08:00"
    expected = timed(shipped=80) | {"order_no": "B4"}
    event = {"at": "2026-11-25T10:00:00+08:00", "text": "预计送达"}
    expected["shipments"][0]["events"] = [event]
    file = write(tmp_path, "o.jsonl", jsonl(cash, advance, skewed, expected))
    assert len(read_orders(file, NOW)) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"payments": [order_data()["payments"][0] | {"amount_fen": 99_900}]},
        {"payments": [order_data()["payments"][0] | {"id": name} for name in ("P1", "P2")]},
        {"payments": []},
        {"goods_fen": 1},
        {"lines": [order_data()["lines"][0] | {"paid_fen": 20_000}]},
        {"lines": [order_data()["lines"][0] | {"unit_price_fen": 0, "paid_fen": 0}]},
        {"status": "unpaid"},
        {"status": "delivered"},
    ],
)
def test_sums_and_states_that_disagree_come_in(tmp_path: Path, changes: dict[str, Any]) -> None:
    """A wrong sum is what disputes are about; what contradicts itself is for a person."""
    assert len(read_orders(write(tmp_path, "o.jsonl", jsonl(order_data(**changes))), NOW)) == 1
