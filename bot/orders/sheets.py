"""Orders out of rows: CSV and Excel in the flat layout of `columns`."""

from __future__ import annotations

import csv
import difflib
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.order_record import OrderRecord
from bot.orders.cells import Value, cell_text
from bot.orders.columns import BY_HEADER, REQUIRED, Column, header_key
from bot.orders.problems import MISSING, Location, check_json, dotted
from bot.orders.rows import order_key

LISTS = {"line": "lines", "payment": "payments", "discount": "discounts",
         "shipment": "shipments", "return": "returns"}  # fmt: skip
CELL_AT_MOST = 1_000_000  # characters; a parcel's history is long, but not that long

Row = tuple[int, Sequence[object]]  # its number in the file, and its cells
Report = Callable[[int, str, str], None]  # line, field, what is wrong


@dataclass(slots=True)
class Draft:
    """An order while its rows are read; remembers the row that each part came from."""

    first_row: int
    parts: dict[str, dict[str, Value]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    rows: dict[Location, int] = field(default_factory=dict)


def csv_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text that hold anything; raises csv.Error where it is broken."""
    header = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=header.count)
    csv.field_size_limit(CELL_AT_MOST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]
        number = reader.line_num + 1


def excel_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet that hold anything; raises ValueError if unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that it does not know
            book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ValueError(f"is not an Excel workbook (.xlsx): {error}") from error
    sheet = book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell not in (None, "") for cell in cells):
            yield number, cells
    book.close()


def read_header(row: Row, report: Report) -> list[Column | None]:
    """Return each cell's column, None for those to leave out; reports what is wrong with them."""
    number, cells = row
    columns: list[Column | None] = []
    for cell in map(str, (cell if cell is not None else "" for cell in cells)):
        column = BY_HEADER.get(header_key(cell))
        if column is None and cell.strip() and not cell.startswith("#"):
            report(number, cell, "is no known column" + _near(cell))
        if column is not None and _place(column) in [_place(c) for c in columns if c]:
            report(
                number, cell, f"stands for {column.field} of the {column.part}, as another does"
            )
        columns.append(column)
    there = {_place(column) for column in columns if column}
    for part, name in REQUIRED:
        if (part, name) not in there:
            report(number, _names(part, name), "this column is missing")
    return columns


def gather(
    columns: Sequence[Column | None], rows: Iterator[Row], report: Report
) -> Iterator[tuple[int, OrderRecord]]:
    """Yield each order with its first row; reports every mistake, and yields no order with one."""
    drafts: dict[str, Draft] = {}
    spoilt: set[str] = set()
    for number, cells in rows:
        values, sound = _read_row(columns, number, cells, report)
        key = order_key(str(values.get("order", {}).get("order_no", "")))
        if not key:
            report(number, "order_no", "is missing; repeat it on each line of the order")
            continue
        draft = drafts.setdefault(key, Draft(number))
        if not (_add(draft, number, values, report) and sound):
            spoilt.add(key)
    for key, draft in drafts.items():
        record = _finish(draft, report, spoilt=key in spoilt)
        if record is not None:
            yield draft.first_row, record


def _read_row(
    columns: Sequence[Column | None], number: int, cells: Sequence[object], report: Report
) -> tuple[dict[str, dict[str, Value]], bool]:
    values: dict[str, dict[str, Value]] = {}
    # Fewer cells than headers are no mistake: Excel leaves out trailing commas now and then.
    sound = not any(_texts(cells[len(columns) :]))
    if not sound:
        report(
            number, "row", f"has more cells than the {len(columns)} headers; is a comma quoted?"
        )
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            text = cell_text(cell)
            if text:
                values.setdefault(column.part, {})[column.field] = column.read(text)
        except ValueError as error:
            report(number, column.name, str(error))
            sound = False
    return values, sound


def _texts(cells: Sequence[object]) -> Iterator[str]:
    return (str(cell).strip() for cell in cells if cell is not None)


def _add(draft: Draft, number: int, values: dict[str, dict[str, Value]], report: Report) -> bool:
    agreed = True
    for part, fields in values.items():
        if part in LISTS:
            _add_to_list(draft, LISTS[part], fields, number)
        else:
            agreed &= _add_to_part(draft, part, fields, number, report)
    return agreed


def _add_to_list(draft: Draft, name: str, fields: dict[str, Value], number: int) -> None:
    items = draft.lists.setdefault(name, [])
    # A payment repeated on each line of the order is one payment; two equal lines are two lines.
    if name == "lines" or fields not in items:
        draft.rows[(name, len(items))] = number
        items.append(fields)


def _add_to_part(
    draft: Draft, part: str, fields: dict[str, Value], number: int, report: Report
) -> bool:
    known = draft.parts.setdefault(part, {})
    agreed = True
    for name, value in fields.items():
        if name != "order_no" and known.setdefault(name, value) != value:
            text = f"{value!r} here, {known[name]!r} on line {draft.first_row} of the same order"
            report(number, name, text)
            agreed = False
        known.setdefault(name, value)
    return agreed


def _finish(draft: Draft, report: Report, *, spoilt: bool) -> OrderRecord | None:
    twice = [name for name in draft.lists if name in draft.parts.get("order", {})]
    for name in twice:
        report(draft.first_row, name, "is given as JSON and in columns of its own; choose one")
    if twice:
        return None
    found = check_json(json.dumps(_record(draft), ensure_ascii=False))
    if isinstance(found, OrderRecord):
        return None if spoilt else found
    for problem in found:
        # What could not be read has been reported; that it is therefore missing is no news.
        if spoilt and problem.text.startswith(MISSING):
            continue
        row = draft.rows.get(problem.location[:2], draft.first_row)
        report(row, dotted(problem.location), problem.text)
    return None


def _record(draft: Draft) -> dict[str, Value]:
    """Return the record that the rows describe, with what a flat file may leave unsaid."""
    order, customer = draft.parts.get("order", {}), draft.parts.get("customer", {})
    # The order's own name and phone are the consignee's, unless the file tells them apart.
    person = {k: customer[k] for k in ("name", "phone") if k in customer}
    empty = {"province": "", "city": "", "district": ""}
    record: dict[str, Value] = {
        "freight_fen": 0,
        "free_shipping": False,
        "goods_fen": _goods_fen(draft.lists.get("lines", [])),
        "customer": customer,
        "address": {**empty, **person, **draft.parts.get("address", {})},
        **draft.lists,
        **order,
    }
    if "invoice" in draft.parts:
        record["invoice"] = {"state": "none", "kind": "", **draft.parts["invoice"]}
    _number(record)
    return record


def _number(record: dict[str, Value]) -> None:
    """Give payments and discounts in columns what they may leave out."""
    payments, discounts = record.get("payments", []), record.get("discounts", [])
    if _are_objects(payments):
        for i, payment in enumerate(payments, start=1):
            payment.setdefault("id", f"{record.get('order_no')}-{i}")
            payment.setdefault("method", "")
            payment.setdefault("status", "success")
            payment.setdefault("at", record.get("paid_at"))
    if _are_objects(discounts):
        for discount in discounts:
            discount.setdefault("applied", True)


def _are_objects(value: Value) -> TypeGuard[list[dict[str, Value]]]:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _goods_fen(lines: list[dict[str, Value]]) -> int:
    total = 0
    for line in lines:
        price, quantity = line.get("unit_price_fen"), line.get("quantity")
        if isinstance(price, int) and isinstance(quantity, int):
            total += price * quantity
    return total


def _place(column: Column) -> tuple[str, str]:
    return column.part, column.field


def _names(part: str, name: str) -> str:
    headers = [h for h, column in BY_HEADER.items() if _place(column) == (part, name)]
    return " or ".join(headers)


def _near(header: str) -> str:
    close = difflib.get_close_matches(header_key(header), BY_HEADER, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"{meant or ';'} to leave it out, begin its header with #"
