"""The judgement around the rules: what is asked first, declined, refused, handed to people."""

from __future__ import annotations

import json

import pytest

from bot.remedies.verdict import Escalation, RemedyKind
from nlp.labels import ISSUES
from tests.unit.remedies.judge_for_tests import POLICY, judge, line_of
from tests.unit.remedies.orders_for_tests import (
    FRUIT,
    GIFT,
    NOW,
    ago,
    delivered,
    line,
    order,
    parcel,
    payment,
    returned,
    shipped,
)  # fmt: skip

TWO = (line(sku="A1"), line(sku="B1", title="袜子", quantity=3))


def kinds(issue: str, record: object, **claim: object) -> list[str]:
    """Return the kinds offered, in order."""
    verdict = judge(record, issue, **claim)  # type: ignore[arg-type]
    return [option.kind.value for option in verdict.options]


def test_what_is_missing_is_asked_for_together_and_at_most_three_things() -> None:
    verdict = judge(delivered(lines=TWO), "missing_item", has_photo=False)
    assert verdict.missing == ("item", "quantity", "photo")
    assert verdict.options == ()
    assert verdict.escalation is None


def test_a_single_article_need_not_be_named() -> None:
    assert judge(delivered(), "defect", has_photo=False).missing == ("photo",)
    with_gift = delivered(lines=(line(), GIFT))
    assert judge(with_gift, "defect", has_photo=False).missing == ("photo",)
    assert judge(with_gift, "missing_item").missing == ("item", "quantity")


def test_the_whole_order_need_not_be_named_line_by_line() -> None:
    record = delivered(lines=TWO)
    assert judge(record, "defect").missing == ("item",)
    assert judge(record, "defect", whole_order=True).options[0].amount_fen == 40_000


def test_an_article_that_the_order_does_not_hold_is_asked_for_again() -> None:
    assert judge(delivered(lines=TWO), "defect", sku="Z9").missing == ("item",)


def test_an_empty_correction_is_no_correction() -> None:
    assert judge(order("paid"), "address", correction="  ").missing == ("correction",)


def test_without_evidence_the_lesser_options_stand() -> None:
    claim = {"has_photo": False, "refused_evidence": True}
    assert kinds("defect", delivered(), **claim) == ["exchange", "return_refund"]


def test_lesser_options_say_why_they_are_less_and_what_would_change_that() -> None:
    order = delivered(days=7)
    unproven = judge(order, "defect", has_photo=False, refused_evidence=True)
    assert any("补拍" in reason for reason in unproven.reasons)
    assert not any("补拍" in reason for reason in judge(order, "defect").reasons)


def test_declined_kinds_go_and_the_next_ones_come_up() -> None:
    phone = delivered(lines=(line(category="phone"),))
    assert kinds("defect", phone) == ["return_refund", "exchange", "repair"]
    declined = frozenset({"return_refund", "exchange"})
    assert kinds("defect", phone, declined=declined) == ["repair", "partial_refund"]


def test_an_exhausted_ladder_goes_to_a_supervisor() -> None:
    every = frozenset(kind.value for kind in RemedyKind)
    verdict = judge(delivered(), "defect", declined=every)
    assert verdict.escalation == Escalation(reason="E6", level="L2")
    assert verdict.rule == "goods.7d"
    assert verdict.liable == "shop"


def test_a_refusal_not_accepted_goes_to_a_supervisor() -> None:
    late = delivered(days=8)
    said = {"intent": "want_return", "declined": frozenset({"reject"})}
    assert line_of(judge(late, "none", **said)) == "none.too_late: E6 L2"


def test_what_the_customer_asked_for_stands_first_when_it_is_due() -> None:
    assert kinds("defect", delivered(), demand="partial_refund")[0] == "partial_refund"
    phone = delivered(lines=(line(category="phone"),))
    assert "partial_refund" in kinds("defect", phone, demand="partial_refund")


def test_a_demand_that_is_not_due_gets_an_answer() -> None:
    verdict = judge(delivered(days=10), "defect", demand="refund")
    assert "您希望的退款，按目前的情况不在可以直接办的范围里" in "".join(verdict.reasons)
    met = judge(delivered(), "defect", demand="refund")  # 退货退款 is what is meant
    assert "您希望的" not in "".join(met.reasons)


def test_multiples_are_for_people_only() -> None:
    verdict = judge(delivered(), "defect", multiples=True)
    assert verdict.escalation == Escalation(reason="E5", level="S")
    assert verdict.options == ()


def test_contradictory_facts_are_for_people_and_are_named_for_them() -> None:
    odd = parcel(shipped_at=ago(days=2), delivered_at=ago(days=3))
    verdict = judge(order("delivered", shipments=(odd,)), "defect")
    assert verdict.escalation == Escalation(reason="E13", level="L1")
    assert "包裹ZT100：签收早于发货" in verdict.checked
    assert verdict.options == ()


def test_contradictory_parcels_do_not_hold_up_an_invoice() -> None:
    odd = parcel(shipped_at=ago(days=2), delivered_at=ago(days=3))
    record = order("delivered", shipments=(odd,))
    assert line_of(judge(record, "invoice", correction="某某公司")) == "invoice.due: invoice"


def test_an_order_paid_but_shown_as_unpaid_is_for_a_person() -> None:
    record = order("unpaid", payments=(payment(),))
    assert judge(record, "system").escalation == Escalation(reason="E13", level="L1")


def test_an_unknown_issue_is_for_a_person() -> None:
    verdict = judge(delivered(), "no such issue")
    assert verdict.escalation == Escalation(reason="E13", level="L1")
    assert verdict.rule == "none"


def test_the_fault_goes_before_the_refusal_to_settle_it() -> None:
    said = {"issues": ("refused", "counterfeit")}
    assert line_of(judge(delivered(), "refused", **said)) == "counterfeit.person: E11 L2"


def test_what_was_granted_before_is_never_granted_again() -> None:
    verdict = judge(delivered(), "defect", granted_fen=9_500)
    assert verdict.options[0].amount_fen == 500
    verdict = judge(delivered(), "defect", granted_fen=10_000)
    assert verdict.rule == "common.all_returned"


def test_a_refund_already_released_is_hurried_not_paid_twice() -> None:
    back = returned("received", received_at=ago(days=4))
    record = delivered(returns=(back,))
    assert kinds("refund_delay", record, granted_fen=10_000) == ["expedite"]


def test_reasons_give_the_fact_first_then_the_ground() -> None:
    reasons = judge(order("paid", paid_at=ago(hours=74)), "not_shipped").reasons
    assert reasons[0] == "您的订单11月21日付款，应在付款后48小时内发货，到现在已超出1天2小时。"
    assert reasons[1].startswith("依据：电子商务法第20条")


def test_a_promise_of_the_order_is_told_as_such() -> None:
    record = order("paid", promised_ship_by=ago(hours=26))
    assert (
        "承诺11月23日10:00前发货，到现在已超出1天2小时" in judge(record, "not_shipped").reasons[0]
    )


def test_a_sentence_whose_fact_is_unknown_is_left_out() -> None:
    verdict = judge(order("paid"), "slow")  # nothing was sent, so there is no parcel to tell of
    assert not any("最新物流" in line or "包裹" in line for line in verdict.checked)
    assert "None" not in "".join((*verdict.reasons, *verdict.checked))


def test_a_parcel_without_history_is_told_as_such() -> None:
    silent = shipped(shipments=(parcel(shipped_at=ago(hours=2), events=()),))
    assert "11月24日10:00 发出，之后没有物流记录" in "".join(judge(silent, "slow").reasons)


def test_what_was_checked_is_told_by_type_of_matter() -> None:
    assert judge(delivered(), "overcharge").checked == (
        "商品明细：白色衬衫 100元×1＝100元",
        "商品合计100元，优惠0元，运费0元，应付100元，实收100元",
        "付款记录：11月14日12:00 100元成功",
    )
    assert "最新物流：11月24日11:00 到达杭州转运中心" in judge(shipped(), "slow").checked


def test_who_answers_and_who_pays_at_last() -> None:
    verdict = judge(order("paid"), "not_shipped")
    assert (verdict.liable, verdict.cost_bearer) == ("shop", "warehouse")
    assert verdict.cause == "late_dispatch"
    assert POLICY.causes[verdict.cause] == "发货延误"
    assert verdict.responsibility == "没按承诺时间发出是我们的责任，费用不用您出。"


def test_without_a_platform_the_shop_bears_the_cost_itself() -> None:
    assert judge(order("paid"), "system").cost_bearer == "shop"
    assert judge(order("paid", platform="天猫"), "system").cost_bearer == "platform"


def test_an_option_carries_what_the_order_system_needs() -> None:
    verdict = judge(delivered(lines=TWO), "missing_item", sku="B1", quantity=2)
    assert verdict.options[1].detail == {"issue": "missing_item", "sku": "B1", "quantity": 2}
    verdict = judge(order("paid"), "address", correction="文三路2号")
    assert verdict.options[0].detail["correction"] == "文三路2号"


@pytest.mark.parametrize("issue", ["defect", "price_drop", "none"])
def test_the_same_facts_give_the_same_verdict(issue: str) -> None:
    first = judge(delivered(), issue, intent="want_return", now=NOW)
    assert first == judge(delivered(), issue, intent="want_return", now=NOW)


def test_the_goods_are_added_up_line_by_line_before_the_customer() -> None:
    lines = (line(quantity=2), line(sku="B1", title="袜子", unit_price_fen=1_050))
    reasons = judge(order("paid", lines=lines), "overcharge").reasons
    assert reasons[0] == "商品明细：白色衬衫 100元×2＝200元、袜子 10.50元×1＝10.50元。"


def test_a_verdict_lists_the_facts_that_it_rests_on() -> None:
    facts = judge(order("paid", paid_at=ago(hours=50.5)), "not_shipped", granted_fen=300).facts
    assert facts == {
        "now": NOW.isoformat(), "state": "paid", "ship_late_over": 2.5, "received_fen": 10_000,
        "should_fen": 10_000, "granted_fen": 300, "remaining_fen": 9_700,
    }  # fmt: skip


def test_the_facts_of_a_verdict_are_json() -> None:
    for issue in ISSUES:
        for record in (order("paid"), shipped(), delivered(days=3), delivered(lines=(FRUIT,))):
            facts = judge(record, issue, bad_share=0.3, quantity=1).facts
            assert json.loads(json.dumps(facts)) == facts
