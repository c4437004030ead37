"""Customers who want more: step by step, each an event, never twice the same, then a person."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.steps import HandOver, Offer
from bot.conversation.words.wishes import bargaining
from nlp.labels import ISSUES
from tests.unit.conversation.talk import (
    BROKEN,
    LATE,
    ORDERS,
    SLOW,
    STALLED,
    TAILS,
    Talk,
    complaint,
)

MORE = ["太少了", "再多点", "就这么点？", "能不能多补点", "打发叫花子呢", "还是不够", "再加点"]


def offered(issue: str, order_no: str) -> Talk:
    """Return a talk in which all that was asked for has been given."""
    talk = Talk().hear(complaint(issue, order_no, phone_tail=TAILS[order_no]))
    if "evidence" in {b.kind for b in talk.state.buttons.values()}:
        talk.say(photos=(1,))
    return talk


def sums(talk: Talk) -> dict[str, int]:
    """Return the sums on the table, by kind."""
    return {str(o["kind"]): o["amount_fen"] for o in talk.matter.offer}


@pytest.mark.parametrize("words", MORE)
def test_a_sum_that_is_too_little_goes_up_one_step(words: str) -> None:
    talk = offered("damaged", BROKEN)
    before = sums(talk)
    talk.say(words)
    assert sums(talk) == {**before, "partial_refund": 2225}  # 25 % of ¥89
    conceded = [e for e in talk.events if isinstance(e, ev.Conceded)]
    assert [e.sums for e in conceded] == [
        ({"kind": "partial_refund", "from_fen": 1780, "to_fen": 2225},)
    ]


@pytest.mark.parametrize("words", ["够不够买扣子啊", "这钱够不够修", "够修一次吗", "够不够呀"])
def test_who_asks_if_it_will_do_is_given_no_more(words: str) -> None:
    talk = offered("damaged", BROKEN)
    before = sums(talk)
    talk.say(words, meanings=(("more", 0.9),))
    assert sums(talk) == before
    assert not bargaining.refuses(words)


@pytest.mark.parametrize("words", ["不够不够", "这不够", "够不够意思啊 太少了", "多补点 不够修"])
def test_too_little_is_too_little_all_the_same(words: str) -> None:
    assert bargaining.wants_more(words)


@pytest.mark.parametrize(
    "words",
    [
        "才10天就坏了凭啥不退", "才用了两天就坏了", "凭什么只退这么点", "怎么才退17块",
        "为什么不给退全款", "凭啥就赔这么点", "才一周就这样了", "为什么不能退货啊",
    ],
)  # fmt: skip
def test_no_question_for_the_ground_raises_a_sum(words: str) -> None:
    talk = offered("damaged", BROKEN)
    before = sums(talk)
    talk.say(words)
    assert sums(talk) == before
    assert not any(isinstance(e, ev.Conceded | ev.OfferDeclined) for e in talk.events)


@pytest.mark.parametrize(
    "words", ["凭什么退这么少 再多退点", "怎么这么少 能不能多补点", "才17块打发谁"]
)
def test_who_calls_for_more_beside_the_question_is_still_bargained_with(words: str) -> None:
    talk = offered("damaged", BROKEN)
    assert sums(talk.say(words))["partial_refund"] == 2225


def test_the_raised_sum_is_what_is_confirmed_and_granted() -> None:
    talk = offered("not_shipped", LATE).say("太少了").pick("compensation").pick("confirm")
    assert talk.matter.remedy is not None
    assert talk.matter.remedy.option["amount_fen"] == 1493


def test_what_needs_an_agent_does_not_climb_to_a_supervisor() -> None:
    talk = offered("no_tracking", STALLED)  # ¥65.60, already above the bot's own limit
    assert sums(talk.say("太少了"))["compensation"] == 9840
    assert {o["tier"] for o in talk.matter.offer if o["amount_fen"]} == {"L1"}


def test_who_wants_something_else_is_not_offered_more_money() -> None:
    talk = offered("slow", SLOW).say("换个方案")
    assert not [e for e in talk.events if isinstance(e, ev.Conceded)]


def _haggle(talk: Talk) -> list[Any]:
    """Ask for more until a person is there; return what was on the table, in turn."""
    tables = []
    for n in range(9):
        if any(isinstance(step, Offer) for step in talk.steps):
            tables.append(tuple(sorted(sums(talk).items())))
        if talk.state.owner != "bot" or talk.matter.stage == "ended":
            break
        talk.say(MORE[n % len(MORE)])
    return tables


@pytest.mark.parametrize("issue", ISSUES)
def test_no_haggling_goes_on_for_ever_or_hears_an_offer_twice(issue: str) -> None:
    for order_no in ORDERS:
        talk = offered(issue, order_no)
        if talk.state.question is None or talk.state.question.what != "offer":
            continue  # nothing to haggle over
        tables = _haggle(talk)
        assert len(tables) == len(set(tables))
        assert talk.state.owner == "queue"
        handed = [step for step in talk.steps if isinstance(step, HandOver)]
        assert [(step.reason, step.level) for step in handed] == [("E6", "L2")]
        paid = sum(p["amount_fen"] for p in ORDERS[order_no]["payments"])
        assert all(fen <= paid for table in tables for _, fen in table)


@pytest.mark.parametrize("text", ["那打个折退给我", "打八折退我", "打折再退吧", "便宜点退我"])
def test_a_part_of_the_price_is_wished_back(text: str) -> None:
    assert bargaining.asks_discount(text)
    talk = offered("damaged", BROKEN).say(text, intent="want_refund", demand="refund")
    picked = talk.matter.offered(talk.matter.picked) or {}
    assert picked["kind"] == "partial_refund"


@pytest.mark.parametrize("text", ["打折买的能退吗", "不打折退", "打折的也要退货", "全退给我"])
def test_all_of_it_is_wished_back(text: str) -> None:
    assert not bargaining.asks_discount(text)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("太少了", True), ("再多退点吧", True), ("加到30", True), ("才5块", True),
        ("最多能退多少", True),
        ("20够了不用多退", False), ("客服说最多退20 够了", False), ("多给我两天考虑", False),
        ("换新的要我加钱吗", False), ("加点微信聊", False), ("最多退多少天", False),
        ("照片有点少 我再拍", False), ("再加一层包装", False), ("再加点泡沫", False),
        ("不够用啊 就剩三个碗", False), ("才3块运费的快递就是不行", False),
    ],
)  # fmt: skip
def test_more_of_something_else_is_no_haggling(text: str, more: bool) -> None:
    assert bargaining.wants_more(text) is more
