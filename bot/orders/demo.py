"""The demo shop's orders and their stories, from `data/demo/orders.yaml`.

Every time in that file is relative to `now`, so a story that says "three days late" is so
whenever the demo is started.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.clock import in_shop_zone
from bot.errors import DataError
from bot.order_record import OrderRecord
from bot.orders.findings import dotted
from bot.orders.problems import check_json
from bot.settings import DATA_DIR
from nlp.labels import TYPE_OF

DEMO_FILE = DATA_DIR / "demo" / "orders.yaml"
FILE_PREFIX = "JF20261101"  # of the order numbers in the file; a seeded set has its own
METHOD = "微信支付"  # of a payment that the file does not spell out

_OFFSET = re.compile(r"([+-])(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_TIME_FIELD = re.compile(r".*_(?:at|by)|at")


@dataclass(frozen=True, slots=True)
class Story:
    """A card of the demo: an order, what is up with it, and how its customer begins."""

    order_no: str
    title: str
    about: str
    opening: str
    phone_tail: str  # shows that the order is the customer's own
    dispute_type: str  # one of the five, or "none"
    issue: str  # what the opening is about


def set_prefix(now: datetime, number: int) -> str:
    """Return how the order numbers of the day's n-th set begin: JF26112401…"""
    return f"JF{in_shop_zone(now):%y%m%d}{number:02d}"


def demo_orders(
    now: datetime, prefix: str = FILE_PREFIX, file: Path = DEMO_FILE
) -> list[OrderRecord]:
    """Return every demo order as it stands at `now`, numbered from `prefix` on.

    Raises DataError naming order and field.
    """
    shop = _shop(file, prefix)
    moment = in_shop_zone(now).replace(microsecond=0)
    return [_order(entry, shop["customers"], moment, file) for entry in shop["orders"]]


def demo_stories(prefix: str = FILE_PREFIX, file: Path = DEMO_FILE) -> list[Story]:
    """Return the cards in the file's order; an order without a story has none."""
    shop = _shop(file, prefix)
    return [
        Story(
            order_no=entry["order_no"],
            phone_tail=shop["customers"][entry["customer"]]["phone"][-4:],
            dispute_type=TYPE_OF[entry["story"]["issue"]],
            **entry["story"],
        )
        for entry in shop["orders"]
        if "story" in entry
    ]


@cache
def _shop(file: Path, prefix: str) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8").replace(FILE_PREFIX, prefix)
        shop: dict[str, Any] = yaml.safe_load(text)
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{file}: {error}") from error
    return shop


def _order(
    entry: dict[str, Any], customers: dict[str, Any], now: datetime, file: Path
) -> OrderRecord:
    found = check_json(json.dumps(_record(entry, customers, now), ensure_ascii=False), now)
    if isinstance(found, OrderRecord):
        return found
    first = found[0]
    raise DataError(f"{file}: {entry['order_no']}: {dotted(first.location)}: {first.text}")


def _record(entry: dict[str, Any], customers: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the record of an entry, with what follows from the rest filled in."""
    person = customers[entry["customer"]]
    record: dict[str, Any] = _moments({k: v for k, v in entry.items() if k != "story"}, now)
    who = {"name": person["name"], "phone": person["phone"]}
    for line in record["lines"]:
        line.setdefault("paid_fen", line["unit_price_fen"] * line["quantity"])
    goods_fen = sum(line["unit_price_fen"] * line["quantity"] for line in record["lines"])
    record |= {"customer": who, "address": {**who, **person["address"]}}
    assumed = {"goods_fen": goods_fen, "freight_fen": 0, "payments": _paid_once(record)}
    return assumed | record


def _paid_once(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the one payment of exactly what is due that an order has if nothing else is said."""
    if "paid_at" not in record:
        return []
    due_fen = sum(line["paid_fen"] for line in record["lines"]) + record.get("freight_fen", 0)
    number = f"WX{record['order_no'].removeprefix('JF')}"
    return [
        {"id": number, "method": METHOD, "amount_fen": due_fen, "at": record["paid_at"],
         "status": "success"}
    ]  # fmt: skip


def _moments(value: Any, now: datetime, name: str = "") -> Any:
    """Return a copy of YAML values in which every time field is a moment, in ISO 8601."""
    if isinstance(value, dict):
        return {key: _moments(item, now, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moments(item, now) for item in value]
    if isinstance(value, str) and _TIME_FIELD.fullmatch(name):
        return _moment(value, now)
    return value


def _moment(text: str, now: datetime) -> str:
    """Return `now` moved by an offset; what is no offset is left for the record to refuse."""
    offset = _OFFSET.fullmatch(text)
    if offset is None:
        return text
    days, hours, minutes = (int(part or 0) for part in offset.groups()[1:])
    distance = timedelta(days=days, hours=hours, minutes=minutes)
    return (now - distance if offset.group(1) == "-" else now + distance).isoformat()
