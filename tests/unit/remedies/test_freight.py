"""Who pays for the way back of goods that are said to be faulty: at last it is the shop."""

from __future__ import annotations

import itertools

import pytest

from bot.order_record import Line
from bot.remedies.freight import FREIGHT_BACK
from tests.unit.remedies.judge_for_tests import judge
from tests.unit.remedies.orders_for_tests import CREAM, FOOD, PHONE_LINE, delivered, line

UNSEEN = {"has_photo": False, "refused_evidence": True}
FAULTS = ["defect", "damaged", "spoiled", "mismatch", "wrong_item"]
GOODS = [PHONE_LINE, CREAM, FOOD, line()]
WISHES = ["refund", "return_refund", "exchange", "cancel", None]
AT_THEIR_COST = ("，来回运费您出", "来回运费由您")


@pytest.mark.parametrize("goods", GOODS, ids=lambda goods: str(goods.category))
@pytest.mark.parametrize("issue", FAULTS)
def test_who_cannot_show_a_fault_gets_the_freight_back_once_it_is_found(
    issue: str, goods: Line
) -> None:
    record = delivered(days=3, lines=(goods,))
    for demand, photo in itertools.product(WISHES, [True, False]):
        claim = {} if photo else UNSEEN
        verdict = judge(record, issue, demand=demand, **claim)
        paid_first = [o for o in verdict.options if o.return_freight == "customer"]
        assert all(option.detail[FREIGHT_BACK] for option in paid_first)
        assert not (photo and paid_first)
        told = "".join((*verdict.reasons, verdict.responsibility))
        assert not any(cost in told for cost in AT_THEIR_COST)


@pytest.mark.parametrize(("issue", "intent"), [("none", "want_return"), ("spec", "complain")])
def test_who_only_thinks_better_of_it_is_promised_no_freight(issue: str, intent: str) -> None:
    verdict = judge(delivered(days=3), issue, intent=intent, demand="return_refund")
    back = next(o for o in verdict.options if o.kind == "return_refund")
    assert back.return_freight == "customer"
    assert FREIGHT_BACK not in back.detail
