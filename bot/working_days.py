"""Working days of China: weekends, public holidays and 调休, as the State Council sets them.

They govern when staff are at work and what "7个工作日" means as a date. Legal deadlines and what
the shop promised in hours or days run on the calendar and never ask here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase

BANK_WORKING_DAYS: Final = 7  # how long a bank may take to credit a refund: "1–7个工作日"
_AT_MOST: Final = 400  # days looked ahead; no run of days off is that long


def is_working_day(day: date) -> bool:
    """Tell whether offices and banks work on that day.

    The 调休 of a year is announced in the November before. For later years than the library
    knows, the public holidays themselves count, with ordinary weekends around them.
    """
    return bool(_china().is_working_day(day))


def add_working_days(day: date, count: int) -> date:
    """Return the day on which so many working days have passed; the day itself does not count."""
    left = count
    for ahead in range(1, _AT_MOST + 1):
        if left <= 0:
            break
        later = day + timedelta(days=ahead)
        left -= is_working_day(later)
        if left == 0:
            return later
    return day


def warm_up() -> None:
    """Read the calendar now, so that no turn has to wait for it."""
    is_working_day(date(2026, 1, 1))


@cache
def _china() -> HolidayBase:
    import holidays  # here, because it takes half a second and most commands never ask

    return holidays.country_holidays("CN")
