"""The taxonomy's words tell close issues apart, and others do not."""

from __future__ import annotations

import pytest

from bot.conversation.words.told_apart import misread, ships_late, told_apart, wishes_for_pieces


@pytest.mark.parametrize(
    ("read", "beside", "text", "issue"),
    [
        ("defect", "damaged", "衣服收到就破了个洞", "damaged"),
        ("defect", "damaged", "一打开全碎了，杯子", "damaged"),
        ("defect", "damaged", "拿到的时候已经裂了", "damaged"),
        ("defect", "damaged", "收到用了两天就破了", "defect"),
        ("defect", "damaged", "收到了，穿着有点开线", "defect"),
        ("defect", "damaged", "杯子碎了", "defect"),
        ("spec", "system", "系统卡了下了两单一样的", "system"),
        ("spec", "system", "页面没反应我点了两次", "system"),
        ("spec", "system", "APP抽风重复提交了", "system"),
        ("spec", "system", "下了两单一样的", "spec"),
        ("spec", "system", "手机拍了两次", "spec"),
        ("not_received", "not_shipped", "快递那边说压根没收着件", "not_shipped"),
        ("not_received", "not_shipped", "中通讲没揽到货", "not_shipped"),
        ("not_received", "not_shipped", "快递说送到了，我没收到货", "not_received"),
        ("not_received", "not_shipped", "快递一直没收到", "not_received"),
    ],
)
def test_only_clear_words_tell_apart(read: str, beside: str, text: str, issue: str) -> None:
    assert told_apart(read, {read, beside}, text) == issue
    assert told_apart(read, {read}, text) == read
    assert told_apart(beside, {read, beside}, text) == beside


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("取消订单 退款", True),
        ("取消订单，退款", True),
        ("不要了，帮我取消订单退钱吧", True),
        ("取消订单怎么还不退款", False),
        ("取消订单三天了没退款", False),
        ("取消了订单，退款呢", False),
        ("取消订单退款多久到", False),
        ("退款", False),
    ],
)
def test_an_order_given_up_is_no_late_refund(text: str, wish: bool) -> None:
    assert misread("refund_delay", text) is wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("不用全额退款,把那5罐的钱退我就行", True),
        ("不要全退,就把那三瓶的钱退我就行", True),
        ("不用全退,退4瓶的钱就行", True),
        ("退5个蛋的钱", True),
        ("只退两个的钱", True),
        ("退两双的钱", True),
        ("你们只退了两个的钱", False),
        ("多收了两个的钱退我", False),
        ("怎么退两个的钱", False),
        ("退我钱", False),
        ("两个都退", False),
    ],
)
def test_the_money_of_some_pieces(text: str, wish: bool) -> None:
    assert wishes_for_pieces(text) is wish


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("发货太晚了 要赔偿", True),
        ("发货晚了要赔偿", True),
        ("你们晚发货了 赔我", True),
        ("延迟发货有赔偿吧", True),
        ("晚点发货可以吗", False),
        ("如果发货晚了赔吗", False),
        ("发货了吗", False),
        ("送货太晚", False),
    ],
)
def test_sent_late(text: str, late: bool) -> None:
    assert ships_late(text) is late
