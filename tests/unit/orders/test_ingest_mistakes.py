"""Import: bad files come in not at all, and every mistake is named."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import OrderImportError
from bot.orders.ingest import read_orders
from tests.unit.orders.files import HEADER, NOW, ROW, errors_of, jsonl, row, write
from tests.unit.orders.samples import order_data


def test_excel_numbers_that_lost_digits_are_refused(tmp_path: Path) -> None:
    """A long order number kept as a number is not the customer's number any more."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([4200022001202611244, *ROW.split(",")[1:]])
    book.save(tmp_path / "o.xlsx")
    assert "o.xlsx:2: 订单号: is stored as a number" in errors_of(tmp_path / "o.xlsx")[0]


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append(ROW.split(","))
    book.save(folder / "whole.xlsx")
    return folder / "whole.xlsx"


@pytest.mark.parametrize(
    ("part", "kept"),
    [("xl/worksheets/sheet1.xml", 0.5), ("xl/_rels/workbook.xml.rels", 0.5),
     ("xl/worksheets/sheet1.xml", None), ("xl/workbook.xml", 0.5), ("xl/styles.xml", 0.7)],
)  # fmt: skip
def test_a_damaged_workbook_is_refused_in_one_line(
    tmp_path: Path, part: str, kept: float | None
) -> None:
    """A part that breaks off, or (None) is not there at all."""
    whole, damaged = workbook(tmp_path), tmp_path / "o.xlsx"
    assert len(read_orders(whole, NOW)) == 1
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name != part:
                target.writestr(name, data)
            elif kept is not None:
                target.writestr(name, data[: int(len(data) * kept)])
    (error,) = errors_of(damaged)
    assert error in {
        "o.xlsx:1: file: is a damaged Excel workbook; open it in Excel and save it again as .xlsx",
        "o.xlsx:1: file: holds no sheet of cells",
    }


def test_no_flipped_byte_ends_in_anything_but_an_error(tmp_path: Path) -> None:
    data = workbook(tmp_path).read_bytes()
    for place in range(0, len(data), 97):
        spoilt = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        file = write(tmp_path, "o.xlsx", spoilt)
        with suppress(OrderImportError):
            read_orders(file, NOW)


@pytest.mark.parametrize(
    ("field", "number", "said"),
    [
        ("price_protect_days", 3_661, "is beyond 3660 days"),
        ("price_protect_days", 10**12, "is beyond 3660 days"),
        ("quantity", 10**9, "is beyond 1000000 pieces"),
        ("unit_price_fen", 10**15, "is beyond ¥1,000,000,000,000.00"),
    ],
)
def test_a_number_beyond_all_measure_is_refused(
    tmp_path: Path, field: str, number: int, said: str
) -> None:
    data = order_data()
    data["lines"][0][field] = number
    errors = errors_of(write(tmp_path, "o.jsonl", jsonl(data)))
    assert errors[0].startswith(f"o.jsonl:1: lines[0].{field}: ")
    assert errors[0].endswith(said)


def test_a_list_nested_without_end_is_refused(tmp_path: Path) -> None:
    text = f"{HEADER},payments\n{ROW},{'[' * 100_000}\n"
    assert (
        "o.csv:2: payments: is nested too deeply" in errors_of(write(tmp_path, "o.csv", text))[0]
    )


BAD_JSONL: dict[str, tuple[str, list[str]]] = {
    "empty": ("", ["o.jsonl:1: file: is empty"]),
    "broken JSON": ('{"order_no": "A1",', ["o.jsonl:1: json: EOF while parsing"]),
    "no object": ("[1, 2]", ["o.jsonl:1: order: [1, 2] is not an object in { }"]),
    "second line broken": (
        jsonl(order_data()) + "\nnot json",
        ["o.jsonl:2: json: expected ident at line 1 column 2"],
    ),
    "missing field": (
        jsonl({k: v for k, v in order_data().items() if k != "status"}),
        ["o.jsonl:1: status: is missing"],
    ),
    "unknown field": (
        jsonl(order_data(order_number="A1")),
        ["o.jsonl:1: order_number: is no field of an order record; did you mean order_no?"],
    ),
    "wrong types": (
        jsonl(order_data(goods_fen="119.80", freight_fen=8.5, free_shipping="no")),
        [
            "o.jsonl:1: goods_fen: '119.80' is not a whole number without quotes",
            "o.jsonl:1: freight_fen: 8.5 is not a whole number",
            "o.jsonl:1: free_shipping: 'no' is neither true nor false",
        ],
    ),
    "negative amount": (
        jsonl(order_data(freight_fen=-1)),
        ["o.jsonl:1: freight_fen: -1 is less than 0"],
    ),
    "unknown status": (
        jsonl(order_data(status="lost")),
        ["o.jsonl:1: status: 'lost' is not allowed; allowed: unpaid, paid, shipped, "
         "delivered, completed, cancelled"],
    ),
    "unknown category": (
        jsonl(order_data(lines=[order_data()["lines"][0] | {"category": "shoes"}])),
        ["o.jsonl:1: lines[0].category: 'shoes' is not allowed; allowed: phone, pc, "],
    ),
    "no lines": (
        jsonl(order_data(lines=[])),
        ["o.jsonl:1: lines: [] is empty; an order has at least one"],
    ),
    "time without zone": (
        jsonl(order_data(placed_at="2026-11-20T10:00:00")),
        ["o.jsonl:1: placed_at: '2026-11-20T10:00:00' has no zone"],
    ),
    "bad phone": (
        jsonl(order_data(customer={"name": "李雷", "phone": "call me"})),
        ["o.jsonl:1: customer.phone: 'call me' is no phone number: digits, blanks and hyphens"],
    ),
    "duplicate numbers": (
        jsonl(order_data(), order_data(order_no="jf20261101900")),
        ["o.jsonl:2: order_no: 'jf20261101900' is on line 1 already"],
    ),
    "longer than it looks": (
        jsonl(order_data(order_no="A" * 64), order_data(order_no="㌀" * 20)),
        [f"o.jsonl:2: order_no: '{'㌀' * 20}' is too long: at most 64 plain characters"],
    ),
    "paid before placed": (
        jsonl(order_data(paid_at="2026-11-19T10:00:00+08:00")),
        ["o.jsonl:1: paid_at: 2026-11-19T10:00:00+08:00 is before placed_at"],
    ),
    "one sku for two articles": (
        jsonl(order_data(lines=[{**order_data()["lines"][0], "title": name}
                                for name in ("T恤 白色 M码", "裤子")])),
        ["o.jsonl:1: lines[1].sku: 'A' is '裤子' here and 'T恤 白色 M码' above"],
    ),
    "the same payment twice": (
        jsonl(order_data(payments=order_data()["payments"] * 2)),
        ["o.jsonl:1: payments[1].id: 'P1' is there twice"],
    ),
    "an invisible character in the order's number": (
        jsonl(order_data(order_no="A1\u200b")),
        ["o.jsonl:1: order_no: 'A1\\u200b' holds an invisible character"],
    ),
    "lost date": (
        jsonl(order_data(placed_at="0001-01-01T00:00:00+08:00")),
        ["o.jsonl:1: placed_at: 0001-01-01T00:00:00+08:00 lies outside the years"],
    ),
    "Telegram id beyond the column": (
        jsonl(order_data(customer={"name": "a", "phone": "13800001111", "telegram_id": 2**63})),
        ["o.jsonl:1: customer.telegram_id: is no Telegram id"],
    ),
    "NUL in a text": (
        jsonl(order_data(platform="a\0b")),
        ["o.jsonl:1: order: holds a NUL character"],
    ),
    "two lines, two mistakes each": (
        jsonl(order_data(status="x", freight_fen=-1), order_data(order_no="", goods_fen=None)),
        ["o.jsonl:1: status", "o.jsonl:1: freight_fen", "o.jsonl:2: order_no",
         "o.jsonl:2: goods_fen"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BAD_JSONL.values(), ids=BAD_JSONL)
def test_bad_jsonl_is_refused_with_every_mistake(
    tmp_path: Path, content: str, expected: list[str]
) -> None:
    """Each mistake has its file, line and field, in the file's order."""
    found = errors_of(write(tmp_path, "o.jsonl", content))
    assert [f[: len(e)] for f, e in zip(found, expected, strict=True)] == expected


BAD_CSV: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": ("", ["o.csv:1: file: is empty"]),
    "only blanks": ("\n \n,,,\n", ["o.csv:1: file: holds no orders"]),
    "header alone": (HEADER, ["o.csv:1: file: holds no orders"]),
    "missing columns": (
        f"{HEADER.replace('手机号,', '').replace(',单价', '')}\nA1",
        ["o.csv:1: phone or 手机号 or 手机 or 联系电话 or 电话: this column is missing",
         "o.csv:1: unit_price_fen or unit_price_yuan or 单价: this column is missing"],
    ),
    "an order number that a spreadsheet shortened": (
        f"{HEADER}\n{row(订单号='4.2E+18')}\n{row(订单号='1001.0', 手机号='1.38E+10')}",
        ["o.csv:2: 订单号: '4.2E+18' is how a spreadsheet writes a number; format it as text",
         "o.csv:3: 订单号: '1001.0' is how a spreadsheet writes a number",
         "o.csv:3: 手机号: '1.38E+10' is how a spreadsheet writes a number"],
    ),
    "a formula that went wrong": (
        f"{HEADER}\n{row(商品名称='#N/A', 单价='#REF!')}",
        ["o.csv:2: 商品名称: #N/A is what a spreadsheet shows for a formula that went wrong",
         "o.csv:2: 单价: #REF! is what a spreadsheet shows"],
    ),
    "misspelt column": (
        f"{HEADER},tracking_number\n{ROW},SF1",
        ["o.csv:1: tracking_number: is no known column; did you mean tracking_no?"],
    ),
    "a column twice": (
        f"{HEADER},unit_price_fen\n{ROW},5990",
        ["o.csv:1: unit_price_fen: means the same as another column, 单价; keep one"],
    ),
    "broken quotes": (
        f'{HEADER}\n{row(商品名称=chr(34) + "T恤")}\n{ROW}\n',
        ["o.csv:2: file: a cell begins with a quotation mark (\") here that no other ends"],
    ),
    "text after a quote": (
        f'{HEADER}\n{row(商品名称=chr(34) + "T" + chr(34) + "恤")}',
        ["o.csv:2: file: a quotation mark (\") stands within a cell here; write it twice"],
    ),
    "unquoted comma": (
        f"{HEADER}\n{row(商品名称='T恤,白')}",
        ["o.csv:2: row: has more cells than the 12 headers"],
    ),
    "row cut short": (
        f"{HEADER}\nA1,李雷,13800001111,2026-11-20 10:00",
        ["o.csv:2: 状态: is missing", "o.csv:2: 商品编码: is missing",
         "o.csv:2: 收货地址: is missing"],
    ),
    "no order number": (
        f"{HEADER}\n{row(订单号='')}",
        ["o.csv:2: 订单号: is missing; repeat it on each line of the order"],
    ),
    "wrong cells": (
        f"{HEADER}\n"
        + row(下单时间="2026-13-01", 数量="两", 单价="59.999", 实付金额="-1", 状态="丢了",
              类目="鞋"),
        ["o.csv:2: 下单时间: '2026-13-01' is no such day or hour",
         "o.csv:2: 状态: '丢了' is not allowed; allowed: 待付款, 未付款, 待发货, 已付款, 已发货, "
         "待收货, 已签收, 已完成, 交易成功, 已取消, 交易关闭",
         "o.csv:2: 类目: '鞋' is not allowed; allowed: 手机, 电脑, 家电, ",
         "o.csv:2: 数量: '两' is not a whole number",
         "o.csv:2: 单价: '59.999': allowed are 0 or more yuan",
         "o.csv:2: 实付金额: '-1': allowed are 0 or more yuan"],
    ),
    "yuan in a fen column": (
        f"{HEADER.replace('单价', 'unit_price_fen')}\n{ROW}",
        ["o.csv:2: unit_price_fen: '59.90' is not a whole number of fen"],
    ),
    "rows that contradict": (
        f"{HEADER}\n{ROW}\n{row(客户姓名='韩梅梅', 商品编码='S2')}",
        ["o.csv:3: 客户姓名: '韩梅梅' here, '李雷' on line 2 of the same order"],
    ),
    "less than one, and less than nothing": (
        f"{HEADER}\n{row(数量='-1', 单价='-5')}\n{row(订单号='B2', 数量='-1')}",
        ["o.csv:2: 单价: '-5': allowed are 0 or more yuan",
         "o.csv:2: 数量: -1 is less than 1", "o.csv:3: 数量: -1 is less than 1"],
    ),
    "a mistake in the second line of an order": (
        f"{HEADER}\n{ROW}\n{row(数量='0')}",
        ["o.csv:3: 数量: 0 is less than 1"],
    ),
    "a row told twice": (
        f"{HEADER}\n{ROW}\n{row(订单号='B2')}\n{ROW}",
        ["o.csv:4: row: order 'A1': the article (sku 'S1') is on line 2 already, alike in every "
         "cell; if more of it were bought, raise the quantity there"],
    ),
    "an article told again with another parcel": (
        f"{HEADER},快递公司,快递单号\n{ROW},顺丰,SF1\n{row(客户姓名='', 下单时间='')},顺丰,SF2",
        ["o.csv:3: row: order 'A1': the article (sku 'S1') is on line 2 already"],
    ),
    "one sku on the rows of two articles": (
        f"{HEADER}\n{ROW}\n{row(商品名称='裤子')}",
        ["o.csv:3: 商品编码: 'S1' is '裤子' here and "],
    ),
    "one parcel told in two ways": (
        f"{HEADER},快递公司,快递单号,签收时间\n{ROW},顺丰,SF1,2026-11-22 10:00\n"
        f"A1{',' * 11},顺丰,SF1,2026-11-23 10:00",
        ["o.csv:3: 快递单号: 'SF1' is there twice, and not alike"],
    ),
    "JSON and columns": (
        f"{HEADER},payments,payment_amount_fen\n{ROW},[],100",
        ["o.csv:2: payments: is given as JSON and in columns of its own"],
    ),
    "broken JSON cell": (
        f"{HEADER},payments\n{ROW},[1",
        ["o.csv:2: payments: is not JSON"],
    ),
    "no text": (b"\x00\x01\x02", ["o.csv:1: file: holds NUL characters"]),
    "no known encoding": (b"\xff\xff\x81", ["o.csv:1: file: is not text in utf-8-sig or gb18030"]),
    "a workbook named .csv": (b"PK\x03\x04rest", ["o.csv:1: file: is an Excel workbook"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BAD_CSV.values(), ids=BAD_CSV)
def test_bad_csv_is_refused_with_every_mistake(
    tmp_path: Path, content: str | bytes, expected: list[str]
) -> None:
    """Each mistake has its file, line and field, in the file's order."""
    found = errors_of(write(tmp_path, "o.csv", content))
    assert [f[: len(e)] for f, e in zip(found, expected, strict=True)] == expected


LOCKED = "is locked with a password or an old workbook (.xls); save it as .xlsx without one"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gone.csv", None, "there is no such file"),
        ("gone.xlsx", None, "there is no such file"),
        ("gone", None, "there is no such file"),
        (".", None, "is a folder; name a file in it"),
        ("o.xls", b"\xd0\xcf\x11\xe0",
         ".xls is not supported; allowed: .jsonl, .csv, .xlsx"),
        ("o.xlsx", b"", "is empty"),
        ("o.xlsx", HEADER.encode(),
         "is no Excel workbook (.xlsx); if it is a CSV file, name it .csv"),
        ("o.xlsx", b"\xd0\xcf\x11\xe0 rest", LOCKED),
        ("o.xlsx", b"PK\x03\x04 nothing more",
         "is a damaged Excel workbook; open it in Excel and save it again as .xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes | None, expected: str
) -> None:
    file = tmp_path / name if content is None else write(tmp_path, name, content)
    with pytest.raises(OrderImportError) as caught:
        read_orders(file, NOW)
    assert caught.value.errors == [f"{file}:1: file: {expected}"]


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "o.csv").mkdir()
    assert errors_of(tmp_path / "o.csv") == ["o.csv:1: file: is a folder; name a file in it"]


@given(st.binary(max_size=200))
def test_no_file_whatever_ends_in_a_stack_trace(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Any bytes are either orders or an OrderImportError."""
    folder = tmp_path_factory.mktemp("any")
    for suffix in (".jsonl", ".csv", ".xlsx"):
        with pytest.raises(OrderImportError):
            read_orders(write(folder, f"o{suffix}", data), NOW)
