"""Whoever sees to a danger must know the goods: the order is asked for once, after the advice."""

from __future__ import annotations

import pytest

from bot.conversation.deciding.to_person import asks_for_order
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import HandOver


@pytest.mark.parametrize(
    ("reason", "state", "asks"),
    [
        ("E1", State(), True),
        ("E2", State(), True),
        ("E1", State(order_no="DD1"), False),
        ("E1", State(queued_for=("E2", "S")), False),  # it was asked for when people were called
        ("E2", State(queued_for=("E8", "L1")), False),
        ("E14", State(), False),
        ("E10", State(), False),
        ("E8", State(), False),
    ],
)
def test_the_order_is_asked_for_beside_a_danger(reason: str, state: State, asks: bool) -> None:
    assert asks_for_order(state, HandOver(reason=reason, level="S")) is asks
