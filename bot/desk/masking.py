"""Personal data of an order, hidden from staff who do not serve its customer; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.logs import mask
from bot.order_correction import address_told

HIDDEN = "***"
SHORT_NUMBER = 5  # digits
_NOBODYS_TITLE = "个人"  # an invoice for a person who is not named
_TELLING = ("name", "phone", "detail")  # fields of an address that find somebody

# Who signed for a parcel, as far as it names nobody: it decides whether it arrived.
_NOBODYS_NAME = re.compile(
    r"(?:非?本人|他人|代[收签]人?|签收|菜鸟|驿站|[丰蜂]巢|智能柜|快递柜|自提[柜点]|门卫|保安|前台|物业"
    r"|收发室|传达室|邻居|家[人属]|同事|超市|便利店|家?门口|放[在至到]?|已|由|[柜点室处]|[\W_])+"
)
# In a line of a parcel's history: who signed.
_SIGNER = re.compile(
    r"签收人\s*[：:]\s*([^\s，,。；;、）)】\]]{1,16})"
    r"|(?<=由)([^\s，,。；;、由]{1,16}?)(?=(?:代为?)?签收)"
)
# As people write a number: 138 1234 5678, +86 138-1234-5678.
_SPACED_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")


def masked(record: dict[str, Any]) -> dict[str, Any]:
    """Return the order record without what could reach or find its customer."""
    customer, address = record["customer"], record["address"]
    hidden_customer = {key: HIDDEN for key in ("email", "telegram_id") if key in customer}
    invoice = {"invoice": {**record["invoice"], "title": HIDDEN}} if "invoice" in record else {}
    return {
        **record,
        **invoice,
        "customer": {**customer, **_person(customer), **hidden_customer},
        "address": {**address, **_person(address), "detail": HIDDEN},
        "shipments": [_parcel(parcel, record) for parcel in record.get("shipments", ())],
    }


def hidden_in(
    data: Any, records: Iterable[Mapping[str, Any]], corrections: Iterable[Any] = ()
) -> Any:
    """Return JSON values without the personal data of the orders, wherever people wrote it down.

    What a correction was to is hidden whole: it is an address or a number as a rule; where it is
    told in `corrections`, it is hidden in other words too. The orders' numbers stay readable, and
    their parcels': some look like a phone's.
    """
    known = list(records)
    found = [pair for record in known for pair in _secrets(record)]
    found += [pair for one in corrections for pair in _corrected(one)]
    secrets = {secret: shown for secret, shown in found if _is_telling(secret.strip())}
    longest_first = sorted(secrets.items(), key=lambda pair: -len(pair[0]))
    numbers = [re.escape(str(record["order_no"])) for record in known]
    numbers += [rf"(?<!\d){re.escape(no)}(?!\d)" for no in _tracking_nos(known) - secrets.keys()]
    return _hidden(data, longest_first, numbers)


def shown_name(name: str) -> str:
    """Return as much of a name as anybody of the staff may read."""
    return name[:1] + "**" if name else name


def _hidden(data: Any, secrets: Sequence[tuple[str, str]], numbers: Sequence[str]) -> Any:
    match data:
        case str():
            return _hidden_words(data, secrets, numbers)
        case list() | tuple():
            return [_hidden(one, secrets, numbers) for one in data]
        case dict():
            return {
                key: HIDDEN if key == "correction" and value else _hidden(value, secrets, numbers)
                for key, value in data.items()
            }
        case _:
            return data


def _hidden_words(text: str, secrets: Sequence[tuple[str, str]], numbers: Sequence[str]) -> str:
    """Hide in all of the text but the patterns of numbers that may look like a phone's."""
    parts = re.split(f"({'|'.join(numbers)})", text) if numbers else [text]
    for place in range(0, len(parts), 2):
        for secret, shown in secrets:
            parts[place] = parts[place].replace(secret, shown)
        parts[place] = _SPACED_PHONE.sub(r"\1****\2", mask(parts[place]))
    return "".join(parts)


def _tracking_nos(records: Iterable[Mapping[str, Any]]) -> set[str]:
    parcels = (parcel for record in records for parcel in record.get("shipments", ()))
    return {parcel["tracking_no"] for parcel in parcels if parcel.get("tracking_no")}


def _is_telling(secret: str) -> bool:
    """Tell whether it is long enough to be looked for: 101, a room, stands in sums and times."""
    return len(secret) > 1 and not (secret.isdigit() and len(secret) < SHORT_NUMBER)


def _secrets(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is personal in the order, and what is shown for it."""
    customer, address = record["customer"], record["address"]
    yield address["detail"], HIDDEN
    for part in (customer, address):
        yield from (
            (part["name"], shown_name(part["name"])),
            (part["phone"], _phone(part["phone"])),
        )
    if customer.get("email"):
        yield customer["email"], HIDDEN
    if "invoice" in record and record["invoice"]["title"] != _NOBODYS_TITLE:
        yield record["invoice"]["title"], HIDDEN
    for signer in _signers(record):
        yield signer, _signer(signer)


def _corrected(wanted: Any) -> Iterator[tuple[str, str]]:
    """Yield what is personal in what a customer wants an address changed to."""
    told = address_told(wanted) if isinstance(wanted, str) else wanted or {}
    yield from ((str(told[field]), HIDDEN) for field in _TELLING if told.get(field))


def _signers(record: Mapping[str, Any]) -> Iterator[str]:
    for parcel in record.get("shipments", ()):
        if parcel.get("signed_by"):
            yield parcel["signed_by"]
        for event in parcel.get("events", ()):
            yield from (found[1] or found[2] for found in _SIGNER.finditer(event["text"]))


def _signer(signed_by: str) -> str:
    """Return who signed, with *** for all that may be a name."""
    plain = [found[0] for found in _NOBODYS_NAME.finditer(signed_by)]
    named = _NOBODYS_NAME.split(signed_by)
    if not any(named):
        return signed_by
    hidden = [HIDDEN if name else "" for name in named]
    return "".join(a + b for a, b in zip(hidden, [*plain, ""], strict=True))


def _person(part: dict[str, Any]) -> dict[str, str]:
    return {"name": part["name"][:1] + "**", "phone": _phone(part["phone"])}


def _phone(phone: str) -> str:
    """Keep what a customer may be asked for, the last four digits, and the carrier's prefix."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-4:]}"


def _parcel(parcel: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Return a parcel in which nobody is named, neither as who signed nor in its history."""
    signed = {"signed_by": _signer(parcel["signed_by"])} if parcel.get("signed_by") else {}
    told = {"events": hidden_in(parcel["events"], [record])} if parcel.get("events") else {}
    return {**parcel, **signed, **told}
