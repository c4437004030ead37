"""Rows and headers out of CSV texts and Excel workbooks in the flat layout of `columns`."""

from __future__ import annotations

import csv
import difflib
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.orders.columns import BY_HEADER, REQUIRED, Column, header_key

ENCRYPTED = 1  # of a zip's flags
_READ = ("xl/workbook", "xl/worksheets/", "xl/sharedStrings", "xl/styles")
# What openpyxl and zipfile may end in when a file is damaged, or no workbook at all.
_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ExpatError, SyntaxError, EOFError,
    LookupError, ValueError, OSError, RuntimeError, AttributeError, TypeError,
)  # fmt: skip
CELL_AT_MOST = 1_000_000  # characters; a parcel's history is long, but not that long

Row = tuple[int, Sequence[object]]  # its number in the file, and its cells
Report = Callable[[int, str, str], None]  # line, field, what is wrong


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
        _check_parts(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that it does not know
            book = load_workbook(path, read_only=True, data_only=True)
        if not book.worksheets:
            raise ValueError("holds no sheet of cells")
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            if any(str(cell).strip() for cell in cells if cell is not None):
                yield number, cells
        book.close()
    except _DAMAGED as error:
        said = not isinstance(error, AttributeError | LookupError | TypeError)
        why = error if said else "its sheets are missing or damaged"
        raise ValueError(f"is not an Excel workbook (.xlsx), or not a whole one: {why}") from error


def _check_parts(path: Path) -> None:
    """Read every part to its end; openpyxl takes texts that break off for all there are."""
    with zipfile.ZipFile(path) as book:
        for part in book.infolist():
            if part.flag_bits & ENCRYPTED:
                raise ValueError("is locked with a password")
            with book.open(part) as stream:
                if part.filename.startswith(_READ) and part.filename.endswith(".xml"):
                    ParserCreate().ParseFile(stream)
                else:
                    while stream.read(CELL_AT_MOST):  # to its checksum
                        pass


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


def _place(column: Column) -> tuple[str, str]:
    return column.part, column.field


def _names(part: str, name: str) -> str:
    headers = [h for h, column in BY_HEADER.items() if _place(column) == (part, name)]
    return " or ".join(headers)


def _near(header: str) -> str:
    close = difflib.get_close_matches(header_key(header), BY_HEADER, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"{meant or ';'} to leave it out, begin its header with #"
