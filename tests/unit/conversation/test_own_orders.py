"""A known customer's own orders are picked by what was bought."""

from __future__ import annotations

import pytest

from bot.conversation.replaying.replay import replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import Ask, ListOrders
from tests.unit.conversation.talk import (
    BROKEN,
    LATE,
    ORDERS,
    TAILS,
    UNKNOWN,
    Talk,
    complaint,
    spoke,
)

LISTED = ev.OrdersListed(
    orders=(
        {"order_no": "PAN", "title": "不粘炒锅 32cm"},
        {"order_no": "VEST", "title": "羊毛马甲 黑色"},
        {"order_no": "SPOON", "title": "不锈钢汤勺"},
    )
)
KNOWN = ev.IdentitySigned(phone="13900001024")


def asked(text: str = "东西坏了") -> State:
    """Return where the list was shown."""
    return replay([KNOWN, spoke(text, issues=("defect",), confident=True), LISTED])


@pytest.mark.parametrize(
    ("text", "order_no"),
    [
        ("就是马甲", "VEST"),
        ("对 炒锅", "PAN"),
        ("就是那个锅", "PAN"),
        ("不是这个 是汤勺", "SPOON"),
        ("不是炒锅 是汤勺", "SPOON"),
        ("勺子", "SPOON"),
        ("炒锅和汤勺", None),
        ("黑色那个不知道叫啥", "VEST"),
        ("哪个都行", None),
        ("快递员太慢", None),
    ],
)
def test_the_order_is_picked_by_its_article(text: str, order_no: str | None) -> None:
    assert replay([spoke(text)], asked()).order_no == order_no


@pytest.mark.parametrize(
    ("text", "order_no"),
    [("炒锅粘锅", "PAN"), ("马甲有个洞", "VEST"), ("东西坏了", None), ("锅和勺子都坏了", None)],
)
def test_the_order_is_known_from_the_first_message(text: str, order_no: str | None) -> None:
    state = asked(text)
    assert state.order_no == order_no
    assert [matter.order_no for matter in state.matters] == [order_no]


def test_of_two_orders_of_one_article_none_is_picked() -> None:
    twice = ev.OrdersListed(orders=(*LISTED.orders, {"order_no": "OLD", "title": "炒锅 小号"}))
    assert replay([spoke("炒锅粘锅", issues=("defect",), confident=True), twice]).order_no is None


def test_what_is_still_talked_of_keeps_its_order() -> None:
    state = replay([spoke("汤勺也在用", issues=())], asked("炒锅粘锅"))
    assert state.order_no == "PAN"


def test_another_order_is_asked_after_once_the_last_matter_is_settled() -> None:
    state = asked("炒锅粘锅")
    state = replay([ev.DisputeWithdrawn(matter=state.matters[0].id)], state)
    state = replay([spoke("汤勺咋还没到", intent="order_status")], state)
    assert state.order_no == "SPOON"


def signed_in(order_no: str) -> Talk:
    """Return the chat of a customer whom the shop knows, and who has this order alone."""
    talk = Talk(orders={order_no: ORDERS[order_no]})
    return talk.hear(ev.IdentitySigned(phone=ORDERS[order_no]["customer"]["phone"]))


def titles_of(order_no: str) -> list[str]:
    """Return what was bought with it."""
    return [line["title"] for line in ORDERS[order_no]["lines"]]


def test_who_has_one_order_is_not_asked_which_and_is_told_which_it_is() -> None:
    talk = signed_in(LATE).hear(complaint("not_shipped"))
    assert (talk.matter.order_no, talk.matter.stage, talk.said) == (LATE, "offered", [])
    assert f"您的订单 {LATE}（{titles_of(LATE)[0]}）" in talk.told[-1]


def test_it_is_told_once_which_it_is() -> None:
    talk = signed_in(BROKEN).hear(complaint("damaged"))
    assert LATE not in talk.told[-1]
    assert BROKEN in talk.told[-1]
    assert BROKEN not in talk.say(photos=(1,)).told[-1]


def test_where_an_order_is_asked_of_the_only_one() -> None:
    talk = signed_in(LATE).say("到哪了", intent="order_status")
    assert (talk.said, talk.told[-1].count(LATE)) == (["order_status"], 1)


def test_another_number_goes_before_the_only_order() -> None:
    talk = signed_in(LATE).hear(complaint("not_shipped", UNKNOWN))
    assert talk.said == ["order_unknown"]
    assert ListOrders() not in talk.steps


def test_other_goods_are_asked_about_before_the_only_order_is_taken() -> None:
    talk = signed_in(BROKEN).say("手机充不进电", issues=("defect",), confident=True)
    assert (talk.said, talk.matter.order_no) == (["ask_order_pick"], None)
    talk.say(photos=(1,))
    assert talk.said == ["ask_order_pick"]
    talk.say("对就这一单")
    assert (talk.matter.order_no, talk.matter.has_photo) == (BROKEN, True)
    assert "ask_photo" not in talk.said
    assert "ask_goods" not in talk.said


def test_goods_behind_the_first_of_an_order_are_no_other_goods() -> None:
    listed = ev.OrdersListed(
        orders=({"order_no": "SET", "title": "陶瓷餐具等2件", "titles": ["陶瓷餐具", "吹风机"]},)
    )
    heard = spoke("吹风机没声音了", issues=("defect",), confident=True)
    assert replay([KNOWN, heard, listed]).order_no == "SET"


def test_the_only_order_is_let_go_of_and_the_number_asked_for() -> None:
    talk = signed_in(LATE).hear(complaint("not_shipped")).say("不是这一单")
    assert (talk.matter.order_no, talk.said) == (None, ["ask_order_no"])
    assert not any(isinstance(step, Ask) and len(step.options) > 1 for step in talk.steps)


def test_of_several_orders_none_is_presumed() -> None:
    talk = Talk().hear(ev.IdentitySigned(phone=ORDERS[LATE]["customer"]["phone"]))
    assert len(TAILS) > 1
    assert talk.hear(complaint("not_shipped")).said == ["ask_order_pick"]
    assert talk.say("对").said == ["ask_order_pick"]
