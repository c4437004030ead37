"""退钱给我 is a wish, unless a refund is on its way that may be late."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.replaying.as_sold import read_as_sold
from bot.conversation.replaying.in_context import in_context
from bot.conversation.replaying.of_money import of_missing_money
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import KnownOrder, Matter, State
from bot.conversation.words.wishes.demands import only_wants_money


def heard(text: str, state: State) -> Heard:
    late = Heard(issues=("refund_delay",), confident=True, intent="want_refund")
    return in_context(state, CustomerSpoke(message_ids=(1,), text=text, heard=late)).heard


def beside(issue: str, **record: Any) -> State:
    """Make the state in which a matter of an order of theirs is talked of."""
    facts = {"status": "delivered", "returns": [], "lines": [], "shipments": [], **record}
    known = KnownOrder(order_no="D1", record=facts, checked_in_turn=1, owned=True)
    matter = Matter(id="1", issue=issue, issues=(issue,), intent="complain", order_no="D1")
    return State(matters=(matter,), active="1", order_no="D1").with_order(known)


@pytest.mark.parametrize(
    "text",
    ["退钱给我", "退钱", "把钱退我", "还我钱", "退我钱", "赶紧退钱！", "我要退钱", "必须全额退款"],
)
def test_the_money_is_called_for(text: str) -> None:
    assert only_wants_money(text)
    read = heard(text, beside("not_received"))
    assert (read.issues, read.demand, read.intent) == ((), "refund", "want_refund")
    assert heard(text, State()).issues == ("refund_delay",)  # the order decides


@pytest.mark.parametrize(
    "text",
    [
        "退钱了吗",
        "退钱了",
        "退款呢",
        "钱还没退我",
        "退了我一半的钱",
        "不退钱",
        "退运费",
        "退款多久到",
    ],
)
def test_what_is_told_or_asked_of_it_is_no_such_call(text: str) -> None:
    assert not only_wants_money(text)
    assert heard(text, beside("not_received")).issues == ("refund_delay",)


@pytest.mark.parametrize(
    "state",
    [
        beside("refund_delay"),
        beside("none", returns=[{"state": "received"}]),
        beside("slow", status="cancelled", paid_at="2026-11-01T00:00:00+08:00"),
    ],
)
def test_where_money_is_on_its_way_it_may_be_late(state: State) -> None:
    assert heard("退钱给我", state).issues == ("refund_delay",)


@pytest.mark.parametrize(
    ("returns", "issue"), [([], "none"), ([{"state": "received"}], "refund_delay")]
)
def test_said_first_of_all_the_order_decides(returns: list[Any], issue: str) -> None:
    state = beside("refund_delay", returns=returns)
    state = state.with_changes("1", told="退钱给我 DD20261120000001 1024")
    assert read_as_sold(state, "D1").matters[0].issue == issue


def test_a_refused_return_brings_no_money() -> None:
    assert heard("退钱给我", beside("none", returns=[{"state": "refused"}])).issues == ()


@pytest.mark.parametrize(
    ("kinds", "read"),
    [
        (("explain", "expedite", "cancel"), ("expedite", "want_refund")),
        (("explain", "cancel"), (None, "want_human")),  # nobody would look for it
    ],
)
def test_money_the_shop_has_no_record_of_is_looked_for(
    kinds: tuple[str, ...], read: tuple[str | None, str]
) -> None:
    state = beside("overcharge", status="unpaid")
    offer = tuple({"id": kind, "kind": kind, "amount_fen": 0, "detail": {}} for kind in kinds)
    told = {"reasons": ["账单上有扣款的，请发截图"]}
    state = state.with_changes(
        "1", stage="offered", offer=offer, verdict=told, told="扣了198 微信"
    )
    wish = Heard(demand="cancel", intent="want_refund", confident=True)
    said = CustomerSpoke(message_ids=(1,), text="订单不要了 钱退我", heard=wish)
    found = of_missing_money(state, said).heard
    assert (found.demand, found.intent) == read
