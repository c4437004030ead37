"""A broken piece is a fault or food gone off: what was sold decides, once it is theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.replaying.as_sold import heard_as_sold, read_as_sold
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import KnownOrder, Matter, State

TITLES = {"home": "陶瓷马克杯", "fresh": "红颜草莓", "cosmetics": "保湿面霜", "food": "坚果礼盒",
          "virtual": "会员年卡"}  # fmt: skip


def _state(told: str, *categories: str, owned: bool = True) -> State:
    lines = [
        {"sku": f"S{n}", "title": TITLES[category], "category": category}
        for n, category in enumerate(categories)
    ]
    known = KnownOrder(order_no="D1", record={"lines": lines}, checked_in_turn=1, owned=owned)
    matter = Matter(
        id="1", issue="spoiled", issues=("spoiled",), intent="complain", order_no="D1", told=told
    )
    return State(matters=(matter,), active="1", order_no="D1").with_order(known)


@pytest.mark.parametrize(
    ("told", "categories", "issue"),
    [
        ("两件里坏了一件", ("home",), "defect"),
        ("两个里碎了一个", ("home",), "damaged"),
        ("马克杯坏了一个", ("home", "fresh"), "defect"),
        ("两件里坏了一件", ("fresh",), "spoiled"),
        ("两件里坏了一件", ("food",), "spoiled"),
        ("坏了一件", ("home", "fresh"), "spoiled"),
        ("草莓坏了一半", ("home", "fresh"), "spoiled"),
        ("面霜变质了", ("cosmetics",), "spoiled"),
    ],
)
def test_what_was_sold_decides(told: str, categories: tuple[str, ...], issue: str) -> None:
    matter = read_as_sold(_state(told, *categories), "D1").matters[0]
    assert (matter.issue, matter.issues) == (issue, (issue,))
    spoke = CustomerSpoke(message_ids=(1,), text=told, heard=Heard(issues=("spoiled",)))
    assert heard_as_sold(_state("", *categories), spoke).heard.issues == (issue,)


def test_nothing_is_told_of_an_order_that_may_be_anothers() -> None:
    state = _state("坏了一件", "home", owned=False)
    assert read_as_sold(state, "D1") == state


def test_an_offer_that_stands_keeps_its_issue() -> None:
    state = _state("坏了一件", "home")
    state = state.with_matter(replace(state.matters[0], stage="offered"))
    assert read_as_sold(state, "D1") == state


def test_a_guess_is_read_as_sold_too() -> None:
    heard = Heard(guess="spoiled", other_guesses=("missing_item", "defect"))
    spoke = heard_as_sold(
        _state("", "home"), CustomerSpoke(message_ids=(1,), text="两件里坏了一件", heard=heard)
    )
    assert (spoke.heard.guess, spoke.heard.other_guesses) == ("defect", ("missing_item",))


def _sent(status: str, *shipments: dict[str, object]) -> dict[str, object]:
    line = {"sku": "S1", "title": "档案盒", "category": "home"}
    return {"status": status, "lines": [line], "shipments": list(shipments)}


ON_ITS_WAY: dict[str, object] = {"shipped_at": "2026-11-20T10:00:00+08:00", "delivered_at": None}
DELIVERED = {**ON_ITS_WAY, "delivered_at": "2026-11-22T10:00:00+08:00"}


@pytest.mark.parametrize(
    ("record", "told", "read", "issue"),
    [
        (_sent("paid"), "档案盒没发", "missing_item", "not_shipped"),
        (_sent("paid"), "档案盒还没给我发呢", "missing_item", "not_shipped"),
        (_sent("paid"), "还有一件没寄", "missing_item", "not_shipped"),
        (_sent("paid"), "地漏还发不发了", "defect", "not_shipped"),
        (_sent("paid"), "到底啥时候发啊", "damaged", "not_shipped"),
        (_sent("paid"), "怎么还不发货", "mismatch", "not_shipped"),
        (_sent("paid"), "地漏装上不下水", "defect", "defect"),
        (_sent("paid"), "不发热了", "defect", "defect"),
        (_sent("paid"), "发霉了还发不发了", "spoiled", "spoiled"),
        (_sent("paid"), "收到的碗裂了 还发不发新的", "damaged", "damaged"),
        (_sent("delivered", DELIVERED), "地漏还发不发了", "defect", "defect"),
        (_sent("paid"), "少发了一个", "missing_item", "missing_item"),
        (_sent("paid"), "收到了 赠品没发", "missing_item", "missing_item"),
        (_sent("paid"), "只发了一件", "missing_item", "missing_item"),
        (_sent("shipped", ON_ITS_WAY), "还有一件没发", "missing_item", "missing_item"),
        (_sent("delivered", DELIVERED), "赠品没发", "missing_item", "missing_item"),
        (_sent("shipped", ON_ITS_WAY), "电热毯卡西安不动了", "defect", "slow"),
        (_sent("shipped", ON_ITS_WAY), "毛毯停在郑州好几天了", "damaged", "slow"),
        (_sent("shipped", ON_ITS_WAY), "快递一直不动", "defect", "slow"),
        (_sent("shipped", ON_ITS_WAY), "刚收到 洗衣机不动了", "defect", "defect"),
        (_sent("shipped", ON_ITS_WAY), "按键卡住不动了", "defect", "defect"),
        (_sent("shipped", ON_ITS_WAY), "洗衣机不动了", "defect", "defect"),
        (_sent("shipped", ON_ITS_WAY), "快递不动了\n是不是丢了", "not_received", "no_tracking"),
        (_sent("shipped", ON_ITS_WAY), "显示签收 是不是丢了", "not_received", "not_received"),
        (_sent("delivered", DELIVERED), "是不是丢了", "not_received", "not_received"),
        (_sent("shipped", ON_ITS_WAY), "外箱都压扁了", "damaged", "damaged"),
        (_sent("shipped", DELIVERED), "电热毯卡西安不动了", "defect", "defect"),
        (_sent("delivered", DELIVERED), "指针卡在中间不动", "defect", "defect"),
    ],
)
def test_where_the_order_stands_decides(
    record: dict[str, object], told: str, read: str, issue: str
) -> None:
    known = KnownOrder(order_no="D1", record=record, checked_in_turn=1, owned=True)
    matter = Matter(
        id="1", issue=read, issues=(read,), intent="complain", order_no="D1", told=told
    )
    state = State(matters=(matter,), active="1", order_no="D1").with_order(known)
    assert read_as_sold(state, "D1").matters[0].issues == (issue,)
    spoke = CustomerSpoke(message_ids=(1,), text=told, heard=Heard(issues=(read,)))
    assert heard_as_sold(replace(state, matters=()), spoke).heard.issues == (issue,)


@pytest.mark.parametrize(
    ("record", "told", "confident", "issue"),
    [
        (_sent("delivered", DELIVERED), "档案盒还没收到", False, "not_received"),
        (_sent("completed", DELIVERED), "怎么还没收到", False, "not_received"),
        (_sent("delivered", DELIVERED), "档案盒还没收到", True, "slow"),
        (_sent("delivered", DELIVERED), "档案盒昨天才收到", False, "slow"),
        (_sent("delivered", DELIVERED), "怎么这么慢", False, "slow"),
        (_sent("delivered", DELIVERED), "收到了 赠品还没收到", False, "slow"),
        (_sent("shipped", ON_ITS_WAY), "档案盒还没收到", False, "slow"),
        (_sent("paid"), "档案盒还没收到", False, "slow"),
    ],
)
def test_what_was_signed_for_and_not_got_never_came(
    record: dict[str, object], told: str, confident: bool, issue: str
) -> None:
    known = KnownOrder(order_no="D1", record=record, checked_in_turn=1, owned=True)
    matter = Matter(id="1", issue="slow", issues=("slow",), intent="complain", order_no="D1",
                    told=told, guessed=not confident)  # fmt: skip
    state = State(matters=(matter,), active="1", order_no="D1").with_order(known)
    assert read_as_sold(state, "D1").matters[0].issues == (issue,)
    heard = Heard(issues=("slow",), confident=confident)
    spoke = CustomerSpoke(message_ids=(1,), text=told, heard=heard)
    assert heard_as_sold(replace(state, matters=()), spoke).heard.issues == (issue,)


@pytest.mark.parametrize(
    ("told", "categories", "changes", "issue"),
    [
        ("一直没到账", ("virtual",), {}, "system"),
        ("怎么还没到", ("virtual", "virtual"), {}, "system"),
        ("退款没到账", ("virtual",), {}, "refund_delay"),
        ("一直没到账", ("home",), {}, "refund_delay"),
        ("一直没到账", ("virtual", "home"), {}, "refund_delay"),
        ("一直没到账", ("virtual",), {"status": "cancelled"}, "refund_delay"),
        ("一直没到账", ("virtual",), {"returns": [{"state": "refunded"}]}, "refund_delay"),
        ("一直没到账", ("virtual",), {"payments": [{"status": "refunded"}]}, "refund_delay"),
    ],
)
def test_what_has_not_come_in_is_what_was_bought_or_its_money(
    told: str, categories: tuple[str, ...], changes: dict[str, Any], issue: str
) -> None:
    state = _state(told, *categories)
    record = {"status": "paid", "shipments": [], **(state.orders["D1"].record or {}), **changes}
    state = state.with_order(replace(state.orders["D1"], record=record))
    spoke = CustomerSpoke(message_ids=(1,), text=told, heard=Heard(issues=("refund_delay",)))
    assert heard_as_sold(state, spoke).heard.issues == (issue,)
    paid = replace(state.orders["D1"], granted_fen=500)
    assert heard_as_sold(state.with_order(paid), spoke).heard.issues == ("refund_delay",)
