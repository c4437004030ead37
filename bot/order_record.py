"""The order record of the contract: what every order system is translated into.

It stands beside `messages`, below both `orders` and `remedies`, because both speak of it and
neither may import the other. Money is integer fen; times are ISO 8601 with a zone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

# In a remedy's detail: the whole price goes back, and the order with it.
ENDS_ORDER = "ends_order"
UNSHIPPED = "unshipped"  # so it was granted: once the goods have left, it is not due like that
MULTIPLE = "multiple"  # damages beyond the price, 消费者权益保护法 55 and 食品安全法 148

# Of a record that we stored ourselves: what was once let in stays readable.
_STORED: Final = "stored"
AMBIGUOUS: Final = "ambiguous_sku"  # pydantic's name for that mistake

# Of this country: written with + or 00, or before a mobile's number.
_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$))")

Fen = Annotated[int, Field(ge=0, description="money in integer fen (1/100 yuan)")]

Category = Literal[
    "phone", "pc", "appliance", "small", "clothing", "home", "food", "fresh", "cosmetics",
    "custom", "virtual", "other",
]  # fmt: skip


class OrderStatus(StrEnum):
    """Where an order stands."""

    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


# Signed for: the customer has the goods, unless a parcel went astray.
ARRIVED: Final = frozenset({OrderStatus.DELIVERED, OrderStatus.COMPLETED})
# Something of it has left, wherever it is now.
SENT: Final = ARRIVED | {OrderStatus.SHIPPED}
# Paid for, and not all of it there.
TO_COME: Final = frozenset({OrderStatus.PAID, OrderStatus.SHIPPED})
# Nothing of it has left.
UNSENT: Final = frozenset({OrderStatus.UNPAID, OrderStatus.PAID})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def from_stored(cls, data: Any) -> Self:
        """Return what we stored ourselves; unknown keys of a newer release are left out.

        What comes from outside is validated, and an unknown key in it is a mistake.
        """
        return cls.model_validate(data, extra="ignore", context={_STORED: True})


def phone_key(phone: str) -> str:
    """Return the digits of a phone, the same however it is written, without the country's."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", phone) if c.isdigit() or c == "+")
    return _PREFIX.sub("", plain).lstrip("+")


class Customer(_Part):
    """Who ordered."""

    name: str
    phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 -]{5,18}$")]
    telegram_id: int | None = None
    email: str | None = None


class Line(_Part):
    """One article of the order; `paid_fen` is for the whole line, after discounts."""

    sku: str
    title: str
    category: Category
    quantity: Annotated[int, Field(ge=1)]
    unit_price_fen: Fen
    paid_fen: Fen
    current_price_fen: Fen | None = None
    supplier: str | None = None
    warehouse: str | None = None
    price_protect_days: Annotated[int, Field(ge=0)] | None = None
    declared_value_fen: Fen | None = None
    no_reason_excluded: bool | None = None


class Discount(_Part):
    """A promotion or coupon; `applied` says whether the order got it."""

    name: str
    threshold_fen: Fen | None = None
    cut_fen: Fen
    applied: bool


class Payment(_Part):
    """One payment."""

    id: str
    method: str
    amount_fen: Fen
    at: AwareDatetime
    status: Literal["success", "failed", "refunded"]


class TrackingEvent(_Part):
    """One line of a parcel's history."""

    at: AwareDatetime
    text: str


class Shipment(_Part):
    """One parcel."""

    carrier: str
    tracking_no: str
    shipped_at: AwareDatetime | None = None
    delivered_at: AwareDatetime | None = None
    signed_by: str | None = None
    weight_grams: Annotated[int, Field(ge=0)] | None = None
    events: tuple[TrackingEvent, ...] = ()


class Return(_Part):
    """One return that the order system knows of."""

    no: str
    state: Literal["requested", "approved", "shipped", "received", "refunded", "refused"]
    amount_fen: Fen
    requested_at: AwareDatetime
    received_at: AwareDatetime | None = None
    refunded_at: AwareDatetime | None = None


class Address(_Part):
    """Where the parcel goes."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    detail: str


class Invoice(_Part):
    """The order's invoice."""

    kind: str
    title: str
    state: Literal["none", "requested", "issued", "wrong"]


class OrderRecord(_Part):
    """One order, as the contract states it."""

    order_no: Annotated[str, Field(min_length=1, max_length=64)]
    customer: Customer
    placed_at: AwareDatetime
    paid_at: AwareDatetime | None = None
    promised_ship_by: AwareDatetime | None = None
    promised_deliver_by: AwareDatetime | None = None
    status: OrderStatus
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    goods_fen: Fen
    discounts: tuple[Discount, ...] = ()
    freight_fen: Fen
    free_shipping: bool
    payments: tuple[Payment, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    returns: tuple[Return, ...] = ()
    address: Address
    invoice: Invoice | None = None
    platform: str | None = None

    @field_validator("lines")
    @classmethod
    def _tell_lines_apart(cls, lines: tuple[Line, ...], info: ValidationInfo) -> tuple[Line, ...]:
        """Refuse one sku for two articles: a remedy says by it which of them it is for.

        The same article may well be there twice, at another price or as a gift, and a shop calls
        the gift what it likes. What was paid by a coupon cost nothing either, and is no gift.
        """
        titles: dict[str, str] = {}
        paid = {line.sku for line in lines if line.paid_fen}
        for at, line in enumerate(lines):
            if line.paid_fen == 0 and (line.sku in paid or line.declared_value_fen is not None):
                continue
            first = titles.setdefault(line.sku, line.title)
            if " ".join(first.split()) != " ".join(line.title.split()) and not info.context:
                raise PydanticCustomError(
                    AMBIGUOUS,
                    "{sku} is {title} here and {first} above; "
                    "each article has a sku of its own",
                    {"at": at, "sku": repr(line.sku), "title": repr(line.title),
                     "first": repr(first)},
                )  # fmt: skip
        return lines

    @property
    def listed_fen(self) -> int:
        """What the lines cost together before discounts."""
        return sum(line.unit_price_fen * line.quantity for line in self.lines)

    @property
    def goods_add_up(self) -> bool:
        """Whether the goods' total fits the prices, or what was paid for the lines."""
        cut = sum(discount.cut_fen for discount in self.discounts if discount.applied)
        paid = sum(line.paid_fen for line in self.lines)
        return self.goods_fen == self.listed_fen or self.goods_fen - cut == paid

    @property
    def received_fen(self) -> int:
        """What the shop holds of the customer's money: successful payments, all of them."""
        return sum(p.amount_fen for p in self.payments if p.status == "success")

    @property
    def paid_fen(self) -> int:
        """What the customer ever paid; a payment that was paid back was paid all the same."""
        return sum(p.amount_fen for p in self.payments if p.status != "failed")

    @property
    def shipped_at(self) -> datetime | None:
        """When the first parcel left; None while nothing has."""
        return min((s.shipped_at for s in self.shipments if s.shipped_at), default=None)

    @property
    def delivered_at(self) -> datetime | None:
        """When the last parcel was signed for; None while any is under way."""
        moments = [s.delivered_at for s in self.shipments]
        known = [m for m in moments if m is not None]
        return max(known) if known and len(known) == len(moments) else None

    @property
    def customer_key(self) -> str:
        """The same for every order of one customer, without saying who it is."""
        return hashlib.sha256(phone_key(self.customer.phone).encode()).hexdigest()[:32]

    @property
    def payee(self) -> str:
        """Who gets what is paid back: the customer, masked but unmistakable, and the payment."""
        paid = [p for p in self.payments if p.status != "failed"]
        payment = min(paid, key=lambda p: p.at, default=None)
        tail = phone_key(self.customer.phone)[-4:]
        who = f"****{tail}#{self.customer_key[:8]}"
        return f"{who} {payment.method[:24]} {payment.id[:40]}" if payment else who

    def snapshot(self) -> dict[str, Any]:
        """Return the record as JSON values, as events keep it."""
        return self.model_dump(mode="json", exclude_none=True)


class OrderCommand(_Part):
    """A remedy as the order system is told to carry it out; the same key twice is one deed."""

    idempotency_key: str
    kind: str
    order_no: str
    amount_fen: Fen = 0
    return_freight: Literal["shop", "customer", "none"] = "none"
    payee: str | None = None  # `OrderRecord.payee` when it was granted; nobody else may get it
    detail: dict[str, Any] = Field(default_factory=dict)

    @property
    def taken_fen(self) -> int:
        """What it takes out of what was paid; a statutory multiple comes on top of that."""
        return 0 if self.detail.get(MULTIPLE) else self.amount_fen


class CommandResult(_Part):
    """What the order system answered: its own reference (return or reshipment number)."""

    reference: str
    note: str = ""
