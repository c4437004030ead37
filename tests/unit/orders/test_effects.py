"""What remedies do to a record, and when they are refused: without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.order_record import OrderCommand, OrderRecord, phone_key
from bot.orders.effects import KINDS, MONEY_KINDS, Deed, apply, refusal
from bot.remedies import verdict
from bot.remedies.verdict import RemedyKind
from tests.unit.orders.samples import delivered, order, order_data

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PAID_FEN = 12780
TWICE = [order_data()["payments"][0] | {"id": name} for name in ("P1", "P2")]


def command(kind: str, amount_fen: int = 0, **detail: Any) -> OrderCommand:
    return OrderCommand(
        idempotency_key="k", kind=kind, order_no="JF20261101900", amount_fen=amount_fen,
        detail=detail,
    )  # fmt: skip


def after(record: OrderRecord, done: OrderCommand) -> OrderRecord:
    left_fen = record.received_fen - done.amount_fen
    return apply(record, Deed(done, "RT-1", NOW, left_fen))


def test_the_book_knows_the_same_kinds_as_the_policy() -> None:
    """Rooms may not import each other, so the two lists are held together here."""
    spoken = {RemedyKind.EXPLAIN, RemedyKind.REJECT, RemedyKind.HANDOVER}
    assert set(KINDS) == set(RemedyKind) - spoken
    assert MONEY_KINDS == verdict.MONEY_KINDS


def test_a_full_refund_before_shipping_cancels() -> None:
    """The payment is shown as refunded."""
    changed = after(order(), command("refund", PAID_FEN))
    assert changed.status == "cancelled"
    assert [p.status for p in changed.payments] == ["refunded"]


def test_a_full_refund_after_receipt_leaves_the_status() -> None:
    """What was delivered stays delivered."""
    changed = after(delivered(), command("refund", PAID_FEN))
    assert (changed.status, changed.payments[0].status) == ("delivered", "refunded")


@pytest.mark.parametrize("kind", ["refund", "partial_refund"])
def test_paying_back_a_double_payment_does_not_cancel(kind: str) -> None:
    """The later of the two is refunded, and the order goes on."""
    changed = after(order(payments=TWICE), command(kind, PAID_FEN))
    assert changed.status == "paid"
    assert [p.status for p in changed.payments] == ["success", "refunded"]


def test_a_partial_refund_leaves_the_record() -> None:
    """The record has no place for it; the book's entry has."""
    assert after(delivered(), command("partial_refund", 1000)) == delivered()


def test_a_refund_closes_the_return_that_waited_for_it() -> None:
    """It is not paid a second time."""
    waiting = {"no": "TH1", "state": "received", "amount_fen": 11980,
               "requested_at": NOW.isoformat()}  # fmt: skip
    changed = after(delivered(returns=[waiting]), command("refund", 11980))
    assert (changed.returns[0].state, changed.returns[0].refunded_at) == ("refunded", NOW)


def test_the_last_money_closes_the_return_it_names() -> None:
    """Where something was granted before, less than the return's sum is all there is."""
    waiting = {"no": "TH1", "state": "received", "amount_fen": PAID_FEN,
               "requested_at": NOW.isoformat()}  # fmt: skip
    done = command("refund", 11780, return_no="TH1")
    changed = apply(delivered(returns=[waiting]), Deed(done, "RF-1", NOW, 0))
    assert changed.returns[0].state == "refunded"


def test_a_return_is_noted_as_approved() -> None:
    """With its number and amount."""
    (back,) = after(delivered(), command("return_refund", 11980)).returns
    assert (back.no, back.state, back.amount_fen) == ("RT-1", "approved", 11980)


def test_address_and_specification_are_corrected_before_shipping() -> None:
    """The record says what will be sent where."""
    changed = after(order(), command("correct_order", correction="文三路90号"))
    assert (changed.address.city, changed.address.detail) == ("杭州市", "文三路90号")
    changed = after(order(), command("correct_order", correction="改成L码"))
    assert changed.lines[0].title == "T恤 白色 M码（改为：L码）"


def test_an_invoice_is_requested_with_the_title_asked_for() -> None:
    """The title in words becomes the invoice's."""
    changed = after(order(), command("invoice", correction="抬头是南京云帆信息技术有限公司"))
    assert changed.invoice is not None
    assert (changed.invoice.title, changed.invoice.state) == (
        "南京云帆信息技术有限公司",
        "requested",
    )


CHANGES = [
    (order(), command("refund", PAID_FEN)),
    (order(payments=TWICE), command("refund", PAID_FEN)),
    (delivered(), command("return_refund", 11980)),
    (order(), command("correct_order", correction="改成L码")),
    (order(), command("correct_order", correction="浙江省宁波市中山路1号")),
    (order(), command("invoice", correction="北京大学")),
    (order(status="unpaid", paid_at=None, payments=[]), command("cancel")),
]


@pytest.mark.parametrize(("record", "done"), CHANGES)
def test_applying_twice_is_applying_once(record: OrderRecord, done: OrderCommand) -> None:
    """So a record that is imported anew can be brought up to date."""
    once = after(record, done)
    left_fen = record.received_fen - done.amount_fen
    assert apply(once, Deed(done, "RT-1", NOW, left_fen)) == once


CANCELLED = order(status="cancelled")
UNPAID = order(status="unpaid", paid_at=None, payments=[])
TWO_LINES = order(lines=[*order_data()["lines"], order_data()["lines"][0] | {"sku": "B"}])
REFUSED = {
    "more than was received": (order(), command("refund", PAID_FEN + 1), "超过可退余额 ¥127.80"),
    "money for an unpaid order": (UNPAID, command("goodwill", 1), "超过可退余额 ¥0.00"),
    "nothing": (order(), command("refund", 0), "退款金额为 0"),
    "money without a money kind": (delivered(), command("exchange", 1), "换货不带金额"),
    "return before shipping": (order(), command("return_refund", 1), "还没有发货，不能退货退款"),
    "exchange before shipping": (order(), command("exchange"), "还没有发货，不能换货"),
    "cancel after shipping": (delivered(), command("cancel"), "已发货，不能取消订单"),
    "cancel a paid order": (order(), command("cancel"), "请用退款"),
    "correct after shipping": (
        delivered(), command("correct_order", correction="改成L码"), "已发货，不能改单",
    ),
    "correct to nothing": (order(), command("correct_order"), "没有读到要改成什么"),
    "correct one of two": (
        TWO_LINES, command("correct_order", correction="改成L码"), "没有说明改哪一件",
    ),
    "intercept after receipt": (delivered(), command("intercept"), "已签收，不能拦截"),
    "expedite a cancelled order": (CANCELLED, command("expedite"), "已取消，不能加急"),
    "an explanation": (order(), command("explain"), "不是订单系统能执行的操作"),
    "a refusal": (order(), command("reject"), "不是订单系统能执行的操作"),
    "a hand-over": (order(), command("handover"), "不是订单系统能执行的操作"),
}  # fmt: skip


@pytest.mark.parametrize(("record", "done", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(record: OrderRecord, done: OrderCommand, reason: str) -> None:
    """With a reason that staff can read."""
    assert reason in (refusal(record, done, record.received_fen) or "")


SHIPPED = order(status="shipped")
BY_STATUS_STILL_PAID = delivered(status="paid")  # a parcel has left all the same


@pytest.mark.parametrize("record", [SHIPPED, delivered(), BY_STATUS_STILL_PAID])
def test_a_refund_for_what_was_not_sent_yet_is_refused_once_it_was(record: OrderRecord) -> None:
    """It was released on facts that no longer hold; one for a lost parcel was not."""
    released = command("refund", PAID_FEN, ends_order=True, unshipped=True)
    assert refusal(order(), released, PAID_FEN) is None
    assert "已经发货" in (refusal(record, released, PAID_FEN) or "")
    assert refusal(record, command("refund", PAID_FEN, ends_order=True), PAID_FEN) is None


def under_way(state: str, amount_fen: int = 11980) -> OrderRecord:
    back = {"no": "TH1", "state": state, "amount_fen": amount_fen,
            "requested_at": NOW.isoformat()}  # fmt: skip
    return delivered(returns=[back])


@pytest.mark.parametrize("state", ["approved", "shipped", "received"])
def test_a_return_under_way_keeps_its_money(state: str) -> None:
    """What is left beside it may still be paid out, and not a fen more."""
    record = under_way(state)
    assert refusal(record, command("partial_refund", 800), PAID_FEN) is None
    reason = refusal(record, command("partial_refund", 801), PAID_FEN) or ""
    assert "超过可退余额 ¥8.00（退货 TH1 还在办理，要退 ¥119.80）" in reason
    assert "TH1" in (refusal(record, command("return_refund", 11980), PAID_FEN) or "")


@pytest.mark.parametrize("state", ["requested", "refused", "refunded"])
def test_a_return_that_is_not_agreed_or_is_over_keeps_nothing(state: str) -> None:
    """Refunded ones are taken off what is held already."""
    assert refusal(under_way(state), command("partial_refund", 801), PAID_FEN) is None


def test_a_return_under_way_does_not_keep_its_money_from_itself() -> None:
    """Neither the whole of it, nor what earlier grants left; nor what the book itself agreed."""
    assert refusal(under_way("received"), command("refund", 11980), PAID_FEN) is None
    rest = command("refund", 11000, return_no="TH1")
    assert refusal(under_way("received"), rest, 11000) is None
    assert refusal(under_way("approved"), command("coupon", 800), 800, {"TH1"}) is None


def test_a_multiple_is_paid_whatever_returns() -> None:
    """It comes on top of the price."""
    damages = command("compensation", 50_000, multiple=True)
    assert refusal(under_way("received", PAID_FEN), damages, PAID_FEN) is None


@pytest.mark.parametrize("sku", ["A", "B"])
def test_the_line_to_correct_is_found_by_its_sku(sku: str) -> None:
    """Only the line that was meant changes."""
    done = command("correct_order", correction="改成L码", sku=sku)
    assert refusal(TWO_LINES, done, PAID_FEN) is None
    changed = [line.sku for line in after(TWO_LINES, done).lines if "改为" in line.title]
    assert changed == [sku]


def test_money_goes_to_nobody_but_the_payee_that_it_was_released_to() -> None:
    released = command("refund", PAID_FEN).model_copy(update={"payee": order().payee})
    assert refusal(order(), released, PAID_FEN) is None
    other = order(customer={"name": "韩梅梅", "phone": "13900002222"})
    assert "收款人" in (refusal(other, released, PAID_FEN) or "")
    elsewhere = order(payments=[order_data()["payments"][0] | {"id": "P9"}])
    assert "收款人" in (refusal(elsewhere, released, PAID_FEN) or "")


@pytest.mark.parametrize(
    "phone",
    ["138 0000 1111", "138-0000-1111", "+8613800001111", "8613800001111", "+86 13800001111"],
)
def test_a_payee_shows_no_number_and_is_the_same_however_it_is_written(phone: str) -> None:
    plain, spaced = order(), order(customer={"name": "李雷", "phone": phone})
    assert plain.payee == spaced.payee
    assert "13800001111" not in plain.payee
    assert plain.customer_key == spaced.customer_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("+86 010-66001234", "01066001234"), ("+86-400-800-1234", "4008001234"),
        ("0086 13800001111", "13800001111"), ("8613800001111", "13800001111"),
        ("+85291234567", "85291234567"), ("86001234", "86001234"), ("010 66001234", "01066001234"),
    ],
)  # fmt: skip
def test_a_phone_is_kept_without_the_country(written: str, key: str) -> None:
    assert phone_key(written) == key
