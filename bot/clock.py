"""The only reader of the time; everybody else is given a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the shop's days and hours

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def in_shop_zone(moment: datetime) -> datetime:
    """Return the moment as the shop's wall clock shows it."""
    return moment.astimezone(SHANGHAI)


def end_of_shop_day(moment: datetime) -> datetime:
    """Return the midnight that ends the shop's day of the moment: what "today" promises."""
    tomorrow = in_shop_zone(moment).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), SHANGHAI)
