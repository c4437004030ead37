"""The way to an order: which one, is there one, is it this customer's."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.deciding.find_order import ORDERS_SHOWN, TAIL_ATTEMPTS
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import Ask, HandOver, ListOrders, LookUpOrder, Note, Say
from tests.unit.conversation.talk import (
    BROKEN,
    LATE,
    ORDERS,
    SLOW,
    TAILS,
    UNKNOWN,
    Talk,
    complaint,
    spoke,
)

OWNER = ORDERS[LATE]["customer"]["phone"]


def reasons(talk: Talk) -> list[str]:
    """Return why the conversation was handed over in this turn."""
    return [step.reason for step in talk.steps if isinstance(step, HandOver)]


def named(order_no: str = LATE, **heard: Any) -> Talk:
    """Return a talk in which an order was complained of."""
    return Talk().hear(complaint("not_shipped", order_no, **heard))


def test_an_order_is_looked_up_before_anything_is_said_of_it() -> None:
    assert isinstance(named().steps[0], LookUpOrder)


def test_an_order_is_looked_up_again_in_each_turn() -> None:
    talk = named()
    talk.say(phone_tail=TAILS[LATE])
    assert isinstance(talk.steps[0], LookUpOrder)


def test_the_tail_of_the_buyers_phone_shows_ownership() -> None:
    named().say(phone_tail=TAILS[LATE])
    talk = named().say(phone_tail=TAILS[LATE])
    assert talk.state.orders[LATE].owned is True


def test_the_tail_of_the_receivers_phone_does_so_too() -> None:
    present = {**ORDERS[LATE], "address": {**ORDERS[LATE]["address"], "phone": "139-1111-7788"}}
    talk = Talk(orders={LATE: present})
    talk.hear(complaint("not_shipped", LATE)).say(phone_tail="7788")
    assert talk.state.orders[LATE].owned is True


def test_a_tail_written_right_behind_the_number_is_compared_like_any_other() -> None:
    assert named(LATE + TAILS[LATE]).state.orders[LATE].owned is True
    wrong = named(LATE + "0000")
    assert wrong.state.orders[LATE].failures == 1
    assert wrong.state.orders[LATE].owned is False
    assert any(isinstance(step, Ask) and step.what == "phone_tail" for step in wrong.steps)


def test_a_long_number_of_no_order_stays_unknown() -> None:
    talk = named(UNKNOWN + TAILS[LATE])
    assert talk.state.orders[UNKNOWN + TAILS[LATE]].record is None


def test_a_tail_given_with_the_complaint_is_not_asked_for() -> None:
    assert "phone_tail" not in {
        s.what for s in named(phone_tail="1024").steps if isinstance(s, Ask)
    }


@pytest.mark.parametrize(
    "identity",
    [ev.IdentitySigned(phone=OWNER), ev.IdentitySigned(telegram_id=77)],
    ids=["phone", "telegram"],
)
def test_a_signed_identity_shows_ownership(identity: ev.IdentitySigned) -> None:
    known = {**ORDERS[LATE], "customer": {**ORDERS[LATE]["customer"], "telegram_id": 77}}
    talk = Talk(orders={LATE: known}).hear(identity, complaint("not_shipped", LATE))
    assert Note(event=ev.OwnershipShown(order_no=LATE, by="identity")) in talk.steps


@pytest.mark.parametrize(
    "identity",
    [
        ev.IdentitySigned(phone="13899999999"),
        ev.IdentitySigned(telegram_id=1),
        ev.IdentitySigned(),
    ],
    ids=["another phone", "another telegram", "nothing"],
)
def test_another_identity_shows_nothing(identity: ev.IdentitySigned) -> None:
    talk = Talk().hear(identity, complaint("not_shipped", LATE))
    assert talk.said == ["ask_tail"]


def test_a_wrong_tail_says_how_often_is_left() -> None:
    talk = named().say(phone_tail="0000")
    step = talk.steps[-1]
    assert isinstance(step, Ask)
    assert (step.wording, step.facts["left"]) == ("tail_wrong", 2)


def test_three_wrong_tails_close_the_order() -> None:
    talk = named()
    for _ in range(TAIL_ATTEMPTS):
        talk.say(phone_tail="0000")
    assert talk.said == ["order_locked"]


def test_after_three_wrong_ones_the_right_tail_comes_too_late() -> None:
    talk = named()
    for tail in ("0000", "0001", "0002", TAILS[LATE]):
        talk.say(phone_tail=tail)
    assert (talk.said, talk.state.orders[LATE].owned) == (["order_locked"], False)


def test_an_order_locked_elsewhere_is_closed_to_the_right_tail() -> None:
    talk = Talk(locked=True).hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    step = talk.steps[-1]
    assert isinstance(step, Say)
    assert (step.wording, [b.kind for b in step.options]) == ("order_locked", ["human"])


def test_a_lock_does_not_keep_out_who_is_signed_in() -> None:
    talk = Talk(locked=True).hear(ev.IdentitySigned(phone=OWNER), complaint("not_shipped", LATE))
    assert talk.matter.stage == "offered"


def test_who_never_gives_a_tail_is_brought_to_a_person() -> None:
    talk = named()
    wordings = [talk.say("你先处理").said for _ in range(TAIL_ATTEMPTS)]
    assert wordings == [["ask_tail_help"]] * TAIL_ATTEMPTS
    assert reasons(talk.say("快点")) == ["E13"]


def test_an_unknown_order_is_said_so_with_a_way_to_a_person() -> None:
    step = named(UNKNOWN).steps[-1]
    assert isinstance(step, Ask)
    assert (step.wording, [b.kind for b in step.options]) == ("order_unknown", ["human"])


def test_an_unknown_order_is_said_so_once() -> None:
    assert named(UNKNOWN).say("退钱吧", demand="refund").said == ["ask_order_no_noted"]


def test_after_three_unknown_orders_a_person_helps() -> None:
    talk = named(UNKNOWN)
    for number in range(2):
        talk.say(order_nos=(f"JF9999999999{number}",))
    assert reasons(talk.say(order_nos=("JF99999999990",))) == ["E13"]


def test_a_corrected_number_goes_on() -> None:
    talk = named(UNKNOWN).say(order_nos=(LATE,), phone_tail=TAILS[LATE])
    assert (talk.matter.order_no, talk.matter.stage) == (LATE, "offered")


def test_without_a_number_it_is_asked_for_then_explained_then_a_person_helps() -> None:
    talk = Talk().hear(complaint("not_shipped"))
    wordings = [talk.said, talk.say("不知道").said]
    assert wordings == [["ask_order_no"], ["ask_order_no_help"]]
    assert reasons(talk.say("找不到")) == ["E13"]


def test_who_goes_on_telling_is_not_sent_to_a_person() -> None:
    talk = Talk().hear(complaint("not_shipped"))
    for _ in range(4):
        assert talk.say("还没发", intent="complain").said == ["ask_order_no_noted"]
    assert reasons(talk.say("还没发", intent="complain")) == ["E13"]


def test_a_known_customer_picks_from_a_list() -> None:
    talk = Talk().hear(ev.IdentitySigned(phone=OWNER), complaint("not_shipped"))
    step = talk.steps[-1]
    assert ListOrders() in talk.steps
    assert isinstance(step, Ask)
    assert [b.kind for b in step.options] == ["order"] * (len(step.options) - 1) + ["human"]


def test_the_list_is_no_longer_than_a_hand_can_hold() -> None:
    many = {f"JF{n}": {**ORDERS[LATE], "order_no": f"JF{n}"} for n in range(20)}
    talk = Talk(orders=many).hear(ev.IdentitySigned(phone=OWNER), complaint("not_shipped"))
    step = talk.steps[-1]
    assert isinstance(step, Ask)
    assert len(step.options) == ORDERS_SHOWN + 1


def test_an_order_picked_from_the_list_needs_no_tail() -> None:
    talk = Talk().hear(ev.IdentitySigned(phone=OWNER), complaint("not_shipped"))
    button = next(b for b in talk.state.buttons.values() if b.value == LATE)
    talk.hear(spoke("", choices=(button.id,)))
    assert (talk.matter.order_no, talk.matter.stage) == (LATE, "offered")


def test_a_known_customer_without_orders_is_asked_for_the_number() -> None:
    talk = Talk().hear(ev.IdentitySigned(phone="13899999999"), complaint("not_shipped"))
    assert talk.said == ["ask_order_no"]


def test_who_picks_nothing_from_the_list_is_brought_to_a_person() -> None:
    talk = Talk().hear(ev.IdentitySigned(phone=OWNER), complaint("not_shipped"))
    for _ in range(TAIL_ATTEMPTS):
        talk.say("都不是")
    assert reasons(talk) == ["E13"]


def test_an_order_number_may_be_written_in_lower_case() -> None:
    talk = named(LATE.lower()).say(phone_tail=TAILS[LATE])
    assert (talk.matter.order_no, talk.matter.stage) == (LATE, "offered")


@pytest.mark.parametrize("order_no", [LATE, UNKNOWN])
def test_the_facts_of_an_order_stay_hidden_until_ownership_is_shown(order_no: str) -> None:
    talk = named(order_no).say(intent="order_status")
    assert "order_status" not in talk.said


def test_two_orders_complained_of_at_once_go_to_a_person() -> None:
    talk = Talk().say(
        f"{LATE}和{SLOW}都没收到",
        issues=("not_received",),
        confident=True,
        intent="complain",
        order_nos=(LATE, SLOW.lower()),
    )
    assert reasons(talk) == ["E13"]
    assert set(talk.state.orders) == {LATE, SLOW}


def test_a_second_number_that_nobody_has_is_no_second_order() -> None:
    talk = Talk().say(
        f"{UNKNOWN} {LATE} 没发货",
        issues=("not_shipped",),
        confident=True,
        intent="complain",
        order_nos=(UNKNOWN, LATE),
    )
    assert talk.said == ["ask_tail"]
    assert not reasons(talk)


def amid(words: str) -> Talk:
    """Return a talk in which the order was named among words that hold no tail by name."""
    return Talk().say(words, issues=("damaged",), confident=True, order_nos=(BROKEN,))


def test_a_tail_amid_the_words_that_name_the_order_is_not_asked_for() -> None:
    talk = amid(f"{BROKEN} 杯子碎了 {TAILS[BROKEN]} 我要退")
    assert talk.state.orders[BROKEN].owned
    assert talk.said == ["ask_photo"]


@pytest.mark.parametrize("words", ["杯子碎了 0000 我要退", "1999买的杯子碎了"])
def test_other_digits_amid_the_words_count_as_one_wrong_tail(words: str) -> None:
    talk = amid(f"{BROKEN} {words}")
    assert (talk.state.orders[BROKEN].failures, talk.said) == (1, ["ask_tail"])
    assert talk.say(f"尾号 {TAILS[BROKEN]}").state.orders[BROKEN].owned


@pytest.mark.parametrize("words", ["1999元买的杯子碎了", "杯子碎了 3栋1024室", "碎了"])
def test_what_is_no_tail_costs_nothing(words: str) -> None:
    assert amid(f"{BROKEN} {words}").state.orders[BROKEN].failures == 0


def test_a_short_number_in_answer_to_the_question_is_looked_up() -> None:
    talk = Talk().hear(complaint("not_shipped")).hear(spoke("a1001"))
    assert isinstance(talk.steps[0], LookUpOrder)
    assert talk.steps[0].order_no == "A1001"
