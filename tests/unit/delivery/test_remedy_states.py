"""The life of a remedy."""

from __future__ import annotations

import pytest

from bot.delivery.remedy_states import GRANTED, STATE_IN_CHINESE, TRANSITIONS


def test_every_state_is_described_and_named_in_chinese() -> None:
    targets = set().union(*TRANSITIONS.values())
    assert targets <= set(TRANSITIONS)
    assert set(STATE_IN_CHINESE) == set(TRANSITIONS)


@pytest.mark.parametrize("state", ["done", "failed", "declined", "withdrawn", "expired"])
def test_the_end_is_the_end(state: str) -> None:
    assert TRANSITIONS[state] == frozenset()


def test_money_is_counted_at_acceptance_and_at_no_other_step() -> None:
    enters = {
        (source, target)
        for source, targets in TRANSITIONS.items()
        for target in targets
        if source not in GRANTED and target in GRANTED
    }
    # Only words (explain, reject) go from proposed to done, and their amount is 0.
    assert enters == {("proposed", "accepted"), ("proposed", "done")}


def test_what_went_to_the_order_system_cannot_be_taken_back() -> None:
    for state in ("executing", "uncertain", "done"):
        assert not TRANSITIONS[state] & {"declined", "withdrawn", "expired"}
