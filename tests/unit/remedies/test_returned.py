"""What went back elsewhere: it counts once, and its article is offered no second time."""

from __future__ import annotations

from typing import Any

import pytest

from bot.order_record import OrderRecord, Return
from bot.remedies.assess import assess
from bot.remedies.claim import Claim
from bot.remedies.given import Given
from bot.remedies.verdict import Verdict
from tests.unit.remedies.judge_for_tests import POLICY, judge
from tests.unit.remedies.orders_for_tests import NOW, ago, delivered, line, payment


def back(amount_fen: int, state: str = "refunded", no: str = "TH1") -> Return:
    return Return.model_validate(
        {"no": no, "state": state, "amount_fen": amount_fen, "requested_at": ago(days=6),
         "refunded_at": ago(hours=2) if state == "refunded" else None}
    )  # fmt: skip


def two(*returns: Return, other_fen: int = 9_900) -> OrderRecord:
    """Return shoes of ¥200 and a shirt, received."""
    lines = (
        line(sku="S", title="跑鞋", unit_price_fen=20_000),
        line(sku="T", title="T恤", unit_price_fen=other_fen),
    )
    return delivered(lines=lines, payments=(payment(20_000 + other_fen),), returns=returns)


def sums(verdict: Verdict) -> dict[str, int]:
    return {option.kind.value: option.amount_fen for option in verdict.options}


def test_an_article_that_went_back_for_its_price_is_not_offered_again() -> None:
    record = two(back(20_000))
    assert judge(record, "defect", sku="S").escalation is not None
    wish = judge(record, "none", intent="want_return", sku="S")
    assert wish.escalation is not None
    other = sums(judge(record, "defect", sku="T"))
    assert (other["return_refund"], other["partial_refund"]) == (9_900, 1_980)


@pytest.mark.parametrize("sku", ["S", "T"])
@pytest.mark.parametrize(("amount_fen", "other_fen"), [(20_000, 20_000), (15_000, 9_900)])
def test_a_person_sees_which_article_went_back(sku: str, amount_fen: int, other_fen: int) -> None:
    """Two cost the same, or none costs that."""
    record = two(back(amount_fen), other_fen=other_fen)
    assert judge(record, "defect", sku=sku).escalation is not None
    assert judge(record, "attitude").escalation is None  # a present is for no article


@pytest.mark.parametrize("issue", ["defect", "damaged", "mismatch", "missing_item"])
def test_of_the_only_piece_that_went_back_nothing_is_offered_for_the_freight_that_is_left(
    issue: str,
) -> None:
    lines = (line(sku="S", title="跑鞋", unit_price_fen=20_000),)
    paid: dict[str, Any] = {"freight_fen": 1_000, "payments": (payment(21_000),)}
    record = delivered(lines=lines, returns=(back(20_000),), **paid)
    assert judge(record, issue, sku="S").escalation is not None
    assert judge(record, "none", intent="want_return").escalation is None
    short = judge(delivered(lines=lines, returns=(back(19_000),), **paid), "refused")
    assert sums(short)["partial_refund"] == 1_000


@pytest.mark.parametrize("state", ["requested", "refused"])
def test_a_return_that_did_not_happen_leaves_all_there(state: str) -> None:
    assert judge(two(back(15_000, state)), "defect", sku="T").escalation is None


def left(record: OrderRecord, granted: tuple[Given, ...] = (), *own: str) -> int:
    spent = sum(one.amount_fen for one in granted)
    claim = Claim(issue="attitude")
    return int(assess(POLICY, record, claim, NOW, spent, granted, set(own)).facts["remaining_fen"])


def test_what_went_back_elsewhere_counts_beside_what_was_granted_here() -> None:
    """And a return that was granted here counts once, under way or refunded."""
    returned = (Given(kind="return_refund", issue="none", amount_fen=9_900, sku="T"),)
    assert left(two(back(20_000)), returned) == 0
    ours = back(9_900, "approved", "RT-1")
    assert left(two(back(15_000), ours), returned, "RT-1") == 5_000
    assert left(two(back(9_900, no="RT-1")), returned, "RT-1") == 20_000
    assert left(two(back(20_000, "received"))) == 9_900
    assert left(two(back(20_000, "requested"))) == 29_900


def test_a_return_that_is_owed_is_paid_from_what_is_kept_for_it() -> None:
    owed = back(20_000, "received").model_copy(update={"received_at": ago(days=4)})
    assert sums(judge(two(owed), "refund_delay"))["refund"] == 20_000


@pytest.mark.parametrize("state", ["approved", "shipped"])
@pytest.mark.parametrize("issue", ["defect", "none"])
def test_a_return_under_way_says_nothing_of_an_article_that_its_sum_does_not_fit(
    state: str, issue: str
) -> None:
    record = two(back(20_000, state))
    other = judge(record, issue, intent="want_return", sku="T")
    assert sums(other)["return_refund"] == 9_900
    assert judge(record, issue, intent="want_return", sku="S").rule == "common.return_open"
    assert judge(record, issue, intent="want_return").missing == ("item",)


@pytest.mark.parametrize("sku", ["S", "T"])
@pytest.mark.parametrize(("amount_fen", "other_fen"), [(20_000, 20_000), (15_000, 9_900)])
def test_a_return_under_way_that_fits_no_article_alone_may_be_of_each(
    sku: str, amount_fen: int, other_fen: int
) -> None:
    record = two(back(amount_fen, "approved"), other_fen=other_fen)
    assert judge(record, "defect", sku=sku).rule == "common.return_open"


def test_of_two_pieces_one_of_which_goes_back_the_record_does_not_tell_which() -> None:
    shirts = line(sku="T", title="T恤", unit_price_fen=9_900, paid_fen=19_800, quantity=2)
    record = delivered(
        lines=(shirts,), payments=(payment(19_800),), returns=(back(9_900, "approved"),)
    )
    assert judge(record, "defect", sku="T", quantity=1).rule == "common.return_open"
