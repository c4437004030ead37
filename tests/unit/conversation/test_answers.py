"""A remedy is taken, corrected or haggled over in the customer's own words."""

from __future__ import annotations

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Button
from bot.conversation.shapes.steps import HandOver
from bot.conversation.words.answers import by_name
from bot.conversation.words.answers.buttons import button_meant
from tests.unit.conversation.talk import (
    BROKEN,
    IN_TIME,
    LATE,
    SPEC,
    TAILS,
    Talk,
    complaint,
    offered,
    spoke,
)


def spec_offered() -> Talk:
    """Return a talk in which the order may be put right, or paid back."""
    return Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")


def broken_offered() -> Talk:
    """Return a talk in which return, exchange and a sum of ¥17.80 are on the table."""
    return Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say(photos=(1,))


@pytest.mark.parametrize("words", ["对对对", "嗯嗯", "对就改这个", "好的，麻烦了", "要得嘛"])
def test_a_yes_takes_what_puts_right_what_was_named(words: str) -> None:
    talk = spec_offered().say(words)
    assert "改为“L码”" in talk.told[0]


def test_naming_the_right_size_is_wanting_it() -> None:
    talk = spec_offered().say("改成XL码就行，别的不动")
    assert "改为“XL码”" in talk.told[0]
    assert talk.matter.stage == "confirming"


def test_another_size_named_instead_of_a_yes_is_what_is_confirmed() -> None:
    talk = spec_offered().pick("correct_order").say("改成S码")
    assert "改为“S码”" in talk.told[0]


@pytest.mark.parametrize("words", ["嗯还是算了吧我想想", "嗯不行", "好贵啊", "行不行啊你们"])
def test_what_only_begins_like_a_yes_takes_nothing(words: str) -> None:
    assert spec_offered().say(words).matter.stage != "confirming"


def test_who_names_the_sum_or_less_takes_it() -> None:
    for words in ("退我17.8", "补我15就行"):
        talk = broken_offered().say(words)
        picked = talk.matter.offered(talk.matter.picked)
        assert picked is not None
        assert (picked["kind"], picked["amount_fen"]) == ("partial_refund", 1780)


@pytest.mark.parametrize("words", ["补我50", "50行不行", "退我一半我就留着"])
def test_who_names_more_haggles_and_takes_nothing(words: str) -> None:
    talk = broken_offered().say(words)
    assert talk.matter.picked is None
    assert [e for e in talk.events if isinstance(e, ev.Conceded)]


def test_where_there_is_no_step_upwards_it_is_said_once_and_then_a_person_comes() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    while talk.say("太少了").state.owner == "bot":
        assert len(talk.events) < 60
    assert [s.reason for s in talk.steps if isinstance(s, HandOver)] == ["E6"]


def test_lone_digits_are_the_tail_that_was_asked_for() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE)).say(f"{TAILS[LATE]} 我要退钱")
    assert talk.matter.stage == "offered"


def test_lone_digits_that_nobody_asked_for_are_no_tail() -> None:
    talk = Talk().say("我那个 1024 的订单")
    assert talk.state.tail is None


def test_money_back_for_broken_goods_is_no_part_of_their_price() -> None:
    talk = broken_offered()
    partial = [b for b in talk.state.buttons.values() if b.kind == "partial_refund"]
    assert partial
    talk.say("我要退钱", intent="want_refund", demand="refund")
    assert talk.matter.picked not in {b.id for b in partial}


def test_money_wished_back_in_an_offer_is_no_delay_of_a_refund() -> None:
    wished = spoke(
        "补偿就不必了，那就退钱", issues=("refund_delay",), confident=True, demand="refund"
    )
    assert (button := button_meant(offered().state, wished)) is not None
    assert button.kind == "refund"


@pytest.mark.parametrize(
    "words", ["我上个月退的那笔钱到现在都没到账，快退给我", "之前那单的退款一直不到账"]
)
def test_another_refund_that_is_late_is_not_the_one_on_the_table(words: str) -> None:
    late = {"issues": ("refund_delay",), "confident": True, "demand": "refund"}
    assert button_meant(offered().state, spoke(words, **late)) is None


def test_the_more_precise_word_for_a_sum_too_much_counts() -> None:
    talk = Talk().say("扣钱扣多了", issues=("overcharge",), intent="complain")
    talk.say("我就付了一次怎么扣两次", issues=("double_charge",), intent="complain")
    assert talk.matter.issue == "double_charge"


@pytest.mark.parametrize("words", ["好，那给我退款", "算了，我要退款", "行，退钱"])
def test_a_wish_is_no_understanding_of_the_explanation(words: str) -> None:
    talk = Talk().hear(complaint("not_shipped", IN_TIME, phone_tail=TAILS[IN_TIME]))
    talk.say(words, intent="want_refund", demand="refund")
    picked = talk.matter.offered(talk.matter.picked)
    assert talk.matter.stage == "confirming"
    assert picked is not None
    assert picked["kind"] == "refund"


@pytest.mark.parametrize(
    ("words", "kind"), [("我要1", "refund"), ("退我199吧", "refund"), ("那就要2", "compensation")]
)
def test_a_number_names_an_option_and_an_equal_sum_its_own(words: str, kind: str) -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).say(words)
    picked = talk.matter.offered(talk.matter.picked)
    assert picked is not None
    assert picked["kind"] == kind


@pytest.mark.parametrize("words", ["才赔9.95块？太少了", "对了，赠品少了一个", "我买的时候是半价"])
def test_a_sum_refused_or_something_besides_takes_nothing(words: str) -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).say(words)
    assert talk.matter.picked is None


@pytest.mark.parametrize("text", ["1个", "2个", "两个", "2盒", "一个", "我要2件"])
def test_a_count_is_no_place_in_the_order_shown(text: str) -> None:
    buttons = [Button(id=f"o{n}", label="x", kind="exchange") for n in (1, 2)]
    assert by_name.by_ordinal(text, buttons) is None


@pytest.mark.parametrize("text", ["第2个", "选2", "2", "方案二", "二", "第二条", "第二种方案"])
def test_a_place_in_the_order_shown_is_picked(text: str) -> None:
    buttons = [Button(id=f"o{n}", label="x", kind="exchange") for n in (1, 2)]
    assert by_name.by_ordinal(text, buttons) == buttons[1]
