"""The only reader of the time; everybody else is given a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the shop's days and hours

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """When people are at work on every day, on the shop's clock; `opens` is before `closes`."""

    opens: time
    closes: time

    def open_at(self, moment: datetime) -> bool:
        """Tell whether people are at work at the moment."""
        return self.opens <= in_shop_zone(moment).time() < self.closes

    def after(self, start: datetime, term: timedelta) -> datetime:
        """Return when so much time at work has passed since `start`."""
        day, left = in_shop_zone(start).date(), term
        while True:
            begins = max(start, datetime.combine(day, self.opens, SHANGHAI))
            ends = datetime.combine(day, self.closes, SHANGHAI)
            if begins + left <= ends:
                return begins + left
            left -= max(ends - begins, timedelta())
            day += timedelta(days=1)


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def in_shop_zone(moment: datetime) -> datetime:
    """Return the moment as the shop's wall clock shows it."""
    try:
        return moment.astimezone(SHANGHAI)
    except OverflowError:  # at either end of the calendar
        return moment.replace(tzinfo=SHANGHAI)


def later(moment: datetime, *, days: float = 0, hours: float = 0) -> datetime:
    """Return the moment so much later; the end of the calendar where it has none so late."""
    try:
        return moment + timedelta(days=days, hours=hours)
    except OverflowError:
        return datetime.max.replace(tzinfo=moment.tzinfo)


def end_of_shop_day(moment: datetime) -> datetime:
    """Return the midnight that ends the shop's day of the moment: what "today" promises."""
    tomorrow = in_shop_zone(moment).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), SHANGHAI)
