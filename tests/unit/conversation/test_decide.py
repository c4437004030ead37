"""`decide`, from its first condition to its last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.replaying.details import STOPS
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import (
    Ask,
    Grant,
    HandOver,
    Offer,
    Say,
    Step,
    Wait,
)
from tests.unit.conversation.talk import (
    BROKEN,
    EXCLUDED,
    FAKE,
    IN_TIME,
    LATE,
    SLOW,
    SPEC,
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


def kinds(steps: list[Step]) -> list[str]:
    """Return the names of the steps."""
    return [type(step).__name__ for step in steps]


def last(talk: Talk) -> Step:
    """Return the last step of the turn."""
    return talk.steps[-1]


def handed(talk: Talk) -> tuple[str, str, str | None]:
    """Return why, how high and with which matter the conversation was handed over."""
    step = last(talk)
    assert isinstance(step, HandOver), talk.steps
    return step.reason, step.level, step.matter


# Somebody else holds the conversation


def test_the_first_word_in_the_queue_is_noted() -> None:
    talk = Talk().say(intent="want_human").say("还在吗")
    assert talk.said == ["queued"]


def test_further_words_in_the_queue_wait_in_silence() -> None:
    talk = Talk().say(intent="want_human").say("还在吗").say("喂")
    assert talk.steps == []


@pytest.mark.parametrize(
    "event",
    [spoke("在吗"), complaint("damaged", LATE), spoke(signs=("fire",)), spoke(photos=(1,))],
    ids=["words", "complaint", "sign", "photo"],
)
def test_beside_an_agent_the_bot_is_silent(event: ev.CustomerSpoke) -> None:
    talk = offered().hear(ev.OwnerChanged(owner="agent", name="小王"), event)
    assert talk.steps == []


def test_what_an_agent_returned_goes_on_where_it_stood() -> None:
    talk = offered().hear(
        ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="bot")
    )
    assert kinds(talk.steps) == ["LookUpOrder", "Offer"]
    assert talk.say("那继续吧").said == ["choose"]


def test_a_yes_into_the_queue_is_no_yes_once_the_bot_is_back() -> None:
    talk = offered().pick("refund").hear(ev.HandedOver(reason="E13", level="L1"))
    talk.say("在吗").pick("confirm").hear(ev.OwnerChanged(owner="bot"))
    assert kinds(talk.steps) == ["LookUpOrder", "Offer"]


def test_a_button_from_before_a_person_came_asks_to_confirm_what_is_on_offer_anew() -> None:
    talk = offered()
    old = talk.button("refund").id
    talk.hear(ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="bot"))
    talk.hear(spoke("", choices=(old,)))
    assert (kinds(talk.steps)[-1], talk.matter.stage) == ("Ask", "confirming")
    assert talk.matter.picked == talk.matter.offer[0]["id"] != old


def test_a_button_of_a_sum_that_is_no_longer_on_offer_is_said_to_be_old() -> None:
    talk = offered()
    old = talk.button("refund")
    talk.hear(ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="bot"))
    other = replace(talk.state.buttons[old.id], label="全额退款 ¥1.00")
    talk.state = replace(talk.state, buttons={**talk.state.buttons, old.id: other})
    talk.hear(spoke("", choices=(old.id,)))
    assert (talk.said, talk.matter.stage, talk.matter.picked) == (
        ["stale_button"],
        "offered",
        None,
    )
    assert talk.steps[0].options[0].id == talk.matter.offer[0]["id"] != old.id


# News of remedies


@pytest.mark.parametrize("outcome", ["done", "uncertain"])
def test_the_outcome_of_a_remedy_is_told_once(outcome: str) -> None:
    talk = finished(executing(), outcome)
    assert (talk.said, talk.next_step()) == ([f"remedy_{outcome}"], Wait())


def test_a_remedy_that_failed_goes_to_a_person() -> None:
    assert handed(finished(executing(), "failed")) == ("E13", "L1", "1")


def test_news_of_a_matter_that_is_not_known_is_told_as_none() -> None:
    state = replace(State(), news=(("9", "done"),))
    step = Talk(state=state).next_step()
    assert step == Say(about="news:lost", wording="progress_none")


def test_an_uncertain_remedy_that_was_done_after_all_is_told() -> None:
    talk = finished(finished(executing(), "uncertain"), "done")
    assert (talk.said, talk.matter.stage) == (["remedy_done"], "ended")


# Photos that are on their way


def test_no_photo_is_asked_for_while_one_is_on_its_way() -> None:
    talk = Talk().say(
        "杯子碎了", issues=("damaged",), confident=True, order_nos=(BROKEN,),
        phone_tail=TAILS[BROKEN],
    )  # fmt: skip
    assert talk.said == ["ask_photo"]
    words = replace(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]), coming=1)
    talk = Talk().hear(words)
    assert talk.said == ["photo_coming"]
    assert talk.hear(replace(spoke("好的", intent="confirm"), coming=1)).said == ["photo_coming"]
    assert isinstance(talk.hear(spoke("", photos=(1,))).steps[-1], Offer)


def test_a_photo_that_never_came_is_asked_for_again() -> None:
    words = replace(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]), coming=1)
    assert Talk().hear(words).say("发好了吗", intent="inform").said == ["photo_reminder"]


def test_a_photo_that_comes_after_its_words_asks_nothing_again() -> None:
    words = replace(spoke("杯子碎了", issues=("damaged",), confident=True), coming=1)
    talk = Talk().hear(words)
    assert talk.said == ["ask_order_no"]
    assert talk.hear(spoke("", photos=(1,))).said == ["photo_came"]
    assert talk.say("订单号", order_nos=(BROKEN,)).said == ["ask_tail"]
    assert talk.hear(spoke("", photos=(2,))).said == ["ask_tail_help"]  # sent by itself


def test_a_photo_in_hand_is_not_asked_for_when_the_order_is_told() -> None:
    words = replace(
        spoke("杯子碎了", issues=("damaged",), confident=True, order_nos=(BROKEN,)), coming=1
    )
    talk = Talk().hear(words)
    assert talk.said == ["ask_tail"]
    assert talk.hear(spoke("", photos=(1,))).said == ["photo_came"]
    assert isinstance(talk.say("尾号", phone_tail=TAILS[BROKEN]).steps[-1], Offer)


def test_a_phones_tail_alone_is_noted_and_the_matter_asked_for_once() -> None:
    talk = Talk().say("手机尾号3046", phone_tail="3046")
    assert talk.said == ["tail_noted"]
    assert talk.say("手机尾号3046", phone_tail="3046").said == ["unclear"]
    talk = Talk().say("杯子碎了 3046", issues=("damaged",), confident=True, phone_tail="3046")
    assert talk.said == ["ask_order_no"]


# Nothing was said


def test_without_a_word_there_is_nothing_to_do() -> None:
    assert Talk().next_step() == Wait()


def test_an_earlier_matter_is_taken_up_when_the_later_is_settled() -> None:
    talk = offered().hear(complaint("attitude")).pick("expedite")
    finished(talk)
    assert kinds(talk.steps) == ["Say", "LookUpOrder", "Offer"]
    step = last(talk)
    assert isinstance(step, Offer)
    assert (step.matter, step.again) == ("1", True)


def test_after_a_refusal_what_is_left_is_offered_once() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    talk.hear(ev.RemedyRefused(matter="1", key="1-1", by="李", reason="已在派送"))
    assert kinds(talk.steps) == ["Say", "LookUpOrder", "Offer"]
    assert talk.said == ["remedy_refused"]


def test_after_a_refusal_of_the_last_option_a_person_goes_on() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    assert talk.state.current is not None
    tired = replace(talk.state.current, declined=frozenset({"trace", "expedite"}))
    talk.state = talk.state.with_matter(tired)
    talk.hear(ev.RemedyRefused(matter="1", key="1-1", by="李", reason="不符合"))
    assert handed(talk)[:2] == ("E6", "L2")


# Stop signs, persons, insults


@pytest.mark.parametrize("sign", list(STOPS))
def test_a_stop_sign_hands_over_whatever_else_is_open(sign: str) -> None:
    for talk in (Talk(), offered(), offered().pick("refund"), executing(), resolved()):
        assert handed(talk.say(signs=(sign,)))[:2] == STOPS[sign]


def test_a_sign_beside_an_order_number_lets_the_order_be_looked_at_first() -> None:
    talk = Talk().say(signs=("food_illness",), order_nos=(BROKEN,))
    assert kinds(talk.steps) == ["LookUpOrder", "HandOver"]


def test_a_person_is_had_for_the_asking() -> None:
    assert handed(offered().say(intent="want_human")) == ("E8", "L1", "1")


def test_a_settled_matter_is_not_handed_over_again() -> None:
    assert handed(resolved().say(intent="want_human")) == ("E8", "L1", None)


def test_one_insult_is_borne() -> None:
    talk = offered().say("垃圾", flags=("abuse",))
    assert "HandOver" not in kinds(talk.steps)


def test_two_insults_bring_a_supervisor() -> None:
    talk = offered().say("垃圾", flags=("abuse",)).say("骗子", flags=("abuse",))
    assert handed(talk) == ("E7", "L2", "1")


# Letting go, raising again


def test_a_matter_that_is_let_go_is_withdrawn() -> None:
    talk = offered().say("算了，不用处理了")
    assert (kinds(talk.steps), talk.said) == (["Note", "Say"], ["withdrawn"])


def test_the_same_complaint_after_its_end_goes_to_a_person() -> None:
    assert handed(resolved().hear(complaint("not_shipped", LATE))) == ("E6", "L2", "1")


@pytest.mark.parametrize("talk", [resolved(), executing()])
def test_what_was_granted_may_be_said_once_more(talk: Talk) -> None:
    said = talk.say("嗯退钱", intent="want_refund", demand="refund", issues=("refund_delay",)).said
    assert said == ["afterwards"]


@pytest.mark.parametrize("text", ["嗯，退差价就行", "嗯，退12"])
def test_whichever_sum_was_paid_may_be_said_once_more(text: str) -> None:
    assert resolved().say(text, demand="price_difference").said == ["afterwards"]


@pytest.mark.parametrize("text", ["想想不等了 全给我退了", "对 全款退"])
def test_a_refund_wished_after_a_sum_for_the_wait_takes_the_matter_up_again(text: str) -> None:
    talk = offered().pick("compensation").pick("confirm")
    talk.hear(ev.RemedyFinished(matter="1", key="1-1", outcome="done"))
    talk.say(text, intent="want_refund", demand="refund")
    kinds = [str(option["kind"]) for option in talk.matter.offer]
    assert (kinds, len(talk.state.matters)) == (["refund", "expedite"], 1)


def test_a_refund_that_has_not_come_is_no_echo() -> None:
    late = resolved().say("钱还没退", demand="refund", issues=("not_shipped",), order_nos=(LATE,))
    assert handed(late) == ("E6", "L2", "1")


def test_the_same_complaint_while_it_is_being_done_is_told_its_progress() -> None:
    assert executing().hear(complaint("not_shipped", LATE)).said == ["progress"]


# Buttons


def test_a_picked_remedy_is_asked_to_be_confirmed() -> None:
    talk = offered().pick("refund")
    assert (kinds(talk.steps), talk.said) == (["Note", "Ask"], ["confirm"])


@pytest.mark.parametrize(
    ("order_no", "issue", "kind"),
    [
        (LATE, "not_shipped", "expedite"),
        (STALLED, "no_tracking", "trace"),
        (IN_TIME, "not_shipped", "explain"),
    ],
)
def test_what_binds_nobody_is_granted_without_a_question(
    order_no: str, issue: str, kind: str
) -> None:
    step = last(offered(order_no, issue).pick(kind))
    assert isinstance(step, Grant)
    assert step.option.kind == kind


@pytest.mark.parametrize(("demand", "said"), [("compensation", "confirm"), (None, "which_one")])
def test_a_yes_takes_what_had_been_asked_for(demand: str | None, said: str) -> None:
    asked = complaint("not_shipped", LATE, phone_tail=TAILS[LATE], demand=demand)
    assert Talk().hear(asked).say("对的没错").said == [said]


@pytest.mark.parametrize("yes", ["好的", "要", "可以", "就这个", "那就按这个办吧"])
def test_a_yes_to_the_one_option_named_is_asked_to_be_confirmed(yes: str) -> None:
    talk = offered().say("对的没错").say(yes)
    assert talk.said == ["confirm"]
    assert talk.state.current
    assert talk.state.current.picked == talk.state.current.offer[0]["id"]


@pytest.mark.parametrize("text", ["这个不要", "这个是什么", "要不要寄回", "嗯？", "我再想想"])
def test_what_is_no_yes_to_the_one_option_named_picks_nothing(text: str) -> None:
    talk = offered().say("对的没错").say(text)
    assert talk.state.current is None or talk.state.current.picked is None


def test_a_yes_after_another_answer_names_nothing_again() -> None:
    assert offered().say("对的没错").say("多久到账").say("好的").said == ["which_one"]


def test_a_confirmed_remedy_is_granted_after_another_look_at_the_order() -> None:
    assert kinds(offered().pick("refund").pick("confirm").steps) == ["LookUpOrder", "Grant"]


def test_facts_that_changed_since_the_offer_bring_another_offer() -> None:
    talk = offered().pick("refund")
    shipped = {**talk.orders[LATE], "status": "shipped", "shipments": []}
    talk.orders = {**talk.orders, LATE: shipped}
    talk.pick("confirm")
    assert "Grant" not in kinds(talk.steps)


def test_no_to_the_confirmation_shows_the_offer_again() -> None:
    talk = offered().pick("refund").pick("deny")
    assert kinds(talk.steps) == ["LookUpOrder", "Offer"]


def test_a_confirmation_pressed_again_tells_the_progress() -> None:
    talk = offered().pick("refund")
    button = talk.button("confirm").id
    talk.hear(spoke("", choices=(button,)), spoke("", choices=(button,)))
    assert talk.said == ["progress"]


def test_an_option_of_an_offer_that_is_gone_tells_the_progress() -> None:
    talk = offered()
    old = talk.button("compensation").id
    talk.pick("refund").pick("confirm").hear(spoke("", choices=(old,)))
    assert talk.said == ["progress"]


def test_a_button_that_never_was_is_said_so() -> None:
    assert Talk().hear(spoke("", choices=("o9",))).said == ["stale_button"]


def test_the_button_for_a_photo_says_how() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    assert talk.pick("evidence").said == ["send_photo"]


def test_the_option_of_a_person_hands_over() -> None:
    talk = offered(f"{LATE[:-3]}016", "defect").pick("handover")
    assert handed(talk) == ("E8", "L1", "1")


@pytest.mark.parametrize(
    ("answer", "expected"), [("confirm", "ask_order_no"), ("deny", "ask_matter")]
)
def test_a_guess_is_confirmed_or_not(answer: str, expected: str) -> None:
    talk = Talk().say("那个东西不太对", guess="mismatch")
    assert talk.said == ["ask_issue"]
    assert talk.pick(answer).said == [expected]


# The matter itself


def test_a_refused_offer_brings_the_next_on_the_ladder() -> None:
    talk = Talk().say(photos=(1,))
    talk.hear(complaint("defect", f"{LATE[:-3]}014", phone_tail=TAILS[f"{LATE[:-3]}014"]))
    talk.say("都不行")
    step = last(talk)
    assert isinstance(step, Offer)
    assert [str(o.kind) for o in step.verdict.options] == ["partial_refund"]


def test_who_refuses_everything_is_brought_to_a_supervisor() -> None:
    assert handed(offered().say("都不行")) == ("E6", "L2", "1")


def test_a_photo_that_changes_no_option_is_only_added() -> None:
    talk = offered().say("", photos=(1,))
    assert talk.said == ["photo_added"]


def test_a_blocked_grant_goes_to_a_person() -> None:
    talk = offered().pick("refund").hear(ev.GrantBlocked(matter="1", reason="above"))
    talk.say("怎么了")
    assert handed(talk) == ("E13", "L1", "1")


def test_a_remark_beside_an_offer_keeps_it_in_view() -> None:
    talk = offered().say("嗯……我想想", intent="other")
    step = last(talk)
    assert isinstance(step, Say)
    assert (step.wording, [b.kind for b in step.options]) == (
        "choose",
        ["refund", "compensation", "expedite", "human"],
    )


def test_after_two_reminders_a_person_is_asked_in() -> None:
    talk = offered().say("嗯", intent="other").say("唔", intent="other").say("呃", intent="other")
    assert handed(talk) == ("E13", "L1", "1")


def test_how_far_it_is_is_told_beside_an_offer() -> None:
    assert offered().say("到哪一步了", intent="order_status").said == ["progress"]


@pytest.mark.parametrize("intent", ["ask_policy", "ask_product", "greet", "thank"])
def test_small_talk_beside_an_offer_is_answered(intent: str) -> None:
    # No help was given yet, and nobody introduces themselves amid a matter.
    wording = {"thank": "thank_open", "greet": "greet_decided"}.get(intent, intent)
    assert offered().say(intent=intent).said == [wording]


def test_what_only_a_person_may_judge_goes_to_one() -> None:
    talk = Talk().hear(complaint("counterfeit", FAKE, phone_tail=TAILS[FAKE]))
    assert handed(talk) == ("E11", "L2", "1")


def test_a_refusal_is_told_with_its_reasons() -> None:
    talk = Talk().say(intent="want_return", order_nos=(EXCLUDED,), phone_tail=TAILS[EXCLUDED])
    step = last(talk)
    assert isinstance(step, Grant)
    assert (str(step.option.kind), talk.matter.end) == ("reject", "rejected")


# What is missing


def test_a_photo_is_asked_for_with_a_way_out() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    step = last(talk)
    assert isinstance(step, Ask)
    assert (step.what, [b.kind for b in step.options]) == ("photo", ["evidence", "deny"])


@pytest.mark.parametrize("text", ["好的", "稍等我去拍"])
def test_who_goes_to_fetch_a_photo_is_waited_for(text: str) -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say(text)
    assert talk.said == ["take_your_time"]


def test_another_answer_to_the_question_for_a_photo_is_reminded_once() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say("箱子也瘪了")
    assert talk.said == ["photo_reminder"]
    assert kinds(talk.say("快点处理").steps)[-1] == "Offer"


@pytest.mark.parametrize("way", ["button", "words"])
def test_without_a_photo_less_is_offered(way: str) -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    talk = talk.pick("deny") if way == "button" else talk.say("没有照片")
    step = last(talk)
    assert isinstance(step, Offer)
    assert [str(o.kind) for o in step.verdict.options] == ["exchange", "return_refund"]


def test_nothing_is_asked_for_twice() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC]))
    assert talk.said == ["ask_correction"]
    assert handed(talk.say("", photos=(1,))) == ("E13", "L1", "1")


# Status and small talk


def test_the_status_of_an_order_is_told_to_its_owner() -> None:
    talk = Talk().say(intent="order_status", order_nos=(SLOW,)).say(phone_tail=TAILS[SLOW])
    assert talk.said == ["order_status"]


def test_the_status_of_a_settled_matter_is_told_from_the_record() -> None:
    assert resolved().say("到哪了", intent="order_status").said == ["progress"]


def test_which_order_is_asked_for_a_status_without_a_number() -> None:
    assert Talk().say(intent="order_status").said == ["ask_order_no"]


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ({"intent": "greet"}, "greet"),
        ({"intent": "thank"}, "thank"),
        ({"intent": "ask_policy"}, "ask_policy"),
        ({"intent": "ask_product"}, "ask_product"),
        ({"intent": "complain"}, "ask_matter"),
        ({"intent": "want_compensation"}, "ask_matter"),
        ({"guess": "slow"}, "ask_issue"),
        ({"photos": (1,), "text": ""}, "photo_alone"),
        ({"text": ""}, "empty"),
        ({}, "unclear"),
    ],
)
def test_what_belongs_to_no_matter_is_answered(heard: dict[str, Any], expected: str) -> None:
    assert Talk().say(**heard).said == [expected]


def test_what_stays_unclear_shows_the_way_to_a_person() -> None:
    talk = Talk().say("唔唔啊啊").say("唔").say("呃")
    step = last(talk)
    assert isinstance(step, Say)
    assert (step.wording, [b.kind for b in step.options]) == ("unclear_again", ["human"])


def test_a_complaint_that_stays_unnamed_goes_to_a_person() -> None:
    talk = Talk()
    wordings = [talk.say(intent="complain").said for _ in range(2)]
    assert wordings == [["ask_matter"], ["ask_matter_help"]]
    assert handed(talk.say(intent="complain")) == ("E13", "L1", None)


def test_a_foreign_message_goes_to_a_person() -> None:
    assert handed(Talk().say(foreign=True)) == ("E13", "L1", None)


@pytest.mark.parametrize("text", ["好的", "好 那我等着", "知道了"])
def test_a_yes_after_the_end_is_not_told_the_receipt_again(text: str) -> None:
    assert resolved().say(text, intent="confirm").said == ["close"]


def test_decide_reads_the_state_and_changes_nothing() -> None:
    talk = offered()
    before = talk.state
    talk.next_step()
    assert talk.state == before


def test_a_matter_without_an_order_is_no_dispute_with_facts() -> None:
    matter = Matter(id="1", issue="damaged", issues=("damaged",), intent="complain")
    state = replace(State(), matters=(matter,), active="1", unanswered=spoke())
    step = Talk(state=state).next_step()
    assert isinstance(step, Ask)
    assert step.wording == "ask_order_no"
