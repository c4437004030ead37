"""Import: what cannot have happened is refused; what is more often a slip is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.cli import shop
from bot.orders.ingest import read_orders
from bot.settings import read_settings
from models import Database
from models.upgrade import upgrade
from tests.unit.orders.files import HEADER, NOW, ROW, errors_of, jsonl, row, write
from tests.unit.orders.samples import order_data

SOON, LATER = "2026-11-25T09:00:00+08:00", "2027-11-21T10:00:00+08:00"
PARCEL = {"carrier": "顺丰", "tracking_no": "SF1", "shipped_at": "2026-11-21T10:00:00+08:00"}
BACK = {"no": "R1", "state": "refunded", "amount_fen": 0, "requested_at": "2026-11-22T10:00+08:00"}


def test_a_moment_still_to_come_is_told_by_its_column(tmp_path: Path) -> None:
    text = f"{HEADER},快递公司,快递单号,签收时间\n{ROW},顺丰,SF1,2027-11-21 10:00"
    assert errors_of(write(tmp_path, "o.csv", text)) == [
        f"o.csv:2: 签收时间: {LATER} is still to come; it cannot have happened"
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"placed_at": LATER, "paid_at": None}, "placed_at"),
        ({"paid_at": LATER}, "paid_at"),
        ({"payments": [order_data()["payments"][0] | {"at": LATER}]}, "payments[0].at"),
        ({"shipments": [PARCEL | {"shipped_at": LATER}]}, "shipments[0].shipped_at"),
        ({"shipments": [PARCEL | {"delivered_at": LATER}]}, "shipments[0].delivered_at"),
        ({"returns": [BACK | {"refunded_at": LATER}]}, "returns[0].refunded_at"),
    ],
)  # fmt: skip
def test_nothing_has_happened_in_the_future(
    tmp_path: Path, changes: dict[str, Any], place: str
) -> None:
    errors = errors_of(write(tmp_path, "o.jsonl", jsonl(order_data(**changes))))
    assert errors == [f"o.jsonl:1: {place}: {LATER} is still to come; it cannot have happened"]


@pytest.mark.parametrize(
    "changes",
    [
        {"promised_ship_by": LATER, "promised_deliver_by": LATER},
        {"shipments": [PARCEL | {"delivered_at": SOON}]},  # within the skew of clocks
    ],
)
def test_what_is_promised_and_what_clocks_differ_by_comes_in(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    assert read_orders(write(tmp_path, "o.jsonl", jsonl(order_data(**changes))), NOW)


def doubts_of(file: Path) -> list[str]:
    found: list[str] = []
    assert read_orders(file, NOW, warn=found.append)
    return [doubt.removeprefix(f"{file.parent}/") for doubt in found]


def paid(fen: int, status: str = "success") -> dict[str, Any]:
    return order_data()["payments"][0] | {"amount_fen": fen, "status": status}


CUT = {"name": "满100减10", "cut_fen": 1000, "applied": True}
LINE = order_data()["lines"][0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"payments": [paid(12779)]}, ["payments[0].amount_fen: ¥127.79 of ¥127.80 is paid"]),
        ({"payments": []}, ["payments[0].amount_fen: ¥0.00 of ¥127.80 is paid"]),
        ({"payments": [paid(12780, "failed")]}, ["payments[0].amount_fen: ¥0.00 of ¥127.80"]),
        ({"payments": [paid(12780, "refunded")]}, []),
        ({"payments": [paid(20000)]}, []),
        ({"payments": [paid(25560)]}, []),  # charged twice
        ({"payments": [paid(127800)]},
         ["payments[0].amount_fen: ¥1,278.00 is paid for an order of ¥127.80"]),
        ({"goods_fen": 10000, "payments": [paid(10800)]},
         ["goods_fen: ¥100.00, yet the lines' prices come to ¥119.80"]),
        ({"goods_fen": 12780, "payments": [paid(12780)], "freight_fen": 0},
         ["goods_fen: ¥127.80, yet the lines' prices come to ¥119.80"]),
        ({"customer": {"name": "李雷", "phone": "1380000"}},
         ["customer.phone: '1380000' is no mobile number of 11 digits"]),
        ({"customer": {"name": "李雷", "phone": "138 0000-1111"}}, []),
        ({"customer": {"name": "李雷", "phone": "0571-88001234"}}, []),
        ({"customer": {"name": "李雷", "phone": "+852 5123 4567"}}, []),
        ({"customer": {"name": "李雷", "phone": "13800001111-1234"}},  # its tail is no phone's
         ["customer.phone: '13800001111-1234' is no mobile number of 11 digits"]),
        ({"payments": [], "status": "unpaid", "paid_at": None}, []),
        ({"payments": [], "status": "cancelled"}, []),
        ({"payments": [paid(11780)], "discounts": [CUT]}, []),
        ({"payments": [paid(11780)], "discounts": [CUT | {"applied": False}]},
         ["payments[0].amount_fen: ¥117.80 of ¥127.80"]),
        ({"payments": [paid(11780)], "lines": [LINE | {"paid_fen": 10980}]}, []),
        ({"shipments": [PARCEL]}, []),
        ({"shipments": [PARCEL | {"shipped_at": "2026-11-20T00:00:00+08:00"}]}, []),  # a mere day
        ({"shipments": [PARCEL | {"shipped_at": "2026-11-19T23:00:00+08:00"}]},
         ["shipments[0].shipped_at: 2026-11-19T23:00:00+08:00 is before paid_at 2026-11-20T10"]),
        ({"shipments": [PARCEL | {"events": [{"at": LATER, "text": "预计送达"}]}]},
         [f"shipments[0].events[0].at: {LATER} is still to come; a forecast?"]),
        ({"shipments": [PARCEL | {"events": [{"at": SOON, "text": "派送中"}]}]}, []),
    ],
)  # fmt: skip
def test_what_is_more_often_a_slip_is_told_and_comes_in(
    tmp_path: Path, changes: dict[str, Any], told: list[str]
) -> None:
    doubts = doubts_of(write(tmp_path, "o.jsonl", jsonl(order_data(**changes))))
    expected = [f"o.jsonl:1: {text}" for text in told]
    assert [d[: len(e)] for d, e in zip(doubts, expected, strict=True)] == expected


def test_doubts_are_told_by_the_first_row_and_the_header(tmp_path: Path) -> None:
    rows = f"{row(状态='待付款')},,\n{row(订单号='B2')},2026-11-20 10:01,100"
    (doubt,) = doubts_of(write(tmp_path, "o.csv", f"{HEADER},付款时间,支付金额\n{rows}"))
    assert doubt == "o.csv:3: 支付金额: ¥100.00 of ¥119.80 is paid, though its status says all is"


def test_the_command_tells_doubts_before_what_came_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEFEN_HOME", str(tmp_path))
    monkeypatch.setattr(shop, "utc_now", lambda: NOW)
    settings = read_settings()
    database = Database(settings.database_url)
    upgrade(database)
    many = [order_data(order_no=f"A{i}", payments=[]) for i in range(22)]
    shop.run_orders_import(settings, write(tmp_path, "o.jsonl", jsonl(*many)))
    *told, more, last = capsys.readouterr().out.splitlines()
    assert len(told) == shop.DOUBTS_AT_MOST
    assert told[0].startswith(f"please check: {tmp_path}/o.jsonl:1: payments[0].amount_fen: ¥0.00")
    assert more == "please check: 2 more like these"
    assert last == "imported 22 orders from o.jsonl"
    database.close()


FREE, OTHER = LINE | {"paid_fen": 0}, LINE | {"title": "杯垫"}


@pytest.mark.parametrize(
    ("lines", "comes_in"),
    [
        ([LINE, OTHER], False),
        ([LINE, OTHER | {"paid_fen": 0}], True),
        ([OTHER | {"paid_fen": 0}, LINE], True),
        ([FREE, OTHER | {"paid_fen": 0}], False),  # both paid by a coupon
        ([FREE, OTHER | {"paid_fen": 0, "declared_value_fen": 900}], True),
        ([FREE, FREE], True),
        ([LINE, FREE, OTHER], False),
    ],
)
def test_two_articles_of_one_sku_are_a_mistake_unless_one_is_a_gift(
    tmp_path: Path, lines: list[dict[str, Any]], comes_in: bool
) -> None:
    file = write(tmp_path, "o.jsonl", jsonl(order_data(lines=lines)))
    if comes_in:
        assert read_orders(file, NOW)
    else:
        (error,) = errors_of(file)
        assert "each article has a sku of its own" in error
