"""Personal data of an order, hidden from staff who do not serve its customer."""

from __future__ import annotations

from typing import Any

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


def _person(part: dict[str, Any]) -> dict[str, str]:
    return {"name": part["name"][:1] + "**", "phone": _phone(part["phone"])}


def _phone(phone: str) -> str:
    """Keep what a customer may be asked for, the last four digits, and the carrier's prefix."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-4:]}"


def _parcel(parcel: dict[str, Any]) -> dict[str, Any]:
    return {**parcel, "signed_by": HIDDEN} if parcel.get("signed_by") else parcel
