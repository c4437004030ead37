"""Rows and headers out of CSV texts and Excel workbooks in the flat layout of `columns`."""

from __future__ import annotations

import csv
import difflib
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.orders.columns import BY_HEADER, LISTS, REQUIRED, Column, header_key
from bot.orders.findings import Location, Namer, dotted

ENCRYPTED = 1  # of a zip's flags
_READ = ("xl/workbook", "xl/worksheets/", "xl/sharedStrings", "xl/styles")
# What openpyxl and zipfile may end in when a file is damaged, or no workbook at all.
_DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ExpatError, SyntaxError, EOFError,
    LookupError, ValueError, OSError, RuntimeError, AttributeError, TypeError,
)  # fmt: skip
CELL_AT_MOST = 1_000_000  # characters; a parcel's history is long, but not that long
WORKBOOK_BEGINS = b"PK\x03\x04"
_OLD_BEGINS = b"\xd0\xcf\x11\xe0"  # of Excel before 2007, and of whatever Excel has encrypted
_PART_OF = {name: part for part, name in LISTS.items()}

Row = tuple[int, Sequence[object]]  # its number in the file, and its cells
Report = Callable[[int, str, str], None]  # line, field, what is wrong


class UnreadableError(ValueError):
    """The file can be read no further; the text says why in plain words."""


def csv_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text that hold anything; raises UnreadableError where it breaks."""
    header = text.lstrip("\r\n ").partition("\n")[0]
    delimiter = max(",\t;", key=header.count)
    csv.field_size_limit(CELL_AT_MOST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(_plainly(str(error))) from error


def _plainly(error: str) -> str:
    """Return in plain words where a CSV text breaks."""
    if error == "unexpected end of data":
        return 'a cell begins with a quotation mark (") here that no other ends'
    if "expected after" in error:
        return 'a quotation mark (") stands within a cell here; write it twice'
    return error


def excel_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet that hold anything; raises UnreadableError."""
    try:
        _check_beginning(path)
        _check_parts(path)
        book = _workbook(path)
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            if any(str(cell).strip() for cell in cells if cell is not None):
                yield number, cells
        book.close()
    except UnreadableError:
        raise
    except _DAMAGED as error:
        why = "is a damaged Excel workbook; open it in Excel and save it again as .xlsx"
        raise UnreadableError(why) from error


def _workbook(path: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles that it does not know
        book = load_workbook(path, read_only=True, data_only=True)
    if not book.worksheets:
        raise UnreadableError("holds no sheet of cells")
    return book


def _check_beginning(path: Path) -> None:
    with path.open("rb") as file:
        begins = file.read(4)
    if begins == _OLD_BEGINS:
        raise UnreadableError(
            "is locked with a password or an old workbook (.xls); save it as .xlsx without one"
        )
    if begins != WORKBOOK_BEGINS:
        raise UnreadableError("is no Excel workbook (.xlsx); if it is a CSV file, name it .csv")


def _check_parts(path: Path) -> None:
    """Read every part to its end; openpyxl takes texts that break off for all there are."""
    with zipfile.ZipFile(path) as book:
        for part in book.infolist():
            if part.flag_bits & ENCRYPTED:
                raise UnreadableError("is locked with a password; save it without one")
            with book.open(part) as stream:
                if part.filename.startswith(_READ) and part.filename.endswith(".xml"):
                    ParserCreate().ParseFile(stream)
                else:
                    while stream.read(CELL_AT_MOST):  # to its checksum
                        pass


def read_header(row: Row, report: Report) -> list[Column | None]:
    """Return each cell's column, named as the file does, and None for those to leave out.

    Reports what is wrong with them.
    """
    number, cells = row
    columns: list[Column | None] = []
    there: dict[tuple[str, str], str] = {}
    for cell in (" ".join(str(cell).split()) if cell is not None else "" for cell in cells):
        column = BY_HEADER.get(header_key(cell))
        if column is None and cell and not cell.startswith("#"):
            report(number, cell, "is no known column" + _near(cell))
        if column is not None:
            first = there.setdefault(_place(column), cell)
            if _place(column) in [_place(c) for c in columns if c]:
                report(number, cell, f"means the same as another column, {first}; keep one")
            column = replace(column, name=cell)
        columns.append(column)
    for part, name in REQUIRED:
        if (part, name) not in there:
            report(number, _headers(part, name), "this column is missing")
    return columns


def names_in(columns: Sequence[Column | None]) -> Namer:
    """Return how a file calls places in the record: 单价, where JSON has lines[0].unit_price_fen.

    A column that it lacks is called by every name that it may have.
    """
    there = {_place(column): column.name for column in columns if column}

    def name(location: Location) -> str:
        whole = there.get(("order", str(location[0]))) if location else None
        if whole:  # a list as JSON in one cell
            return _beneath(whole, location[1:])
        place, rest = _place_of(location)
        header = there.get(place) or _headers(*place)
        return _beneath(header, rest) if header else dotted(location)

    return name


def _place_of(location: Location) -> tuple[tuple[str, str], Location]:
    """Return the part and field of a place in the record, and the way on from there."""
    match location:
        case ("lines",):  # none of its cells is filled in
            return ("line", "sku"), ()
        case (str(name), int(), str(field), *rest) if name in _PART_OF:
            return (_PART_OF[name], field), tuple(rest)
        case ("customer" | "address" | "invoice" as part, str(field), *rest):
            return (part, field), tuple(rest)
        case (str(field), *rest):
            return ("order", field), tuple(rest)
    return ("", ""), ()


def _beneath(header: str, rest: Location) -> str:
    return header + dotted(("", *rest)) if rest else header


def _place(column: Column) -> tuple[str, str]:
    return column.part, column.field


def _headers(part: str, name: str) -> str:
    headers = [h for h, column in BY_HEADER.items() if _place(column) == (part, name)]
    return " or ".join(headers)


def _near(header: str) -> str:
    close = difflib.get_close_matches(header_key(header), BY_HEADER, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"{meant or ';'} to leave it out, begin its header with #"
