"""Why an order cannot be taken into the book, said so that the file's owner can mend it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.order_record import AMBIGUOUS, Line, OrderRecord, Shipment
from models.base import ORDER_NO_AT_MOST, order_key

YEARS = range(2000, 2200)  # outside it an export has lost the date, e.g. 1970-01-01
AMOUNT_FEN_AT_MOST = 10**14
DAYS_AT_MOST = 3_660  # ten years
QUANTITY_AT_MOST = 1_000_000
GRAMS_AT_MOST = 100_000_000  # a hundred tonnes
TELEGRAM_ID_AT_MOST = 2**63 - 1  # what the database's column holds
EMAIL_AT_MOST = 254
MISSING = "is missing"

Location = tuple[str | int, ...]  # e.g. ("lines", 0, "category")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where in the record, and what is wrong and what is allowed."""

    location: Location
    text: str


def dotted(location: Location) -> str:
    """Return a location as people read it: lines[0].category."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "order"


def check_json(raw: str) -> OrderRecord | list[Problem]:
    """Return the order that one JSON text holds, or everything that is wrong with it."""
    try:
        record = OrderRecord.model_validate_json(raw, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A list whose every item is wrong is not also too short.
        return [_problem(d) for d in details if d["type"] != "too_short" or not d["input"]]
    # PostgreSQL keeps no NUL character, neither in text nor in JSON.
    nul = [Problem((), "holds a NUL character (\\u0000)")] if "\\u0000" in raw else []
    return nul + list(_impossible(record)) or record


def _problem(detail: ErrorDetails) -> Problem:
    location = detail["loc"]
    if detail["type"] == "json_invalid":
        return Problem(("json",), detail["msg"].removeprefix("Invalid JSON: "))
    if detail["type"] == "missing":
        return Problem(location, f"{MISSING}; the field is required")
    if detail["type"] == AMBIGUOUS:
        return Problem((*location, detail["ctx"]["at"], "sku"), detail["msg"])
    if detail["type"] == "extra_forbidden":
        return Problem(location, "is no field of an order record" + _near(str(location[-1])))
    if detail["type"] == "timezone_aware":
        return Problem(
            location, f"{_shown(detail)} has no zone; write e.g. 2026-11-01T10:00+08:00"
        )
    return Problem(location, f"{_shown(detail)}: {detail['msg'][0].lower()}{detail['msg'][1:]}")


def _near(name: str) -> str:
    known = [*OrderRecord.model_fields, *Line.model_fields]
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else "; see `jiefen orders schema`"


def _shown(detail: ErrorDetails) -> str:
    text = repr(detail["input"])
    return text if len(text) <= 40 else text[:37] + "…"


def _impossible(record: OrderRecord) -> Iterator[Problem]:
    """Yield what is well-formed, and yet cannot be so or cannot be stored."""
    if record.order_no != record.order_no.strip() or not order_key(record.order_no):
        yield Problem(("order_no",), f"{record.order_no!r} begins or ends with a blank")
    if any(unicodedata.category(c).startswith("C") for c in record.order_no):
        yield Problem(("order_no",), f"{record.order_no!r} holds an invisible character")
    if len(order_key(record.order_no)) > ORDER_NO_AT_MOST:  # ㌀ stands for four characters
        text = f"{record.order_no!r} is too long: at most {ORDER_NO_AT_MOST} plain characters"
        yield Problem(("order_no",), text)
    if abs(record.customer.telegram_id or 0) > TELEGRAM_ID_AT_MOST:
        yield Problem(("customer", "telegram_id"), "is no Telegram id: more than 64 bits")
    if len(record.customer.email or "") > EMAIL_AT_MOST:
        yield Problem(("customer", "email"), f"is longer than {EMAIL_AT_MOST} characters")
    yield from _repeated_ids(record)
    yield from _wrong_amounts(record)
    yield from _wrong_numbers(record)
    yield from _wrong_years(record)
    yield from _wrong_sequences(record)


def _repeated_ids(record: OrderRecord) -> Iterator[Problem]:
    for name, ids in (
        ("payments", [p.id for p in record.payments]),
        ("returns", [r.no for r in record.returns]),
    ):
        for index, found in enumerate(ids):
            if found in ids[:index]:
                key = "id" if name == "payments" else "no"
                yield Problem((name, index, key), f"{found!r} is there twice; each is its own")
    # Order systems repeat a parcel for each of its articles; only another story is a mistake.
    told: dict[str, Shipment] = {}
    for index, parcel in enumerate(record.shipments):
        number = parcel.tracking_no.strip()
        if number and told.setdefault(number, parcel) != parcel:
            text = f"{number!r} is there twice, and not alike; each parcel is told once"
            yield Problem(("shipments", index, "tracking_no"), text)


def _wrong_amounts(record: OrderRecord) -> Iterator[Problem]:
    amounts: list[tuple[Location, int]] = [
        (("goods_fen",), record.goods_fen),
        (("freight_fen",), record.freight_fen),
        *((("lines", i, "paid_fen"), line.paid_fen) for i, line in enumerate(record.lines)),
        *(
            (("lines", i, name), getattr(line, name) or 0)
            for i, line in enumerate(record.lines)
            for name in ("unit_price_fen", "current_price_fen", "declared_value_fen")
        ),
        *(
            (("discounts", i, name), getattr(discount, name) or 0)
            for i, discount in enumerate(record.discounts)
            for name in ("cut_fen", "threshold_fen")
        ),
        *((("payments", i, "amount_fen"), p.amount_fen) for i, p in enumerate(record.payments)),
        *((("returns", i, "amount_fen"), r.amount_fen) for i, r in enumerate(record.returns)),
    ]
    for location, amount_fen in amounts:
        if amount_fen > AMOUNT_FEN_AT_MOST:
            yield Problem(location, f"{amount_fen} is beyond {AMOUNT_FEN_AT_MOST} fen")


def _wrong_numbers(record: OrderRecord) -> Iterator[Problem]:
    numbers: list[tuple[Location, int | None, int, str]] = []
    for i, line in enumerate(record.lines):
        days = line.price_protect_days
        numbers.append((("lines", i, "quantity"), line.quantity, QUANTITY_AT_MOST, "pieces"))
        numbers.append((("lines", i, "price_protect_days"), days, DAYS_AT_MOST, "days"))
    for i, parcel in enumerate(record.shipments):
        at: Location = ("shipments", i, "weight_grams")
        numbers.append((at, parcel.weight_grams, GRAMS_AT_MOST, "grams"))
    for location, number, most, unit in numbers:
        if number is not None and number > most:
            yield Problem(location, f"{number} is beyond {most} {unit}")


def _wrong_years(record: OrderRecord) -> Iterator[Problem]:
    for location, moment in _moments(record):
        if moment is not None and moment.year not in YEARS:
            text = f"{moment.isoformat()} lies outside the years {YEARS.start}–{YEARS.stop - 1}"
            yield Problem(location, text)


def _moments(record: OrderRecord) -> Iterator[tuple[Location, datetime | None]]:
    yield ("placed_at",), record.placed_at
    yield ("paid_at",), record.paid_at
    yield ("promised_ship_by",), record.promised_ship_by
    yield ("promised_deliver_by",), record.promised_deliver_by
    for i, payment in enumerate(record.payments):
        yield ("payments", i, "at"), payment.at
    for i, parcel in enumerate(record.shipments):
        yield ("shipments", i, "shipped_at"), parcel.shipped_at
        yield ("shipments", i, "delivered_at"), parcel.delivered_at
        for j, event in enumerate(parcel.events):
            yield ("shipments", i, "events", j, "at"), event.at
    for i, back in enumerate(record.returns):
        yield ("returns", i, "requested_at"), back.requested_at
        yield ("returns", i, "received_at"), back.received_at
        yield ("returns", i, "refunded_at"), back.refunded_at


def _wrong_sequences(record: OrderRecord) -> Iterator[Problem]:
    pairs: list[tuple[Location, datetime | None, str, datetime | None]] = [
        (("paid_at",), record.paid_at, "placed_at", record.placed_at)
    ]
    for i, parcel in enumerate(record.shipments):
        at = ("shipments", i, "delivered_at")
        pairs.append((at, parcel.delivered_at, "shipped_at", parcel.shipped_at))
    for i, back in enumerate(record.returns):
        requested = ("requested_at", back.requested_at)
        pairs.append((("returns", i, "received_at"), back.received_at, *requested))
        pairs.append((("returns", i, "refunded_at"), back.refunded_at, *requested))
    for location, later, name, earlier in pairs:
        if later is not None and earlier is not None and later < earlier:
            yield Problem(location, f"{later.isoformat()} is before {name} {earlier.isoformat()}")
