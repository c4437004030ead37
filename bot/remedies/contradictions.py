"""Facts of an order that cannot all be true: a person must look before money moves (E13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.order_record import ARRIVED, SENT, OrderRecord, OrderStatus, Return, Shipment

_SKEW: Final = timedelta(minutes=15)  # clocks of carriers and shops differ


def contradictions(order: OrderRecord, now: datetime) -> tuple[str, ...]:
    """Return in Chinese, for staff, what in the record contradicts itself; empty when sound."""
    return (
        *_of_payment(order, now),
        *_of_status(order),
        *_of_parcels(order, now),
        *_of_returns(order, now),
    )


def _of_payment(order: OrderRecord, now: datetime) -> list[str]:
    found = []
    paid = [p for p in order.payments if p.status == "success"]
    ever_paid = any(p.status != "failed" for p in order.payments)
    if order.status in SENT | {OrderStatus.PAID} and not ever_paid and _costs(order):
        found.append("订单显示已付款，却没有成功的付款记录")
    if order.status is OrderStatus.UNPAID and any(p.amount_fen for p in paid):
        found.append("订单显示未付款，却有成功的付款记录")
    if any(p.at > now + _SKEW for p in paid):
        found.append("付款时间在将来")
    if not order.goods_add_up:
        found.append("商品总额与各件商品的单价、实付都对不上")
    return found


def _costs(order: OrderRecord) -> bool:
    return any(line.paid_fen for line in order.lines)


def _of_status(order: OrderRecord) -> list[str]:
    found = []
    physical = any(line.category != "virtual" for line in order.lines)
    arrived = any(s.delivered_at for s in order.shipments)
    if order.status in ARRIVED and physical and not arrived:
        found.append("订单显示已签收或已完成，却没有包裹的签收记录")
    if order.status is OrderStatus.SHIPPED and physical and order.shipped_at is None:
        found.append("订单显示已发货，却没有包裹的发货记录")
    if order.status in {OrderStatus.UNPAID, OrderStatus.PAID} and order.shipped_at:
        found.append("订单显示未发货，却有包裹的发货记录")
    return found


def _of_parcels(order: OrderRecord, now: datetime) -> list[str]:
    return [
        f"包裹{parcel.tracking_no}：{complaint}"
        for parcel in order.shipments
        for complaint in _of_parcel(parcel, order.placed_at, now)
    ]


def _of_parcel(parcel: Shipment, placed_at: datetime, now: datetime) -> list[str]:
    found = []
    if parcel.delivered_at and parcel.shipped_at and parcel.delivered_at < parcel.shipped_at:
        found.append("签收早于发货")
    if parcel.shipped_at and parcel.shipped_at < placed_at - _SKEW:
        found.append("发货早于下单")
    moments = [m for m in (parcel.shipped_at, parcel.delivered_at) if m]
    if any(m > now + _SKEW for m in moments):
        found.append("发货或签收时间在将来")
    return found


def _of_returns(order: OrderRecord, now: datetime) -> list[str]:
    return [
        f"退货{entry.no}：{complaint}"
        for entry in order.returns
        for complaint in _of_return(entry, order.placed_at, now)
    ]


def _of_return(entry: Return, placed_at: datetime, now: datetime) -> list[str]:
    found = []
    if entry.requested_at < placed_at - _SKEW:
        found.append("申请早于下单")
    if entry.received_at and entry.received_at < entry.requested_at - _SKEW:
        found.append("收到退货早于申请")
    if entry.refunded_at and entry.refunded_at < entry.requested_at - _SKEW:
        found.append("退款早于申请")
    moments = [m for m in (entry.requested_at, entry.received_at, entry.refunded_at) if m]
    if any(m > now + _SKEW for m in moments):
        found.append("申请、收货或退款时间在将来")
    return found
