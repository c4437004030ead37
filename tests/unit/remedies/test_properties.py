"""What holds for every order, claim and moment, however odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.order_record import (
    Category,
    Discount,
    Invoice,
    Line,
    OrderRecord,
    OrderStatus,
    Payment,
    Return,
    Shipment,
    TrackingEvent,
)
from bot.remedies.assess import assess
from bot.remedies.claim import Claim
from bot.remedies.contradictions import contradictions
from bot.remedies.verdict import MONEY_KINDS, RemedyKind, Verdict
from bot.remedies.wishes import SERVES
from nlp.labels import INTENTS, ISSUES
from tests.unit.remedies.judge_for_tests import POLICY
from tests.unit.remedies.orders_for_tests import NOW, order

FEN = st.integers(0, 1_200_000)
MOMENTS = st.integers(-48, 24 * 500).map(lambda hours: NOW - timedelta(hours=hours))
MAYBE = st.none() | MOMENTS
SIGNED = st.none() | st.sampled_from(["本人", "张三", "驿站", "门卫", ""])
TEXTS = st.sampled_from(["已揽收", "等待揽收", "到达杭州转运中心", "已签收"])
EVENTS = st.lists(st.builds(TrackingEvent, at=MOMENTS, text=TEXTS), max_size=3).map(tuple)
TITLES = {"A1": "白色衬衫", "B1": "{花括号}", "C1": "车厘子"}
LINES = st.sampled_from(sorted(TITLES)).flatmap(
    lambda sku: st.builds(
        Line,
        sku=st.just(sku),
        title=st.just(TITLES[sku]),
        category=st.sampled_from(get_args(Category)),
        quantity=st.integers(1, 5),
        unit_price_fen=FEN,
        paid_fen=FEN,
        current_price_fen=st.none() | FEN,
        price_protect_days=st.none() | st.integers(0, 30),
        declared_value_fen=st.none() | FEN,
        no_reason_excluded=st.none() | st.booleans(),
    )
)
DISCOUNTS = st.builds(
    Discount, name=st.just("满减"), threshold_fen=st.none() | FEN, cut_fen=FEN,
    applied=st.booleans(),
)  # fmt: skip
PAYMENTS = st.builds(
    Payment, id=st.just("P"), method=st.just("wechat"), amount_fen=FEN, at=MOMENTS,
    status=st.sampled_from(["success", "success", "failed", "refunded"]),
)  # fmt: skip
SHIPMENTS = st.builds(
    Shipment, carrier=st.just("中通"), tracking_no=st.just("ZT1"), shipped_at=MAYBE,
    delivered_at=MAYBE, signed_by=SIGNED, weight_grams=st.none(), events=EVENTS,
)  # fmt: skip
RETURNS = st.builds(
    Return, no=st.just("R1"), amount_fen=FEN, requested_at=MOMENTS, received_at=MAYBE,
    refunded_at=MAYBE,
    state=st.sampled_from(["requested", "approved", "shipped", "received", "refunded", "refused"]),
)  # fmt: skip
INVOICES = st.builds(
    Invoice, kind=st.just("电子"), title=st.just("张三"),
    state=st.sampled_from(["none", "requested", "issued", "wrong"]),
)  # fmt: skip


@st.composite
def orders(draw: st.DrawFn) -> OrderRecord:
    """Any order record that the schema admits; half of them with sums that fit."""
    lines = tuple(draw(st.lists(LINES, min_size=1, max_size=3)))
    goods = draw(st.just(sum(x.unit_price_fen * x.quantity for x in lines)) | FEN)
    changes: dict[str, Any] = {
        "lines": lines,
        "goods_fen": goods,
        "status": draw(st.sampled_from(OrderStatus)).value,
        "placed_at": draw(MOMENTS),
        "paid_at": draw(MAYBE),
        "promised_ship_by": draw(MAYBE),
        "promised_deliver_by": draw(MAYBE),
        "discounts": tuple(draw(st.lists(DISCOUNTS, max_size=2))),
        "freight_fen": draw(st.just(0) | FEN),
        "free_shipping": draw(st.booleans()),
        "payments": tuple(draw(st.lists(PAYMENTS, max_size=3))),
        "shipments": tuple(draw(st.lists(SHIPMENTS, max_size=2))),
        "returns": tuple(draw(st.lists(RETURNS, max_size=2))),
        "invoice": draw(st.none() | INVOICES),
        "platform": draw(st.none() | st.just("天猫")),
    }
    return order(**changes)


CLAIMS = st.builds(
    Claim,
    issue=st.sampled_from([*ISSUES, "none", "nonsense"]),
    issues=st.lists(st.sampled_from(ISSUES), max_size=2).map(tuple),
    intent=st.sampled_from(INTENTS),
    demand=st.none() | st.sampled_from([kind.value for kind in RemedyKind]),
    has_photo=st.booleans(),
    refused_evidence=st.booleans(),
    sku=st.none() | st.sampled_from(["A1", "B1", "Z9"]),
    whole_order=st.booleans(),
    quantity=st.none() | st.integers(-2, 9),
    bad_share=st.none() | st.floats(),
    amount_fen=st.none() | FEN,
    correction=st.none() | st.sampled_from(["", "L码", "{x}"]),
    declined=st.frozensets(st.sampled_from([kind.value for kind in RemedyKind]), max_size=4),
    multiples=st.booleans(),
    concessions=st.integers(0, 5),
    on_site=st.booleans(),
    unopened=st.none() | st.booleans(),
)
GRANTED = st.just(0) | FEN


@settings(max_examples=400, deadline=None)
@given(record=orders(), claim=CLAIMS, granted=GRANTED)
def test_every_verdict_keeps_its_promises(record: OrderRecord, claim: Claim, granted: int) -> None:
    verdict = assess(POLICY, record, claim, NOW, granted)
    _says_one_thing(verdict)
    _stays_within_what_came_in(verdict, record, granted)
    _grounds_refusals(verdict)
    _never_repeats_what_was_declined(verdict, claim)
    assert verdict == assess(POLICY, record, claim, NOW, granted)


def _says_one_thing(verdict: Verdict) -> None:
    said = [bool(verdict.escalation), bool(verdict.missing), bool(verdict.options)]
    assert sum(said) == 1
    assert len(verdict.options) <= POLICY.max_options
    assert len(verdict.missing) <= 3
    texts = (*verdict.reasons, *verdict.checked)
    assert all(text and "None" not in text for text in texts)


def _stays_within_what_came_in(verdict: Verdict, record: OrderRecord, granted: int) -> None:
    left = max(0, record.received_fen - granted)
    for option in verdict.options:
        assert isinstance(option.amount_fen, int)
        assert 0 <= option.amount_fen <= left
        assert bool(option.amount_fen) == (option.kind in MONEY_KINDS)


def _grounds_refusals(verdict: Verdict) -> None:
    if {option.kind for option in verdict.options} & {RemedyKind.REJECT, RemedyKind.EXPLAIN}:
        assert any(reason.startswith("依据：") for reason in verdict.reasons)
        assert any("人工" in reason for reason in verdict.reasons)


def _never_repeats_what_was_declined(verdict: Verdict, claim: Claim) -> None:
    assert not {option.kind.value for option in verdict.options} & claim.declined


Sums = dict[str, tuple[int, str]]  # by kind of remedy: fen and releaser


def _sums(verdict: Verdict) -> Sums:
    return {o.kind.value: (o.amount_fen, o.tier) for o in verdict.options}


@settings(max_examples=300, deadline=None)
@given(record=orders(), claim=CLAIMS, granted=GRANTED)
def test_giving_way_only_raises_and_asks_for_no_higher_releaser(
    record: OrderRecord, claim: Claim, granted: int
) -> None:
    steps = [
        _sums(assess(POLICY, record, replace(claim, concessions=n), NOW, granted))
        for n in range(6)
    ]
    for before, after in pairwise(steps):
        assert before.keys() == after.keys()
        for kind, (amount_fen, tier) in before.items():
            assert after[kind][0] >= amount_fen
            assert after[kind][1] == tier
            assert kind in POLICY.bargaining.kinds or after[kind] == before[kind]


@settings(max_examples=300, deadline=None)
@given(
    record=orders(),
    claim=CLAIMS,
    demand=st.sampled_from([kind.value for kind in RemedyKind]),
    concessions=st.integers(0, 5),
)
def test_no_wording_takes_a_right_away(
    record: OrderRecord, claim: Claim, demand: str, concessions: int
) -> None:
    plain = replace(claim, demand=None, concessions=0, intent="complain")
    rights = _rights(assess(POLICY, record, plain, NOW))
    asked = assess(POLICY, record, replace(plain, demand=demand, concessions=concessions), NOW)
    assert asked.missing or rights.items() <= _sums(asked).items()


def _rights(verdict: Verdict) -> Sums:
    rule = next((r for r in POLICY.rules if r.id == verdict.rule), None)
    owed = {o.kind.value for o in rule.options if o.tier == "statutory"} if rule else set()
    return {kind: sums for kind, sums in _sums(verdict).items() if kind in owed}


@settings(max_examples=300, deadline=None)
@given(
    record=orders(), claim=CLAIMS, demand=st.sampled_from(["refund", "return_refund", "exchange"])
)
def test_a_demand_that_is_not_met_is_answered_with_a_ground_and_a_way_to_a_person(
    record: OrderRecord, claim: Claim, demand: str
) -> None:
    verdict = assess(POLICY, record, replace(claim, demand=demand, declined=frozenset()), NOW)
    met = {demand, *SERVES[demand]} & _sums(verdict).keys()
    about_a_sum = any(option.amount_fen for option in verdict.options)
    if verdict.options and not met and not about_a_sum and claim.issue in ISSUES:
        assert any("人工" in reason for reason in verdict.reasons)
        assert any(reason.startswith("依据：") for reason in verdict.reasons)


@settings(max_examples=200, deadline=None)
@given(record=orders(), claim=CLAIMS)
def test_facts_that_cannot_be_go_to_a_person(record: OrderRecord, claim: Claim) -> None:
    verdict = assess(POLICY, record, claim, NOW)
    if contradictions(record, NOW) and verdict.options:
        judged = next(r for r in POLICY.rules if r.id == verdict.rule)
        assert set(judged.issues) & POLICY.patient_issues
        goods = {"refund", "return_refund", "partial_refund", "exchange", "reship", "cancel"}
        assert not goods & _sums(verdict).keys()
