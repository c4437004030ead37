"""What the parcels of an order show: picked up, under way, quiet, and who signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.order_record import OrderRecord, Shipment, TrackingEvent

SignedBy = Literal["self", "other", "unknown"]

# A label was printed, nothing more: 快递市场管理办法 26 forbids passing this off as dispatch.
_NOT_PICKED_UP: Final = re.compile(
    r"待揽|等待揽|未揽|没有揽|无揽|面单|打单|打印|信息已(?:录入|生成|推送|接收)"
    r"|(?:商家|卖家|商品|仓库|订单|包裹)?已?(?:通知|下单|出库)|(?:商家|卖家)(?:正在|已)发货|待取件|预约取件"
)
_PICKED_UP: Final = re.compile(r"已(?:揽|取件)|揽(?:收|件)成功|收件(?!人)")
_GOING_BACK: Final = re.compile(
    r"(?<!如)(?<!可)拒[收签]|退回(?:中|件|途中|发件|寄件|商家|仓库)|退件|返回发件"
)
_OTHER_SIGNED: Final = re.compile(
    r"非本人|他人|代收|代签|驿站|菜鸟|丰巢|蜂巢|柜|自提|代理点|服务站|超市|便利店|小卖部|门卫|保安|传达室|收发室|前台|物业"
    r"|邻居|家人|家属|父|母|妈|爸|同事|室友|朋友|门口|门外|家门|信箱|消防栓|楼下|已放|放置"
)
_DECORATION: Final = re.compile(r"(?:签收人|收件人|签收|已|由|：|:|，|,|。|\s|先生|女士)+")


def was_picked_up(parcel: Shipment) -> bool:
    """Tell whether the carrier has the parcel: an event beyond the printed label."""
    return parcel.delivered_at is not None or any(_moved(e) for e in parcel.events)


def _moved(event: TrackingEvent) -> bool:
    return bool(_PICKED_UP.search(event.text)) or not _NOT_PICKED_UP.search(event.text)


def lack_pickup(parcels: Sequence[Shipment], now: datetime, after_hours: float) -> bool:
    """Tell whether no parcel called shipped was picked up although the hours are over."""
    return bool(parcels) and all(
        parcel.shipped_at is not None
        and not was_picked_up(parcel)
        and now - parcel.shipped_at > timedelta(hours=after_hours)
        for parcel in parcels
    )


def under_way(order: OrderRecord) -> list[Shipment]:
    """Return the parcels that have left and are not signed for."""
    return [s for s in order.shipments if s.shipped_at and s.delivered_at is None]


def quiet_since(order: OrderRecord, now: datetime) -> datetime | None:
    """Return since when the quietest parcel under way has shown nothing; None without one."""
    moments = [_last_sign(parcel, now) for parcel in under_way(order)]
    return min((m for m in moments if m), default=None)


def _last_sign(parcel: Shipment, now: datetime) -> datetime | None:
    return max((e.at for e in parcel.events if e.at <= now), default=parcel.shipped_at)


def last_event(order: OrderRecord, now: datetime) -> TrackingEvent | None:
    """Return the newest tracking event of the parcels under way, else of all of them."""
    parcels = under_way(order) or order.shipments
    events = [e for parcel in parcels for e in parcel.events if e.at <= now]
    return max(events, key=lambda event: event.at, default=None)


def is_going_back(order: OrderRecord, now: datetime) -> bool:
    """Tell whether what is still under way was refused at the door, or is on its way back."""
    event = last_event(order, now) if under_way(order) else None
    return event is not None and bool(_GOING_BACK.search(event.text))


def signed_by(order: OrderRecord) -> SignedBy | None:
    """Return who signed for the last parcel; None while nothing is signed for.

    Another person's signature, a station or a locker does not prove receipt (快递市场管理办法 28).
    """
    signed = [s for s in order.shipments if s.delivered_at]
    if not signed:
        return None
    names = (order.customer.name, order.address.name)
    kinds = [_kind_of(parcel.signed_by, names) for parcel in signed]
    return next((kind for kind in ("other", "unknown") if kind in kinds), "self")


def _kind_of(text: str | None, names: tuple[str, ...]) -> SignedBy:
    if not text or not text.strip():
        return "unknown"
    bare = _DECORATION.sub("", text)
    if not bare:
        return "unknown"
    if any(_same(bare, name) for name in names):
        return "self"
    return "self" if "本人" in bare and not _OTHER_SIGNED.search(text) else "other"


def _same(signed: str, name: str) -> bool:
    """Compare a signature with a name; carriers mask names, as in 张* or 张**."""
    name = name.strip()
    if "*" not in signed:
        return bool(name) and signed == name
    return len(signed) <= max(len(name), 2) + 1 and all(
        mark in {"*", letter} for mark, letter in zip(signed, name, strict=False)
    )
