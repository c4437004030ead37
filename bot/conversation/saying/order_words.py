"""An order's facts in Chinese, for status questions and for staff; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from bot.clock import in_shop_zone
from bot.money import yuan
from bot.order_record import TO_COME
from bot.working_days import BANK_WORKING_DAYS, add_working_days

STATUS = {
    "unpaid": "待付款",
    "paid": "已付款，等待发货",
    "shipped": "已发货，运输中",
    "delivered": "已签收",
    "completed": "已完成",
    "cancelled": "已取消",
}
RETURN_STATE = {
    "requested": "退货申请已提交，等待审核",
    "approved": "退货申请已通过，等您寄回",
    "shipped": "退货在寄回途中",
    "received": "退货已签收，等待退款",
    "refunded": "退款已完成",
    "refused": "退货申请未通过",
}


class ReturnTerm(NamedTuple):
    """By when something is done about a return, and how long that takes."""

    due: datetime | None
    late: bool
    hours: str


def moment(value: str | datetime) -> str:
    """Return a time on the shop's wall clock: 11月20日 14:05."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = in_shop_zone(when)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


# By what names the systems of shops know the ways to pay; any other is not told.
_PAID_BY = {
    "微信": ("微信", "wechat", "weixin", "wx"),
    "支付宝": ("支付宝", "alipay"),
    "银行卡": ("银行卡", "信用卡", "unionpay", "card", "bank"),
}


def paid_by(record: Mapping[str, Any]) -> str:
    """Return by what the order was paid; empty where that is in doubt, or in several ways."""
    paid = {
        str(p["method"]).lower() for p in record.get("payments", ()) if p["status"] == "success"
    }
    known = {
        name for method in paid for name, words in _PAID_BY.items()
        if any(word in method for word in words)
    }  # fmt: skip
    return known.pop() if len(known) == len(paid) == 1 else ""


def title(record: Mapping[str, Any]) -> str:
    """Return what was ordered, in short."""
    lines = record["lines"]
    more = f"等{len(lines)}件" if len(lines) > 1 else ""
    return f"{lines[0]['title']}{more}"


def order_status(
    record: Mapping[str, Any],
    ship_by: datetime | None,
    *,
    late: bool,
    overdue: bool = False,
    returns: Sequence[ReturnTerm] = (),
) -> str:
    """Return where the order stands, in a few sentences.

    `late`: `ship_by` has passed; `overdue`: so has the day by which it was to arrive. `returns`:
    by when something is done about each return.
    """
    parts = [f"订单 {record['order_no']}（{title(record)}）目前{STATUS[record['status']]}。"]
    if record["status"] == "unpaid":
        parts.append("付款之后才会安排发货。")
    if record["status"] == "cancelled":
        parts.append(_paid_back(record.get("payments", ())))
    if record["status"] == "paid":
        parts.append(_ship_promise(ship_by, late=late))
    if record["status"] in TO_COME and record.get("promised_deliver_by"):
        parts.append(_deliver_promise(record["promised_deliver_by"], overdue=overdue))
    parts += [_parcel(shipment) for shipment in record.get("shipments", ())]
    parts.append(return_status(record, returns))
    return "".join(part for part in parts if part)


def return_status(record: Mapping[str, Any], terms: Sequence[ReturnTerm]) -> str:
    """Return where the order's returns stand, and by when something is done about each."""
    entries = record.get("returns", ())
    return "".join(
        _return(entry) + (_return_due(entry, term) if term else "")
        for entry, term in zip_longest(entries, terms)
    )


def _paid_back(payments: Sequence[Mapping[str, Any]]) -> str:
    """Return what of the payments went back; nothing where the record has none that did."""
    paid_back = sum(p["amount_fen"] for p in payments if p["status"] == "refunded")
    if not paid_back:
        return ""
    return f"付的款已原路退回{yuan(paid_back)}，1–{BANK_WORKING_DAYS}个工作日到账。"


def _return(entry: Mapping[str, Any]) -> str:
    """Return where a return stands; of a refund also when it was made, and its latest arrival."""
    told = f"{RETURN_STATE[entry['state']]}，金额{yuan(entry['amount_fen'])}"
    if entry["state"] != "refunded" or not entry.get("refunded_at"):
        return f"{told}。"
    refunded = in_shop_zone(datetime.fromisoformat(str(entry["refunded_at"])))
    latest = add_working_days(refunded.date(), BANK_WORKING_DAYS)
    return (
        f"{told}，{refunded.month}月{refunded.day}日已原路退回，"
        f"1–7个工作日到账，最迟{latest.month}月{latest.day}日。"
    )


def _return_due(entry: Mapping[str, Any], term: ReturnTerm) -> str:
    """Return by when a return is looked at, or its money paid back; empty once that is done."""
    if entry["state"] in {"approved", "shipped"}:
        return f"仓库签收、验货后{term.hours}内原路退款。"
    does = {"requested": "审核", "received": "退款"}.get(entry["state"])
    if does is None or term.due is None:
        return ""
    checks = f"仓库要验货、核对配件，签收后{term.hours}内退，" if does == "退款" else ""
    if term.late:
        return f"应在{moment(term.due)}前{does}，已经超时了，抱歉，说“催一下”我就转财务处理。"
    return f"{checks}最迟{moment(term.due)}前{does}。"


def _ship_promise(ship_by: datetime | None, *, late: bool) -> str:
    if ship_by is None:
        return ""
    promise = f"承诺最晚{moment(ship_by)}前发出"
    if not late:
        return f"{promise}。"
    ways_on = "要我催仓库，还是不想等了要退款，直接说一声就办。"
    return f"{promise}，已经超时了还没发，抱歉。{ways_on}"


def _deliver_promise(deliver_by: str, *, overdue: bool) -> str:
    promise = f"承诺最晚{moment(deliver_by)}前送达"
    return f"{promise}，已经超时了还没到，抱歉。" if overdue else f"{promise}。"


def signed_for(record: Mapping[str, Any]) -> str:
    """Return what the carrier reports of the parcels that are signed for: when, and by whom."""
    return "".join(_parcel(p) for p in record.get("shipments", ()) if p.get("delivered_at"))


def _parcel(shipment: Mapping[str, Any]) -> str:
    carrier = f"{shipment['carrier']} {shipment['tracking_no']}"
    if shipment.get("delivered_at"):
        by = f"，签收人：{shipment['signed_by']}" if shipment.get("signed_by") else ""
        return f"{carrier}，{moment(shipment['delivered_at'])}签收{by}。"
    events = shipment.get("events") or ()
    if not events:
        return f"{carrier}，还没有物流记录。"
    last = max(events, key=lambda event: datetime.fromisoformat(event["at"]))
    return f"{carrier}，最新物流（{moment(last['at'])}）：{last['text'].rstrip('。')}。"
