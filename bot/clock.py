"""The only reader of the time; everybody else is given a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the shop's days and hours

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def in_shop_zone(moment: datetime) -> datetime:
    """Return the moment as the shop's wall clock shows it."""
    return moment.astimezone(SHANGHAI)
