"""Orders out of files (JSONL, CSV, Excel): all of a file or nothing, and every mistake named.

JSONL holds one order record a line, as `order_schema` describes it; CSV and Excel hold one order
line a row, as `columns` describes it. Files are UTF-8 (with or without a mark) or GB 18030, which
is what Chinese Excel writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import OrderImportError
from bot.order_record import OrderRecord
from bot.orders.drafts import gather
from bot.orders.findings import OrderFile
from bot.orders.problems import check_json, doubts
from bot.orders.sheets import (
    WORKBOOK_BEGINS,
    Row,
    UnreadableError,
    csv_rows,
    excel_rows,
    names_in,
    read_header,
)
from models.base import order_key

T = TypeVar("T")
Progress = Callable[[int, int], None]  # lines done, lines in all (0: not known)
REPORT_EVERY = 200  # lines
UTF16_BEGINS = (b"\xff\xfe", b"\xfe\xff")
SUFFIXES = (".jsonl", ".csv", ".xlsx")

Numbered = tuple[int, OrderRecord]


def read_orders(
    path: Path,
    now: datetime,
    *,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> list[OrderRecord]:
    """Return every order of the file, in its order; `warn` is told what may be a slip in them.

    Raises OrderImportError with one `FILE:LINE: field: what is wrong, what is allowed` a mistake.
    """
    file = OrderFile(path)
    _check_file(file)
    orders = []
    for line, record in _once_each(_orders(file, now, progress or _quiet), file):
        orders.append(record)
        for doubt in doubts(record, now, file.name):
            file.doubt(line, doubt)
    if not file.errors and not orders:
        raise file.refuse("holds no orders")
    if file.errors:
        raise OrderImportError([text for _line, text in sorted(file.errors, key=_line_of)])
    for _line, text in sorted(file.doubts, key=_line_of):
        (warn or _unheard)(text)
    return orders


def order_schema() -> dict[str, Any]:
    """Return the JSON Schema of an order record, as JSONL import takes it."""
    schema = OrderRecord.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _quiet(_done: int, _total: int) -> None:
    return


def _unheard(_doubt: str) -> None:
    return


def _line_of(error: tuple[int, str]) -> int:
    return error[0]


def _check_file(file: OrderFile) -> None:
    """Raise OrderImportError for what is no file, or one without anything in it."""
    if file.path.is_dir():
        raise file.refuse("is a folder; name a file in it")
    if not file.path.exists():
        raise file.refuse("there is no such file")
    if not file.path.is_file():
        return  # a pipe, of which nothing may be taken in advance
    try:
        with file.path.open("rb") as data:
            begins = data.read(1)
    except OSError as error:
        raise file.refuse(f"cannot be read: {error.strerror}") from error
    if not begins:
        raise file.refuse("is empty")


def _orders(file: OrderFile, now: datetime, progress: Progress) -> Iterator[Numbered]:
    suffix = file.path.suffix.lower()
    if suffix == ".jsonl":
        return _from_jsonl(file, now, _text(file), progress)
    if suffix == ".csv":
        text = _text(file)
        count = partial(_counted, total=text.count("\n") + 1, progress=progress)
        return _from_rows(file, now, _unbroken(file, csv_rows(text)), count)
    if suffix == ".xlsx":
        count = partial(_counted, total=0, progress=progress)
        return _from_rows(file, now, _unbroken(file, excel_rows(file.path)), count)
    raise file.refuse(f"{suffix or 'no suffix'} is not supported; allowed: {', '.join(SUFFIXES)}")


def _from_jsonl(
    file: OrderFile, now: datetime, text: str, progress: Progress
) -> Iterator[Numbered]:
    lines = text.split("\n")
    for number, line in _counted(enumerate(lines, start=1), len(lines), progress):
        if not line.strip():
            continue
        found = check_json(line, now)
        if isinstance(found, OrderRecord):
            yield number, found
            continue
        for problem in found:
            file.report(number, file.name(problem.location), problem.text)


def _from_rows(
    file: OrderFile, now: datetime, rows: Iterator[Row], count: Callable[..., Iterator[Row]]
) -> Iterator[Numbered]:
    header = next(rows, None)
    if header is None:
        return
    columns = read_header(header, file.report)
    if not file.errors:
        file.name = names_in(columns)
        yield from gather(columns, count(rows), file, now)


def _counted(
    rows: Iterable[tuple[int, T]], total: int, progress: Progress
) -> Iterator[tuple[int, T]]:
    number = 0
    for number, row in rows:
        yield number, row
        if number % REPORT_EVERY == 0:
            progress(number, max(total, number) if total else 0)
    progress(total or number, total or number)


def _unbroken(file: OrderFile, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows, and end with a mistake where the file cannot be read any further."""
    number = 0
    try:
        for number, row in rows:
            yield number, row
    except UnreadableError as error:
        file.report(number + 1, "file", str(error))


def _once_each(orders: Iterator[Numbered], file: OrderFile) -> Iterator[Numbered]:
    seen: dict[str, int] = {}
    for line, record in orders:
        first = seen.setdefault(order_key(record.order_no), line)
        if first == line:
            yield line, record
            continue
        text = f"{record.order_no!r} is on line {first} already; an order is there once"
        file.report(line, "order_no", text)


def _text(file: OrderFile) -> str:
    data = file.path.read_bytes()
    if data.startswith(WORKBOOK_BEGINS):
        raise file.refuse("is an Excel workbook; name it .xlsx")
    text = _decoded(file, data)
    if "\0" in text:
        raise file.refuse("holds NUL characters; it is no text file")
    return text


def _decoded(file: OrderFile, data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(UTF16_BEGINS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise file.refuse(f"is not text in {' or '.join(encodings)}; save it as UTF-8")
