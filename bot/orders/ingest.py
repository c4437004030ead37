"""Orders out of files (JSONL, CSV, Excel): all of a file or nothing, and every mistake named.

JSONL holds one order record a line, as `order_schema` describes it; CSV and Excel hold one order
line a row, as `columns` describes it. Files are UTF-8 (with or without a mark) or GB 18030, which
is what Chinese Excel writes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import OrderImportError
from bot.order_record import OrderRecord
from bot.orders.drafts import gather
from bot.orders.problems import check_json, dotted
from bot.orders.sheets import Row, csv_rows, excel_rows, read_header
from models.base import order_key

T = TypeVar("T")
Progress = Callable[[int, int], None]  # lines done, lines in all (0: not known)
REPORT_EVERY = 200  # lines
WORKBOOK_BEGINS = b"PK\x03\x04"
UTF16_BEGINS = (b"\xff\xfe", b"\xfe\xff")
SUFFIXES = (".jsonl", ".csv", ".xlsx")

Numbered = tuple[int, OrderRecord]


@dataclass(slots=True)
class _File:
    """The file being read, and every mistake found in it so far."""

    path: Path
    progress: Progress
    errors: list[tuple[int, str]] = field(default_factory=list)

    def report(self, line: int, name: str, text: str) -> None:
        self.errors.append((line, f"{self.path}:{line}: {name}: {text}"))

    def refuse(self, text: str) -> OrderImportError:
        return OrderImportError([f"{self.path}:1: file: {text}"])


def read_orders(path: Path, progress: Progress | None = None) -> list[OrderRecord]:
    """Return every order of the file, in its order.

    Raises OrderImportError with one `FILE:LINE: field: what is wrong, what is allowed` a mistake.
    """
    file = _File(path, progress or _quiet)
    orders = [record for _line, record in _once_each(_orders(file), file)]
    if not file.errors and not orders:
        raise file.refuse("holds no orders")
    if file.errors:
        raise OrderImportError([text for _line, text in sorted(file.errors, key=_line_of)])
    return orders


def order_schema() -> dict[str, Any]:
    """Return the JSON Schema of an order record, as JSONL import takes it."""
    schema = OrderRecord.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _quiet(_done: int, _total: int) -> None:
    return


def _line_of(error: tuple[int, str]) -> int:
    return error[0]


def _orders(file: _File) -> Iterator[Numbered]:
    suffix = file.path.suffix.lower()
    if suffix == ".jsonl":
        return _from_jsonl(file, _text(file))
    if suffix == ".csv":
        text = _text(file)
        return _from_rows(file, _unbroken(file, csv_rows(text)), text.count("\n") + 1)
    if suffix == ".xlsx":
        return _from_rows(file, _unbroken(file, excel_rows(file.path)), 0)
    raise file.refuse(f"{suffix or 'no suffix'} is not supported; allowed: {', '.join(SUFFIXES)}")


def _from_jsonl(file: _File, text: str) -> Iterator[Numbered]:
    lines = text.split("\n")
    for number, line in _counted(enumerate(lines, start=1), len(lines), file.progress):
        if not line.strip():
            continue
        found = check_json(line)
        if isinstance(found, OrderRecord):
            yield number, found
            continue
        for problem in found:
            file.report(number, dotted(problem.location), problem.text)


def _from_rows(file: _File, rows: Iterator[Row], total: int) -> Iterator[Numbered]:
    header = next(rows, None)
    if header is None:
        return
    columns = read_header(header, file.report)
    if not file.errors:
        yield from gather(columns, _counted(rows, total, file.progress), file.report)


def _counted(
    rows: Iterable[tuple[int, T]], total: int, progress: Progress
) -> Iterator[tuple[int, T]]:
    number = 0
    for number, row in rows:
        yield number, row
        if number % REPORT_EVERY == 0:
            progress(number, max(total, number) if total else 0)
    progress(total or number, total or number)


def _unbroken(file: _File, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows, and end with a mistake where the file cannot be read any further."""
    number = 0
    try:
        for number, row in rows:
            yield number, row
    except (csv.Error, ValueError) as error:
        file.report(number + 1, "row", f"cannot be read: {error}")


def _once_each(orders: Iterator[Numbered], file: _File) -> Iterator[Numbered]:
    seen: dict[str, int] = {}
    for line, record in orders:
        first = seen.setdefault(order_key(record.order_no), line)
        if first == line:
            yield line, record
            continue
        text = f"{record.order_no!r} is on line {first} already; an order is there once"
        file.report(line, "order_no", text)


def _text(file: _File) -> str:
    data = _bytes(file)
    if data.startswith(WORKBOOK_BEGINS):
        raise file.refuse("is an Excel workbook; name it .xlsx")
    text = _decoded(file, data)
    if "\0" in text:
        raise file.refuse("holds NUL characters; it is no text file")
    return text


def _bytes(file: _File) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise file.refuse(f"cannot be read: {error.strerror}") from error


def _decoded(file: _File, data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(UTF16_BEGINS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise file.refuse(f"is not text in {' or '.join(encodings)}; save it as UTF-8")
