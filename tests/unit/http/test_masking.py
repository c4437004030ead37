"""A masked order says what is needed and names nobody."""

from __future__ import annotations

import pytest

from bot.desk.masking import masked
from bot.order_record import OrderRecord
from bot.orders.demo import demo_orders
from tests.factories import NOW


@pytest.mark.parametrize("order", demo_orders(NOW), ids=lambda order: order.order_no)
def test_nobody_can_be_found_by_it(order: OrderRecord) -> None:
    text = str(masked(order.snapshot()))
    person, address = order.customer, order.address
    for hidden in (person.phone, person.email, address.phone, address.detail):
        assert hidden is None or hidden not in text
    if len(address.name) > 1:
        assert f"'{address.name}'" not in text


def test_the_order_itself_stays_readable() -> None:
    record = demo_orders(NOW)[0].snapshot()
    shown = masked(record)
    assert shown["lines"] == record["lines"]
    assert shown["address"]["city"] == record["address"]["city"]
    assert shown["customer"]["phone"].endswith(record["customer"]["phone"][-4:])
    assert record["customer"]["phone"] not in str(shown["customer"])
