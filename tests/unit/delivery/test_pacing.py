"""How fast one chat is spoken to."""

from __future__ import annotations

from bot.delivery.pacing import Pacing
from tests.factories import NOW, HandClock


def test_a_chat_takes_a_few_at_once_and_then_one_a_second() -> None:
    clock, pacing, sent_at = HandClock(NOW), Pacing(every_seconds=1, burst=3), []
    for tick in range(50):  # tenths of a second
        if 7 not in pacing.resting(clock()):
            pacing.note_sent(7, clock())
            sent_at.append(tick)
        clock.advance(milliseconds=100)
    assert sent_at == [0, 1, 2, 10, 20, 30, 40]


def test_one_chat_does_not_slow_another() -> None:
    pacing = Pacing(burst=1)
    pacing.note_sent(7, NOW)
    assert pacing.resting(NOW) == {7}


def test_a_rested_chat_is_forgotten() -> None:
    clock, pacing = HandClock(NOW), Pacing(burst=1)
    pacing.note_sent(7, clock())
    assert pacing.resting(clock.advance(seconds=1)) == set()
    assert not pacing._digested_at
