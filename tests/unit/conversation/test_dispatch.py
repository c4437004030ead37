"""Wishes of when and how to send a parcel, told apart from complaints that it was not sent."""

import pytest

from bot.conversation.words.things import dispatch


@pytest.mark.parametrize(
    "text",
    [
        "先别发货 我出差",
        "下周一以后再发",
        "能晚几天发吗 我出差",
        "别发那么早 我下周才回家",
        "下周三再发",
        "你好 能晚两天发货吗",
        "周五以后发",
        "先不要发货 我考虑一下",
        "可以延迟发货吗",
        "晚点发没关系",
        "能下周再发吗",
        "等我通知再发货",
        "暂缓发货",
        "过几天再发吧",
        "麻烦月底再发货",
        "我不急 晚一点发",
        "推迟几天发货行不行",
        "10号以后发货可以吗",
        "别急着发货",
        "等我回来再发",
        "节后再发也行",
    ],
)
def test_a_later_dispatch_is_wished(text: str) -> None:
    assert dispatch.asks_to_wait(text)


@pytest.mark.parametrize(
    "text",
    [
        "为什么晚发货",
        "你们晚发了两天",
        "怎么还不发货",
        "为什么先别发货",
        "什么时候能发",
        "都说了周三发 还没发",
        "说好下周再发的 怎么又变了",
        "晚两天发就退款",
        "再不发我就退了",
        "先别发货了 退款吧",
        "别发了 不要了",
        "先不发货的话能退吗",
        "是不是要等到下周再发",
        "客服让我等三天再发货",
        "你们说下周一以后发",
        "补发的过几天再发吗",
        "明天能发吗",
        "下周一之前发",
        "周三发的现在还没到",
        "先别发霉了",
        "先别发脾气",
        "晚点发票开给我",
        "再过两天发不了我就投诉",
        "三天了才发",
        "今天发货吗",
        "发货慢",
        "晚点联系你",
        "预售的下周三再发是吗",
    ],
)
def test_a_delay_complained_of_or_asked_after_is_no_such_wish(text: str) -> None:
    assert not dispatch.asks_to_wait(text)


@pytest.mark.parametrize(
    ("told", "remark"),
    [
        ("麻烦备注一下 发顺丰 别放小票", True),
        ("先别发货 我出差", True),
        ("里面放张贺卡", True),
        ("帮我改一下订单", False),
        ("地址填错了", False),
        ("换个颜色", False),
    ],
)
def test_a_remark_changes_nothing_that_the_order_says(told: str, remark: bool) -> None:
    assert dispatch.is_remark(told) is remark
