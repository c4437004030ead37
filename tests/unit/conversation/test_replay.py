"""Each event, and what it changes in the state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.replaying.replay import apply, replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import HandOver
from bot.conversation.summary import LOST, summary
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
    resolved,
    spoke,
)

REFUSED = ev.RemedyRefused(matter="1", key="1-1", by="李主管", reason="已在派送")


def refused() -> Talk:
    """Return a talk in which a supervisor refused what the customer had confirmed."""
    return executing("compensation", STALLED, "no_tracking").hear(REFUSED)


def test_a_whole_log_replays_to_the_state_it_came_from() -> None:
    for talk in (offered(), executing(), resolved(), refused()):
        assert replay(talk.events) == talk.state


def test_replay_goes_on_from_a_given_state() -> None:
    events = resolved().events
    assert replay(events[3:], replay(events[:3])) == replay(events)


def test_a_signed_identity_is_kept() -> None:
    state = apply(State(), ev.IdentitySigned(phone="13800001024", telegram_id=7))
    assert state.identity == {"phone": "13800001024", "telegram_id": 7}


def test_the_customers_orders_are_kept_and_none_is_not_unknown() -> None:
    assert apply(State(), ev.OrdersListed(orders=())).my_orders == ()


def test_a_checked_order_keeps_ownership_and_failures() -> None:
    state = replay(
        [
            ev.OrderChecked(order_no=LATE, record={"order_no": LATE}),
            ev.OwnershipFailed(order_no=LATE),
            ev.OwnershipShown(order_no=LATE, by="phone_tail"),
            ev.OrderChecked(order_no=LATE, record={"order_no": LATE}, granted_fen=5, locked=True),
        ]
    )
    order = state.orders[LATE]
    assert (order.owned, order.failures, order.granted_fen, order.locked) == (True, 1, 5, True)


def test_an_order_number_takes_the_order_systems_spelling() -> None:
    state = replay(
        [
            complaint("not_shipped", LATE.lower()),
            ev.OrderChecked(order_no=LATE.lower(), record={"order_no": LATE}),
        ]
    )
    assert (state.order_no, state.matters[0].order_no, list(state.orders)) == (LATE, LATE, [LATE])


def test_a_tail_that_was_compared_is_used_up() -> None:
    checked = ev.OrderChecked(order_no=LATE, record={"order_no": LATE})
    state = replay([spoke(phone_tail="0000"), checked, ev.OwnershipFailed(order_no=LATE)])
    assert (state.tail, state.orders[LATE].failures) == (None, 1)


def test_a_question_is_open_counted_and_shows_its_buttons() -> None:
    asked = ev.Asked(
        what="photo", matter="1", options=({"id": "o1", "label": "上传", "kind": "evidence"},)
    )
    state = replay([spoke(), asked, asked])
    assert state.question is not None
    assert (state.question.what, state.asked, list(state.buttons), state.unanswered) == (
        "photo",
        {"1:photo": 2},
        ["o1"],
        None,
    )


def test_a_remark_answers_what_was_said() -> None:
    state = replay([spoke(intent="want_human"), ev.Said(about="greet")])
    assert (state.unanswered, state.wants_human, state.asked) == (None, False, {"None:greet": 1})


def test_a_remark_lets_a_confirmation_lapse() -> None:
    talk = offered().pick("refund")
    state = apply(talk.state, ev.Said(about="ask_policy"))
    assert state.question is not None
    assert (state.question.what, state.matters[0].stage, state.matters[0].picked) == (
        "offer",
        "offered",
        None,
    )


def test_an_offer_keeps_its_options_but_not_the_way_to_a_person() -> None:
    matter = offered().matter
    assert [o["kind"] for o in matter.offer] == ["refund", "compensation", "expedite"]


def test_a_picked_option_waits_to_be_confirmed() -> None:
    matter = offered().pick("refund").matter
    assert (matter.stage, matter.picked) == ("confirming", matter.offer[0]["id"])


def test_a_declined_offer_is_gone_and_its_kinds_remembered() -> None:
    talk = offered()
    state = apply(talk.state, ev.OfferDeclined(matter="1", kinds=("refund", "expedite")))
    matter = state.matters[0]
    assert (matter.stage, matter.offer, matter.declined) == (
        "gathering",
        (),
        frozenset({"refund", "expedite"}),
    )


def test_a_granted_remedy_is_on_its_way() -> None:
    matter = executing().matter
    assert matter.remedy is not None
    assert (matter.stage, matter.remedy.state, matter.offer) == ("executing", "executing", ())


def test_a_remedy_above_the_limit_waits_for_approval() -> None:
    matter = executing("compensation", STALLED, "no_tracking").matter
    assert matter.remedy is not None
    assert (matter.stage, matter.remedy.state, matter.escalated) == (
        "approval",
        "awaiting_approval",
        ("E5", "L1"),
    )


def test_an_approved_remedy_is_on_its_way() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    matter = talk.hear(ev.RemedyApproved(matter="1", key="1-1", by="小王")).matter
    assert matter.remedy is not None
    assert (matter.stage, matter.remedy.state) == ("executing", "executing")


def test_a_refused_remedy_is_told_and_its_kind_not_offered_again() -> None:
    state = apply(executing("compensation", STALLED, "no_tracking").state, REFUSED)
    matter = state.matters[0]
    assert matter.remedy is not None
    assert (matter.remedy.state, matter.remedy.note, matter.declined, state.news) == (
        "refused",
        "已在派送",
        frozenset({"compensation"}),
        (("1", "refused"),),
    )


def test_a_refusal_waits_while_another_matter_is_talked_about() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    talk.hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).hear(REFUSED)
    assert (talk.state.active, talk.state.matters[0].stage) == ("2", "gathering")


def test_a_finished_remedy_settles_its_matter() -> None:
    matter = resolved().matter
    assert matter.remedy is not None
    assert (matter.stage, matter.end, matter.remedy.state, matter.remedy.reference) == (
        "ended",
        "resolved",
        "done",
        "RF-1",
    )


def test_an_uncertain_remedy_does_not_settle_its_matter() -> None:
    matter = finished(executing(), "uncertain").matter
    assert matter.remedy is not None
    assert (matter.stage, matter.remedy.state) == ("executing", "uncertain")


def test_a_blocked_grant_leaves_no_offer() -> None:
    state = apply(offered().pick("refund").state, ev.GrantBlocked(matter="1", reason="more"))
    matter = state.matters[0]
    assert (matter.stage, matter.offer, matter.blocked) == ("gathering", (), "more")


def test_a_withdrawn_matter_has_ended() -> None:
    matter = apply(offered().state, ev.DisputeWithdrawn(matter="1")).matters[0]
    assert (matter.stage, matter.end) == ("ended", "withdrawn")


def test_a_hand_over_puts_the_chat_into_the_queue() -> None:
    state = apply(offered().state, ev.HandedOver(reason="E8", level="L1", matter="1"))
    matter = state.matters[0]
    assert (state.owner, matter.stage, matter.escalated) == ("queue", "with_person", ("E8", "L1"))


def test_a_remedy_on_its_way_goes_on_whoever_speaks() -> None:
    talk = executing().say(intent="want_human")
    assert (talk.state.owner, talk.matter.stage, talk.matter.escalated) == (
        "queue",
        "executing",
        ("E8", "L1"),
    )


@pytest.mark.parametrize(
    ("why", "escalated"), [(("E8", "L1"), ("E5", "L1")), (("E1", "S"), ("E1", "S"))]
)
def test_calling_a_person_never_lowers_who_must_approve(
    why: tuple[str, str], escalated: tuple[str, str]
) -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    state = apply(talk.state, ev.HandedOver(reason=why[0], level=why[1], matter="1"))
    assert (state.matters[0].stage, state.matters[0].escalated) == ("approval", escalated)


def test_an_agent_takes_every_open_matter() -> None:
    state = apply(offered().state, ev.OwnerChanged(owner="agent", name="小王"))
    assert (state.owner, state.owner_name, state.matters[0].stage) == (
        "agent",
        "小王",
        "with_person",
    )


def test_what_is_returned_to_the_bot_is_looked_at_again() -> None:
    taken = apply(offered().state, ev.OwnerChanged(owner="agent", name="小王"))
    state = apply(taken, ev.OwnerChanged(owner="bot"))
    assert (state.owner, state.matters[0].stage) == ("bot", "gathering")


def test_a_closed_chat_settles_what_the_person_held() -> None:
    taken = apply(offered().state, ev.OwnerChanged(owner="agent", name="小王"))
    state = apply(taken, ev.OwnerChanged(owner="closed"))
    matter = state.matters[0]
    assert (state.owner, state.active, matter.stage, matter.end) == (
        "bot",
        None,
        "ended",
        "resolved",
    )


def test_closing_does_not_touch_a_remedy_on_its_way() -> None:
    state = apply(executing().state, ev.OwnerChanged(owner="closed"))
    assert state.matters[0].stage == "executing"


def test_an_agents_answer_leaves_nothing_unanswered() -> None:
    taken = replay([ev.OwnerChanged(owner="agent", name="小王"), spoke()])
    assert apply(taken, ev.AgentReplied(name="小王", message_id=3)).unanswered is None


def test_events_about_an_unknown_matter_change_nothing() -> None:
    talk = offered()
    for event in (
        ev.OptionPicked(matter="9", option_id="o1"),
        ev.OfferDeclined(matter="9", kinds=("refund",)),
        ev.RemedyApproved(matter="9", key="9-1", by="小王"),
        ev.GrantBlocked(matter="9", reason="more"),
        ev.DisputeWithdrawn(matter="9"),
    ):
        state = apply(talk.state, event)
        assert (state.matters, state.lost) == (talk.state.matters, "9")


# A log written by the rules of another release

GRANTED_IN_ANOTHER = ev.RemedyGranted(matter="9", key="9-1", option={}, verdict={})


def test_a_matter_that_todays_rules_do_not_open_calls_a_person() -> None:
    talk = offered().hear(GRANTED_IN_ANOTHER)
    assert [(s.reason, s.level) for s in talk.steps if isinstance(s, HandOver)] == [("E13", "L1")]
    assert summary(talk.state, None, None, "E13")["what"] == LOST
    assert summary(offered().state, None, None, "E8")["what"] != LOST


def test_a_result_of_what_is_lost_is_no_news_to_tell() -> None:
    lost = apply(offered().state, GRANTED_IN_ANOTHER)
    finished_too = ev.RemedyFinished(matter="9", key="9-1", outcome="done")
    assert apply(lost, finished_too).news == ()


@pytest.mark.parametrize("owner", ["agent", "closed"])
def test_a_person_who_takes_or_closes_the_chat_has_seen_what_is_lost(owner: str) -> None:
    lost = apply(offered().state, GRANTED_IN_ANOTHER)
    assert (lost.lost, apply(lost, ev.OwnerChanged(owner=owner)).lost) == ("9", None)


def test_what_is_lost_while_a_person_holds_the_chat_is_theirs_to_see() -> None:
    taken = apply(offered().state, ev.OwnerChanged(owner="agent", name="小王"))
    assert apply(taken, GRANTED_IN_ANOTHER).lost is None


OF_ANOTHER = (  # what the log says of matter 1, which is not_shipped of LATE here
    {"issue": "defect"},
    {"order_no": "20261009000099"},
    {"issue": "defect", "order_no": LATE},
)


@pytest.mark.parametrize("logged", OF_ANOTHER)
def test_a_matter_that_todays_rules_open_otherwise_calls_a_person(logged: dict[str, str]) -> None:
    for event in (
        ev.RemedyGranted(matter="1", key="1-1", option={"kind": "refund"}, verdict={}, **logged),
        ev.Offered(matter="1", verdict={}, options=(), **logged),
    ):
        talk = offered().hear(event)
        called = [(s.reason, s.level) for s in talk.steps if isinstance(s, HandOver)]
        assert (talk.state.lost, called) == ("1", [("E13", "L1")])


def test_a_log_that_does_not_tell_its_matters_is_read_as_before() -> None:
    of_old = ev.Offered(matter="1", verdict={}, options=())
    assert apply(offered().state, of_old).lost is None


def test_every_matter_of_todays_log_is_known() -> None:
    for talk in (offered(), executing(), resolved(), refused()):
        assert talk.state.lost is None


def test_what_is_said_next_is_of_the_matter_that_settled_the_other() -> None:
    state = replace(offered().state, resume=True)
    other = replace(state.matters[0], id="2", stage="ended", end="resolved")
    state = replace(state, matters=(*state.matters, other))
    state = apply(state, ev.DisputeWithdrawn(matter="1", settled_by="2"))
    assert (state.matters[0].stage, state.matters[0].end) == ("ended", "withdrawn")
    assert (state.active, state.resume) == ("2", False)
