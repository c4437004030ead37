"""The tables together: no rule of the shipped policy is left without a case."""

from __future__ import annotations

from tests.unit.remedies import (
    test_rules_after_sales,
    test_rules_amount,
    test_rules_boundaries,
    test_rules_logistics,
    test_rules_no_fault,
    test_rules_order_info,
    test_rules_quality,
)
from tests.unit.remedies.judge_for_tests import POLICY

TABLES = (
    test_rules_quality,
    test_rules_logistics,
    test_rules_order_info,
    test_rules_after_sales,
    test_rules_amount,
    test_rules_no_fault,
    test_rules_boundaries,
)


def test_every_rule_stands_in_a_table() -> None:
    expected = [case.values[3] for table in TABLES for case in table.ROWS]
    shown = {text.split(":")[0].split("?")[0] for text in expected}
    assert {rule.id for rule in POLICY.rules} <= shown
