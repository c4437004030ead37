"""Moments at the end of the calendar, as orders stored long ago may name them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import SHANGHAI, in_shop_zone, later

NOW = datetime(2026, 11, 1, 12, tzinfo=SHANGHAI)


def test_later_is_later_and_never_beyond_the_calendar() -> None:
    assert later(NOW, days=7, hours=1) == NOW + timedelta(days=7, hours=1)
    assert later(NOW, days=3_000_000).year == 9999
    assert later(NOW, days=10**12).year == 9999


def test_the_ends_of_the_calendar_have_an_hour_in_the_shop() -> None:
    assert in_shop_zone(datetime(9999, 12, 31, 23, tzinfo=UTC)).year == 9999
    assert in_shop_zone(datetime(1, 1, 1, tzinfo=SHANGHAI)).year == 1
