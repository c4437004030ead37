"""Orders for the tests of remedies: one plain order, changed where a test needs it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.order_record import (
    Address,
    Customer,
    Discount,
    Invoice,
    Line,
    OrderRecord,
    OrderStatus,
    Payment,
    Return,
    Shipment,
    TrackingEvent,
)

NOW = datetime.fromisoformat("2026-11-24T12:00:00+08:00")
PHONE = "13800001234"


def ago(**spans: float) -> datetime:
    """Return the moment that long before NOW."""
    return NOW - timedelta(**spans)


def line(**changes: Any) -> Line:
    """Return a shirt of ¥100."""
    values: dict[str, Any] = {
        "sku": "A1", "title": "白色衬衫", "category": "clothing", "quantity": 1,
        "unit_price_fen": 10_000,
    } | changes  # fmt: skip
    values.setdefault("paid_fen", values["unit_price_fen"] * values["quantity"])
    return Line(**values)


def payment(amount_fen: int = 10_000, **changes: Any) -> Payment:
    """Return a payment that succeeded ten days ago."""
    values: dict[str, Any] = {
        "id": "P1", "method": "wechat", "amount_fen": amount_fen, "at": ago(days=10),
        "status": "success",
    } | changes  # fmt: skip
    return Payment(**values)


def parcel(**changes: Any) -> Shipment:
    """Return a parcel that was picked up nine days ago."""
    values: dict[str, Any] = {
        "carrier": "中通", "tracking_no": "ZT100", "shipped_at": ago(days=9),
        "events": (event(ago(days=9) + timedelta(hours=2), "已揽收"),),
    } | changes  # fmt: skip
    return Shipment(**values)


def event(at: datetime, text: str) -> TrackingEvent:
    """Return a line of a parcel's history."""
    return TrackingEvent(at=at, text=text)


def discount(cut_fen: int, *, applied: bool, threshold_fen: int | None = None) -> Discount:
    """Return a discount."""
    return Discount(name="满减", cut_fen=cut_fen, applied=applied, threshold_fen=threshold_fen)


def returned(state: str, **changes: Any) -> Return:
    """Return a return of ¥100 that was asked for eight days ago."""
    values: dict[str, Any] = {
        "no": "R1", "state": state, "amount_fen": 10_000, "requested_at": ago(days=8),
    } | changes  # fmt: skip
    return Return(**values)


def order(status: str = "paid", **changes: Any) -> OrderRecord:
    """Return a paid order of one shirt, paid ten days ago; sums follow from lines given."""
    lines = changes.pop("lines", (line(),))
    goods = changes.pop("goods_fen", sum(x.unit_price_fen * x.quantity for x in lines))
    paid = sum(x.paid_fen for x in lines) + changes.get("freight_fen", 0)
    values: dict[str, Any] = {
        "order_no": "D20261114001",
        "customer": Customer(name="张三", phone=PHONE),
        "placed_at": ago(days=10, minutes=5),
        "paid_at": None if status == "unpaid" else ago(days=10),
        "status": OrderStatus(status),
        "lines": lines,
        "goods_fen": goods,
        "freight_fen": 0,
        "free_shipping": False,
        "payments": () if status == "unpaid" else (payment(paid),),
        "address": Address(
            name="张三", phone=PHONE, province="浙江省", city="杭州市", district="西湖区",
            detail="文三路1号",
        ),
    } | changes  # fmt: skip
    return OrderRecord(**values)


def shipped(**changes: Any) -> OrderRecord:
    """Return an order whose parcel left in time and moved an hour ago."""
    moving = parcel(shipped_at=ago(days=2), events=(event(ago(hours=1), "到达杭州转运中心"),))
    return order("shipped", **({"shipments": (moving,), "promised_ship_by": NOW} | changes))


def delivered(days: float = 1, signed: str | None = "本人", **changes: Any) -> OrderRecord:
    """Return an order that was signed for so many days ago."""
    at = ago(days=days)
    sent = min(ago(days=9), at - timedelta(days=2))
    done = parcel(
        shipped_at=sent, delivered_at=at, signed_by=signed, events=(event(at, "已签收"),)
    )
    early = {"placed_at": sent - timedelta(days=1, minutes=5), "paid_at": sent - timedelta(days=1)}
    values: dict[str, Any] = {"status": "delivered", "shipments": (done,)}
    values |= (early if days > 7 else {}) | changes
    return order(**values)


PHONE_LINE = line(sku="T1", title="手机", category="phone", unit_price_fen=300_000)
FRUIT = line(sku="F1", title="车厘子", category="fresh")
FOOD = line(sku="F2", title="坚果礼盒", category="food")
CREAM = line(sku="C2", title="保湿面膜", category="cosmetics")
VIRTUAL = line(sku="V1", title="会员月卡", category="virtual")
CUSTOM = line(sku="C1", title="刻字戒指", category="custom")
GIFT = line(
    sku="G1", title="赠品杯子", category="home", unit_price_fen=0, declared_value_fen=1_500
)
DONE = parcel(tracking_no="ZT101", delivered_at=ago(days=1), signed_by="本人")


def silent(hours: float) -> Shipment:
    """Return a parcel called shipped so long ago that no carrier ever picked up."""
    return parcel(shipped_at=ago(hours=hours), events=(event(ago(hours=hours), "等待揽收"),))


def quiet(hours: float) -> Shipment:
    """Return a parcel whose last event is that long ago."""
    return parcel(
        shipped_at=ago(hours=hours + 2), events=(event(ago(hours=hours), "到达上海转运中心"),)
    )


def moving(hours: float) -> Shipment:
    """Return a parcel on its way for so long, seen an hour ago."""
    return parcel(shipped_at=ago(hours=hours), events=(event(ago(hours=1), "到达上海转运中心"),))


def invoiced(state: str) -> Invoice:
    """Return an invoice in that state."""
    return Invoice.model_validate({"kind": "电子普通发票", "title": "张三", "state": state})


def dropped(days: float, **changes: Any) -> OrderRecord:
    """Return an order paid so many days ago for goods ¥20 cheaper now, protected for 7 days."""
    cheaper = line(**({"current_price_fen": 8_000, "price_protect_days": 7} | changes))
    return order("paid", lines=(cheaper,), placed_at=ago(days=days), paid_at=ago(days=days))
