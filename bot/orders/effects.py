"""What each remedy does to a stored order: pure functions of the record and the command.

`refusal` says why a command cannot be carried out; `apply` changes what the record can express
and leaves the rest to the book's entries. `apply` twice is `apply` once, so that an order that is
imported anew can be brought up to date from its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from bot.money import yuan
from bot.order_correction import (
    SPECIAL_INVOICE,
    corrected_address,
    invoice_title,
    read_correction,
)
from bot.order_record import (
    ENDS_ORDER,
    SENT,
    UNSHIPPED,
    Invoice,
    OrderCommand,
    OrderRecord,
    OrderStatus,
    Payment,
    Return,
)


class Kind(NamedTuple):
    """The Chinese word for a remedy kind, and the letters that its references begin with."""

    word: str
    prefix: str


KINDS: Final[Mapping[str, Kind]] = {
    "refund": Kind("退款", "RF"),
    "return_refund": Kind("退货退款", "RT"),
    "partial_refund": Kind("部分退款", "PR"),
    "price_difference": Kind("退差价", "PD"),
    "compensation": Kind("补偿", "CO"),
    "goodwill": Kind("心意补偿", "GW"),
    "freight": Kind("运费补偿", "FR"),
    "coupon": Kind("优惠券", "CP"),
    "exchange": Kind("换货", "EX"),
    "reship": Kind("补发", "RS"),
    "repair": Kind("维修", "RP"),
    "expedite": Kind("加急", "UR"),
    "trace": Kind("查件", "TR"),
    "intercept": Kind("拦截", "IN"),
    "correct_order": Kind("改单", "ED"),
    "cancel": Kind("取消订单", "CA"),
    "invoice": Kind("发票", "IV"),
}
MONEY_KINDS: Final = frozenset(
    {
        "refund", "return_refund", "partial_refund", "price_difference", "compensation",
        "goodwill", "freight", "coupon",
    }
)  # fmt: skip
NEEDS_SHIPPED: Final = frozenset({"return_refund", "exchange", "reship", "repair", "intercept"})
NEEDS_UNSHIPPED: Final = frozenset({"correct_order", "cancel"})
# A cancelled order can still be paid back, and its invoice still be put right.
FOR_CANCELLED: Final = MONEY_KINDS | {"invoice"}
# What was agreed to go back; a mere request may still be refused.
AGREED_RETURN: Final = frozenset({"approved", "shipped", "received"})
OPEN_RETURN: Final = AGREED_RETURN | {"requested"}


@dataclass(frozen=True, slots=True)
class Deed:
    """A command at the moment it is carried out; `left_fen` is what the shop then still holds."""

    command: OrderCommand
    reference: str
    at: datetime
    left_fen: int


def is_shipped(record: OrderRecord) -> bool:
    """Tell whether any parcel of the order has left."""
    return record.status in SENT or record.shipped_at is not None


def refusal(
    record: OrderRecord, command: OrderCommand, held_fen: int, by_book: Set[str] = frozenset()
) -> str | None:
    """Return why the command cannot be carried out (for staff), or None when it can.

    `held_fen` is what the shop still holds of the customer's money; the returns `by_book` are
    taken off it already.
    """
    if command.kind not in KINDS:
        return f"{command.kind} 不是订单系统能执行的操作"
    if command.amount_fen and command.payee not in {None, record.payee}:
        return "收款人与批准时不一致，没有退款"
    return (
        _refused_by_state(record, command, held_fen)
        or _refused_by_money(command, held_fen)
        or _refused_by_returns(record, command, held_fen, by_book)
    )


def _refused_by_state(record: OrderRecord, command: OrderCommand, held_fen: int) -> str | None:
    kind, word = command.kind, KINDS[command.kind].word
    if record.status is OrderStatus.CANCELLED and kind not in FOR_CANCELLED:
        return f"订单已取消，不能{word}"
    if kind in NEEDS_SHIPPED and not is_shipped(record):
        return f"订单还没有发货，不能{word}"
    if kind in NEEDS_UNSHIPPED and is_shipped(record):
        return f"订单已发货，不能{word}"
    if command.detail.get(UNSHIPPED) and is_shipped(record):
        return f"订单在批准前已经发货，不能再按未发货{word}，请与客户重新商定"
    if kind == "intercept" and record.delivered_at is not None:
        return "包裹已签收，不能拦截"
    if kind == "cancel" and held_fen > 0:
        return "订单已付款，请用退款，退款即取消订单"
    if kind == "correct_order":
        return _refused_correction(record, command)
    return None


def _refused_correction(record: OrderRecord, command: OrderCommand) -> str | None:
    correction = read_correction(command.detail)
    if not correction:
        return "没有读到要改成什么"
    if correction.spec and _line_index(record, command) is None:
        return "订单里不止一件商品，没有说明改哪一件"
    return None


def _refused_by_money(command: OrderCommand, held_fen: int) -> str | None:
    word = KINDS[command.kind].word
    if command.kind not in MONEY_KINDS:
        return f"{word}不带金额" if command.amount_fen else None
    if command.taken_fen > held_fen:
        return f"{word} {yuan(command.amount_fen)} 超过可退余额 {yuan(max(held_fen, 0))}"
    if command.amount_fen == 0:
        return f"{word}金额为 0"
    return None


def _refused_by_returns(
    record: OrderRecord, command: OrderCommand, held_fen: int, by_book: Set[str]
) -> str | None:
    """Keep for the returns under way what they will be paid; one that is paid now needs none."""
    left_fen = held_fen - command.taken_fen
    paid_now = _awaited(record, command, left_fen) if command.kind == "refund" else None
    under_way = [
        back
        for back in record.returns
        if back.state in AGREED_RETURN and back.no not in by_book and back is not paid_now
    ]
    kept_fen = sum(back.amount_fen for back in under_way)
    if not command.taken_fen or not under_way or kept_fen <= left_fen:
        return None
    word, numbers = KINDS[command.kind].word, "、".join(back.no for back in under_way)
    return (
        f"{word} {yuan(command.amount_fen)} 超过可退余额 {yuan(max(held_fen - kept_fen, 0))}"
        f"（退货 {numbers} 还在办理，要退 {yuan(kept_fen)}）"
    )


def apply(record: OrderRecord, deed: Deed) -> OrderRecord:
    """Return the record after the deed; unchanged where the record has no place for it."""
    effect = _EFFECTS.get(deed.command.kind)
    return effect(record, deed) if effect else record


def _refund(record: OrderRecord, deed: Deed) -> OrderRecord:
    paid_back = _settled_payments(record, deed)
    payments = tuple(
        p.model_copy(update={"status": "refunded"}) if p.id in paid_back else p
        for p in record.payments
    )
    # What else was granted may leave a rest; the order is over all the same, and must not ship.
    ends = deed.left_fen <= 0 or bool(deed.command.detail.get(ENDS_ORDER))
    cancelled = ends and not is_shipped(record)
    return _settle_return(record, deed).model_copy(
        update={
            "payments": payments,
            "status": OrderStatus.CANCELLED if cancelled else record.status,
        }
    )


def _partial_refund(record: OrderRecord, deed: Deed) -> OrderRecord:
    surplus = _surplus_payment(record, deed.command.amount_fen)
    if surplus is None:
        return record
    payments = tuple(
        p.model_copy(update={"status": "refunded"}) if p is surplus else p for p in record.payments
    )
    return record.model_copy(update={"payments": payments})


def _settled_payments(record: OrderRecord, deed: Deed) -> frozenset[str]:
    if deed.left_fen <= 0:
        return frozenset(p.id for p in record.payments if p.status == "success")
    surplus = _surplus_payment(record, deed.command.amount_fen)
    return frozenset() if surplus is None else frozenset({surplus.id})


def _surplus_payment(record: OrderRecord, amount_fen: int) -> Payment | None:
    """Return the payment made once too often, when exactly that is paid back."""
    due_fen = sum(line.paid_fen for line in record.lines) + record.freight_fen
    if record.received_fen - due_fen != amount_fen:
        return None
    successful = [p for p in record.payments if p.status == "success"]
    return next((p for p in reversed(successful) if p.amount_fen == amount_fen), None)


def _settle_return(record: OrderRecord, deed: Deed) -> OrderRecord:
    """Close the return that waited for this money, so that it is not paid twice."""
    match = _awaited(record, deed.command, deed.left_fen)
    if match is None:
        return record
    done = match.model_copy(update={"state": "refunded", "refunded_at": deed.at})
    returns = tuple(done if r is match else r for r in record.returns)
    return record.model_copy(update={"returns": returns})


def _awaited(record: OrderRecord, command: OrderCommand, left_fen: int) -> Return | None:
    """Return the open return that waited for this refund, None when there is none."""
    return next((back for back in record.returns if _waits_for(back, command, left_fen)), None)


def _waits_for(back: Return, command: OrderCommand, left_fen: int) -> bool:
    if back.state not in OPEN_RETURN:
        return False
    # What was granted before may leave less than the return's sum; then it is all there is left.
    is_named = back.no == command.detail.get("return_no")
    return back.amount_fen == command.amount_fen or (is_named and left_fen <= 0)


def _return_refund(record: OrderRecord, deed: Deed) -> OrderRecord:
    if any(r.no == deed.reference for r in record.returns):
        return record  # an import knows of it already, perhaps further on
    approved = Return(
        no=deed.reference,
        state="approved",
        amount_fen=deed.command.amount_fen,
        requested_at=deed.at,
    )
    return record.model_copy(update={"returns": (*record.returns, approved)})


def _correct_order(record: OrderRecord, deed: Deed) -> OrderRecord:
    if is_shipped(record):
        return record
    correction = read_correction(deed.command.detail)
    if correction.address:
        address = corrected_address(record, correction.address)
        record = record.model_copy(update={"address": address})
    index = _line_index(record, deed.command)
    if correction.spec is None or index is None:
        return record
    return _with_spec(record, index, f"（改为：{correction.spec}）")


def _with_spec(record: OrderRecord, index: int, mark: str) -> OrderRecord:
    line = record.lines[index]
    if mark in line.title:
        return record
    changed = line.model_copy(update={"title": line.title + mark})
    lines = (*record.lines[:index], changed, *record.lines[index + 1 :])
    return record.model_copy(update={"lines": lines})


def _line_index(record: OrderRecord, command: OrderCommand) -> int | None:
    if len(record.lines) == 1:
        return 0
    sku = command.detail.get("sku")
    return next((i for i, line in enumerate(record.lines) if line.sku == sku), None)


def _cancel(record: OrderRecord, _deed: Deed) -> OrderRecord:
    if is_shipped(record):
        return record
    return record.model_copy(update={"status": OrderStatus.CANCELLED})


def _invoice(record: OrderRecord, deed: Deed) -> OrderRecord:
    before = record.invoice or Invoice(
        kind="电子普通发票", title=record.customer.name, state="none"
    )
    asked = deed.command.detail.get("title") or deed.command.detail.get("correction")
    title = invoice_title(asked) if isinstance(asked, str) and asked.strip() else ""
    kind = "电子专用发票" if SPECIAL_INVOICE in str(asked) else before.kind
    requested = before.model_copy(
        update={"kind": kind, "title": title or before.title, "state": "requested"}
    )
    return record.model_copy(update={"invoice": requested})


_EFFECTS: Final[Mapping[str, Callable[[OrderRecord, Deed], OrderRecord]]] = {
    "refund": _refund,
    "partial_refund": _partial_refund,
    "return_refund": _return_refund,
    "correct_order": _correct_order,
    "cancel": _cancel,
    "invoice": _invoice,
}
