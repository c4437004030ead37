"""Wake-ups within the process: none is lost, and nobody is kept who listens no more."""

from __future__ import annotations

import pytest

from bot.delivery.wakeups import WORK, Wakeups, conversation_topic

LONG = 30.0  # seconds; a test that waits this long has failed


@pytest.fixture
def wakeups() -> Wakeups:
    return Wakeups()


async def test_a_wake_up_between_the_look_and_the_wait_is_not_lost(wakeups: Wakeups) -> None:
    with wakeups.listen(WORK) as listener:
        wakeups.notify(WORK)
        assert await listener.wait(LONG)


async def test_a_wake_up_ends_one_wait_only(wakeups: Wakeups) -> None:
    with wakeups.listen(WORK) as listener:
        wakeups.notify(WORK)
        wakeups.notify(WORK)
        assert await listener.wait(LONG)
        assert not await listener.wait(0)


async def test_everybody_who_listens_is_woken(wakeups: Wakeups) -> None:
    topic = conversation_topic(7)
    with wakeups.listen(topic) as first, wakeups.listen(topic) as second:
        wakeups.notify(topic)
        assert [await first.wait(0), await second.wait(0)] == [True, True]


async def test_another_topic_wakes_nobody(wakeups: Wakeups) -> None:
    with wakeups.listen(WORK) as listener:
        wakeups.notify(conversation_topic(7))
        assert not await listener.wait(0)


async def test_one_listener_may_hear_several_topics(wakeups: Wakeups) -> None:
    with wakeups.listen(WORK, conversation_topic(7)) as listener:
        wakeups.notify(conversation_topic(7))
        assert await listener.wait(LONG)


async def test_who_listens_no_more_is_forgotten(wakeups: Wakeups) -> None:
    for number in range(100):
        with wakeups.listen(conversation_topic(number)) as listener:
            assert not await listener.wait(0)
    assert not wakeups._listeners


async def test_a_bridge_is_told_what_is_said_here_but_not_what_it_said_itself(
    wakeups: Wakeups,
) -> None:
    told: list[str] = []
    wakeups.forward_to(told.append)
    wakeups.notify(WORK)
    wakeups.notify_here("from elsewhere")
    assert told == [WORK]
