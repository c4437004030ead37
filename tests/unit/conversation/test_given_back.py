"""What an agent gives back: the bot goes on with it, people keep what only they may decide."""

from __future__ import annotations

import pytest

from bot.conversation.replaying.owners import stays_with_people
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import HandOver, LookUpOrder, Offer
from bot.conversation.summary import judged_summary, summary
from tests.factories import NOW
from tests.unit.conversation.talk import (
    BROKEN,
    FAKE,
    LATE,
    POLICY,
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
REPLIED = ev.AgentReplied(name="小王", message_id=1)
RETURNED = ev.OwnerChanged(owner="bot")
CLOSED = ev.OwnerChanged(owner="closed")


def with_agent() -> Talk:
    """Return a chat that an agent took before anything was known."""
    return Talk().say("转人工", intent="want_human").hear(TAKEN)


def called(talk: Talk) -> list[tuple[str, str, str | None]]:
    """Return for what people were called in the last turn."""
    return [(s.reason, s.level, s.matter) for s in talk.steps if isinstance(s, HandOver)]


# Stop signs


@pytest.mark.parametrize(
    ("sign", "why"),
    [
        ("injury", ("E1", "S")),
        ("food_foreign_body", ("E2", "S")),
        ("regulator", ("E3", "S")),
        ("media", ("E4", "S")),
        ("multiples", ("E5", "S")),
        ("furious", ("E7", "L2")),
        ("privacy", ("E10", "S")),
        ("swapped", ("E11", "L2")),
        ("extortion", ("E12", "L2")),
        ("self_harm", ("E14", "S")),
    ],
)
@pytest.mark.parametrize("words", [(), (REPLIED,)])
def test_a_greeting_cancels_no_stop_sign(
    sign: str, why: tuple[str, str], words: tuple[ev.AgentReplied, ...]
) -> None:
    talk = with_agent().hear(complaint("defect", LATE, phone_tail=TAILS[LATE], signs=(sign,)))
    talk.hear(*words, RETURNED)
    assert called(talk) == [(*why, "1")]
    assert LATE in talk.state.orders  # whoever takes over sees its facts
    assert (talk.state.owner, talk.matter.stage, talk.state.given_back) == (
        "queue",
        "with_person",
        None,
    )
    assert talk.say("那现在怎么弄", intent="inform").said == ["queued"]


def test_what_an_agent_only_received_is_for_the_bot_again() -> None:
    talk = with_agent().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    greeted = ev.AgentReplied(name="小王", message_id=1, only_receives=True)
    talk.hear(greeted, RETURNED)
    assert (called(talk), talk.matter.stage) == ([], "offered")


@pytest.mark.parametrize("sign", ["minor", "vulnerable", "human"])
def test_a_sign_of_the_lowest_level_keeps_no_matter_from_the_bot(sign: str) -> None:
    talk = with_agent().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE], signs=(sign,)))
    talk.hear(REPLIED, RETURNED)
    assert (called(talk), talk.matter.stage) == ([], "with_person")
    assert talk.say("那继续吧").matter.stage == "offered"


def test_a_stop_sign_that_the_bot_handed_over_stays_with_people_too() -> None:
    talk = Talk().hear(complaint("defect", LATE, phone_tail=TAILS[LATE], signs=("injury",)))
    assert called(talk.hear(TAKEN, REPLIED, RETURNED)) == [("E1", "S", "1")]


def test_each_return_calls_people_once() -> None:
    talk = with_agent().hear(complaint("defect", LATE, signs=("injury",)), REPLIED, RETURNED)
    assert called(talk) == [("E1", "S", "1")]
    assert called(talk.hear(TAKEN, REPLIED, RETURNED)) == [("E1", "S", "1")]


def test_closing_settles_a_stop_sign() -> None:
    talk = with_agent().hear(complaint("defect", LATE, signs=("injury",)), REPLIED, CLOSED)
    assert (talk.state.matters[0].stage, talk.steps) == ("ended", [])
    talk.say("谢谢", intent="thank")
    assert (talk.state.owner, talk.said) == ("bot", ["thank"])


def test_the_graver_of_two_signs_is_what_people_are_called_for() -> None:
    talk = with_agent().hear(complaint("defect", LATE, signs=("injury",)))
    talk.say("我要打12315", signs=("regulator",)).hear(REPLIED, RETURNED)
    assert called(talk) == [("E1", "S", "1")]


def test_a_danger_told_of_a_settled_matter_is_not_settled_with_it() -> None:
    talk = finished(executing()).hear(TAKEN)
    talk.hear(complaint("not_shipped", LATE, signs=("injury",)), REPLIED, RETURNED)
    assert called(talk) == [("E1", "S", "1")]
    assert len(talk.matter.remedies) == 1
    told_bot = finished(executing()).hear(complaint("not_shipped", LATE, signs=("injury",)))
    assert called(told_bot.hear(TAKEN, REPLIED, RETURNED)) == [("E1", "S", "1")]


def test_a_remedy_on_its_way_does_not_hide_a_stop_sign() -> None:
    talk = executing("compensation", STALLED, "no_tracking").say("我要曝光你们", signs=("media",))
    assert called(talk.hear(TAKEN, REPLIED, RETURNED))[0][:2] == ("E4", "S")


def test_a_sum_that_the_highest_level_releases_is_no_stop_sign() -> None:
    matter = executing("compensation", STALLED, "no_tracking").matter
    assert not stays_with_people(matter)


def test_what_nobody_released_in_time_stays_with_people() -> None:
    talk = executing("compensation", STALLED, "no_tracking").hear(TAKEN)
    talk.hear(ev.RemedyExpired(matter="1", key="1-1"), RETURNED)
    assert (talk.said, called(talk)) == (["remedy_expired"], [("E6", "L2", "1")])


# Going on


def test_what_was_told_to_people_is_gone_on_with_at_once() -> None:
    in_queue = Talk().say("转人工", intent="want_human")
    in_queue.hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).hear(TAKEN)
    to_agent = with_agent().hear(REPLIED)  # a greeting, before anything was told
    to_agent.hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    for talk in (in_queue, to_agent):
        talk.hear(RETURNED)
        assert talk.said == ["ask_photo"]
        assert talk.hear(RETURNED).steps == []  # exactly once
        assert talk.say("喂？", intent="greet").said == ["photo_reminder"]


def test_who_only_called_out_to_the_agent_is_helped_with_what_is_open() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    talk.say("转人工", intent="want_human").hear(TAKEN)
    talk.say("喂？", intent="greet").hear(RETURNED)
    assert talk.said == ["ask_photo"]


def test_what_was_asked_before_is_asked_anew_and_its_answer_understood() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    talk.say("转人工", intent="want_human").hear(TAKEN, RETURNED)
    assert talk.said == ["ask_photo"]
    assert talk.say("好的", intent="confirm").said == ["take_your_time"]


def test_an_offer_is_made_on_fresh_facts() -> None:
    talk = offered().hear(TAKEN, RETURNED)
    assert [type(step) for step in talk.steps] == [LookUpOrder, Offer]


def test_an_offer_made_before_the_return_is_heard_of_again_still_stands() -> None:
    talk = offered().hear(TAKEN, RETURNED)
    standing = talk.matter.offer
    assert talk.hear(RETURNED).steps == []
    assert talk.matter.offer == standing


def test_an_earlier_matter_is_gone_on_with_where_the_later_one_is_settled() -> None:
    talk = finished(offered(SLOW, "slow").hear(complaint("attitude")).pick("expedite"))
    talk.say("转人工", intent="want_human").hear(TAKEN, RETURNED)
    assert talk.matter.stage == "offered"


@pytest.mark.parametrize("words", ["算了不用了", "不用处理了", "不退了，谢谢"])
def test_what_was_dropped_before_the_agent_is_not_brought_up(words: str) -> None:
    talk = offered().hear(TAKEN).say(words).hear(REPLIED, RETURNED)
    assert talk.steps == []


def blocked() -> Talk:
    """Return a talk in a matter that the rules cannot decide, and that an agent gave back."""
    talk = offered().pick("refund").hear(ev.GrantBlocked(matter="1", reason="more"))
    assert called(talk.say("那退款", intent="want_refund")) == [("E13", "L1", "1")]
    return talk.hear(TAKEN, REPLIED, RETURNED)


def test_what_people_gave_back_is_not_put_before_them_again_by_itself() -> None:
    talk = blocked()
    assert (called(talk), talk.told) == ([], [])
    assert called(talk.say("那怎么办", intent="inform")) == [("E13", "L1", "1")]


def test_a_question_of_origin_goes_to_people_again() -> None:
    talk = Talk().hear(complaint("counterfeit", FAKE, phone_tail=TAILS[FAKE]))
    assert called(talk.hear(TAKEN, REPLIED, RETURNED)) == [("E11", "L2", "1")]


# What an agent spoke in, and left undecided


def left() -> Talk:
    """Return a talk with an offer, in which an agent spoke before they gave it back."""
    return offered().hear(TAKEN, REPLIED, RETURNED)


def test_what_an_agent_spoke_in_is_not_offered_again_by_itself() -> None:
    talk = left()
    assert (talk.steps, talk.matter.stage, talk.state.owner) == ([], "with_person", "bot")
    assert talk.hear(RETURNED).steps == []


@pytest.mark.parametrize(
    "words",
    ["券呢", "人工不是说退了吗", "铲子寄了没", "改好了没", "快退钱", "怎么还不退", "说好给我换的",
     "钱还没到账", "退款", "那按客服说的退", "不继续了", "继续投诉"],
)  # fmt: skip
def test_who_asks_after_it_speaks_with_a_person_again(words: str) -> None:
    talk = left().say(words, issues=("discount",), confident=True)
    assert (called(talk), len(talk.state.matters)) == ([("E13", "L1", "1")], 1)


@pytest.mark.parametrize(
    "words", ["好的", "行", "嗯嗯知道了", "好的谢谢", "好的，我等着", "那等你们消息"]
)
def test_a_yes_chooses_nothing_of_it(words: str) -> None:
    talk = left().say(words, intent="confirm")
    assert (talk.said, talk.matter.stage) == (["understood"], "with_person")


def test_an_express_yes_is_asked_what_it_means_and_then_is_for_a_person() -> None:
    talk = left().say("确认", intent="confirm")
    assert talk.said == ["left_by_agent"]
    assert called(talk.say("确认", intent="confirm")) == [("E13", "L1", "1")]


@pytest.mark.parametrize(
    ("words", "demand"),
    [("退款", "refund"), ("那退货退款吧", "return_refund"),
     ("还是补发吧", "reship"), ("退款呢", None), ("退款退到哪了", None), ("没退款", None)],
)  # fmt: skip
def test_what_was_asked_may_be_answered_shortly(words: str, demand: str | None) -> None:
    talk = left().say("确认", intent="confirm").say(words)
    wanted = talk.matter.demand if talk.matter.stage == "offered" else None
    assert (wanted, bool(called(talk))) == (demand, demand is None)


@pytest.mark.parametrize(
    "words", ["我要退款", "还是退了吧", "好的，那继续吧", "那你接着办", "重新给个方案"]
)
def test_what_is_raised_anew_is_offered_anew_and_released_by_a_person(words: str) -> None:
    talk = left().say(words)
    assert talk.matter.stage == "offered"
    assert talk.pick("refund").pick("confirm").matter.stage == "approval"


def test_a_parcel_is_hurried_on_without_anybodys_release() -> None:
    talk = left().say("那继续吧").pick("expedite")
    assert talk.matter.stage == "executing"


def test_a_wish_told_to_the_agent_last_is_taken_up() -> None:
    talk = offered().hear(TAKEN, REPLIED).say("那退吧").hear(RETURNED)
    assert (talk.matter.stage, talk.matter.demand) == ("offered", "refund")


@pytest.mark.parametrize("words", ["确认", "好的", "算了不用了"])
def test_a_yes_told_to_the_agent_last_is_not_answered(words: str) -> None:
    talk = offered().hear(TAKEN, REPLIED).say(words).hear(RETURNED)
    assert (talk.steps, talk.matter.stage) == ([], "with_person")


def test_a_question_that_the_agent_left_open_is_for_a_person() -> None:
    talk = offered().hear(TAKEN, REPLIED).say("什么时候到账").hear(RETURNED)
    assert called(talk) == [("E13", "L1", "1")]


def test_what_is_no_longer_wanted_is_withdrawn() -> None:
    assert left().say("算了不用了").state.matters[0].end == "withdrawn"


def test_another_complaint_beside_it_is_looked_at() -> None:
    talk = left().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN]))
    assert (talk.said, len(talk.state.matters)) == (["ask_photo"], 2)


def test_the_way_to_a_person_awaits_nobodys_release() -> None:
    talk = left().say("另外客服态度很差", issues=("attitude",), confident=True)
    (offer,) = [step for step in talk.steps if isinstance(step, Offer)]
    tiers = {str(option.kind): option.tier for option in offer.verdict.options}
    assert tiers == {"expedite": "bot", "goodwill": "L1", "handover": "bot"}


def test_what_an_agent_left_is_found_again_by_its_trouble_once_the_other_is_settled() -> None:
    talk = left().hear(complaint("no_tracking", STALLED, phone_tail=TAILS[STALLED]))
    talk.pick("expedite").say("还没发货呢", issues=("not_shipped",), confident=True)
    assert called(talk) == [("E13", "L1", "1")]


def test_the_summary_says_that_an_agent_has_spoken() -> None:
    matter = left().matter
    assert "同事已在会话里答复过" in summary(Talk().state, matter, None, "E13")["what"]


def refused_refund(reason: str = "") -> Talk:
    """Return a talk in which staff refused the refund that the policy owes."""
    talk = left().say("我要退款").pick("refund").pick("confirm")
    remedy = talk.matter.remedy
    assert remedy is not None
    return talk.hear(ev.RemedyRefused(matter="1", key=remedy.key, by="李主管", reason=reason))


def test_who_is_refused_without_a_reason_is_told_whom_to_ask() -> None:
    assert "没有写明理由" in "".join(refused_refund().told)
    assert "没有写明理由" not in "".join(refused_refund("已经发出").told)


def test_the_next_colleague_reads_what_the_policy_says_of_what_staff_refused() -> None:
    state = refused_refund().state
    found = judged_summary(state, state.matters[0], "E6", POLICY, NOW)
    assert "refund" in {option["kind"] for option in found["allowed"]}
    assert not any("不在可以直接办的范围" in reason for reason in found["reasons"])
    assert "evidence" not in found  # no photo shows that a parcel was not sent


def test_who_objects_to_a_refusal_in_the_queue_opens_no_other_dispute() -> None:
    talk = refused_refund()
    assert talk.state.owner == "queue"
    said = talk.say("凭什么不退", issues=("refused",), confident=True, intent="complain").said
    assert (said, len(talk.state.matters)) == (["queued"], 1)


# A mere yes


@pytest.mark.parametrize(
    "words", ["好的", "嗯", "嗯嗯好", "知道了", "行，明白了", "好的 谢谢", "收到，辛苦了"]
)
@pytest.mark.parametrize("end", [RETURNED, CLOSED])
def test_a_yes_to_a_persons_last_words_closes_kindly(words: str, end: ev.OwnerChanged) -> None:
    for talk in (with_agent(), blocked().hear(TAKEN)):
        talk.hear(REPLIED, end).say(words, intent="confirm")
        assert (talk.state.owner, talk.said) == ("bot", ["understood"])


@pytest.mark.parametrize(
    "words",
    [
        "好的，那什么时候退",
        "嗯？",
        "不好",
        "知道了也没用啊",
        "等等",
        "好吧，那我投诉",
        "收到的是坏的",
    ],
)
def test_what_asks_or_objects_is_no_mere_yes(words: str) -> None:
    assert "understood" not in with_agent().hear(REPLIED, RETURNED).say(words).said


def test_a_yes_after_the_bot_has_spoken_is_no_yes_to_the_person() -> None:
    talk = with_agent().hear(REPLIED, RETURNED).say("你好", intent="greet")
    assert talk.say("好的", intent="confirm").said == ["close"]


# Damages beyond the price


def damages(talk: Talk, *, beside: bool = True) -> ev.RemedyGranted:
    """Return the grant of damages in the matter talked of; before, they ended it."""
    option = {
        "kind": "compensation", "amount_fen": 10_000, "return_freight": "none",
        "rule": "statutory.multiple", "tier": "L2", "within": "", "promise": "",
        "money": "multiple", "detail": {},
    }  # fmt: skip
    matter = talk.matter.id
    return ev.RemedyGranted(
        matter=matter, key=f"{matter}-9", option=option, verdict={}, beside=beside
    )


def ended(talk: Talk, outcome: str) -> ev.RemedyFinished:
    matter = talk.matter.id
    return ev.RemedyFinished(matter=matter, key=f"{matter}-9", outcome=outcome, reference="")


@pytest.mark.parametrize("end", [RETURNED, CLOSED])
def test_damages_that_came_to_nothing_under_an_agent_are_peoples_work(
    end: ev.OwnerChanged,
) -> None:
    talk = offered(SLOW, "slow")
    talk.hear(TAKEN, damages(talk), ended(talk, "failed"), end)
    if not called(talk):
        talk.say("钱呢")
    assert [matter for _, _, matter in called(talk)] == [talk.state.matters[0].id]


def test_what_an_old_log_ended_by_damages_stays_ended() -> None:
    talk = offered(SLOW, "slow")
    talk.hear(TAKEN, damages(talk, beside=False), ended(talk, "done"), RETURNED)
    assert (talk.state.matters[0].stage, talk.state.matters[0].end) == ("ended", "resolved")


def test_paid_damages_leave_a_refused_remedy_open() -> None:
    talk = executing("compensation", STALLED, "no_tracking")
    remedy = talk.matter.remedy
    assert remedy is not None
    refused = ev.RemedyRefused(matter=talk.matter.id, key=remedy.key, by="李主管", reason="不符")
    talk.hear(TAKEN, damages(talk), refused, ended(talk, "done"), CLOSED)
    assert talk.state.matters[0].stage == "gathering"


def press(talk: Talk, option_id: str) -> Talk:
    """Press a button, however old it is."""
    return talk.hear(
        ev.CustomerSpoke(message_ids=(9,), text="", choices=(option_id,), heard=ev.Heard())
    )


@pytest.mark.parametrize("agreed", [None, "refund"])
def test_an_old_button_of_what_an_agent_left_brings_the_present_offer(agreed: str | None) -> None:
    talk = offered()
    old = talk.button("refund").id
    talk.hear(TAKEN, ev.AgentReplied(name="小王", message_id=1, remedy=agreed), RETURNED)
    assert isinstance(press(talk, old).steps[-1], Offer)
    assert talk.pick("refund").pick("confirm").matter.stage == "approval"


def test_an_old_button_of_what_an_agent_settled_otherwise_brings_people() -> None:
    talk = offered()
    old = talk.button("refund").id
    talk.hear(TAKEN, ev.AgentReplied(name="小王", message_id=1, remedy="exchange"), RETURNED)
    assert called(press(talk, old)) == [("E13", "L1", "1")]


def test_an_old_confirmation_of_what_an_agent_left_brings_people() -> None:
    talk = offered().pick("refund")
    old = talk.button("confirm").id
    talk.hear(TAKEN, REPLIED, RETURNED)
    assert called(press(talk, old)) == [("E13", "L1", "1")]


def test_an_old_button_works_where_the_agent_only_greeted() -> None:
    talk = offered()
    old = talk.button("refund").id
    talk.hear(TAKEN, ev.AgentReplied(name="小王", message_id=1, only_receives=True), RETURNED)
    assert press(talk, old).matter.stage == "confirming"
