"""What is said of a parcel on its way back: its number, that it has come."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.words.things.way_back import brings_number, return_under_way, tells_it_came

ORDER: dict[str, Any] = {
    "order_no": "DD20261120000001",
    "shipments": [{"tracking_no": "ZT5550001112223"}],
    "returns": [{"no": "RT000000000077", "state": "approved"}],
}


@pytest.mark.parametrize(
    "text",
    [
        "寄出了，单号YT9876543210123",
        "单号YT9876543210123",
        "SF1234567890123",
        "寄回的快递单号 773012345678901",
        "773012345678901",
        "顺丰SF1234567890123 已寄",
        "寄出了 电话+8613812345678 单号YT9876543210123",
        "客服让我填单号YT9876543210123",
        "快递卡住了，单号773012345678901",
        "卡里没收到钱 退货单号YT9876543210123",
        "顺丰SF1234567890123 电话13912345678",
    ],
)
def test_a_number_is_brought(text: str) -> None:
    assert brings_number(text, ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "寄出了",
        "单号在哪填？YT9876543210123 是吗",
        "订单DD20261120000009也没退",
        "DD20261120000009",
        "DD20261120000009 退货也没退钱",
        "快递单号 ZT5550001112223",
        "退货RT000000000077",
        "寄件电话13912345678",
        "退货退了229元",
        "退货退到银行卡6222021234567890123",
        "退货退到卡号：6222021234567890123",
        "顺丰客服4008111111打不通",
        "顺丰4008111111打不通",
        "我寄了 电话+8613812345678",
        "寄件人8613812345678",
        "寄回去的微信号abc123456789",
        "退货地址电话075512345678打不通",
        "退货的微信支付单号4200001234202611209876543210"[:24],
        "退货 支付宝交易号2026112022001400",
        "退货的流水号2026112022001400",
        "寄件人微信wxid_abc123456789",
    ],
)
def test_no_number_of_the_return_is_brought(text: str) -> None:
    assert not brings_number(text, ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "快递显示前天签收的",
        "快递说昨天仓库就签了",
        "你们仓库已经签了",
        "是退货的快递签收了",
        "仓库早就签收了",
        "你们前天就收到了",
        "退货你们收到了",
        "你们快递都收到了",
        "仓库那边到了",
        "寄回去的快递昨天签收了",
        "退货早就收到了",
    ],
)
def test_it_is_said_to_have_come(text: str) -> None:
    assert tells_it_came(text)


@pytest.mark.parametrize(
    "text",
    [
        "仓库还没签",
        "仓库签了没",
        "你们签了合同",
        "你们到底退不退",
        "仓库签收后多久退",
        "签收后再退是吧",
        "还没签收",
        "快递显示没签收",
        "等你们签收了再说",
        "签收了吗",
        "要是签收了",
        "我签收的",
        "门卫签收的",
        "你们收到我的消息了",
        "你们的货我收到了坏的",
        "你们的货我收到了",
        "签收那天就坏了",
        "签收当天就不亮了",
        "签收时破的",
        "签收的时候就这样",
        "签收就发现不对",
        "你们快递到了我没在家",
        "你们发的货到了",
    ],
)
def test_it_is_not_said_to_have_come(text: str) -> None:
    assert not tells_it_came(text)


@pytest.mark.parametrize(
    ("state", "under_way"),
    [("requested", None), ("approved", "approved"), ("shipped", "shipped"), ("received", None)],
)
def test_a_return_is_under_way(state: str, under_way: str | None) -> None:
    assert return_under_way({"returns": [{"state": state}]}) == under_way
    assert return_under_way({"returns": []}) is None
