"""The rules on faulty, damaged, spoiled or misdescribed goods: at and around each boundary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.order_record import OrderRecord
from bot.remedies.given import Given
from tests.unit.remedies.judge_for_tests import judge, line_of, row
from tests.unit.remedies.orders_for_tests import (
    CREAM,
    FOOD,
    FRUIT,
    PHONE_LINE,
    VIRTUAL,
    ago,
    delivered,
    line,
    order,
    returned,
    shipped,
)

ROWS = [
    row(
        delivered(days=7),
        "defect",
        "goods.7d: return_refund 10000 shop · exchange shop · partial_refund 2000",
    ),
    row(delivered(days=8), "defect", "goods.15d: exchange shop · partial_refund 2000"),
    row(delivered(days=15), "defect", "goods.15d: exchange shop · partial_refund 2000"),
    row(
        delivered(days=16),
        "defect",
        "goods.warranty: repair shop · partial_refund 1000 · handover",
    ),
    row(
        delivered(days=90),
        "defect",
        "goods.warranty: repair shop · partial_refund 1000 · handover",
    ),
    row(delivered(days=91), "defect", "goods.out_of_warranty: reject"),
    row(delivered(days=7), "defect", "goods.7d? photo", has_photo=False),
    row(
        delivered(days=7),
        "defect",
        "goods.7d: exchange shop · return_refund 10000 customer",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=15),
        "defect",
        "goods.15d: exchange shop",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=30),
        "defect",
        "goods.warranty: repair shop",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=7, lines=(PHONE_LINE,)),
        "defect",
        "durable.7d: return_refund 300000 shop · exchange shop · repair shop",
    ),
    row(
        delivered(days=8, lines=(PHONE_LINE,)),
        "defect",
        "durable.15d: exchange shop · repair shop · partial_refund 60000 L2",
    ),
    row(
        delivered(days=15, lines=(PHONE_LINE,)),
        "defect",
        "durable.15d: exchange shop · repair shop · partial_refund 60000 L2",
    ),
    row(
        delivered(days=16, lines=(PHONE_LINE,)),
        "defect",
        "durable.warranty: repair shop · handover",
    ),
    row(
        delivered(days=365, lines=(PHONE_LINE,)),
        "defect",
        "durable.warranty: repair shop · handover",
    ),
    row(delivered(days=366, lines=(PHONE_LINE,)), "defect", "goods.out_of_warranty: reject"),
    row(
        delivered(days=3, lines=(PHONE_LINE,)),
        "defect",
        "durable.7d: exchange shop · repair shop · return_refund 300000 customer",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=7),
        "damaged",
        "damaged.7d: return_refund 10000 shop · exchange shop · partial_refund 2000",
    ),
    row(
        delivered(days=3),
        "damaged",
        "damaged.worthless: refund 10000 L1 · reship",
        worthless=True,
    ),
    row(
        delivered(days=3),
        "damaged",
        "damaged.worthless: exchange shop · return_refund 10000 customer",
        worthless=True,
        has_photo=False,
        refused_evidence=True,
    ),
    row(delivered(days=8), "damaged", "damaged.15d: exchange shop · partial_refund 2000"),
    row(delivered(days=15), "damaged", "damaged.15d: exchange shop · partial_refund 2000"),
    row(delivered(days=16), "damaged", "damaged.too_late: reject"),
    row(
        delivered(days=7),
        "damaged",
        "damaged.7d: exchange shop · return_refund 10000 customer",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=7),
        "mismatch",
        "mismatch.7d: return_refund 10000 shop · exchange shop · partial_refund 1500",
    ),
    row(delivered(days=8), "mismatch", "mismatch.15d: exchange shop · partial_refund 1500"),
    row(delivered(days=15), "mismatch", "mismatch.15d: exchange shop · partial_refund 1500"),
    row(delivered(days=16), "mismatch", "mismatch.later: partial_refund 1000 · handover"),
    row(delivered(days=90), "mismatch", "mismatch.later: partial_refund 1000 · handover"),
    row(delivered(days=91), "mismatch", "mismatch.too_late: reject"),
    row(
        delivered(days=7),
        "mismatch",
        "mismatch.7d: return_refund 10000 customer · exchange shop",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=30),
        "mismatch",
        "mismatch.later: handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(delivered(), "counterfeit", "counterfeit.person: E11 L2"),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.part_bad: partial_refund 3000 · reship",
        bad_share=0.3,
    ),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.part_bad: partial_refund 5000 · reship",
        bad_share=0.31,
    ),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.part_bad: partial_refund 5000 · reship",
        bad_share=0.5,
    ),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.most_bad: refund 10000 L1 · reship",
        bad_share=0.51,
    ),
    row(delivered(days=2, lines=(FRUIT,)), "spoiled", "fresh.part_bad? bad_share"),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.part_bad? photo, bad_share",
        has_photo=False,
    ),
    row(
        delivered(days=2, lines=(FRUIT,)),
        "spoiled",
        "fresh.part_bad: goodwill 1000",
        has_photo=False,
        refused_evidence=True,
        bad_share=0.4,
    ),
    row(
        delivered(days=2.01, lines=(FRUIT,)),
        "spoiled",
        "fresh.hidden: partial_refund 10000 L1 · goodwill 1000",
        bad_share=0.6,
    ),
    row(
        delivered(days=5, lines=(FRUIT,)),
        "damaged",
        "fresh.hidden: partial_refund 10000 L1 · goodwill 1000",
        bad_share=0.6,
    ),
    row(delivered(days=5.01, lines=(FRUIT,)), "spoiled", "fresh.too_late: reject", bad_share=0.6),
    row(
        delivered(days=1, lines=(line(category="fresh", quantity=4),)),
        "spoiled",
        "fresh.part_bad: partial_refund 12000 L1 · reship",
        quantity=1,
    ),
    row(delivered(days=15, lines=(FOOD,)), "spoiled", "food.spoiled: refund 10000 L1 · reship"),
    row(delivered(days=16, lines=(FOOD,)), "spoiled", "food.spoiled_later: handover · explain"),
    row(
        delivered(days=15, lines=(FOOD,)),
        "spoiled",
        "food.spoiled: return_refund 10000 shop · exchange shop",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        delivered(days=15, lines=(CREAM,)),
        "spoiled",
        "cosmetics.spoiled: refund 10000 L1 · reship",
    ),
    row(
        delivered(days=16, lines=(CREAM,)),
        "spoiled",
        "cosmetics.spoiled_later: handover · explain",
    ),
    row(
        delivered(days=7, lines=(FOOD,)),
        "damaged",
        "food.damaged: reship · refund 10000 L1 · partial_refund 2000",
    ),
    row(
        delivered(days=8, lines=(FOOD,)),
        "damaged",
        "damaged.15d: exchange shop · partial_refund 2000",
    ),
    row(delivered(lines=(VIRTUAL,)), "defect", "virtual.faulty: reship · refund 10000 L1"),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "mismatch",
        "virtual.faulty: reship · refund 10000 L1",
    ),
    row(
        order("delivered", lines=(VIRTUAL,)),
        "mismatch",
        "virtual.faulty: reship",
        has_photo=False,
        refused_evidence=True,
    ),
    row(shipped(), "damaged", "quality.in_transit: return_refund 10000 shop · exchange shop"),
    row(
        shipped(),
        "damaged",
        "quality.in_transit: trace · handover",
        has_photo=False,
        refused_evidence=True,
    ),
    row(
        shipped(),
        "damaged",
        "quality.refused_parcel: explain · trace",
        has_photo=False,
        refused_parcel=True,
    ),
    row(order("paid"), "damaged", "common.not_shipped_yet: explain · refund 10000"),
    row(order("unpaid"), "damaged", "common.unpaid: explain · cancel"),
    row(order("cancelled"), "damaged", "common.cancelled_held: refund 10000"),
    row(order("cancelled", payments=()), "damaged", "common.cancelled_settled: explain"),
    row(
        delivered(returns=(returned("received", received_at=ago(hours=49)),)),
        "defect",
        "common.return_overdue: refund 10000 · expedite",
    ),
    row(
        delivered(returns=(returned("approved"),)),
        "defect",
        "common.return_open: explain · expedite · handover",
    ),
]


BACK = Given(kind="return_refund", issue="defect", amount_fen=5_000, sku="A", money="statutory")
OF_EACH = [
    # of which article a return is, what is complained of, and the rule that decides
    ([BACK], "B", "goods.7d"),
    ([BACK], "A", "common.return_open"),
    ([BACK], None, "common.return_open"),
    ([replace(BACK, sku=None)], "B", "common.return_open"),
    ([], "B", "common.return_open"),
]


@pytest.mark.parametrize(("given", "sku", "rule"), OF_EACH)
def test_a_return_of_one_article_says_nothing_of_another(
    given: list[Given], sku: str | None, rule: str
) -> None:
    lines = (line(unit_price_fen=5_000, sku="A"), line(unit_price_fen=5_000, sku="B"))
    under_way = returned("approved", amount_fen=5_000)
    record = delivered(lines=lines, returns=(under_way,))
    own = {under_way.no} if given else frozenset()
    verdict = judge(record, "defect", given=given, own_returns=own, sku=sku)
    assert verdict.escalation is None
    assert line_of(verdict).startswith(rule)


@pytest.mark.parametrize(("record", "issue", "claim", "expected"), ROWS)
def test_the_first_rule_that_holds_decides(
    record: OrderRecord, issue: str, claim: dict[str, Any], expected: str
) -> None:
    assert line_of(judge(record, issue, **claim)) == expected
