"""What is borne with for a while, what ends it, and what does not."""

from __future__ import annotations

import pytest

from bot.channels.telegram.health import Health


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    """Seconds that a test sets."""
    return _Clock()


@pytest.mark.parametrize("reached_before", [True, False])
def test_a_line_that_is_down_is_borne_for_three_minutes(
    clock: _Clock, reached_before: bool
) -> None:
    health = Health(clock)
    if reached_before:
        health.note("ok")
    health.note("unreachable")
    clock.now = 179
    health.note("unreachable")
    assert health.trouble is None
    clock.now = 180
    assert health.trouble == "unreachable"
    health.note("ok")
    assert health.trouble is None


def test_a_start_without_any_answer_is_borne_for_three_minutes(clock: _Clock) -> None:
    health = Health(clock)
    assert health.status == "starting"
    clock.now = 179
    assert health.trouble is None
    clock.now = 180
    assert health.trouble == "starting"
    health.note_answer()
    assert health.trouble is None


@pytest.mark.parametrize("status", ["conflict", "unreachable"])
def test_replies_that_go_out_end_no_trouble_with_polling(clock: _Clock, status: str) -> None:
    health = Health(clock)
    for second in range(0, 200, 5):
        clock.now = second
        health.note_poll(status)
        health.note("ok")
    assert health.status == status
    assert health.trouble == status
    health.note_poll("ok")
    assert (health.status, health.trouble) == ("ok", None)


def test_a_conflict_is_borne_for_a_minute_from_its_first(clock: _Clock) -> None:
    health = Health(clock)
    health.note("ok")
    health.note_poll("conflict")
    clock.now = 30
    health.note_poll("unreachable")  # another trouble in between ends nothing
    clock.now = 59
    health.note_poll("conflict")
    assert health.trouble is None
    clock.now = 60
    assert health.trouble == "conflict"
    health.note_poll("ok")
    health.note_poll("conflict")
    assert health.trouble is None


def test_a_good_poll_shows_that_the_line_is_back(clock: _Clock) -> None:
    health = Health(clock)
    health.note("unreachable")
    health.note_poll("ok")
    assert health.status == "ok"


def test_a_refused_token_and_a_refused_webhook_are_borne_not_at_all(clock: _Clock) -> None:
    health = Health(clock)
    health.note_webhook("no host")
    assert health.trouble == "webhook refused"
    health.note("token refused")
    assert health.trouble == "token refused"
    health.note_answer()
    assert health.trouble == "token refused"


def test_a_refused_token_is_one_line_in_the_log(
    clock: _Clock, caplog: pytest.LogCaptureFixture
) -> None:
    health = Health(clock)
    for _ in range(3):
        health.note("token refused")
        health.note_poll("token refused")
    assert len(caplog.records) == 1


def test_a_webhook_without_an_answer_is_borne_for_three_minutes(clock: _Clock) -> None:
    health = Health(clock)
    health.note("ok")
    health.await_webhook()
    clock.now = 179
    health.note("ok")
    assert health.trouble is None
    clock.now = 180
    health.note("ok")
    assert (health.status, health.trouble) == ("ok", "webhook pending")
    health.note_webhook("no host")
    assert health.trouble == "webhook refused"
    health.note_webhook(None)
    assert health.trouble is None
