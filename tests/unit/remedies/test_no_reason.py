"""A return without a reason of several articles, some of which are excluded from it."""

from typing import Any

import pytest

from bot.order_record import Line
from bot.remedies.given import still_counted
from bot.remedies.verdict import RemedyOption, Verdict
from tests.unit.remedies.judge_for_tests import judge, line_of
from tests.unit.remedies.orders_for_tests import delivered, line, payment

SCARF = line(sku="s1", title="围巾", unit_price_fen=8_900, paid_fen=8_900)
GLOVES = line(sku="s2", title="手套", unit_price_fen=3_900, paid_fen=3_900)
VEST = line(sku="s3", title="内衣", unit_price_fen=5_950, paid_fen=5_950, no_reason_excluded=True)


def _asked_back(*lines: Line, intent: str = "want_return", **claim: object) -> Verdict:
    paid = sum(one.paid_fen for one in lines)
    order = delivered(days=2, lines=lines, payments=(payment(paid),))
    return judge(order, "none", intent=intent, **claim)


def _first(verdict: Verdict) -> RemedyOption:
    return verdict.options[0]


def test_of_two_articles_only_the_one_that_may_go_back_is_offered_and_named() -> None:
    verdict = _asked_back(VEST, SCARF, whole_order=True)
    assert line_of(verdict) == ("none.return_7d: return_refund 8900 customer · exchange customer")
    assert all(option.detail["sku"] == "s1" for option in verdict.options)
    assert all(option.detail["quantity"] == 1 for option in verdict.options)
    assert verdict.reasons[0].startswith("您的围巾")
    assert verdict.reasons[1].startswith("内衣不适用七日无理由退货")


def test_what_is_counted_of_both_is_not_more_than_goes_back() -> None:
    verdict = _asked_back(VEST, SCARF, whole_order=True, quantity=2)
    assert _first(verdict).detail["quantity"] == 1
    assert _first(verdict).amount_fen == 8_900


def test_an_exchange_takes_in_no_more_than_a_return() -> None:
    verdict = _asked_back(VEST, SCARF, whole_order=True, intent="want_exchange")
    assert _first(verdict).detail["sku"] == "s1"


def test_several_that_go_back_are_told_to_the_order_system_one_by_one() -> None:
    verdict = _asked_back(VEST, SCARF, GLOVES, whole_order=True)
    assert _first(verdict).detail["skus"] == ["s1", "s2"]
    assert _first(verdict).amount_fen == 12_800


def test_all_of_them_are_named_where_none_is_excluded() -> None:
    verdict = _asked_back(SCARF, GLOVES, whole_order=True)
    assert "skus" not in _first(verdict).detail
    assert verdict.reasons[0].startswith("您的围巾、手套")
    assert not any("不适用" in reason for reason in verdict.reasons)


def test_nothing_is_said_of_an_excluded_article_that_was_not_asked_back() -> None:
    verdict = _asked_back(VEST, SCARF, sku="s1")
    assert not any("内衣" in reason for reason in verdict.reasons)


def test_a_fault_is_claimed_for_the_excluded_article_too() -> None:
    order = delivered(days=2, lines=(VEST, SCARF), payments=(payment(14_850),))
    verdict = judge(order, "damaged", whole_order=True)
    assert verdict.options[0].detail.get("sku") is None


def test_which_article_is_meant_is_asked_before_any_is_left_out() -> None:
    assert line_of(_asked_back(VEST, SCARF)) == "none.return_7d? item"


def test_what_stayed_behind_is_still_there_for_a_claim_of_its_own() -> None:
    lines = (VEST, SCARF, GLOVES)
    back = _first(_asked_back(*lines, whole_order=True))
    row: dict[str, Any] = {"kind": "return_refund", "issue": "none", "money": back.money}
    told = {name: back.detail.get(name) for name in ("sku", "skus", "quantity")}
    given = still_counted([row | told | {"amount_fen": back.amount_fen}], ())
    order = delivered(days=2, lines=lines, payments=(payment(18_750),))
    of_vest = judge(order, "defect", sku="s3", given=given)
    assert _first(of_vest).amount_fen == 5_950
    again = judge(order, "none", intent="want_return", sku="s1", given=given)
    assert not any(option.amount_fen for option in again.options)


@pytest.mark.parametrize("intent", ["want_return", "want_exchange"])
def test_what_is_sealed_is_told_to_go_back_sealed(intent: str) -> None:
    lipstick = line(sku="s1", title="口红", category="cosmetics")
    reasons = judge(delivered(days=2, lines=(lipstick,)), "none", intent=intent).reasons
    assert any("口红要没有拆开密封" in reason for reason in reasons)
    of_scarf = judge(delivered(days=2, lines=(SCARF,)), "none", intent=intent).reasons
    assert not any("密封" in reason for reason in of_scarf)
