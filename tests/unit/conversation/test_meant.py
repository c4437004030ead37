"""What learnt meanings are good for: a wish to be confirmed, a topic, and only a sure yes."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import Heard
from bot.conversation.words.answers import meant
from bot.conversation.words.wishes.demands import DEMANDED
from nlp.labels import MEANINGS, PICKS


def heard(**meanings: float) -> Heard:
    return Heard(meanings=tuple(sorted(meanings.items(), key=lambda pair: -pair[1])))


@pytest.mark.parametrize("name", PICKS)
def test_every_wish_is_a_demand(name: str) -> None:
    assert meant.demand_meant(heard(**{name: 0.9}), "") in DEMANDED


@pytest.mark.parametrize("name", [name for name in MEANINGS if name not in PICKS])
def test_nothing_else_is_one(name: str) -> None:
    assert meant.demand_meant(heard(**{name: 0.9}), "") is None


def test_what_is_hardly_likely_is_not_acted_on() -> None:
    assert meant.demand_meant(heard(exchange=0.49, reship=0.4), "") is None
    assert meant.topic_meant(heard(ask_when=0.49)) is None
    assert not meant.wants_more(heard(more=0.49))
    assert not meant.has_no_photo(Heard())


@pytest.mark.parametrize(
    ("likely", "kind", "yes"),
    [
        ({"yes": 0.85}, None, True),
        ({"yes": 0.7}, None, False),
        ({"yes": 0.65, "refund": 0.2}, "refund", True),  # 好的退吧
        ({"yes": 0.65, "refund": 0.2}, "exchange", False),
        ({"refund": 0.98}, "return_refund", True),
        ({"refund": 0.98}, "partial_refund", False),  # a part is not what 退钱 wants
        ({"reship": 0.99}, "exchange", False),  # 补一个就行, to a new one for the old
        ({"keep_money": 0.9}, "partial_refund", True),
        ({"return": 0.9}, "partial_refund", False),
    ],
)
def test_only_a_sure_yes_to_that_remedy_is_one(
    likely: dict[str, float], kind: str | None, yes: bool
) -> None:
    assert meant.means_yes(heard(**likely), "退吧", kind) is yes


def test_a_question_is_no_yes() -> None:
    assert not meant.means_yes(heard(yes=0.99), "可以吗？")


@pytest.mark.parametrize(
    ("text", "wished"), [("换一支", True), ("能换一支吗", True), ("都退了？", False)]
)
def test_a_polite_question_is_a_wish_and_a_doubt_is_none(text: str, wished: bool) -> None:
    assert (meant.demand_meant(heard(exchange=0.9), text) is not None) is wished


def test_a_remedy_only_named_is_no_wish() -> None:
    assert meant.is_no_wish(heard(other=0.9, ask_else=0.06))
    assert not meant.is_no_wish(heard(other=0.9, exchange=0.1))
    assert not meant.is_no_wish(Heard())
