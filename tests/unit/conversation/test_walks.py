"""Long random walks of customers who mostly answer and sometimes do anything at all."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import Grant
from bot.remedies.verdict import MONEY_KINDS
from nlp.labels import ISSUES
from tests.unit.conversation.talk import ORDERS, TAILS, Talk, spoke
from tests.unit.conversation.test_properties import (
    DEMANDS,
    INTENTS,
    STAFF,
    TEXTS,
    Outcome,
    Press,
    check_turn,
    event_of,
)

WALKS, MOVES = 30, 40
OUTCOMES = ["done", "done", "failed", "uncertain", "approved", "refused"]


def sensible(random: Random, state: State) -> Any:
    """Answer what was asked, take what is offered, confirm what was taken."""
    if any(m.remedy and m.remedy.state in {"executing", "awaiting_approval"}
           for m in state.matters) and random.random() < 0.4:  # fmt: skip
        return Outcome(random.choice(OUTCOMES))
    matter = state.current
    if matter is None or matter.stage not in {"gathering", "offered", "confirming"}:
        issue, order_no = random.choice(ISSUES), random.choice(list(ORDERS))
        return spoke(issues=(issue,), confident=True, intent="complain", order_nos=(order_no,))
    if matter.stage == "confirming":
        return Press(0, random.choice(["confirm", "confirm", "deny"]))
    if matter.stage == "offered":
        return Press(0, random.choice([str(option["kind"]) for option in matter.offer]))
    tail = TAILS.get(matter.order_no or "")
    return spoke(
        "改成L码", phone_tail=tail, photos=(1,), quantity=1, bad_share=0.3, amount_fen=100
    )


def anything(random: Random) -> Any:
    """Do whatever comes to mind."""
    if random.random() < 0.1:
        return random.choice(STAFF)
    if random.random() < 0.3:
        return Press(random.randrange(8))
    return spoke(
        random.choice(TEXTS),
        intent=random.choice(INTENTS),
        issues=tuple(random.sample(ISSUES, random.randrange(2))),
        confident=random.random() < 0.5,
        demand=random.choice([None, *DEMANDS]),
        phone_tail=random.choice([None, "0000"]),
        flags=("abuse",) if random.random() < 0.05 else (),
        signs=("regulator",) if random.random() < 0.03 else (),
    )


def walk(seed: int) -> list[Grant]:
    """Walk through one talk, checking each turn; return what was granted."""
    random, talk, grants = Random(seed), Talk(), list[Grant]()
    for _ in range(MOVES):
        if talk.state.owner != "bot" and random.random() < 0.5:
            event: ev.Event | None = ev.OwnerChanged(owner=random.choice(["bot", "closed"]))
        else:
            move = sensible(random, talk.state) if random.random() < 0.7 else anything(random)
            event = event_of(move, talk.state)
        if event is not None:
            before = talk.state
            talk.hear(event)
            check_turn(before, talk, event)
            grants += [step for step in talk.steps if isinstance(step, Grant)]
    return grants


@pytest.mark.parametrize("block", range(8))
def test_long_walks_keep_every_promise_of_a_turn(block: int) -> None:
    granted = Counter(
        "money" if grant.option.kind in MONEY_KINDS else "other"
        for seed in range(block * WALKS, (block + 1) * WALKS)
        for grant in walk(seed)
    )
    assert granted["money"] > WALKS / 3, "the walks never get to the money, so they prove nothing"
