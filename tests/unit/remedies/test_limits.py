"""Who releases what: the bot's own limits and the people above them."""

from __future__ import annotations

import pytest

from bot.order_record import OrderRecord
from bot.remedies.given import Given
from bot.remedies.verdict import RemedyKind
from tests.unit.remedies.judge_for_tests import judge
from tests.unit.remedies.orders_for_tests import ago, delivered, line, order, payment


def tier(record: OrderRecord, issue: str, kind: str, **claim: object) -> str:
    """Return who releases the option of that kind."""
    options = judge(record, issue, **claim).options  # type: ignore[arg-type]
    return next(option.tier for option in options if option.kind == RemedyKind(kind))


@pytest.mark.parametrize(
    ("paid_fen", "released_by"),
    [
        (25_000, "bot"),  # 20 % = ¥50
        (25_005, "L1"),  # ¥50.01
        (250_000, "L1"),  # ¥500
        (250_005, "L2"),
        (2_500_000, "L2"),  # ¥5,000
        (2_500_005, "S"),
    ],
)
def test_discretionary_money_climbs_the_ladder(paid_fen: int, released_by: str) -> None:
    record = delivered(lines=(line(unit_price_fen=paid_fen),))
    assert tier(record, "defect", "partial_refund") == released_by


@pytest.mark.parametrize(("paid_fen", "released_by"), [(800_000, "bot"), (800_001, "L2")])
def test_money_that_the_record_proves_is_the_bots_up_to_8000(
    paid_fen: int, released_by: str
) -> None:
    record = order("paid", lines=(line(unit_price_fen=paid_fen),))
    assert tier(record, "none", "refund", intent="want_cancel") == released_by
    home = delivered(lines=(line(unit_price_fen=paid_fen),))
    assert tier(home, "defect", "return_refund") == released_by


def test_money_on_the_customers_word_alone_is_discretionary_even_when_the_law_grants_it() -> None:
    record = delivered(signed="驿站")
    assert tier(record, "not_received", "refund") == "L1"


@pytest.mark.parametrize(
    ("granted", "released_by"), [(0, "bot"), (4_000, "bot"), (4_001, "L1"), (49_000, "L1")]
)
def test_the_bots_limit_is_a_whole_orders(granted: int, released_by: str) -> None:
    record = delivered(lines=(line(unit_price_fen=100_000),))  # a coupon of ¥10
    assert tier(record, "no_response", "coupon", granted_fen=granted) == released_by


def test_a_second_sum_owed_on_an_order_is_looked_at_by_a_person() -> None:
    record = order("paid", payments=(payment(), payment(id="P2")))
    assert tier(record, "double_charge", "partial_refund") == "bot"
    verdict = judge(record, "double_charge", granted_fen=10_000)
    assert verdict.options[0].tier == "bot"  # all that is left: nothing can be paid twice
    verdict = judge(record, "double_charge", granted_fen=500)
    assert verdict.options[0].tier == "L1"
    assert "这单之前已经办理过5元" in "".join(verdict.reasons)


def test_the_rest_of_an_unshipped_order_goes_back_without_asking() -> None:
    first = judge(order("paid"), "not_shipped", granted_fen=500).options[0]
    assert (first.kind, first.amount_fen, first.tier) == (RemedyKind.REFUND, 9_500, "bot")


@pytest.mark.parametrize(("paid_fen", "released_by"), [(200_000, "bot"), (200_001, "L2")])
def test_goods_sent_again_count_at_their_price(paid_fen: int, released_by: str) -> None:
    record = delivered(signed="驿站", lines=(line(unit_price_fen=paid_fen),))
    assert tier(record, "not_received", "reship") == released_by


def test_an_exchange_is_the_bots_because_the_goods_come_back_first() -> None:
    record = delivered(lines=(line(unit_price_fen=1_000_000),))
    assert tier(record, "defect", "exchange") == "bot"


def test_words_and_deeds_without_money_are_the_bots() -> None:
    record = order("paid", paid_at=ago(hours=1), lines=(line(unit_price_fen=9_000_000),))
    assert tier(record, "not_shipped", "expedite") == "bot"
    assert tier(record, "not_shipped", "explain") == "bot"


@pytest.mark.parametrize(("before", "left"), [(0, 500), (2_600, 400), (2_999, 1), (3_000, None)])
def test_the_presents_of_an_order_have_one_cap_together(before: int, left: int | None) -> None:
    """That is 30 % of the ¥100 paid; what was owed and granted is none of it."""
    given = [
        Given(kind="coupon", issue="no_response", amount_fen=before),
        Given(kind="price_difference", issue="price_drop", amount_fen=3_000),
    ]
    options = judge(delivered(), "attitude", given=given).options
    assert next((o.amount_fen for o in options if o.kind == RemedyKind.GOODWILL), None) == left
