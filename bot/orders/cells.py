"""How one cell of a CSV or Excel file is read; a reader raises ValueError saying what is wrong.

A time without a zone is the shop's wall clock, because spreadsheets cannot hold a zone; a deadline
without an hour ends with its day (民法典 203). Only free text keeps characters as they were typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from bot.clock import SHANGHAI

Value = object  # what a cell holds once read: JSON values only
EXACT_DIGITS = 15  # an Excel number keeps no more
EXCEL_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
)

_LOCAL_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
# A comma only parts thousands: in 59,90 it would be a decimal point, and in 5 9 a digit is lost.
_YUAN = re.compile(
    r"¥?\s*(-?(?:[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,20})?)\s*元?"
)
_SHIELDED = re.compile(r'="(.*)"')  # how shops' systems keep Excel from reading a number
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+|\d+\.0+")
_YES: Final = frozenset({"true", "1", "yes", "y", "是", "有", "√"})
_NO: Final = frozenset({"false", "0", "no", "n", "否", "无", "×"})


def plain(cell: str) -> str:
    """Return a cell with full-width characters narrowed and invisible ones left out."""
    if cell.isascii():  # as most are: an import of a year's orders has millions of cells
        return cell.strip()
    visible = "".join(c for c in cell if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", visible).strip()


def read_text(cell: str) -> Value:
    """Read any text."""
    return cell


def read_code(cell: str) -> Value:
    """Read a number that is a name: of an order, a parcel, a phone."""
    code = plain(cell).removeprefix("'")  # which in Excel marks a number as text
    if _SHORTENED.fullmatch(code):
        raise ValueError(f"{cell!r} is how a spreadsheet writes a number; format it as text")
    return code


def read_integer(cell: str) -> Value:
    """Read a whole number."""
    whole = re.fullmatch(r"(-?\d+)(?:\.0+)?", plain(cell))
    if whole is None:
        raise ValueError(f"{cell!r} is not a whole number")
    return int(whole.group(1))


def read_fen(cell: str) -> Value:
    """Read a whole number of fen, 0 or more."""
    if not re.fullmatch(r"\d+", plain(cell)):
        raise ValueError(f"{cell!r} is not a whole number of fen; yuan go into a …_yuan column")
    return int(plain(cell))


def read_yuan(cell: str) -> Value:
    """Read an amount in yuan as fen: 59.90 → 5990."""
    amount = _YUAN.fullmatch(plain(cell))
    if amount is None:
        raise ValueError(f"{cell!r} is not an amount in yuan such as 59.90 or 1,234.50")
    fen = Decimal(amount[1].replace(",", "")) * 100
    if fen < 0 or fen != int(fen):
        raise ValueError(f"{cell!r}: allowed are 0 or more yuan, at most two decimals")
    return int(fen)


def read_boolean(cell: str) -> Value:
    """Read yes or no, in English or Chinese."""
    word = plain(cell).lower()
    if word not in _YES | _NO:
        raise ValueError(f"{cell!r} is neither yes nor no; allowed: true, false, 是, 否")
    return word in _YES


def read_time(cell: str) -> Value:
    """Read a moment; without a zone it is the shop's wall clock."""
    local = _LOCAL_TIME.fullmatch(plain(cell))
    if local is None:
        return _zoned(cell)
    year, month, day, hour, minute, second = (int(part or 0) for part in local.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI).isoformat()
    except ValueError as error:
        raise ValueError(f"{cell!r} is no such day or hour: {error}") from None


def read_deadline(cell: str) -> Value:
    """Read the moment by which something is promised."""
    local = _LOCAL_TIME.fullmatch(plain(cell))
    is_day = local is not None and local.group(4) is None
    return read_time(f"{cell} 23:59:59" if is_day else cell)


def _zoned(cell: str) -> Value:
    try:
        moment = datetime.fromisoformat(plain(cell))
    except ValueError:
        raise ValueError(f"{cell!r} is not a time such as 2026-11-01 10:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).isoformat()


def read_list(cell: str) -> Value:
    """Read a JSON list."""
    try:
        value = json.loads(cell)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(value, list):
        raise ValueError('is not a JSON list such as [{"amount_fen": 5990, …}]')  # noqa: TRY004
    return value


def word_reader(words: Mapping[str, str]) -> Callable[[str], Value]:
    """Return a reader that turns Chinese words into the record's, which it also takes as such."""
    own = list(dict.fromkeys(words.values()))

    def read(cell: str) -> Value:
        word = plain(cell)
        found = words.get(word, word.lower())
        if found not in own:
            # What was written in Chinese is mended in Chinese.
            allowed = [*own, *words] if word.isascii() else words
            raise ValueError(f"{cell!r} is not allowed; allowed: {', '.join(allowed)}")
        return found

    return read


def cell_text(value: object) -> str:
    """Return an Excel value as text; raises ValueError for an error or one that lost digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS:
        raise ValueError(
            f"is stored as a number, of which Excel keeps {EXACT_DIGITS} digits; format it as text"
        )
    if isinstance(value, float):
        return f"{value:.{EXACT_DIGITS}g}"  # as Excel shows it: 59.9, not 59.900000000000006
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()  # all that a cell for days holds
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value).strip()
    if text in EXCEL_ERRORS:
        raise ValueError(f"{text} is what a spreadsheet shows for a formula that went wrong")
    shielded = _SHIELDED.fullmatch(text)
    return shielded.group(1).strip() if shielded else text
