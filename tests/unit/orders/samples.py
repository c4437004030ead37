"""A sound order, as a dictionary and as a record, to be bent by the tests."""

from __future__ import annotations

import copy
from typing import Any

from bot.order_record import OrderRecord

_SOUND: dict[str, Any] = {
    "order_no": "JF20261101900",
    "customer": {"name": "李雷", "phone": "13800001111", "telegram_id": 42},
    "placed_at": "2026-11-20T10:00:00+08:00",
    "paid_at": "2026-11-20T10:01:00+08:00",
    "promised_ship_by": "2026-11-22T10:01:00+08:00",
    "status": "paid",
    "lines": [
        {"sku": "A", "title": "T恤 白色 M码", "category": "clothing", "quantity": 2,
         "unit_price_fen": 5990, "paid_fen": 11980}
    ],
    "goods_fen": 11980,
    "freight_fen": 800,
    "free_shipping": False,
    "payments": [
        {"id": "P1", "method": "微信支付", "amount_fen": 12780, "at": "2026-11-20T10:01:00+08:00",
         "status": "success"}
    ],
    "address": {"name": "李雷", "phone": "13800001111", "province": "浙江省", "city": "杭州市",
                "district": "西湖区", "detail": "文三路1号"},
}  # fmt: skip
_PARCEL = {
    "carrier": "顺丰速运",
    "tracking_no": "SF1",
    "shipped_at": "2026-11-21T10:00:00+08:00",
    "delivered_at": "2026-11-23T10:00:00+08:00",
    "signed_by": "本人",
}


def order_data(**changes: Any) -> dict[str, Any]:
    """Return a paid, unshipped order of 119.80 yuan and 8 yuan freight."""
    return copy.deepcopy(_SOUND) | changes


def order(**changes: Any) -> OrderRecord:
    """Return the same as a record."""
    return OrderRecord.model_validate(order_data(**changes))


def delivered(**changes: Any) -> OrderRecord:
    """Return the same order, received."""
    return order(**({"status": "delivered", "shipments": [dict(_PARCEL)]} | changes))
