"""What follows from an order record: hours, days, signatures, contradictions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.order_record import OrderRecord
from bot.remedies.facts import derive_facts
from bot.remedies.parcels import was_picked_up
from tests.unit.remedies.orders_for_tests import (
    DONE,
    NOW,
    ago,
    delivered,
    event,
    order,
    parcel,
    payment,
    quiet,
    returned,
    shipped,
    silent,
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_without_a_promise_the_shop_has_48_hours_from_payment() -> None:
    facts = derive_facts(order("paid", paid_at=ago(hours=50)), NOW)
    assert facts.ship_promise_at == ago(hours=2)
    assert facts.ship_late_hours == 2
    assert not facts.ship_promise_named


def test_the_orders_own_promise_goes_before_the_default() -> None:
    facts = derive_facts(order("paid", promised_ship_by=ago(hours=-3)), NOW)
    assert facts.ship_late_hours == -3


def test_payment_time_falls_back_to_the_first_successful_payment() -> None:
    record = order("paid", paid_at=None, payments=(payment(at=ago(hours=5)),))
    assert derive_facts(record, NOW).hours_since_paid == 5


@pytest.mark.parametrize(
    ("signed", "now", "days"),
    [
        ("2026-11-16T23:59:00+08:00", "2026-11-16T23:59:59+08:00", 0),
        ("2026-11-16T23:59:00+08:00", "2026-11-17T00:00:00+08:00", 1),
        ("2026-11-16T00:01:00+08:00", "2026-11-23T23:59:59+08:00", 7),
        ("2026-11-16T00:01:00+08:00", "2026-11-24T00:00:00+08:00", 8),
        # 16:30 UTC is already the next day in Shanghai.
        ("2026-11-16T16:30:00+00:00", "2026-11-24T15:59:00+00:00", 7),
        ("2026-11-16T16:30:00+00:00", "2026-11-24T16:00:00+00:00", 8),
    ],
)
def test_receipt_days_are_calendar_days_in_shanghai(signed: str, now: str, days: int) -> None:
    done = parcel(shipped_at=at(signed) - timedelta(days=1), delivered_at=at(signed))
    record = order("delivered", shipments=(done,))
    assert derive_facts(record, at(now)).receipt_days == days


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("本人", "self"), ("本人签收", "self"), ("已签收，签收人：本人", "self"), ("张三", "self"),
        ("签收人：张三", "self"), ("张*", "self"), ("张**", "self"), ("张三先生", "self"),
        ("非本人签收", "other"), ("他人代收", "other"), ("菜鸟驿站", "other"),
        ("丰巢快递柜", "other"), ("门卫", "other"), ("已放家门口", "other"), ("李四", "other"),
        ("李*", "other"), ("物业前台代收", "other"), ("本人要求放门卫", "other"),
        (None, "unknown"), ("", "unknown"), ("  ", "unknown"), ("已签收", "unknown"),
    ],
)  # fmt: skip
def test_who_signed(text: str | None, kind: str) -> None:
    assert derive_facts(delivered(signed=text), NOW).signed_by == kind


def test_of_several_parcels_the_doubtful_signature_counts() -> None:
    other = parcel(tracking_no="ZT2", delivered_at=ago(days=1), signed_by="驿站")
    facts = derive_facts(order("delivered", shipments=(DONE, other)), NOW)
    assert facts.signed_by == "other"


@pytest.mark.parametrize(
    ("text", "picked_up"),
    [
        ("等待揽收", False), ("商家已通知快递揽收", False), ("电子面单已打印", False),
        ("订单信息已录入", False), ("卖家已发货", False), ("包裹已出库，待揽件", False),
        ("【杭州】已揽收", True), ("揽件成功", True), ("快件已收件", True),
        ("到达杭州转运中心", True), ("派送中", True),
    ],
)  # fmt: skip
def test_a_label_is_no_pick_up(text: str, picked_up: bool) -> None:
    assert was_picked_up(parcel(events=(event(ago(hours=30), text),))) is picked_up


@pytest.mark.parametrize(("hours", "missing"), [(24, False), (24.01, True), (1, False)])
def test_no_pick_up_is_a_fact_only_after_24_hours(hours: float, missing: bool) -> None:
    assert derive_facts(shipped(shipments=(silent(hours),)), NOW).no_pickup is missing


def test_quiet_hours_are_those_of_the_quietest_parcel_under_way() -> None:
    facts = derive_facts(shipped(shipments=(DONE, quiet(30), quiet(80))), NOW)
    assert facts.quiet_hours == pytest.approx(80)
    assert facts.partly_received


def test_a_parcel_without_events_is_quiet_since_dispatch() -> None:
    facts = derive_facts(shipped(shipments=(parcel(shipped_at=ago(hours=60), events=()),)), NOW)
    assert facts.quiet_hours == 60


def test_events_in_the_future_do_not_count() -> None:
    odd = parcel(shipped_at=ago(hours=60), events=(event(ago(hours=-5), "预计送达"),))
    assert derive_facts(shipped(shipments=(odd,)), NOW).quiet_hours == 60


def test_parcels_all_signed_for_are_ahead_of_the_status() -> None:
    assert derive_facts(order("shipped", shipments=(DONE,)), NOW).state == "delivered"


def test_an_unfinished_return_counts_before_a_refunded_one() -> None:
    old = returned("received", no="R1", received_at=ago(days=3))
    new = returned("refunded", no="R2", requested_at=ago(days=1), refunded_at=ago(hours=1))
    facts = derive_facts(delivered(returns=(old, new)), NOW)
    assert facts.last_return == old
    assert facts.return_waiting_hours == 72


def sent_back(**moments: Any) -> OrderRecord:
    """Return a delivered order with a return of those moments."""
    return delivered(returns=(returned("received", **moments),))


BACKWARDS = parcel(shipped_at=ago(days=2), delivered_at=ago(days=3))


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (order("delivered", shipments=(BACKWARDS,)), "签收早于发货"),
        (order("shipped", shipments=(parcel(),), payments=()), "没有成功的付款记录"),
        (order("paid", payments=(payment(status="failed"),)), "没有成功的付款记录"),
        (order("unpaid", payments=(payment(),)), "未付款"),
        (order("delivered"), "没有包裹的签收记录"),
        (order("completed", shipments=(quiet(3),)), "没有包裹的签收记录"),
        (order("shipped"), "没有包裹的发货记录"),
        (order("paid", shipments=(parcel(),)), "却有包裹的发货记录"),
        (order("shipped", shipments=(parcel(shipped_at=ago(days=11)),)), "发货早于下单"),
        (order("shipped", shipments=(parcel(shipped_at=ago(hours=-2)),)), "将来"),
        (order("paid", payments=(payment(at=ago(hours=-2)),)), "付款时间在将来"),
        (sent_back(requested_at=ago(days=2), received_at=ago(days=5)), "收到退货早于申请"),
        (sent_back(requested_at=ago(days=2), refunded_at=ago(days=3)), "退款早于申请"),
        (sent_back(requested_at=ago(days=11)), "申请早于下单"),
        (sent_back(received_at=ago(hours=-2)), "时间在将来"),
    ],
)
def test_facts_that_cannot_all_be_true_are_found(record: OrderRecord, words: str) -> None:
    found = derive_facts(record, NOW).contradictions
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "record",
    [
        order("unpaid"), order("paid"), shipped(), delivered(), order("cancelled"),
        order("paid", payments=(payment(status="refunded"),)),
        order("shipped", shipments=(DONE, quiet(3))),
        order("unpaid", payments=(payment(status="failed"),)),
    ],
)  # fmt: skip
def test_sound_orders_contradict_nothing(record: OrderRecord) -> None:
    assert derive_facts(record, NOW).contradictions == ()
