"""What comes to light while the chat waits for a person; and 有人吗 as a greeting."""

from __future__ import annotations

import pytest

from bot.conversation.shapes.events import OwnerChanged
from bot.conversation.shapes.steps import HandOver, LeaveQueue, Offer
from bot.conversation.summary import summary
from bot.conversation.words.wishes import afterthoughts
from tests.unit.conversation.talk import LATE, TAILS, Talk, complaint


def queued() -> Talk:
    """Return a chat that waits for a person, nothing being known yet."""
    return Talk().say("转人工", intent="want_human")


def test_a_complaint_told_in_the_queue_is_for_the_same_person() -> None:
    talk = queued().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    assert (talk.matter.stage, talk.matter.escalated) == ("with_person", ("E8", "L1"))
    assert LATE in talk.state.orders  # whoever takes over sees its facts
    assert talk.said == ["queued_new"]


def test_a_stop_sign_told_in_the_queue_moves_the_chat_up() -> None:
    talk = queued().hear(complaint("spoiled", LATE, signs=("food_foreign_body",)))
    assert [(s.reason, s.level) for s in talk.steps if isinstance(s, HandOver)] == [("E2", "S")]
    assert talk.matter.escalated == ("E2", "S")
    assert talk.say("快点", signs=("food_foreign_body",)).told == [
        "您的消息已经记下，同事接起时能看到全部内容，不用重复说明。"
    ]
    assert talk.say("快点", signs=("regulator",)).steps == []


def test_what_is_said_to_the_person_called_is_no_dispute_of_its_own() -> None:
    talk = Talk().hear(complaint("counterfeit", LATE, phone_tail=TAILS[LATE]))
    assert talk.state.owner == "queue"
    talk.say("那就退钱", intent="want_refund", demand="refund")
    talk.say("别跟我扯流程", issues=("mismatch",), confident=True)
    assert len(talk.state.matters) == 1
    talk.say("另外地址也写错了", issues=("address",), confident=True)
    assert len(talk.state.matters) == 2


def test_who_opens_with_whether_anybody_is_there_is_greeted() -> None:
    talk = Talk().say("有人吗？", intent="want_human", signs=("human",))
    assert (talk.state.owner, talk.said) == ("bot", ["greet"])
    talk.say("有人吗？", intent="want_human", signs=("human",))
    assert talk.state.owner == "queue"


def test_a_graver_sign_of_the_same_level_moves_the_chat_up_too() -> None:
    talk = queued().say("我要曝光你们", signs=("media",))
    talk.say("不想活了", signs=("self_harm",))
    assert [(s.reason, s.level) for s in talk.steps if isinstance(s, HandOver)] == [("E14", "S")]
    assert talk.say("我要曝光你们", signs=("media",)).said == ["queued"]


@pytest.mark.parametrize(
    "words",
    [
        "不用转人工了",
        "不用转了",
        "取消排队",
        "别转人工了",
        "先不找客服了",
        "不需要人工了",
        "不排队了",
    ],
)
def test_who_asked_for_a_person_may_leave_the_queue(words: str) -> None:
    talk = queued().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk.say(words)
    assert (type(talk.steps[0]), type(talk.steps[-1])) == (LeaveQueue, Offer)
    assert (talk.state.owner, talk.matter.stage) == ("bot", "offered")


def test_before_anything_is_known_leaving_is_answered_alone() -> None:
    talk = queued().say("不用转人工了")
    assert [type(step) for step in talk.steps] == [LeaveQueue]
    assert talk.hear(complaint("not_shipped", LATE)).said == ["ask_tail"]


def test_whom_the_policy_sends_to_a_person_stays_in_the_queue() -> None:
    talk = queued().hear(complaint("spoiled", LATE, signs=("food_foreign_body",)))
    assert talk.say("不用转人工了").state.owner == "queue"


@pytest.mark.parametrize(
    "words",
    [
        "可以不转人工吗",
        "怎么还不转人工",
        "别转来转去的",
        "不等了你们太慢",
        "不要机器人 转人工",
        "别转了，转来转去烦死了",
        "不接客服电话的店，太差",
        "不找人工，我找机器人干嘛",
        "转人工",
    ],
)
def test_who_still_wants_a_person_leaves_no_queue(words: str) -> None:
    assert not afterthoughts.leaves_queue(words)


def test_what_is_new_gets_one_line_while_one_waits() -> None:
    talk = queued().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    assert talk.say("还有 多收了运费", issues=("fee",), confident=True).said == []
    assert talk.say("快点").said == []
    assert [m.stage for m in talk.state.matters] == ["with_person"] * 2
    what = summary(talk.state, talk.matter, None, "E8")["what"]
    assert what == "运费/杂费争议（另外还有：迟迟不发货）"


def test_what_is_new_is_noted_after_a_mere_remark_too() -> None:
    talk = queued()
    assert talk.say("在吗").said == ["queued"]
    assert talk.hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE])).said == ["queued_new"]
    assert talk.say("在吗").said == []


def test_each_wait_has_its_own_line() -> None:
    talk = queued().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    talk.say("不用转人工了")
    assert talk.state.owner == "bot"
    talk.say("转人工", intent="want_human", signs=("human",))
    assert talk.say("快点").said == ["queued"]


def test_nothing_is_said_of_it_while_an_agent_holds_the_chat() -> None:
    talk = queued()
    talk.hear(OwnerChanged(owner="agent", name="小王"))
    assert talk.say("还有 多收了运费", issues=("fee",), confident=True).steps == []
