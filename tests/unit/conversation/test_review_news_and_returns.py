"""News in the middle of a confirmation, and matters that went to a person and came back."""

from __future__ import annotations

import pytest

from bot.conversation.replaying.replay import apply, replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import LookUpOrder
from tests.unit.conversation.talk import (
    LATE,
    SLOW,
    STALLED,
    TAILS,
    Talk,
    complaint,
    executing,
    finished,
    offered,
)

TAKEN = ev.OwnerChanged(owner="agent", name="小王")
RETURNED = ev.OwnerChanged(owner="bot")
DAMAGES = ev.RemedyGranted(
    matter="1", key="1-1", beside=True, verdict={},
    option={"kind": "compensation", "amount_fen": 89700, "money": "multiple", "detail": {}},
)  # fmt: skip


def asked_to_confirm_a_second_remedy() -> Talk:
    """Return a talk in which one remedy is under way and another waits for a yes."""
    talk = executing("compensation", SLOW, "slow")
    talk.hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).pick("refund")
    assert talk.matter.stage == "confirming"
    return talk


def the_first_is_done(talk: Talk, outcome: str = "done") -> Talk:
    return talk.hear(ev.RemedyFinished(matter="1", key="1-1", outcome=outcome))


def test_a_yes_to_news_is_no_yes_to_another_remedy() -> None:
    talk = the_first_is_done(asked_to_confirm_a_second_remedy())
    talk.say("好的")
    assert talk.matter.remedies == ()


def test_the_button_still_confirms_after_news() -> None:
    talk = the_first_is_done(asked_to_confirm_a_second_remedy())
    talk.pick("confirm")
    assert [r.option["kind"] for r in talk.matter.remedies] == ["refund"]


def test_a_matter_let_go_before_its_confirmation_has_ended() -> None:
    talk = offered().pick("refund").say("不用退了")
    assert (talk.matter.stage, talk.matter.end) == ("ended", "withdrawn")


def test_what_was_settled_before_a_person_came_is_not_settled_again() -> None:
    talk = finished(executing("compensation", SLOW, "slow")).hear(complaint("slow", SLOW))
    assert talk.state.owner == "queue"
    talk.hear(TAKEN, RETURNED).say("那现在呢", intent="inform")
    assert (talk.matter.stage, len(talk.matter.remedies)) == ("ended", 1)


def test_a_refusal_while_a_person_holds_the_chat_leaves_the_matter_with_them() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN)
    talk.hear(ev.RemedyRefused(matter="1", key="1-1", by="李", reason="已在派送"))
    assert (talk.matter.stage, talk.told) == ("with_person", [])


def test_a_failure_does_not_swallow_other_news() -> None:
    talk = asked_to_confirm_a_second_remedy().pick("confirm").hear(TAKEN)
    the_first_is_done(talk, "failed")
    talk.hear(ev.RemedyFinished(matter="2", key="2-1", outcome="done")).hear(RETURNED)
    assert talk.said == ["remedy_failed", "remedy_done"]


def test_a_failure_is_the_matter_of_the_person_who_holds_the_chat() -> None:
    talk = the_first_is_done(executing("compensation", SLOW, "slow").hear(TAKEN), "failed")
    assert (talk.matter.stage, talk.told) == ("with_person", [])


def test_who_was_told_that_it_is_submitted_is_told_that_it_failed() -> None:
    talk = finished(executing(), "failed")
    assert "“全额退款 ¥199.00”没有办理成功" in talk.told[0]
    assert talk.state.owner == "queue"


def test_an_earlier_matter_is_taken_up_on_fresh_facts() -> None:
    talk = finished(offered(SLOW, "slow").hear(complaint("attitude")).pick("expedite"))
    assert [s.order_no for s in talk.steps if isinstance(s, LookUpOrder)] == [SLOW]


CLOSED = ev.OwnerChanged(owner="closed")
REFUSED = ev.RemedyRefused(matter="1", key="1-1", by="李", reason="已在派送")


def test_what_staff_refused_is_still_open_after_the_close() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN, REFUSED)
    state = apply(talk.state, CLOSED)
    assert (state.matters[0].stage, state.active) == ("gathering", "1")
    assert state.news == (("1", "refused"),)


def test_a_question_after_the_refusal_is_answered_with_what_is_left() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN, REFUSED)
    talk.state = replay([CLOSED, ev.Said(about="news:refused")], talk.state)
    talk.say("我的补偿呢", issues=("refund_delay",), intent="want_compensation")
    assert (len(talk.state.matters), talk.matter.stage, talk.said) == (1, "offered", [])
    assert "compensation" not in {option["kind"] for option in talk.matter.offer}


def test_a_question_after_the_grant_is_answered_with_where_it_stands() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN)
    talk.hear(ev.RemedyApproved(matter="1", key="1-1", by="李"))
    talk.hear(ev.RemedyFinished(matter="1", key="1-1", outcome="done"))
    talk.state = replay([CLOSED, ev.Said(about="news:done")], talk.state)
    talk.say("我的补偿呢", issues=("refund_delay",), intent="want_compensation")
    assert (len(talk.state.matters), talk.said) == (1, ["afterwards"])


def test_what_waits_for_approval_at_the_close_is_what_is_asked_after() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN, CLOSED)
    talk.say("我的补偿呢", issues=("refund_delay",), intent="want_compensation")
    assert (len(talk.state.matters), talk.said) == (1, ["afterwards"])


def test_a_decision_is_told_while_the_chat_waits_for_a_person() -> None:
    talk = executing("compensation", STALLED, "no_tracking").say("转人工", intent="want_human")
    assert talk.hear(REFUSED).said == ["remedy_refused"]
    assert talk.hear(TAKEN, RETURNED).said == []
    assert talk.matter.stage == "offered"


def test_what_failed_while_a_person_spoke_has_its_order_looked_at_anew() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN)
    talk.hear(ev.RemedyApproved(matter="1", key="1-1", by="李"))
    the_first_is_done(talk, "failed")
    assert (talk.matter.stage, talk.said) == ("with_person", [])
    assert talk.state.orders[STALLED].checked_in_turn == talk.state.turn


@pytest.mark.parametrize("text", ["赔了多少", "那杯子本身的钱退吗"])
def test_what_people_paid_beyond_the_price_is_asked_of_people(text: str) -> None:
    talk = offered().hear(TAKEN, DAMAGES)
    the_first_is_done(talk)
    talk.state = replay([CLOSED, ev.Said(about="news:multiple_done")], talk.state)
    talk.say(text, intent="ask_policy")
    assert (talk.state.owner, talk.state.queued_for) == ("queue", ("E13", "L1"))


def test_another_question_after_that_is_answered() -> None:
    talk = offered().hear(TAKEN, DAMAGES)
    the_first_is_done(talk)
    talk.state = replay([CLOSED, ev.Said(about="news:multiple_done")], talk.state)
    talk.say("发票怎么开", intent="ask_policy")
    assert talk.state.owner == "bot"
