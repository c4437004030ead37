"""The waits between tries."""

from __future__ import annotations

import pytest

from bot.delivery.retry import RECONCILE, SEND, TURN, Backoff


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (1, 1.0),
        (2, 2.0),
        (3, 4.0),
        (4, 8.0),
        (5, 10.0),  # 16, but no longer than the longest
        (6, None),  # the sixth failure is the last
        (60, None),
    ],
)
def test_waits_double_up_to_the_longest_and_then_end(failures: int, wait: float | None) -> None:
    backoff = Backoff(first_seconds=1, longest_seconds=10, attempts=6)
    assert backoff.wait_seconds(failures) == wait


def test_a_turn_is_given_up_after_five_failures() -> None:
    assert [TURN.wait_seconds(n) is None for n in (4, 5)] == [False, True]


def test_a_channel_that_cannot_be_reached_is_tried_for_about_a_day() -> None:
    hours = sum(SEND.wait_seconds(n) or 0 for n in range(1, 300)) / 3600
    assert 23 < hours < 26


@pytest.mark.parametrize("failures", [1, 100, 10_000])
def test_money_is_asked_about_for_ever(failures: int) -> None:
    assert RECONCILE.wait_seconds(failures) is not None
