"""Old buttons, words that end a matter, and what was not what the customer confirmed."""

from __future__ import annotations

import time

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import Grant, HandOver, Offer
from bot.conversation.words.things import named
from tests.unit.conversation.talk import (
    BROKEN,
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
    spoke,
)


def guessed() -> Talk:
    """Return a talk in which the customer confirmed what the bot guessed, and was compensated."""
    talk = Talk().say("那个东西好久", guess="slow", intent="complain").pick("confirm")
    talk.say("这单", order_nos=(SLOW,), phone_tail=TAILS[SLOW])
    return finished(talk.pick("compensation").pick("confirm"))


def test_an_old_yes_opens_no_second_dispute() -> None:
    talk = guessed()
    yes = next(b for b in talk.state.buttons.values() if b.value == "issue:slow")
    talk.hear(spoke("", choices=(yes.id,)))
    assert (len(talk.state.matters), talk.said) == (1, ["stale_button"])


def test_what_is_said_of_a_settled_matter_is_told_once_where_it_stands() -> None:
    talk = finished(executing("compensation", SLOW, "slow"))
    talk.say("那个东西好久", guess="slow", intent="complain")
    assert (talk.said, len(talk.state.matters)) == (["afterwards"], 1)
    assert talk.say("哈哈我就说嘛", guess="slow", intent="complain").said == ["noted"]
    talk.say("真的好久", issues=("slow",), confident=True, intent="complain")
    assert len(talk.state.matters) == 1
    assert [s.reason for s in talk.steps if isinstance(s, HandOver)] == ["E6"]


@pytest.mark.parametrize(
    "words", ["算了，不用退了", "不取消了", "算了不要了", "先别办了", "撤回吧"]
)
def test_a_remedy_is_taken_back_while_it_waits_for_approval(words: str) -> None:
    talk = executing("compensation", STALLED, "no_tracking").say(words)
    assert talk.matter.remedy is not None
    assert (talk.matter.end, talk.matter.remedy.state) == ("withdrawn", "withdrawn")
    assert (talk.matter.escalated, talk.state.owner) == (None, "bot")


def test_a_question_takes_nothing_back() -> None:
    talk = executing("compensation", STALLED, "no_tracking").say("怎么还不办，不退了吗？")
    assert talk.matter.stage == "approval"


def test_having_received_a_broken_thing_does_not_end_the_complaint() -> None:
    talk = Talk().hear(complaint("damaged", BROKEN, phone_tail=TAILS[BROKEN])).say("收到了")
    assert talk.matter.stage == "gathering"


@pytest.mark.parametrize("words", ["收到了", "到货了，谢谢", "不用处理了"])
def test_a_parcel_that_arrives_ends_the_wait_for_it(words: str) -> None:
    talk = Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).say(words)
    assert talk.matter.end == "withdrawn"


def test_thanks_after_a_persons_help_do_not_call_them_back() -> None:
    talk = offered().pick("refund").hear(ev.GrantBlocked(matter="1", reason="more"))
    talk.say("那退款", intent="want_refund")
    assert talk.state.owner == "queue"
    talk.hear(ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="bot"))
    talk.say("好的，谢谢", intent="thank")
    assert (talk.state.owner, talk.said) == ("bot", ["thank"])


def test_another_size_named_is_confirmed_anew_and_an_older_yes_confirms_nothing() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")
    talk.pick("correct_order")
    older = next(b for b in talk.state.buttons.values() if b.kind == "confirm")
    talk.say("改成XXL码吧")
    assert "改为“XXL码”" in talk.told[0]
    talk.say(choices=(older.id,))
    assert not [s for s in talk.steps if isinstance(s, Grant)]
    talk.say("改成XXL码吧").pick("confirm")
    assert talk.matter.remedy is not None
    assert talk.matter.remedy.option["detail"]["correction"] == "XXL码"


def waits_for_yes(kind: str = "compensation") -> Talk:
    """Return a talk in which a remedy was picked and waits to be confirmed."""
    return Talk().hear(complaint("slow", SLOW, phone_tail=TAILS[SLOW])).pick(kind)


def granted(talk: Talk) -> list[str]:
    """Return the remedies that were granted in the last turn."""
    return [str(step.option.kind) for step in talk.steps if isinstance(step, Grant)]


def test_a_confirm_button_means_its_remedy_whatever_was_said_since() -> None:
    talk = waits_for_yes()
    yes = talk.button("confirm").id
    talk.say("我邻居也买了", intent="inform").say("唉", intent="other")
    assert granted(talk.say("", choices=(yes,))) == ["compensation"]


def test_a_no_to_what_lapsed_shows_the_offer_again() -> None:
    talk = waits_for_yes().say("我邻居也买了", intent="inform").pick("deny")
    assert isinstance(talk.steps[-1], Offer)


def test_an_older_yes_neither_confirms_nor_hinders_what_was_picked_since() -> None:
    talk = offered().pick("compensation")
    older = talk.button("confirm").id
    talk.pick("refund").say("", choices=(older,))
    assert (talk.said, granted(talk), talk.matter.stage) == (["confirm_again"], [], "confirming")
    assert granted(talk.pick("confirm")) == ["refund"]


def test_a_yes_to_an_offer_that_was_made_anew_is_stale() -> None:
    talk = offered().pick("compensation")
    older = talk.button("confirm").id
    talk.hear(ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="bot"))
    assert talk.say("", choices=(older,)).said == ["stale_button"]
    assert granted(talk) == []


def test_a_yes_to_another_size_than_was_named_since_is_stale() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")
    talk.pick("correct_order")
    older = talk.button("confirm").id
    talk.say("我邻居也买了", intent="inform").say("改成XXL码吧")
    assert granted(talk.say("", choices=(older,))) == []


@pytest.mark.parametrize("words", ["啥时候发货", "到哪一步了", "多久能发出来"])
def test_what_is_asked_of_the_order_keeps_the_confirmation_in_view(words: str) -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")
    talk.pick("correct_order").say(words, intent="order_status")
    assert "改为“L码”" in talk.told[0]
    assert granted(talk.pick("confirm")) == ["correct_order"]


def test_when_it_is_sent_is_answered_beside_a_correction() -> None:
    talk = Talk().hear(complaint("spec", SPEC, phone_tail=TAILS[SPEC])).say("改成L码")
    talk.pick("correct_order").say("啥时候发货", intent="order_status")
    assert "目前" in talk.told[0]


def test_a_very_long_message_is_searched_for_a_correction_in_no_time() -> None:
    start = time.process_time()
    named.correction_in("改成ab" * 20_000 + "\n好")
    assert time.process_time() - start < 0.5


def test_a_remedy_confirmed_as_offered_is_granted() -> None:
    assert executing("refund", LATE).matter.stage == "executing"


def test_a_vague_second_matter_after_the_end_is_asked_about_and_then_a_person_comes() -> None:
    talk = finished(executing("compensation", SLOW, "slow"))
    said = [talk.say("杯口豁了", guess="damaged", intent="complain").said for _ in range(3)]
    assert said == [["afterwards"], ["noted"], ["ask_issue"]]
    for _ in range(3):
        talk.say("就是那个呀", guess="damaged", intent="complain")
    assert talk.state.owner == "queue"
