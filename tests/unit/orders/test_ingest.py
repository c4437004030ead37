"""Import: sound files come in whole, and mean what they say."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from bot.order_record import OrderRecord
from bot.orders.columns import BY_HEADER, COLUMNS, header_key
from bot.orders.ingest import order_schema, read_orders
from bot.settings import DATA_DIR
from tests.unit.orders.files import HEADER, NOW, ROW, jsonl, row, write
from tests.unit.orders.samples import order_data


def test_jsonl_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """One record a line; blank lines do not count."""
    first, second = order_data(), order_data(order_no="B2")
    file = write(tmp_path, "o.jsonl", jsonl(first) + "\n\n" + jsonl(second) + "\n")
    assert read_orders(file, NOW) == [OrderRecord.model_validate(r) for r in (first, second)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """Chinese Excel writes GBK, or UTF-8 with a mark; both come in alike."""
    file = write(tmp_path, "o.csv", f"{HEADER}\r\n{ROW}\r\n".encode(encoding))
    (record,) = read_orders(file, NOW)
    assert (record.customer.name, record.lines[0].paid_fen) == ("李雷", 11980)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_may_be_parted_by_comma_tab_or_semicolon(tmp_path: Path, delimiter: str) -> None:
    """The header line tells which, also below a blank one."""
    text = f"\n{HEADER}\n{ROW}\n".replace(",", delimiter)
    assert len(read_orders(write(tmp_path, "o.csv", text), NOW)) == 1


def test_rows_of_one_number_are_lines_of_one_order(tmp_path: Path) -> None:
    """Order columns may be repeated or left blank; goods are summed; a parcel repeated is one."""
    text = (
        "order_no,customer_name,phone,placed_at,paid_at,status,sku,title,category,quantity,"
        "unit_price_fen,line_paid_fen,payment_amount_fen,carrier,tracking_no,address_detail\n"
        'A1,李雷,13800001111,2026-11-20T10:00+08:00,2026-11-20 10:01,paid,S1,"杯子, 蓝",home,2,'
        "1000,2000,2500,顺丰,SF1,文三路1号\n"
        "A1,,,,,,S2,碗,home,1,500,500,,顺丰,SF1,\n"
        "A1,,,,,,,,,,,,,中通,ZT2,\n"
    )
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert [line.title for line in record.lines] == ["杯子, 蓝", "碗"]
    assert record.goods_fen == record.received_fen == 2500
    assert [parcel.tracking_no for parcel in record.shipments] == ["SF1", "ZT2"]
    assert record.payments[0].at == record.paid_at
    assert record.address.name == "李雷"


def test_one_article_at_two_prices_is_two_lines(tmp_path: Path) -> None:
    """The second at half price, or a gift of the same kind: same sku, another content."""
    text = f"{HEADER}\n{ROW}\n{row(数量='1', 单价='29.95', 实付金额='29.95')}\n"
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert [(line.sku, line.paid_fen) for line in record.lines] == [("S1", 11980), ("S1", 2995)]


@pytest.mark.parametrize(
    "parcels",
    [
        ["SF1,2026-11-21 10:00,2026-11-22 10:00", "SF1,,", "SF1,2026-11-21 10:00,"],
        ["SF1,,", "SF1,2026-11-21 10:00,2026-11-22 10:00"],
    ],
)
def test_a_parcel_told_in_part_again_is_one_parcel(tmp_path: Path, parcels: list[str]) -> None:
    """A blank cell says nothing, on the first row as on a later one."""
    rows = [f"A1{',' * 11},顺丰,{parcel}" for parcel in parcels]
    text = f"{HEADER},快递公司,快递单号,发货时间,签收时间\n{ROW},,,,\n" + "\n".join(rows)
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert len(record.shipments) == 1
    assert record.delivered_at is not None


def test_an_article_told_twice_in_json_is_two_lines(tmp_path: Path) -> None:
    """Where lines are listed, nothing is repeated by the way."""
    (line,) = order_data()["lines"]
    (record,) = read_orders(write(tmp_path, "o.jsonl", jsonl(order_data(lines=[line] * 2))), NOW)
    assert len(record.lines) == 2


def test_the_sample_file_comes_in_and_its_sums_reconcile() -> None:
    """What the shop is told to copy from is right to the fen."""
    for order in read_orders(DATA_DIR / "demo" / "orders-to-import.csv", NOW):
        cut_fen = sum(discount.cut_fen for discount in order.discounts)
        assert sum(line.paid_fen for line in order.lines) == order.goods_fen - cut_fen
        due_fen = order.goods_fen - cut_fen + order.freight_fen
        assert order.received_fen == (due_fen if order.paid_at else 0)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("订单号", "\u202aA1\u202c"), ("订单号", "Ａ１"), ("订单号", '="A1"'), ("订单号", "'A1"),
        ("订单号", "\u00a0A1\u3000"),
        ("手机号", "１３８００００１１１１"), ("手机号", "\u202d13800001111\u202c"),
        ("手机号", '="13800001111"'), ("手机号", "'13800001111"), ("手机号", "13800001111\t"),
        ("数量", "２"), ("数量", "2.0"), ("数量", "\u200b2"),
        ("单价", "５９．９０"), ("单价", "￥59.9"), ("实付金额", "１１９．８元"),
        ("下单时间", "２０２６－１１－２０　１０：００"), ("下单时间", "2026/11/20 10:00:00"),
        ("状态", "待发货\u200b"), ("状态", "ＰＡＩＤ"),
    ],
)  # fmt: skip
def test_cells_mean_what_they_show(tmp_path: Path, header: str, cell: str) -> None:
    """Full-width digits, unseen marks, and what exports put around numbers change nothing."""
    (sound,) = read_orders(write(tmp_path, "sound.csv", f"{HEADER}\n{ROW}"), NOW)
    text = f"{HEADER}\n{row(**{header: cell})}"
    assert read_orders(write(tmp_path, "o.csv", text), NOW) == [sound]


@pytest.mark.parametrize("none", ["", '=""', "\u200b", "\u3000"])
def test_what_shows_nothing_says_nothing(tmp_path: Path, none: str) -> None:
    """A shield around nothing is no parcel."""
    text = f"{HEADER},快递公司,快递单号\n{ROW},{none},{none}\n"
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert record.shipments == ()


def test_a_mark_before_no_number_says_nothing(tmp_path: Path) -> None:
    """Some systems export a missing phone so."""
    text = f"{HEADER},快递单号\n{ROW},'\n"
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert record.shipments == ()


@pytest.mark.parametrize("typed", ["2026-11-22", "2026/11/22", "2026年11月22日", "２０２６-11-22"])
def test_a_promised_day_ends_with_the_day(tmp_path: Path, typed: str) -> None:
    """By the 22nd is until its midnight; with an hour, it is that hour."""
    text = f"{HEADER},承诺发货时间,承诺送达时间\n{ROW},{typed},2026-11-24 12:00\n"
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert str(record.promised_ship_by) == "2026-11-22 23:59:59+08:00"
    assert str(record.promised_deliver_by) == "2026-11-24 12:00:00+08:00"


def test_lists_may_be_json_in_a_cell(tmp_path: Path) -> None:
    """What does not fit into columns fits into a cell."""
    cell = json.dumps([{"name": "满100减10", "cut_fen": 1000, "applied": True}])
    quoted = '"' + cell.replace('"', '""') + '"'
    text = f"{HEADER},discounts\n{ROW},{quoted}\n"
    (record,) = read_orders(write(tmp_path, "o.csv", text), NOW)
    assert record.discounts[0].cut_fen == 1000


def test_a_header_that_begins_with_a_hash_is_left_out(tmp_path: Path) -> None:
    """The shop's own columns need not be deleted."""
    text = f"{HEADER},#备注\n{ROW},加急\n"
    assert len(read_orders(write(tmp_path, "o.csv", text), NOW)) == 1


def test_excel_numbers_dates_and_texts_are_understood(tmp_path: Path) -> None:
    """A phone typed as a number, a real date and a computed price mean what Excel shows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    placed = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 (Excel knows no zones)
    sheet.append(["A1", "李雷", 13800001111, placed, "待发货", "S1", "T恤", "服装", 2.0,
                  59.900000000000006, 119.8, "文三路1号"])  # fmt: skip
    book.save(tmp_path / "o.xlsx")
    (record,) = read_orders(tmp_path / "o.xlsx", NOW)
    assert record.customer.phone == "13800001111"
    assert record.placed_at.isoformat() == "2026-11-20T10:00:00+08:00"
    assert record.lines[0].unit_price_fen == 5990


def test_days_and_blank_rows_of_excel_are_understood(tmp_path: Path) -> None:
    """A promised day ends with the day; a row of blanks is none; headers may hold unseen marks."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["\u200b订单号", *HEADER.split(",")[1:], "承诺发货时间"])
    sheet.append([1001, *ROW.split(",")[1:], datetime(2026, 11, 22)])  # noqa: DTZ001
    sheet.append([" "] * 13)
    book.save(tmp_path / "o.xlsx")
    (record,) = read_orders(tmp_path / "o.xlsx", NOW)
    assert record.order_no == "1001"
    assert str(record.promised_ship_by) == "2026-11-22 23:59:59+08:00"


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    """The bar is told how far the reading is, and that it is over."""
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    many = jsonl(*(order_data(order_no=f"A{i}") for i in range(450)))
    read_orders(write(tmp_path, "o.jsonl", many), NOW, progress=progress)
    assert seen == [(200, 450), (400, 450), (450, 450)]


def test_every_header_means_one_column() -> None:
    """No alias stands for two columns, which would silently lose one."""
    names = [header_key(name) for c in COLUMNS for name in (c.name, *c.aliases)]
    assert sorted(names) == sorted(BY_HEADER)


def test_the_schema_describes_what_is_read() -> None:
    """It is JSON, titled, closed, and names the contract's fields."""
    schema = json.loads(json.dumps(order_schema()))
    assert schema["title"] == "OrderRecord"
    assert schema["additionalProperties"] is False
    assert set(order_data()) <= set(schema["properties"])
    assert all("title" in p or "$ref" in p or "anyOf" in p for p in schema["properties"].values())
