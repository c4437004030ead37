"""What is said of a parcel while the carrier looks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter, Remedy
from bot.conversation.words.matters import traced
from bot.conversation.words.wishes import afterthoughts


def matter(kind: str = "trace", issue: str = "not_received") -> Matter:
    """Return a matter in which that was granted and done."""
    remedy = Remedy(key="m1:0", option={"kind": kind}, state="done")
    return Matter(
        id="m1", issue=issue, order_no="DD1", issues=(issue,), intent="complain",
        stage="ended", end="resolved", remedies=(remedy,),
    )  # fmt: skip


def spoke(text: str, **heard: object) -> CustomerSpoke:
    return CustomerSpoke(message_ids=(1,), text=text, heard=Heard(**heard))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fears"),
    [
        ("要是查不到呢", True),
        ("万一还是没有呢", True),
        ("如果找不到怎么办", True),
        ("查不到怎么办", True),
        ("那找不到呢", True),
        ("要是丢了你们赔吗", True),
        ("万一快递那边没有结果", True),
        ("如果到时候还是没收到怎么办", True),
        ("要是查不到就给我退款", True),
        ("假如真丢了呢", True),
        ("还是查不到", False),
        ("找不到", False),
        ("要是坏了呢", False),
        ("如果我不想要了呢", False),
        ("万一还是没有优惠呢", False),
        ("要是查不到发票怎么办", False),
        ("查到了吗", False),
        ("找不到人工客服怎么办", False),
        ("如果找到了呢", False),
        ("你们查不到凭什么不退", False),
    ],
)
def test_what_comes_of_a_trace_in_vain_is_asked(text: str, *, fears: bool) -> None:
    assert traced.fears_in_vain(matter(), spoke(text)) is fears


@pytest.mark.parametrize(
    ("text", "feared"),
    [
        ("是不是丢了", True),
        ("快递是不是丢件了", True),
        ("会不会丢了啊", True),
        ("丢件了吧", True),
        ("不会是弄丢了吧", True),
        ("我怀疑丢失了", True),
        ("包裹丢了吗", True),
        ("跳绳快递不动了\n是不是丢了", True),
        ("是不是丢了一件", False),
        ("丢了东西吧", False),
        ("快递弄丢了 退钱", False),
        ("没丢吧", False),
        ("别给弄丢了吧", False),
        ("太丢面子了吧", False),
        ("显示签收了 是不是丢了", False),
        ("是不是发错了", False),
    ],
)
def test_a_parcel_is_feared_lost(text: str, *, feared: bool) -> None:
    assert traced.fears_lost(text) is feared


def test_a_fear_is_heard_beside_the_offer_for_a_parcel() -> None:
    offered = replace(matter(issue="slow"), stage="offered", remedies=())
    assert traced.fears_beside(offered, spoke("是不是丢了"))
    assert traced.fears_beside(offered, spoke("要是查不到呢"))
    assert not traced.fears_beside(offered, spoke("是不是丢了", order_nos=("DD1",)))
    assert not traced.fears_beside(replace(offered, issue="defect"), spoke("是不是丢了"))
    assert not traced.fears_beside(replace(offered, stage="ended"), spoke("是不是丢了"))


def test_it_is_asked_of_a_trace_only() -> None:
    assert not traced.fears_in_vain(matter("reship"), spoke("要是查不到呢"))
    assert not traced.fears_in_vain(matter(issue="damaged"), spoke("要是查不到呢"))
    assert not traced.fears_in_vain(matter(), spoke("要是查不到呢", order_nos=("DD1",)))
    assert not traced.fears_in_vain(matter(), spoke("要是查不到呢", signs=("regulator",)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("哦找到了 家里人拿了", True),
        ("找到了", True),
        ("邻居代收的 刚拿到", True),
        ("我老公拿回来了 不好意思", True),
        ("原来是我妈收了", True),
        ("门卫帮我收了", True),
        ("刚拿到", True),
        ("收到快递了", True),
        ("收到了", False),
        ("收到", False),
        ("快递说 邻居代收的", False),
        ("物流显示家人代收的", False),
        ("门卫代收的", False),
        ("邻居拿走了", False),
        ("家里人没拿", False),
        ("邻居代收的 但是空的", False),
        ("找到了吗", False),
        ("是不是我妈收了", False),
        ("家里人拿了 箱子是破的", False),
        ("没拿到", False),
    ],
)
def test_good_news_ends_the_search(text: str, *, found: bool) -> None:
    assert traced.is_found(matter(), spoke(text)) is found


def test_what_was_sent_in_its_place_is_not_ended_by_it() -> None:
    assert not traced.is_found(matter("reship"), spoke("刚拿到"))
    assert not traced.is_found(matter(), spoke("找到了", issues=("damaged",)))


@pytest.mark.parametrize("place", ["路上", "你们仓库", "转运", "垃圾桶里", "别人手里", "快递那"])
def test_what_was_found_out_of_reach_is_not_theirs(place: str) -> None:
    for pause in ("", " ", "，"):
        assert not afterthoughts.parcel_found(f"找到了{pause}在{place}")


@pytest.mark.parametrize(
    "place",
    [
        "门卫",
        "门口",
        "家里",
        "邻居家",
        "驿站",
        "前台",
        "物业那里",
        "快递柜里",
        "鞋柜上",
        "隔壁",
        "我家门口",
    ],
)
def test_what_was_found_at_hand_is_theirs(place: str) -> None:
    for pause in ("", " ", "，"):
        assert afterthoughts.parcel_found(f"找到了{pause}在{place}")
