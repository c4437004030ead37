"""Orders for the scenarios: made from a few words, all times relative to the shop's clock.

A scenario writes `{is: delivered, days: 3, category: phone, price: 2999}`; what it does not say is
plain: one article, paid in full, nothing odd. Money is in yuan, times are days before now unless
the name says hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.order_record import OrderRecord

Spec = Mapping[str, Any]
TITLES = {
    "phone": "星河手机 8+256G", "pc": "轻薄笔记本 14寸", "appliance": "滚筒洗衣机 10公斤",
    "small": "电动牙刷", "clothing": "羊毛大衣 驼色 M码", "home": "陶瓷餐具", "food": "坚果礼盒",
    "fresh": "红颜草莓 3斤", "cosmetics": "保湿面霜", "custom": "刻字手链",
    "virtual": "视频会员年卡", "other": "钓鱼竿",
}  # fmt: skip


def order(order_no: str, tail: str, spec: Spec, now: datetime) -> OrderRecord:
    """Return the order that the words describe; raises ValidationError when they make none."""
    state = str(spec.get("is", "paid"))
    lines = [_line(n, entry) for n, entry in enumerate(spec.get("lines", [spec]), 1)]
    goods = sum(x["unit_price_fen"] * x["quantity"] for x in lines)
    cuts = [_discount(entry) for entry in spec.get("discounts", ())]
    applied = sum(c["cut_fen"] for c in cuts if c["applied"])
    _share_out(lines, applied)
    freight = _fen(spec.get("freight", 0))
    due = goods - applied + (0 if spec.get("free") else freight)
    paid_at = now - timedelta(**_ago(spec, "paid", _paid_days(state, spec)))
    who = {"name": "沈若溪", "phone": f"1390000{tail}"}
    record: dict[str, Any] = {
        "order_no": order_no,
        "customer": who,
        "placed_at": paid_at - timedelta(minutes=3),
        "paid_at": None if state == "unpaid" else paid_at,
        "status": state,
        "lines": lines,
        "goods_fen": goods,
        "discounts": cuts,
        "freight_fen": freight,
        "free_shipping": bool(spec.get("free", freight == 0)),
        "payments": _payments(order_no, state, spec, due, paid_at),
        "shipments": _parcels(order_no, state, spec, paid_at, now),
        "returns": [_return(order_no, entry, now) for entry in spec.get("returns", ())],
        "address": {**who, "province": "浙江省", "city": "宁波市", "district": "鄞州区",
                    "detail": "中山东路88号3幢502室"},
    }  # fmt: skip
    for name in ("promised_ship_by", "promised_deliver_by"):
        if name in spec:
            record[name] = now + timedelta(hours=spec[name])
    if "invoice" in spec:
        record["invoice"] = {
            "kind": "电子普通发票",
            "title": spec.get("titled", "沈若溪"),
            "state": spec["invoice"],
        }
    return OrderRecord.model_validate(record)


def _fen(yuan: float) -> int:
    return round(yuan * 100)


def _ago(spec: Spec, name: str, days: float) -> dict[str, float]:
    hours = spec.get(f"{name}_hours")
    return {"days": days} if hours is None else {"hours": hours}


def _paid_days(state: str, spec: Spec) -> float:
    """Return how long ago it was paid: long enough for what has happened since."""
    received = float(spec.get("days", spec.get("hours", 24) / 24))
    gone = {"delivered": received + 4, "completed": received + 4, "shipped": 4.0}
    return float(spec.get("paid", gone.get(state, 1.0) + spec.get("way", 0)))


def _line(number: int, entry: Spec) -> dict[str, Any]:
    category = str(entry.get("category", "home"))
    price, quantity = _fen(entry.get("price", 100)), int(entry.get("quantity", 1))
    given = {"current_price_fen": "now", "declared_value_fen": "worth"}
    return {
        "sku": f"S{number}",
        "title": str(entry.get("title", TITLES[category])),
        "category": category,
        "quantity": quantity,
        "unit_price_fen": price,
        "paid_fen": price * quantity,
        **{name: _fen(entry[word]) for name, word in given.items() if word in entry},
        **{name: entry[name] for name in ("price_protect_days", "no_reason_excluded")
           if name in entry},
    }  # fmt: skip


def _share_out(lines: list[dict[str, Any]], cut_fen: int) -> None:
    """Take a discount off the lines in proportion; the last one bears what rounding leaves."""
    goods, left = sum(x["paid_fen"] for x in lines), cut_fen
    for at, line in enumerate(lines):
        part = left if at == len(lines) - 1 else cut_fen * line["paid_fen"] // max(1, goods)
        line["paid_fen"] -= part
        left -= part


def _discount(entry: Spec) -> dict[str, Any]:
    found = {"name": "店铺满减", "cut_fen": _fen(entry["cut"]), "applied": entry["applied"]}
    return {**found, "threshold_fen": _fen(entry["over"])} if "over" in entry else found


def _payments(
    order_no: str, state: str, spec: Spec, due: int, at: datetime
) -> list[dict[str, Any]]:
    given = spec.get("payments")
    if given is None:
        given = [] if state == "unpaid" else [{"amount": due / 100}]
    return [
        {"id": f"{order_no}-P{n}", "method": "wechat", "amount_fen": _fen(entry["amount"]),
         "at": at + timedelta(minutes=n), "status": entry.get("status", "success")}
        for n, entry in enumerate(given, 1)
    ]  # fmt: skip


def _parcels(
    order_no: str, state: str, spec: Spec, paid_at: datetime, now: datetime
) -> list[dict[str, Any]]:
    given = spec.get("parcels")
    if given is None:
        given = [spec] if state in {"shipped", "delivered", "completed"} else []
    return [_parcel(f"{order_no}-K{n}", state, entry, paid_at, now)
            for n, entry in enumerate(given, 1)]  # fmt: skip


def _parcel(
    number: str, state: str, entry: Spec, paid_at: datetime, now: datetime
) -> dict[str, Any]:
    """`silent`: printed so many hours ago, never picked up; `quiet`: hours since it last moved."""
    sent = paid_at + timedelta(hours=8)
    parcel: dict[str, Any] = {"carrier": "中通快递", "tracking_no": number, "shipped_at": sent,
                              "weight_grams": entry.get("grams", 900)}  # fmt: skip
    if "silent" in entry:
        printed = now - timedelta(hours=entry["silent"])
        return {**parcel, "shipped_at": printed,
                "events": [{"at": printed, "text": "商家已打印面单，等待揽收"}]}  # fmt: skip
    moved = now - timedelta(hours=entry.get("quiet", 3))
    events = [{"at": sent, "text": "快递员已揽收"}, {"at": moved, "text": "到达【金华转运中心】"}]
    if entry.get("is", state) == "shipped":
        return {**parcel, "events": events}
    came = now - timedelta(**_ago(entry, "received", float(entry.get("days", 1))))
    if "hours" in entry:
        came = now - timedelta(hours=entry["hours"])
    signed = str(entry.get("signed", "本人"))
    events = [events[0], {"at": came, "text": f"已签收，签收人：{signed}"}]
    return {**parcel, "delivered_at": came, "signed_by": signed, "events": events}


def _return(order_no: str, entry: Spec, now: datetime) -> dict[str, Any]:
    back: dict[str, Any] = {
        "no": f"{order_no}-R1",
        "state": entry["state"],
        "amount_fen": _fen(entry["amount"]),
        "requested_at": now - timedelta(days=entry.get("asked", 9)),
    }
    for name in ("received", "refunded"):
        if name in entry:
            back[f"{name}_at"] = now - timedelta(days=entry[name])
    return back
