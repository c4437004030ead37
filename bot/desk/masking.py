"""Personal data of an order, hidden from staff who do not serve its customer; pure."""

from __future__ import annotations

from typing import Any

from bot.logs import mask

HIDDEN = "***"


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
        "shipments": [_parcel(parcel) for parcel in record.get("shipments", ())],
    }


def hidden_in(data: Any, record: dict[str, Any] | None) -> Any:
    """Return JSON values without the personal data of the order, wherever people wrote it down.

    What a correction was to is hidden whole: it is an address or a number as a rule.
    """
    secrets = _secrets(record) if record else {}
    return _hidden(data, secrets)


def _hidden(data: Any, secrets: dict[str, str]) -> Any:
    match data:
        case str():
            for secret, shown in secrets.items():
                data = data.replace(secret, shown)
            return mask(data)
        case list() | tuple():
            return [_hidden(one, secrets) for one in data]
        case dict():
            return {
                key: HIDDEN if key == "correction" and value else _hidden(value, secrets)
                for key, value in data.items()
            }
        case _:
            return data


def _secrets(record: dict[str, Any]) -> dict[str, str]:
    """Return what is personal in the order, the longest first, and what is shown for it."""
    customer, address = record["customer"], record["address"]
    found = {address["detail"]: HIDDEN}
    for part in (customer, address):
        found |= {part["name"]: part["name"][:1] + "**", part["phone"]: _phone(part["phone"])}
    found |= {customer[key]: HIDDEN for key in ("email",) if customer.get(key)}
    if "invoice" in record:
        found[record["invoice"]["title"]] = HIDDEN
    known = {secret: shown for secret, shown in found.items() if len(secret.strip()) > 1}
    return dict(sorted(known.items(), key=lambda pair: -len(pair[0])))


def _person(part: dict[str, Any]) -> dict[str, str]:
    return {"name": part["name"][:1] + "**", "phone": _phone(part["phone"])}


def _phone(phone: str) -> str:
    """Keep what a customer may be asked for, the last four digits, and the carrier's prefix."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-4:]}"


def _parcel(parcel: dict[str, Any]) -> dict[str, Any]:
    return {**parcel, "signed_by": HIDDEN} if parcel.get("signed_by") else parcel
