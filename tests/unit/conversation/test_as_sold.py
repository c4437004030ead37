"""A broken piece is a fault or food gone off: what was sold decides, once it is theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.replaying.as_sold import heard_as_sold, read_as_sold
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import KnownOrder, Matter, State

TITLES = {"home": "陶瓷马克杯", "fresh": "红颜草莓", "cosmetics": "保湿面霜", "food": "坚果礼盒"}


def _state(told: str, *categories: str, owned: bool = True) -> State:
    lines = [
        {"sku": f"S{n}", "title": TITLES[category], "category": category}
        for n, category in enumerate(categories)
    ]
    known = KnownOrder(order_no="D1", record={"lines": lines}, checked_in_turn=1, owned=owned)
    matter = Matter(
        id="1", issue="spoiled", issues=("spoiled",), intent="complain", order_no="D1", told=told
    )
    return State(matters=(matter,), active="1", order_no="D1").with_order(known)


@pytest.mark.parametrize(
    ("told", "categories", "issue"),
    [
        ("两件里坏了一件", ("home",), "defect"),
        ("两个里碎了一个", ("home",), "damaged"),
        ("马克杯坏了一个", ("home", "fresh"), "defect"),
        ("两件里坏了一件", ("fresh",), "spoiled"),
        ("两件里坏了一件", ("food",), "spoiled"),
        ("坏了一件", ("home", "fresh"), "spoiled"),
        ("草莓坏了一半", ("home", "fresh"), "spoiled"),
        ("面霜变质了", ("cosmetics",), "spoiled"),
    ],
)
def test_what_was_sold_decides(told: str, categories: tuple[str, ...], issue: str) -> None:
    matter = read_as_sold(_state(told, *categories), "D1").matters[0]
    assert (matter.issue, matter.issues) == (issue, (issue,))
    spoke = CustomerSpoke(message_ids=(1,), text=told, heard=Heard(issues=("spoiled",)))
    assert heard_as_sold(_state("", *categories), spoke).heard.issues == (issue,)


def test_nothing_is_told_of_an_order_that_may_be_anothers() -> None:
    state = _state("坏了一件", "home", owned=False)
    assert read_as_sold(state, "D1") == state


def test_an_offer_that_stands_keeps_its_issue() -> None:
    state = _state("坏了一件", "home")
    state = state.with_matter(replace(state.matters[0], stage="offered"))
    assert read_as_sold(state, "D1") == state


def test_a_guess_is_read_as_sold_too() -> None:
    heard = Heard(guess="spoiled", other_guesses=("missing_item", "defect"))
    spoke = heard_as_sold(
        _state("", "home"), CustomerSpoke(message_ids=(1,), text="两件里坏了一件", heard=heard)
    )
    assert (spoke.heard.guess, spoke.heard.other_guesses) == ("defect", ("missing_item",))
