"""Whether one's own goods can go back, or an invoice be had, is asked of the order itself."""

from __future__ import annotations

import pytest

from bot.conversation.deciding.find_order import look_for_own
from bot.conversation.replaying.replay import replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import ListOrders
from bot.conversation.words.things.articles import named_among
from bot.conversation.words.things.at_hand import goes_to_fetch
from bot.conversation.words.things.goods import gives_up_other_goods
from bot.conversation.words.wishes.asked_if import asks_of, asks_of_others
from tests.unit.conversation.talk import spoke

KNOWN = ev.IdentitySigned(phone="13900001024")
ONE = ev.OrdersListed(orders=({"order_no": "TOWEL", "title": "毛巾 白"},))
TWO = ev.OrdersListed(orders=(*ONE.orders, {"order_no": "BLUE", "title": "毛巾 蓝"}))


def asked(text: str, orders: ev.OrdersListed = ONE, intent: str = "ask_policy") -> State:
    """Return where who is known asked something, and their orders were looked up."""
    return replay([KNOWN, spoke(text, issues=(), intent=intent), orders])


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("毛巾能退吗", "want_refund"), ("毛巾不要了能退款吗", "want_refund"),
        ("毛巾可以退货退款吗？", "want_return"), ("毛巾能不能退", "want_refund"),
        ("问你能不能退", "want_refund"), ("昨天收到的毛巾 不喜欢 能退吗", "want_refund"),
        ("毛巾不能退吗", "want_refund"), ("毛巾能开发票吗", "invoice"),
        ("能开发票吗", "invoice"), ("请问可以开专票吗", "invoice"),
        ("能不能帮我开张电子发票", "invoice"), ("这单能开发票不？", "invoice"),
        ("什么时候能开发票", None), ("开发票要收费吗", None), ("能开发票吗 税点谁出", None),
        ("不能开发票吗", None), ("能开多少的发票", None), ("毛巾能退", None),
        ("毛巾不能退", None), ("毛巾能退差价吗", None), ("毛巾能退一半吗", None),
        ("毛巾能退多少", None), ("毛巾能退吗 运费谁出", None), ("客服说毛巾能退", None),
        ("要是毛巾小了能退吗", None), ("毛巾买回来不合适能退吗", None),
        ("朋友买的毛巾能退吗", None), ("想买毛巾 能退吗", None), ("可以退了吗", None),
        ("拖鞋能退吗", None), ("昨天的拖鞋 能退吗", None), ("毛巾能水洗吗", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_goods_that_were_bought(text: str, wish: str | None) -> None:
    assert asks_of(text, ["毛巾 白"]) == wish


@pytest.mark.parametrize(
    ("text", "orders", "order_nos"),
    [
        ("毛巾能退吗", ONE, ["TOWEL"]), ("我买的可以退吗", ONE, ["TOWEL"]),
        ("毛巾能退吗", TWO, [None]), ("我买的可以退吗", TWO, [None]),
        ("拖鞋能退吗", ONE, []), ("可以退吗", ONE, []),
        ("买了十二天了还能退吗", ONE, ["TOWEL"]), ("收到一个多星期了能退吗", ONE, ["TOWEL"]),
        ("买了几天能退吗", ONE, []), ("一般几天能退", ONE, []), ("朋友买的毛巾能退吗", ONE, []),
    ],
)  # fmt: skip
def test_who_is_known_asks_of_their_own_order(
    text: str, orders: ev.OrdersListed, order_nos: list[str | None]
) -> None:
    state = asked(text, orders)
    assert [matter.order_no for matter in state.matters] == order_nos
    assert all(m.issue == "none" and m.told == text for m in state.matters)


def test_the_orders_are_looked_up_for_no_other_question() -> None:
    def step(text: str, *before: ev.Event) -> ListOrders | None:
        return look_for_own(replay([*before, spoke(text, issues=(), intent="ask_policy")]))

    assert step("毛巾能退吗", KNOWN) == ListOrders()
    assert step("毛巾能退吗") is None
    assert step("你们几点下班", KNOWN) is None


@pytest.mark.parametrize(
    ("second", "intent", "wishes"),
    [
        ("就是我买的那个毛巾 TOWEL", "complain", ["want_refund"]),
        ("TOWEL 到哪了", "order_status", []),
        ("TOWEL 几号签收的啊？", "inform", []),
    ],
)  # fmt: skip
def test_what_was_asked_before_the_number_is_meant_with_it(
    second: str, intent: str, wishes: list[str]
) -> None:
    state = replay(
        [
            spoke("毛巾能退吗", issues=(), intent="ask_policy"),
            spoke("我找一下单号", issues=(), intent="inform"),
            spoke(second, issues=(), intent=intent, order_nos=("TOWEL",)),
        ]
    )
    assert [matter.intent for matter in state.matters] == wishes


@pytest.mark.parametrize(
    ("text", "fetches"), [("我找一下单号", True), ("我找找", True), ("帮我找一下", False)]
)
def test_who_looks_for_the_number_is_about_to_bring_it(text: str, fetches: bool) -> None:
    assert goes_to_fetch(text) is fetches


def test_a_longer_name_in_the_title_names_the_article() -> None:
    assert named_among("沙发垫不要了能退吗", ["沙发垫", "毛巾"]) == (0,)
    assert named_among("洒了一沙发", ["沙发", "毛巾"]) == ()
    assert gives_up_other_goods("电动牙刷能退吗", ["保温杯"])
    assert not gives_up_other_goods("电动牙刷能退吗", ["牙刷"])


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("朋友买的毛巾能退吗", True), ("想再买条毛巾 能退吗", True), ("毛巾能退吗", False),
        ("朋友买的毛巾破了", False), ("上次买的毛巾掉色", False),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_goods_of_others(text: str, others: bool) -> None:
    assert asks_of_others(text) is others


@pytest.mark.parametrize(
    ("text", "order_no"),
    [("退的毛巾钱啥时候退", "TOWEL"), ("退的拖鞋钱啥时候退", None)],
)
def test_the_money_for_named_goods_is_asked_of_their_order(
    text: str, order_no: str | None
) -> None:
    state = asked(text)
    assert (state.order_no, state.matters) == (order_no, ())
