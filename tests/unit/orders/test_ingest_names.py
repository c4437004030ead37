"""Import: a mistake is told in the names and words of the file that it is in."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from bot.order_record import Category, Invoice, OrderStatus, Payment, Return
from bot.orders.columns import COLUMNS
from tests.unit.orders.files import HEADER, ROW, errors_of, row, write

MORE = "付款时间,快递公司,快递单号,发货时间,签收时间"


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        (HEADER, row(手机号="12"), "手机号: '12' is no phone number"),
        (HEADER, row(收货地址=""), "收货地址: is missing; it may not be left out"),
        (HEADER, row(商品名称=""), "商品名称: is missing; it may not be left out"),
        (HEADER, row(客户姓名=""), "客户姓名: is missing; it may not be left out"),
        (HEADER, row(数量="9999999"), "数量: 9999999 is beyond 1000000 pieces"),
        (HEADER.replace("单价", "单价（元）"), row(单价="abc"),
         "单价（元）: 'abc' is not an amount"),
        (HEADER.replace("类目", "category"), row(类目="SHOES"),
         "category: 'SHOES' is not allowed; allowed: phone, pc, "),
        (HEADER, row(状态="ok"), "状态: 'ok' is not allowed; allowed: unpaid, paid, shipped, "
         "delivered, completed, cancelled, 待付款, "),
        (f"{HEADER},退货状态", f"{ROW},没了",
         "退货状态: '没了' is not allowed; allowed: 已申请, 已同意"),
        (f"{HEADER},付款时间", f"{ROW},2026-11-19 10:00",
         "付款时间: 2026-11-19T10:00:00+08:00 is before 下单时间 2026-11-20T10:00:00+08:00"),
        (f"{HEADER},{MORE}", f"{ROW},2026-11-20 10:01,顺丰,SF1,2026-11-22 10:00,2026-11-21 10:00",
         "签收时间: 2026-11-21T10:00:00+08:00 is before 发货时间 2026-11-22T10:00:00+08:00"),
        (f"{HEADER},快递公司", f"{ROW},顺丰",
         "tracking_no or 快递单号 or 物流单号 or 运单号: is missing; it may not be left out"),
        (f"{HEADER},discounts", f'{ROW},"[{{""name"": ""a"", ""applied"": true}}]"',
         "discounts[0].cut_fen: is missing; it may not be left out"),
        (f"{HEADER},快递公司,快递单号,tracking_events", f'{ROW},顺丰,SF1,"[{{""text"": ""a""}}]"',
         "tracking_events[0].at: is missing; it may not be left out"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_the_header_of_its_column(
    tmp_path: Path, header: str, cells: str, expected: str
) -> None:
    (error,) = errors_of(write(tmp_path, "o.csv", f"{header}\n{cells}"))
    assert error.startswith(f"o.csv:2: {expected}")


def test_a_header_in_two_lines_is_told_in_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.replace("单价", "单价\n(元)").split(","))
    sheet.append(row(单价="abc").split(","))
    book.save(tmp_path / "o.xlsx")
    (error,) = errors_of(tmp_path / "o.xlsx")
    assert error.startswith("o.xlsx:2: 单价 (元): 'abc' is not an amount in yuan")


@pytest.mark.parametrize(
    ("part", "field", "allowed"),
    [
        ("order", "status", list(OrderStatus)),
        ("line", "category", get_args(Category)),
        ("payment", "status", get_args(Payment.model_fields["status"].annotation)),
        ("return", "state", get_args(Return.model_fields["state"].annotation)),
        ("invoice", "state", get_args(Invoice.model_fields["state"].annotation)),
    ],
)
def test_every_word_of_the_record_is_read(part: str, field: str, allowed: list[str]) -> None:
    """A column of words names all that the record knows, and takes no other."""
    (column,) = [c for c in COLUMNS if (c.part, c.field) == (part, field)]
    assert [column.read(word) for word in allowed] == list(allowed)
    with pytest.raises(ValueError, match="not allowed"):
        column.read("lost")
