"""What is said once a matter is settled, or an order was looked at, goes on with it."""

from __future__ import annotations

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import HandOver, Offer
from bot.conversation.words.things import sums
from bot.conversation.words.wishes import afterthoughts
from tests.unit.conversation.talk import (
    BROKEN,
    IN_TIME,
    LATE,
    SLOW,
    TAILS,
    Talk,
    complaint,
    executing,
    finished,
    offered,
    resolved,
)


def closed_by_agent() -> Talk:
    """Return a talk whose only matter an agent took over and closed."""
    talk = offered().hear(ev.HandedOver(reason="E8", level="L1", matter="1"))
    return talk.hear(
        ev.OwnerChanged(owner="agent", name="小王"), ev.OwnerChanged(owner="closed", name="小王")
    )


@pytest.mark.parametrize("words", ["还没解决啊", "还是不行", "根本没处理", "你们没给我解决"])
def test_what_a_person_closed_unsolved_goes_to_a_supervisor(words: str) -> None:
    talk = closed_by_agent().say(words, intent="complain")
    assert len(talk.state.matters) == 1
    assert [(s.reason, s.matter) for s in talk.steps if isinstance(s, HandOver)] == [("E6", "1")]


def test_another_complaint_after_the_close_is_a_matter_of_its_own() -> None:
    talk = closed_by_agent().hear(complaint("damaged", BROKEN))
    assert [m.issue for m in talk.state.matters][1:] == ["damaged"]


@pytest.mark.parametrize("words", ["退少了", "就退这么点", "退的钱不对啊", "没退够"])
def test_who_got_less_than_thought_gets_a_supervisor(words: str) -> None:
    talk = finished(executing("compensation", SLOW, "slow"))
    talk.say(words, issues=("overcharge",), intent="complain")
    assert len(talk.state.matters) == 1
    assert [s.reason for s in talk.steps if isinstance(s, HandOver)] == ["E6"]


@pytest.mark.parametrize(
    ("order_no", "issue"), [(LATE, "not_shipped"), (IN_TIME, "not_shipped"), (SLOW, "slow")]
)
def test_an_order_that_was_looked_at_is_hurried_on(order_no: str, issue: str) -> None:
    talk = Talk().say(intent="order_status", order_nos=(order_no,), phone_tail=TAILS[order_no])
    assert talk.said == ["order_status"]
    talk.say("那帮我催一下", intent="want_expedite", demand="expedite")
    assert talk.matter.issue == issue
    assert "expedite" in {option["kind"] for option in talk.matter.offer}


def test_a_late_order_is_called_late() -> None:
    def told(order_no: str) -> str:
        talk = Talk().say(intent="order_status", order_nos=(order_no,), phone_tail=TAILS[order_no])
        return talk.told[-1]

    assert "超时" in told(LATE)
    assert "超时" not in told(IN_TIME)


def test_haggling_over_an_offer_complains_of_no_refusal() -> None:
    talk = offered().say("不赔就差评", issues=("refused",), confident=True, intent="complain")
    assert [m.stage for m in talk.state.matters] == ["offered"]


@pytest.mark.parametrize(
    "words",
    [
        "请问有没有处理好",
        "好的，如果还是不行我再找你们，谢谢",
        "新衣服收到了还是一样好看，谢谢",
        "还是一样的地址，怎么再下一单",
        "去哪里处理发票",
        "没处理也没关系了",
    ],
)
def test_who_is_content_or_only_asks_is_not_unsolved(words: str) -> None:
    assert not afterthoughts.is_unsolved(words)


@pytest.mark.parametrize(
    "words", ["衣服掉色，多少退点", "至少退我50", "能少退点运费吗", "我还没退够七天", "没退全新的"]
)
def test_what_is_asked_for_has_not_come_too_short(words: str) -> None:
    assert not sums.finds_it_too_little(words)


def test_who_has_waited_enough_gets_the_refund_of_the_same_matter() -> None:
    talk = Talk().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).pick("expedite")
    talk.hear(ev.RemedyFinished(matter="1", key="1-1", outcome="done"))
    talk.say("不等了 退款", issues=("refund_delay",), intent="want_refund", demand="refund")
    assert [m.issue for m in talk.state.matters] == ["not_shipped"]
    kinds = {str(option["kind"]) for option in talk.matter.offer}
    assert "refund" in kinds
    assert "expedite" not in kinds


def test_one_delay_is_paid_for_once() -> None:
    talk = finished(executing("compensation", SLOW, "slow"))
    talk.say("物流好几天没更新", issues=("no_tracking",), confident=True, intent="complain")
    assert (len(talk.state.matters), talk.said) == (1, ["afterwards"])


def test_where_things_stand_is_told_before_anybody_is_fetched() -> None:
    talk = finished(executing("compensation", SLOW, "slow"))
    assert talk.say("怎么还没到账", issues=("refund_delay",), intent="complain").said == [
        "afterwards"
    ]
    talk.say("怎么还没到账", issues=("refund_delay",), intent="complain")
    assert [s.reason for s in talk.steps if isinstance(s, HandOver)] == ["E6"]


@pytest.mark.parametrize("words", ["退款加赔偿", "退款，再赔偿我", "赔偿也要", "两个都要"])
def test_who_wants_both_gets_a_person_and_not_the_half(words: str) -> None:
    talk = offered().say(words, intent="want_compensation", demand="compensation")
    assert [s.reason for s in talk.steps if isinstance(s, HandOver)] == ["E13"]


def test_the_same_choice_once_more_is_asked_to_be_confirmed_once_more() -> None:
    talk = offered().say("退款", demand="refund", intent="want_refund")
    assert talk.said == ["confirm"]
    assert talk.say("退款！", demand="refund", intent="want_refund").said == ["confirm"]


def test_another_button_of_the_offer_is_looked_at_anew_once_the_order_was_hurried_on() -> None:
    talk = offered().pick("expedite")
    finished(talk)
    talk.pick("refund")
    assert isinstance(talk.steps[-1], Offer)
    assert "expedite" not in {str(option["kind"]) for option in talk.matter.offer}
    talk.pick("refund").pick("confirm")
    assert [str(r.option["kind"]) for r in talk.matter.remedies] == ["expedite", "refund"]


def test_the_same_button_again_or_one_after_a_refund_gives_nothing_more() -> None:
    talk = offered().pick("expedite")
    assert finished(talk).pick("expedite").said == ["progress"]
    assert resolved().pick("compensation").said == ["progress"]
