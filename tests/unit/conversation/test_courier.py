"""What is said of whoever brings the parcel."""

from __future__ import annotations

import pytest

from bot.conversation.words.things.courier import (
    asks_of_courier,
    denies_refusal,
    lacks_notice,
    nobody_came,
    only_finds_nobody,
    wants_apology,
    wants_courier_seen_to,
    wants_notice_again,
)


@pytest.mark.parametrize(
    "text",
    ["给我换个快递员", "换个快递送", "换家快递", "换个人送", "换一个人来派", "让快递员道歉",
     "让小哥给我道歉",
     "叫派件员当面道歉", "处罚快递员", "换个派送员"],
)  # fmt: skip
def test_it_is_asked_of_the_courier(text: str) -> None:
    assert asks_of_courier(text, of_parcel=False)


@pytest.mark.parametrize(
    "text", ["让他道歉", "让他给我道歉", "换个人吧", "让她当面道歉", "换个人"]
)
def test_he_is_the_courier_beside_a_parcel(text: str) -> None:
    assert asks_of_courier(text, of_parcel=True)
    assert not asks_of_courier(text, of_parcel=False)


@pytest.mark.parametrize(
    "text",
    [
        "换一个",
        "换个颜色",
        "换新的",
        "换个快递单号",
        "换货",
        "快递盒换一个",
        "换个快递上门取吧",
        "让客服道歉",
    ],
)
def test_it_is_asked_of_no_courier(text: str) -> None:
    assert not asks_of_courier(text, of_parcel=True)


def test_an_apology_wishes_for_no_goods() -> None:
    assert wants_apology("让他道歉")
    assert not wants_apology("道歉就行了？给我退款")


@pytest.mark.parametrize(
    "text", ["投诉他", "让他送上门", "让他道歉", "重新送", "重新派送一下", "再送一次"]
)
def test_the_carrier_is_to_be_spoken_to(text: str) -> None:
    assert wants_courier_seen_to(text)


@pytest.mark.parametrize("text", ["重新发一个", "再送一个", "送我一个", "再发一次货", "重新退"])
def test_goods_are_wished_for(text: str) -> None:
    assert not wants_courier_seen_to(text)


@pytest.mark.parametrize(
    "text",
    ["谁给我拒收了", "我没拒收啊", "怎么显示客户拒收", "我没有拒收", "没人拒收", "怎么变成拒收了",
     "不是我拒收的", "凭什么给我拒收", "快递员说我拒收", "谁拒签的", "被拒收了"],
)  # fmt: skip
def test_nobody_here_turned_it_away(text: str) -> None:
    assert denies_refusal(text)


@pytest.mark.parametrize(
    "text",
    ["我拒收了", "已经拒收了，退款呢", "可以拒收吗", "退回去你们拒收了", "我还没拒收", "怎么拒收",
     "没来得及拒收", "没法拒收", "寄回的被拒收了", "要是没拒收成怎么办"],
)  # fmt: skip
def test_it_was_or_will_be_turned_away(text: str) -> None:
    assert not denies_refusal(text)


@pytest.mark.parametrize(
    "text",
    ["让他重发取件码", "重发一下取件码", "取件码没收到 重发一下", "让快递重发一下取件短信",
     "再发一遍验证码",
     "链接补发一下", "单号重新发我"],
)  # fmt: skip
def test_a_notice_is_to_be_sent_again(text: str) -> None:
    assert wants_notice_again(text)


@pytest.mark.parametrize(
    "text",
    ["一直没消息 补发吧", "单号查不到，重新发一个", "没有物流信息，补发吧",
     "发消息没人回 给我补发一件", "取件码收到了 东西少了 补发一件"],
)  # fmt: skip
def test_no_news_is_no_notice(text: str) -> None:
    assert not wants_notice_again(text)


def test_a_parcel_to_be_seen_to_is_no_courier() -> None:
    assert not asks_of_courier("一直没收到货 麻烦处理一下快递", of_parcel=True)
    assert asks_of_courier("处理一下这个快递员", of_parcel=True)


@pytest.mark.parametrize(
    "text", ["补发吧", "重发一份", "重新发货", "补发一个", "单号不对 重发货", "补发说明书"]
)
def test_goods_are_to_be_sent_again(text: str) -> None:
    assert not wants_notice_again(text)


@pytest.mark.parametrize("text", ["取件码没收到", "没收到取件码", "短信没收到", "取件码过期了"])
def test_a_notice_did_not_come(text: str) -> None:
    assert lacks_notice(text)


@pytest.mark.parametrize(
    "text", ["没有人给我打电话", "没人联系我", "都没人通知", "没人送", "没人敲门"]
)
def test_nobody_came_by(text: str) -> None:
    assert nobody_came(text)


@pytest.mark.parametrize("text", ["怎么没人", "怎么都没人啊", "咋没人呢"])
def test_nobody_is_there(text: str) -> None:
    assert only_finds_nobody(text)


@pytest.mark.parametrize(
    "text", ["怎么没人工", "没人管吗", "有没有人", "怎么没人理我", "怎么没收到"]
)
def test_more_than_that_is_said(text: str) -> None:
    assert not only_finds_nobody(text)
