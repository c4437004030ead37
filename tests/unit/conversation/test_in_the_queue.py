"""What comes to light while the chat waits for a person; and 有人吗 as a greeting."""

from __future__ import annotations

from bot.conversation.steps import HandOver
from tests.unit.conversation.talk import LATE, TAILS, Talk, complaint


def queued() -> Talk:
    """Return a chat that waits for a person, nothing being known yet."""
    return Talk().say("转人工", intent="want_human")


def test_a_complaint_told_in_the_queue_is_for_the_same_person() -> None:
    talk = queued().hear(complaint("not_shipped", LATE, phone_tail=TAILS[LATE]))
    assert (talk.matter.stage, talk.matter.escalated) == ("with_person", ("E8", "L1"))
    assert LATE in talk.state.orders  # whoever takes over sees its facts
    assert talk.told == []


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
