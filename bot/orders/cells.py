"""How one cell of a CSV or Excel file is read; a reader raises ValueError saying what is wrong.

A time without a zone is the shop's wall clock, because spreadsheets cannot hold a zone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bot.clock import SHANGHAI

Value = object  # what a cell holds once read: JSON values only
EXACT_DIGITS = 15  # an Excel number keeps no more

_LOCAL_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_YES: Final = frozenset({"true", "1", "yes", "y", "是", "有", "√"})
_NO: Final = frozenset({"false", "0", "no", "n", "否", "无", "×"})


def read_text(cell: str) -> Value:
    """Read any text."""
    return cell


def read_integer(cell: str) -> Value:
    """Read a whole number."""
    if not re.fullmatch(r"-?\d+", cell):
        raise ValueError(f"{cell!r} is not a whole number")
    return int(cell)


def read_fen(cell: str) -> Value:
    """Read a whole number of fen, 0 or more."""
    if not re.fullmatch(r"\d+", cell):
        raise ValueError(f"{cell!r} is not a whole number of fen; yuan go into a …_yuan column")
    return int(cell)


def read_yuan(cell: str) -> Value:
    """Read an amount in yuan as fen: 59.90 → 5990."""
    bare = re.sub(r"[¥￥元,，\s]", "", cell)
    if not re.fullmatch(r"-?\d{1,13}(?:\.\d{1,20})?", bare):
        raise ValueError(f"{cell!r} is not an amount in yuan such as 59.90")
    fen = Decimal(bare) * 100
    if fen < 0 or fen != int(fen):
        raise ValueError(f"{cell!r}: allowed are 0 or more yuan, at most two decimals")
    return int(fen)


def read_boolean(cell: str) -> Value:
    """Read yes or no, in English or Chinese."""
    word = cell.lower()
    if word not in _YES | _NO:
        raise ValueError(f"{cell!r} is neither yes nor no; allowed: true, false, 是, 否")
    return word in _YES


def read_time(cell: str) -> Value:
    """Read a moment; without a zone it is the shop's wall clock."""
    local = _LOCAL_TIME.fullmatch(cell)
    if local is None:
        return _zoned(cell)
    year, month, day, hour, minute, second = (int(part or 0) for part in local.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI).isoformat()
    except ValueError as error:
        raise ValueError(f"{cell!r} is no such day or hour: {error}") from None


def _zoned(cell: str) -> Value:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a time such as 2026-11-01 10:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).isoformat()


def read_list(cell: str) -> Value:
    """Read a JSON list."""
    try:
        value = json.loads(cell)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(value, list):
        raise ValueError('is not a JSON list such as [{"amount_fen": 5990, …}]')  # noqa: TRY004
    return value


def word_reader(words: Mapping[str, str]) -> Callable[[str], Value]:
    """Return a reader that turns Chinese words into the record's; the rest is checked later."""

    def read(cell: str) -> Value:
        return words.get(cell, cell.lower())

    return read


def cell_text(value: object) -> str:
    """Return an Excel value as text; raises ValueError for one whose digits Excel has lost."""
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
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
