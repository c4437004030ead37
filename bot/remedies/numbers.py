"""The kinds of number and word that a policy is written with, each within what can be meant.

A figure that no shop means (endless, below nothing, hundreds of years) would break the sums or
the calendar long after the policy was read; so it is refused there.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

DAYS_AT_MOST: Final = 3_660  # ten years
HOURS_AT_MOST: Final = DAYS_AT_MOST * 24
YUAN_AT_MOST: Final = 1_000_000_000


def _plain_number(value: object) -> object:
    """Let numbers alone pass: `yes`, `48:00`, `0120` and `"48"` may have meant anything."""
    if isinstance(value, bool | str):
        shown = str(value).lower() if isinstance(value, bool) else repr(value)
        raise ValueError(f"{shown} is no number; write one such as 48 or 0.30, without quotes")  # noqa: TRY004
    return value


def _plain_day(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise ValueError(f"{value} is no day; write one such as 2026-09-01")  # noqa: TRY004
    return value


def _telling(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; it must say something")
    return text


Plain: Final = BeforeValidator(_plain_number)

Hours = Annotated[float, Field(ge=0, le=HOURS_AT_MOST, allow_inf_nan=False), Plain]
HoursAhead = Annotated[float, Field(gt=0, le=HOURS_AT_MOST, allow_inf_nan=False), Plain]
Days = Annotated[float, Field(ge=0, le=DAYS_AT_MOST, allow_inf_nan=False), Plain]
WholeDays = Annotated[int, Field(ge=0, le=DAYS_AT_MOST), Plain]
Share = Annotated[Decimal, Field(ge=0, le=1), Plain]
Yuan = Annotated[Decimal, Field(ge=0, le=YUAN_AT_MOST, decimal_places=2), Plain]
Times = Annotated[Decimal, Field(gt=1, le=100), Plain]
Day = Annotated[date, BeforeValidator(_plain_day)]
Sentence = Annotated[str, Field(json_schema_extra={"minLength": 1}), AfterValidator(_telling)]
