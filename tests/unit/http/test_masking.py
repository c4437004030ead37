"""A masked order says what is needed and names nobody."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.masking import hidden_in, masked
from bot.order_record import OrderRecord
from bot.orders.demo import demo_orders
from tests.factories import NOW


@pytest.mark.parametrize("order", demo_orders(NOW), ids=lambda order: order.order_no)
def test_nobody_can_be_found_by_it(order: OrderRecord) -> None:
    text = str(masked(order.snapshot()))
    person, address = order.customer, order.address
    for hidden in (person.phone, person.email, address.phone, address.detail):
        assert hidden is None or hidden not in text
    if len(address.name) > 1:
        assert f"'{address.name}'" not in text


def test_the_order_itself_stays_readable() -> None:
    record = demo_orders(NOW)[0].snapshot()
    shown = masked(record)
    assert shown["lines"] == record["lines"]
    assert shown["address"]["city"] == record["address"]["city"]
    assert shown["customer"]["phone"].endswith(record["customer"]["phone"][-4:])
    assert record["customer"]["phone"] not in str(shown["customer"])


@pytest.mark.parametrize(
    ("signed_by", "shown"),
    [
        ("本人", "本人"),
        ("非本人", "非本人"),
        ("门卫", "门卫"),
        ("放门口", "放门口"),
        ("家门口", "家门口"),
        ("菜鸟驿站", "菜鸟驿站"),
        ("丰巢柜", "丰巢柜"),
        ("代收点", "代收点"),
        ("张三", "***"),
        ("张三（本人）", "***（本人）"),
        ("王建国 门卫", "*** 门卫"),
        ("菜鸟驿站(幸福路店)", "菜鸟驿站(***)"),
    ],
)
def test_who_signed_is_told_without_a_name(signed_by: str, shown: str) -> None:
    record = signed(signed_by, f"【杭州】快件已签收，签收人：{signed_by}，感谢使用")
    (parcel,) = masked(record)["shipments"]
    assert parcel["signed_by"] == shown
    assert parcel["events"][-1]["text"].startswith(f"【杭州】快件已签收，签收人：{shown}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("签收人：李四", "签收人：***"),
        ("快件已由李四代签收", "快件已由***代签收"),
        ("已由门卫签收", "已由门卫签收"),
        ("派件员13911112222正在派送", "派件员139****2222正在派送"),
        ("快件到达杭州转运中心", "快件到达杭州转运中心"),
    ],
)
def test_a_parcels_history_names_nobody(text: str, shown: str) -> None:
    (parcel,) = masked(signed("本人", text))["shipments"]
    assert parcel["events"][-1]["text"] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我是张小明，文三路1号", "我是张**，***"),
        ("电话138 0000 1111", "电话138****1111"),
        ("+86 138-0000-1111", "138****1111"),
        ("a.b@c.com", "a***@c.com"),
        ("订单 DD13812345678", "订单 DD13812345678"),  # an order's number, like a phone's
        ("DD13812345678的电话13812345678", "DD13812345678的电话138****5678"),
        ("运单 73812345678901", "运单 73812345678901"),
        ("退我 1380 元", "退我 1380 元"),
        ("改到秘密路9号，收件人：李强", "改到***，收件人：***"),
    ],
)
def test_what_was_written_is_read_without_what_finds_somebody(text: str, shown: str) -> None:
    record = signed("本人", "已签收")
    record |= {"order_no": "DD13812345678"}
    record["customer"] |= {"name": "张小明"}
    record["address"] |= {"detail": "文三路1号"}
    told = hidden_in({"text": text}, [record], ["收件人：李强，北京市海淀区秘密路9号"])
    assert told == {"text": shown}


def test_a_title_for_nobody_by_name_hides_no_words() -> None:
    record = next(one.snapshot() for one in demo_orders(NOW))
    invoice = {"kind": "electronic", "state": "issued"}
    nobody = record | {"invoice": invoice | {"title": "个人"}}
    assert hidden_in("个人原因不想要了", [nobody]) == "个人原因不想要了"
    named = record | {"invoice": invoice | {"title": "杭州某某公司"}}
    assert hidden_in("开给杭州某某公司", [named]) == "开给***"


def test_corrections_are_hidden_whole() -> None:
    assert hidden_in([{"correction": "红色"}], []) == [{"correction": "***"}]


def signed(by: str, text: str) -> dict[str, Any]:
    """Return an order whose parcel was signed for, with that in its history."""
    record = next(one.snapshot() for one in demo_orders(NOW) if one.shipments)
    event = {"at": NOW.isoformat(), "text": text}
    parcel = {**record["shipments"][0], "signed_by": by, "events": [event]}
    return {**record, "shipments": [parcel]}


def test_a_short_number_is_not_looked_for_in_sums_and_times() -> None:
    record = demo_orders(NOW)[0].snapshot()
    record["address"]["detail"] = "101"
    told = {"opened_at": "2026-11-01T10:10:101Z", "text": "退您101元"}
    assert hidden_in(told, [record]) == told


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("单号13812345678一直没动", "单号13812345678一直没动"),
        ("打13812345679", "打138****5679"),  # a phone beside it
        ("913812345678", "913812345678"),
        ("打13700001111", "打137****1111"),  # a number that is the customer's phone as well
    ],
)
def test_an_orders_own_tracking_number_is_no_phone(said: str, shown: str) -> None:
    record = demo_orders(NOW)[0].snapshot()
    record["customer"]["phone"] = "13700001111"
    record["shipments"] = [
        {"carrier": "中通", "tracking_no": number} for number in ("13812345678", "13700001111")
    ]
    assert hidden_in(said, [record]) == shown
