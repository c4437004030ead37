"""A demand that no option meets is answered by a word on it, and by none where one does."""

from __future__ import annotations

import pytest

from bot.order_record import OrderRecord
from tests.unit.remedies.judge_for_tests import judge
from tests.unit.remedies.orders_for_tests import (
    FRUIT,
    ago,
    delivered,
    invoiced,
    order,
    payment,
    quiet,
    shipped,
)

REFUSED = "不在可以直接办的范围里"
FRESH = delivered(days=0.2, lines=(FRUIT,))
STALLED = shipped(shipments=(quiet(60),), promised_deliver_by=ago(hours=10))
UNSEEN: dict[str, object] = {"has_photo": False, "refused_evidence": True}
CANCELLED = order("cancelled", payments=(payment(status="refunded"),))


@pytest.mark.parametrize(
    ("record", "issue", "claim"),
    [
        (delivered(invoice=invoiced("issued")), "invoice", {"demand": "correct_order"}),
        (shipped(), "address", {"demand": "correct_order", "correction": "文三路2号"}),
        (FRESH, "spoiled", {"demand": "refund", "bad_share": 0.9}),
        (FRESH, "spoiled", {"demand": "refund", "bad_share": 0.4}),
        (FRESH, "damaged", {"demand": "refund", "bad_share": 0.23}),
        (FRESH, "spoiled", {"demand": "refund", "bad_share": 0.4} | UNSEEN),
        (CANCELLED, "system", {"demand": "cancel"}),
        (delivered(), "none", {"demand": "cancel", "intent": "want_cancel", "spoilt": True}),
        (delivered(lines=(FRUIT,)), "none", {"demand": "refund", "intent": "want_refund"}),
        (STALLED, "slow", {"demand": "intercept"}),
    ],
)
def test_nothing_is_said_to_be_refused_where_it_is_on_offer_or_has_been_answered(
    record: OrderRecord, issue: str, claim: dict[str, object]
) -> None:
    verdict = judge(record, issue, **claim)
    assert verdict.options
    assert REFUSED not in "".join(verdict.reasons)


@pytest.mark.parametrize(
    ("record", "issue", "claim"),
    [
        (delivered(), "address", {"demand": "correct_order", "correction": "文三路2号"}),
        (STALLED, "slow", {"demand": "correct_order"}),
        (FRESH, "spoiled", {"demand": "refund", "bad_share": 0.4, "all_back": True}),
        (delivered(days=9), "defect", {"demand": "refund"}),
        (CANCELLED, "system", {"demand": "refund"}),
        (delivered(), "slow", {"demand": "compensation"}),
        (delivered(days=40), "courier", {"demand": "refund"}),
        (shipped(), "none", {"demand": "compensation", "intent": "want_cancel"}),
    ],
)
def test_what_no_option_gives_is_still_refused_in_so_many_words(
    record: OrderRecord, issue: str, claim: dict[str, object]
) -> None:
    assert REFUSED in "".join(judge(record, issue, **claim).reasons)


def test_goods_that_came_are_given_back_not_cancelled() -> None:
    verdict = judge(delivered(days=40), "courier", demand="cancel")
    assert "您希望的退货退款，" in "".join(verdict.reasons)


def test_a_parcel_whose_interception_is_wished_for_is_stopped_whatever_is_complained_of() -> None:
    verdict = judge(STALLED, "slow", demand="intercept")
    assert verdict.options[0].kind == "intercept"
    came = judge(delivered(), "slow", demand="intercept")
    assert "intercept" not in {option.kind.value for option in came.options}
