"""Why an order cannot be taken into the book, said so that the file's owner can mend it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.clock import in_shop_zone
from bot.money import yuan
from bot.order_record import (
    AMBIGUOUS,
    SENT,
    Line,
    OrderRecord,
    OrderStatus,
    Shipment,
    phone_key,
)
from bot.orders.findings import Location, Namer, Problem, dotted
from models.base import ORDER_NO_AT_MOST, order_key

YEARS = range(2000, 2200)  # outside it an export has lost the date, e.g. 1970-01-01
AMOUNT_FEN_AT_MOST = 10**14
DAYS_AT_MOST = 3_660  # ten years
QUANTITY_AT_MOST = 1_000_000
GRAMS_AT_MOST = 100_000_000  # a hundred tonnes
TELEGRAM_ID_AT_MOST = 2**63 - 1  # what the database's column holds
EMAIL_AT_MOST = 254
CLOCK_SKEW = timedelta(days=1)  # also that of a file that gives its moments in another zone
MISSING = "is missing"
# What pydantic finds, in plain words; what is none of these keeps pydantic's own.
_PLAIN = {
    "int_type": "is not a whole number without quotes",
    "int_from_float": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is beyond all measure",
    "bool_type": "is neither true nor false",
    "string_type": "is not a text in quotes",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "is no phone number: digits, blanks and hyphens, 6 to 19 of them",
    "greater_than_equal": "is less than {ge}",
    "enum": "is not allowed; allowed: {allowed}",
    "literal_error": "is not allowed; allowed: {allowed}",
    "too_short": "is empty; an order has at least one",
    "tuple_type": "is not a list in [ ]",
    "model_type": "is not an object in { }",
    "datetime_type": "is not a time such as 2026-11-01T10:00+08:00",
    "datetime_parsing": "is not a time such as 2026-11-01T10:00+08:00",
    "datetime_from_date_parsing": "is not a time such as 2026-11-01T10:00+08:00",
    "timezone_aware": "has no zone; write e.g. 2026-11-01T10:00+08:00",
}


def check_json(raw: str, now: datetime, name: Namer = dotted) -> OrderRecord | list[Problem]:
    """Return the order that one JSON text holds, or everything that is wrong with it.

    `name` tells what the file calls a place that a text speaks of.
    """
    try:
        record = OrderRecord.model_validate_json(raw, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A list whose every item is wrong is not also too short.
        return [_problem(d) for d in details if d["type"] != "too_short" or not d["input"]]
    # PostgreSQL keeps no NUL character, neither in text nor in JSON.
    nul = [Problem((), "holds a NUL character (\\u0000)")] if "\\u0000" in raw else []
    return nul + list(_impossible(record, now, name)) or record


def _problem(detail: ErrorDetails) -> Problem:
    location = detail["loc"]
    if detail["type"] == "json_invalid":
        return Problem(("json",), detail["msg"].removeprefix("Invalid JSON: "))
    if detail["type"] == "missing":
        return Problem(location, f"{MISSING}; it may not be left out")
    if detail["type"] == AMBIGUOUS:
        return Problem((*location, detail["ctx"]["at"], "sku"), detail["msg"])
    if detail["type"] == "extra_forbidden":
        return Problem(location, "is no field of an order record" + _near(str(location[-1])))
    return Problem(location, f"{_shown(detail)} {_plainly(detail)}")


def _plainly(detail: ErrorDetails) -> str:
    words = _PLAIN.get(detail["type"], detail["msg"])
    for key, value in detail.get("ctx", {}).items():
        words = words.replace(f"{{{key}}}", str(value))
    # 'unpaid', 'paid' or 'shipped' → unpaid, paid, shipped
    expected = detail.get("ctx", {}).get("expected", "")
    allowed = str(expected).replace(" or ", ", ").replace("'", "")
    return words.replace("{allowed}", allowed)


def _near(name: str) -> str:
    known = [*OrderRecord.model_fields, *Line.model_fields]
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else "; see `jiefen orders schema`"


def _shown(detail: ErrorDetails) -> str:
    text = repr(detail["input"])
    return text if len(text) <= 40 else text[:37] + "…"


# Charged twice is a dispute that happens; beyond that a decimal point has slipped.
_PAID_TIMES_AT_MOST = 2
# By its key: a mobile number, a landline with its area code, a service line.
_WHOLE_PHONE = re.compile(r"1\d{10}|0\d{9,11}|[48]00\d{7}")


def doubts(record: OrderRecord, now: datetime, name: Namer) -> Iterator[Problem]:
    """Yield what may be so, and yet is more often a slip: the order is imported all the same."""
    paid_fen, due_fen = record.paid_fen, _due_fen(record)
    if record.status in SENT | {OrderStatus.PAID} and paid_fen < due_fen:
        text = f"{yuan(paid_fen)} of {yuan(due_fen)} is paid, though its status says all is"
        yield Problem(("payments", 0, "amount_fen"), text)
    if 0 < due_fen * _PAID_TIMES_AT_MOST < paid_fen:
        text = f"{yuan(paid_fen)} is paid for an order of {yuan(due_fen)}"
        yield Problem(("payments", 0, "amount_fen"), text)
    if not record.goods_add_up:
        text = f"{yuan(record.goods_fen)}, yet the lines' prices come to {yuan(record.listed_fen)}"
        yield Problem(("goods_fen",), text)
    phone = record.customer.phone
    if not (phone.startswith("+") or _WHOLE_PHONE.fullmatch(phone_key(phone))):
        text = f"{phone!r} is no mobile number of 11 digits and no landline with its area code"
        yield Problem(("customer", "phone"), text)
    # Goods paid for at the door or after a trial (货到付款, 先用后付) leave before that.
    for i, parcel in enumerate(record.shipments):
        left, paid = parcel.shipped_at, record.paid_at
        if left and paid and in_shop_zone(left).date() < in_shop_zone(paid).date():
            text = f"{left.isoformat()} is before {name(('paid_at',))} {paid.isoformat()}"
            yield Problem(("shipments", i, "shipped_at"), text)
    # Some carriers tell in a parcel's history when they mean to bring it.
    yield from _still_to_come(_scanned(record), now, "a forecast?")


def _due_fen(record: OrderRecord) -> int:
    """Return what was due; a discount may be told by itself, or only in what the lines cost."""
    cut_fen = sum(discount.cut_fen for discount in record.discounts if discount.applied)
    lines_fen = sum(line.paid_fen for line in record.lines)
    return min(record.goods_fen - cut_fen, lines_fen) + record.freight_fen


def _impossible(record: OrderRecord, now: datetime, name: Namer) -> Iterator[Problem]:
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
    yield from _still_to_come(_happened(record), now, "it cannot have happened")
    yield from _wrong_sequences(record, name)


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
            yield Problem(location, f"{yuan(amount_fen)} is beyond {yuan(AMOUNT_FEN_AT_MOST)}")


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
    promised: list[tuple[Location, datetime | None]] = [
        (("promised_ship_by",), record.promised_ship_by),
        (("promised_deliver_by",), record.promised_deliver_by),
    ]
    for location, moment in (*_happened(record), *_scanned(record), *promised):
        if moment is not None and moment.year not in YEARS:
            text = f"{moment.isoformat()} lies outside the years {YEARS.start}–{YEARS.stop - 1}"
            yield Problem(location, text)


def _still_to_come(
    moments: Iterator[tuple[Location, datetime | None]], now: datetime, why: str
) -> Iterator[Problem]:
    for location, moment in moments:
        if moment is not None and moment.year in YEARS and moment > now + CLOCK_SKEW:
            yield Problem(location, f"{moment.isoformat()} is still to come; {why}")


def _happened(record: OrderRecord) -> Iterator[tuple[Location, datetime | None]]:
    yield ("placed_at",), record.placed_at
    yield ("paid_at",), record.paid_at
    for i, payment in enumerate(record.payments):
        yield ("payments", i, "at"), payment.at
    for i, parcel in enumerate(record.shipments):
        yield ("shipments", i, "shipped_at"), parcel.shipped_at
        yield ("shipments", i, "delivered_at"), parcel.delivered_at
    for i, back in enumerate(record.returns):
        yield ("returns", i, "requested_at"), back.requested_at
        yield ("returns", i, "received_at"), back.received_at
        yield ("returns", i, "refunded_at"), back.refunded_at


def _scanned(record: OrderRecord) -> Iterator[tuple[Location, datetime | None]]:
    for i, parcel in enumerate(record.shipments):
        for j, event in enumerate(parcel.events):
            yield ("shipments", i, "events", j, "at"), event.at


def _wrong_sequences(record: OrderRecord, name: Namer) -> Iterator[Problem]:
    pairs: list[tuple[Location, datetime | None, Location, datetime | None]] = [
        (("paid_at",), record.paid_at, ("placed_at",), record.placed_at)
    ]
    for i, parcel in enumerate(record.shipments):
        left: Location = ("shipments", i, "shipped_at")
        there: Location = ("shipments", i, "delivered_at")
        pairs.append((there, parcel.delivered_at, left, parcel.shipped_at))
    for i, back in enumerate(record.returns):
        asked: Location = ("returns", i, "requested_at")
        for key, moment in (("received_at", back.received_at), ("refunded_at", back.refunded_at)):
            pairs.append((("returns", i, key), moment, asked, back.requested_at))
    for location, later, of_earlier, earlier in pairs:
        if later is not None and earlier is not None and later < earlier:
            text = f"{later.isoformat()} is before {name(of_earlier)} {earlier.isoformat()}"
            yield Problem(location, text)
