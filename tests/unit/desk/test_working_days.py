"""Working days of China: holidays, 调休, and years that nobody has announced yet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.working_days import add_working_days, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-27", True),  # a Friday
        ("2026-11-28", False),  # a Saturday
        ("2026-10-01", False),  # 国庆
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday worked for the holiday (调休)
        ("2026-09-20", True),  # a Sunday worked for it
        ("2026-02-17", False),  # 春节
        ("2026-02-14", True),  # the Saturday before, worked for it
        ("2031-10-01", False),  # not announced yet, but the law fixes it
        ("2031-10-11", False),  # an ordinary Saturday while no 调休 is known
    ],
)
def test_offices_work_as_the_state_council_says(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ("2026-11-27", 1, "2026-11-30"),  # over a weekend
        ("2026-11-27", 7, "2026-12-08"),
        ("2026-09-30", 7, "2026-10-15"),  # over 国庆, with its worked Saturday
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-09-18", 1, "2026-09-20"),  # a worked Sunday is the next working day
    ],
)
def test_so_many_working_days_later(day: str, count: int, last: str) -> None:
    assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(last)


@given(st.dates(date(2020, 1, 1), date(2120, 1, 1)), st.integers(1, 20))
def test_any_year_has_an_answer_and_it_is_a_working_day(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert later > day
    assert is_working_day(later)
