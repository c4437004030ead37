"""A known customer's own orders are picked by what was bought."""

from __future__ import annotations

import pytest

from bot.conversation.replaying.replay import replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from tests.unit.conversation.talk import spoke

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
