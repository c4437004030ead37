"""The demo's orders: sums reconcile and every story is true, whenever the demo is started."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import in_shop_zone
from bot.errors import DataError
from bot.order_record import Line, OrderRecord, Return, Shipment
from bot.orders.demo import Story, demo_orders, demo_stories
from nlp.labels import ISSUES, NONE, TYPES

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ANY_NOW = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SUM_IS_THE_STORY = {"JF20261101022", "JF20261101023", "JF20261101037"}


@dataclass(frozen=True)
class Case:
    """An order looked at when the demo starts."""

    order: OrderRecord
    now: datetime

    @property
    def line(self) -> Line:
        return self.order.lines[0]

    @property
    def parcel(self) -> Shipment:
        return self.order.shipments[0]

    @property
    def back(self) -> Return:
        return self.order.returns[0]

    @property
    def due_fen(self) -> int:
        return sum(line.paid_fen for line in self.order.lines) + self.order.freight_fen

    def late_hours(self) -> float:
        """Hours since the promise to ship ran out, negative before; nothing has shipped."""
        assert self.order.shipped_at is None
        assert self.order.promised_ship_by is not None
        return (self.now - self.order.promised_ship_by) / HOUR

    def silent_hours(self) -> float:
        """Hours since the last news of a parcel under way."""
        assert self.order.delivered_at is None
        return (self.now - self.parcel.events[-1].at) / HOUR

    def received_hours(self) -> float:
        assert self.order.delivered_at is not None
        return (self.now - self.order.delivered_at) / HOUR

    def received_day(self, on: datetime | None = None) -> int:
        """The day after receipt, by the shop's calendar, 1 being the day after."""
        assert self.order.delivered_at is not None
        received = in_shop_zone(self.order.delivered_at).date()
        return (in_shop_zone(on or self.now).date() - received).days

    def paid_days(self) -> float:
        assert self.order.paid_at is not None
        return (self.now - self.order.paid_at) / DAY

    def overdue_hours(self) -> float:
        """Hours since the promise to deliver ran out, negative before."""
        assert self.order.promised_deliver_by is not None
        return (self.now - self.order.promised_deliver_by) / HOUR

    def price_fell(self) -> bool:
        return (self.line.current_price_fen or self.line.paid_fen) < self.line.paid_fen


FACTS: dict[str, Callable[[Case], bool]] = {
    "JF20261101001": lambda case: case.late_hours() >= 28,
    "JF20261101002": lambda case: case.late_hours() < 0,
    "JF20261101003": lambda case: case.late_hours() < 0 and "预售" in case.line.title,
    "JF20261101004": lambda case: case.late_hours() >= 72,
    "JF20261101005": lambda case: (
        case.silent_hours() >= 24 and "等待快递员揽收" in case.parcel.events[-1].text
    ),
    "JF20261101006": lambda case: case.silent_hours() >= 80,
    "JF20261101007": lambda case: case.overdue_hours() >= 48 and case.silent_hours() < 24,
    "JF20261101008": lambda case: "驿站" in (case.parcel.signed_by or ""),
    "JF20261101009": lambda case: "本人" in (case.parcel.signed_by or ""),
    "JF20261101010": lambda case: case.parcel.signed_by == "放门口" and case.received_hours() < 24,
    "JF20261101011": lambda case: 24 < case.received_hours() < 48,
    "JF20261101012": lambda case: case.line.category == "fresh" and case.received_hours() < 24,
    "JF20261101013": lambda case: case.line.category == "food",
    "JF20261101014": lambda case: case.line.category == "phone" and case.received_day() == 5,
    "JF20261101015": lambda case: case.received_day() == 12,
    "JF20261101016": lambda case: case.line.category == "appliance" and case.received_day() == 200,
    "JF20261101017": lambda case: case.received_day() == 3,
    "JF20261101018": lambda case: case.line.category == "cosmetics" and case.received_day() == 4,
    "JF20261101019": lambda case: "黑色" in case.line.title and case.received_day() == 1,
    "JF20261101020": lambda case: (
        case.line.quantity == 3 and 1000 < (case.parcel.weight_grams or 0) < 1500
    ),
    "JF20261101021": lambda case: case.order.lines[1].declared_value_fen == 2900,
    "JF20261101022": lambda case: case.order.received_fen == 2 * case.due_fen,
    "JF20261101023": lambda case: case.order.received_fen == case.due_fen + 3000,
    "JF20261101024": lambda case: (
        not case.order.discounts[0].applied
        and case.order.goods_fen >= (case.order.discounts[0].threshold_fen or 0)
    ),
    "JF20261101025": lambda case: (
        case.price_fell() and case.paid_days() < (case.line.price_protect_days or 0)
    ),
    "JF20261101026": lambda case: (
        case.price_fell() and case.paid_days() > (case.line.price_protect_days or 0)
    ),
    "JF20261101027": lambda case: case.order.free_shipping and case.order.freight_fen == 1000,
    "JF20261101028": lambda case: (
        case.back.state == "received"
        and case.back.received_at is not None
        and case.now - case.back.received_at >= 5 * DAY
    ),
    "JF20261101029": lambda case: (
        case.back.state == "refused" and case.received_day(case.back.requested_at) == 2
    ),
    "JF20261101030": lambda case: case.late_hours() < 0,
    "JF20261101031": lambda case: (
        case.order.shipped_at is not None and case.order.delivered_at is None
    ),
    "JF20261101032": lambda case: case.late_hours() < 0,
    "JF20261101033": lambda case: case.order.invoice is not None,
    "JF20261101035": lambda case: case.late_hours() < 0,
    "JF20261101036": lambda case: case.line.category == "virtual" and not case.order.shipments,
    "JF20261101037": lambda case: (
        case.order.status == "unpaid" and case.order.received_fen == case.due_fen
    ),
    "JF20261101038": lambda case: case.received_day() == 3,
    "JF20261101039": lambda case: (
        case.line.category == "custom" and bool(case.line.no_reason_excluded)
    ),
    "JF20261101040": lambda case: case.late_hours() < 0,
    "JF20261101041": lambda case: case.order.status == "unpaid" and not case.order.payments,
    "JF20261101042": lambda case: case.silent_hours() < 24 and case.overdue_hours() < 0,
}


@given(ANY_NOW)
def test_every_story_is_true_whenever_the_demo_starts(now: datetime) -> None:
    """Whatever the card says about times and sums is what the record shows."""
    orders = {order.order_no: order for order in demo_orders(now)}
    assert [no for no, fact in FACTS.items() if not fact(Case(orders[no], now))] == []


@given(ANY_NOW)
def test_nothing_on_record_happens_in_the_future(now: datetime) -> None:
    """Only promises lie ahead."""
    for order in demo_orders(now):
        past = [order.placed_at, order.paid_at, *(p.at for p in order.payments)]
        for parcel in order.shipments:
            past += [parcel.shipped_at, parcel.delivered_at, *(e.at for e in parcel.events)]
        for back in order.returns:
            past += [back.requested_at, back.received_at, back.refunded_at]
        assert all(moment <= now for moment in past if moment is not None)


def test_every_story_has_its_fact() -> None:
    """A new story must say here what makes it true."""
    assert {story.order_no for story in demo_stories()} == set(FACTS)


@pytest.mark.parametrize("order", demo_orders(NOW), ids=lambda order: order.order_no)
def test_sums_reconcile_to_the_fen(order: OrderRecord) -> None:
    """Goods, discounts, lines, freight and payments agree, unless the sum is the story."""
    cut_fen = sum(d.cut_fen for d in order.discounts if d.applied)
    assert order.goods_fen == sum(line.unit_price_fen * line.quantity for line in order.lines)
    assert sum(line.paid_fen for line in order.lines) == order.goods_fen - cut_fen
    if order.order_no not in SUM_IS_THE_STORY:
        expected_fen = 0 if order.status == "unpaid" else Case(order, NOW).due_fen
        assert order.received_fen == expected_fen


def test_order_numbers_keep_their_form_and_are_there_once() -> None:
    """JF and eleven digits, as the cards show them."""
    numbers = [order.order_no for order in demo_orders(NOW)]
    assert len(set(numbers)) == len(numbers) >= 24
    assert all(no.startswith("JF") and no[2:].isdigit() and len(no) == 13 for no in numbers)


def test_every_customer_has_several_orders_and_a_phone_tail_of_their_own() -> None:
    """Picking from a list is possible, and a tail never proves another's order."""
    by_tail: dict[str, set[str]] = {}
    orders = demo_orders(NOW)
    for order in orders:
        by_tail.setdefault(order.customer.phone[-4:], set()).add(order.customer.name)
    assert all(len(names) == 1 for names in by_tail.values())
    assert len(orders) >= 2 * len(by_tail)


def test_the_duplicate_order_has_its_twin() -> None:
    """Both orders of the duplicate story hold the same article for the same customer."""
    orders = {order.order_no: order for order in demo_orders(NOW)}
    first, second = orders["JF20261101034"], orders["JF20261101035"]
    assert (first.customer, first.lines) == (second.customer, second.lines)
    assert timedelta() < second.placed_at - first.placed_at < timedelta(minutes=10)


@pytest.mark.parametrize("story", demo_stories(), ids=lambda story: story.order_no)
def test_stories_open_with_their_order_number(story: Story) -> None:
    """The opening names the order, so that the demo needs no further question for it."""
    assert story.order_no in story.opening


def test_stories_cover_all_types_and_know_only_our_labels() -> None:
    """Each of the five types, and orders without a fault, can be tried."""
    stories = demo_stories()
    assert {story.dispute_type for story in stories} == {*TYPES, NONE}
    assert {story.issue for story in stories} <= {*ISSUES, NONE}


def test_a_mistake_in_the_file_names_order_and_field(tmp_path: Path) -> None:
    """Whoever edits the demo is told where to look."""
    file = tmp_path / "orders.yaml"
    file.write_text(
        "customers: {a: {name: 甲, phone: '13800000001', address: {province: 省, city: 市,"
        " district: 区, detail: 路}}}\n"
        "orders: [{order_no: JF1, customer: a, placed_at: yesterday, status: paid,"
        " free_shipping: true, lines: [{sku: a, title: b, category: home, quantity: 1,"
        " unit_price_fen: 1}]}]\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"orders\.yaml: JF1: placed_at: 'yesterday'"):
        demo_orders(NOW, file=file)
