"""The judgement: what the policy allows for one claim on one order at one moment.

Read from top to bottom: what only a person may judge, then the first rule that holds, then the
facts it lacks, then its options with sums and releasers. Pure, and it never raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.order_record import ENDS_ORDER, UNSHIPPED, OrderRecord
from bot.remedies.amounts import amount_fen, raised_fen
from bot.remedies.case import Case, claimed_lines
from bot.remedies.claim import Claim
from bot.remedies.conditions import applies, seen
from bot.remedies.facts import derive_facts
from bot.remedies.freight import with_freight_back
from bot.remedies.given import TAKEN_BACK, Given
from bot.remedies.gone import needs_a_look
from bot.remedies.liability import liability_of
from bot.remedies.limits import capped_fen, tier_of
from bot.remedies.no_reason import narrowed, skus_of_rest
from bot.remedies.policy import Policy
from bot.remedies.ranking import cut, ranked
from bot.remedies.returned import took_back
from bot.remedies.rulebook import Amount, Escalate, Option, Rule
from bot.remedies.verdict import (
    MONEY_KINDS,
    Escalation,
    Freight,
    Missing,
    RemedyKind,
    RemedyOption,
    Verdict,
)
from bot.remedies.wishes import DEMAND_OF, INTENT_OF, is_served, may_be_due_besides
from bot.remedies.words import fill
from nlp.labels import NONE, TYPE_OF

MOST_MISSING: Final = 3  # policy §2.5: never ask for more at a time
NO_RULE: Final = "none"
# Who says that the parcel never came cannot send its contents back.
NOT_AT_HAND: Final = frozenset({"not_received"})
# Kinds for which the article goes back.
SENT_BACK: Final = frozenset({RemedyKind.RETURN_REFUND, RemedyKind.EXCHANGE, RemedyKind.REPAIR})


def assess(
    policy: Policy,
    order: OrderRecord,
    claim: Claim,
    now: datetime,
    granted_fen: int = 0,
    given: Sequence[Given] = (),
    own_returns: Set[str] = frozenset(),
) -> Verdict:
    """Return the verdict.

    `granted_fen` is what was granted on the order before, in fen, and `given` tells of what;
    `own_returns` are the returns on record that are among these grants.
    """
    policy = policy.governing(order)
    claim = _deferred(policy, claim)
    elsewhere = tuple(back for back in order.returns if back.no not in own_returns)
    given = (*took_back(order, elsewhere), *given)
    case = replace(_case(policy, order, claim, now, granted_fen, given), elsewhere=elsewhere)
    rule = next((r for r in policy.rules_of.get(claim.issue, ()) if applies(r, case)), None)
    if person := _for_a_person(case, rule):
        return _escalated(case, rule, person)
    if rule is None:
        return _escalated(case, None, policy.escalations.no_rule)
    case = narrowed(case, rule)
    if missing := _missing(rule, case):
        return replace(_bare(case, rule), missing=missing)
    verdict = _with_what_is_due(case, _decided(case, rule))
    verdict = with_freight_back(verdict, case.claim.issue)
    if needs_a_look(verdict, case):
        return _escalated(case, rule, policy.escalations.contradiction)
    return verdict


def _deferred(policy: Policy, claim: Claim) -> Claim:
    """Put the fault before the complaint about its handling: what is due follows from it."""
    faults = policy.defers.get(claim.issue, ())
    fault = next((issue for issue in claim.issues if issue in faults), None)
    return replace(claim, issue=fault) if fault else claim


def _case(
    policy: Policy,
    order: OrderRecord,
    claim: Claim,
    now: datetime,
    granted_fen: int,
    given: Sequence[Given] = (),
) -> Case:
    lines, knows_item = claimed_lines(order, claim)
    return Case(
        policy=policy,
        order=order,
        claim=claim,
        facts=derive_facts(order, now, policy.defaults, given),
        granted_fen=max(0, granted_fen),
        given=tuple(given),
        lines=lines,
        knows_item=knows_item,
    )


def _for_a_person(case: Case, rule: Rule | None) -> Escalate | None:
    """Return who must take over whatever else holds (policy §4.3); None when the rules may."""
    escalations = case.policy.escalations
    if case.claim.multiples:
        return escalations.multiples
    if rule and rule.escalate:
        return rule.escalate
    if case.facts.contradictions and case.claim.issue not in case.policy.patient_issues:
        return escalations.contradiction
    return None


def _missing(rule: Rule, case: Case) -> tuple[Missing, ...]:
    needs = list(rule.needs)
    # Money for half of five cups, or for two bottles of a pack of cans, would be guessed.
    if case.is_uncounted and case.knows_item and "item" in needs:
        needs.append("quantity")
    lacking = [need for need in dict.fromkeys(needs) if not _has(need, case)]
    return tuple(lacking[:MOST_MISSING])


def _has(need: Missing, case: Case) -> bool:
    claim = case.claim
    match need:
        case "photo":
            return claim.has_photo or claim.refused_evidence
        case "item":
            return case.knows_item
        case "quantity":
            return case.quantity is not None
        case "bad_share":
            return case.bad_share is not None
        case "correction":
            return bool(claim.correction and claim.correction.strip())
        case "amount":
            return claim.amount_fen is not None


def _decided(case: Case, rule: Rule) -> Verdict:
    ladder = rule.without_photo if _is_unproven(case, rule) else rule.options
    if not ladder:
        return _escalated(case, rule, case.policy.escalations.no_evidence)
    standing = [spec for spec in ladder if spec.kind not in case.claim.declined]
    if not standing:
        return _escalated(case, rule, case.policy.escalations.ladder_exhausted)
    standing = _apart(case, rule, standing)
    options = [option for spec in standing if (option := _option(case, rule, spec))]
    if not options:
        escalations = case.policy.escalations
        spent = escalations.ladder_exhausted if case.claim.declined else escalations.nothing_left
        return _escalated(case, rule, spent)
    return _offered(case, rule, options)


def _apart(case: Case, rule: Rule, ladder: Sequence[Option]) -> list[Option]:
    """Leave out money for goods that stay where a refund that takes nothing back is the same.

    What is owed stays on the table, and no giving way changes which kinds are there.
    """
    plain = replace(case, claim=replace(case.claim, concessions=0))
    sums = [option.amount_fen if (option := _option(plain, rule, s)) else 0 for s in ladder]
    refunds = {fen for s, fen in zip(ladder, sums, strict=True) if s.kind == RemedyKind.REFUND}
    return [
        spec
        for spec, fen in zip(ladder, sums, strict=True)
        if spec.kind != RemedyKind.PARTIAL_REFUND or spec.tier == "statutory" or fen not in refunds
    ]


def _is_unproven(case: Case, rule: Rule) -> bool:
    return "photo" in rule.needs and not case.claim.has_photo


def _option(case: Case, rule: Rule, spec: Option) -> RemedyOption | None:
    """Return the option with its sum; None for money of which nothing is left to pay.

    What cannot be sent alone is not sent again, and goes back with the piece that it is part of.
    """
    if spec.kind == RemedyKind.RESHIP and case.is_part_of_piece:
        return None
    if spec.kind in SENT_BACK and case.is_part_of_piece:
        claim = replace(case.claim, quantity=case.quantity, quantity_unit=None)
        case = replace(case, claim=claim)
    amount = _sum(case, spec, spec.amount) if spec.amount else 0
    if spec.kind in MONEY_KINDS and amount == 0:
        return None
    term = spec.within or spec.kind.value
    return RemedyOption(
        kind=spec.kind,
        amount_fen=amount,
        return_freight=_freight(case, spec),
        rule=rule.id,
        tier=tier_of(spec.kind, spec.tier, amount, case, spec.amount),
        within="".join(fill([case.policy.within[term]], case)),
        promise=term,
        money=spec.tier,
        detail=_detail(case, spec) | _before(case, spec.kind, amount),
    )


def _sum(case: Case, spec: Option, amount: Amount) -> int:
    """Return the sum after the concessions made, none of which asks for a higher releaser."""
    first = capped_fen(spec.kind, amount_fen(amount, case), case, amount.formula)
    if spec.kind not in case.policy.bargaining.kinds or spec.tier != "discretionary":
        return first
    released = tier_of(spec.kind, spec.tier, first, case, amount)
    for step in range(case.claim.concessions, 0, -1):
        more = capped_fen(spec.kind, raised_fen(amount, case, step), case)
        if more > first and tier_of(spec.kind, spec.tier, more, case, amount) == released:
            return more
    return first


def _freight(case: Case, spec: Option) -> Freight:
    if spec.return_freight == "no_reason":
        return "shop" if case.policy.defaults.free_return else "customer"
    return spec.return_freight


def _detail(case: Case, spec: Option) -> dict[str, Any]:
    """Return what the order system and the reader of the ledger need beside kind and sum."""
    claim, entry = case.claim, case.facts.last_return
    skus = {line.sku for line in case.lines}
    ends_order = bool(spec.amount and spec.amount.formula == "paid_all")
    told: dict[str, Any] = {
        "issue": claim.issue,
        "sku": case.lines[0].sku if case.knows_item and len(skus) == 1 else None,
        "skus": skus_of_rest(case),
        "quantity": _whole_pieces(case) if case.knows_item else None,
        "correction": claim.correction,
        "return_no": entry.no if entry and entry.state not in {"refunded", "refused"} else None,
        "note": spec.note,
        ENDS_ORDER: ends_order or None,
        UNSHIPPED: (ends_order and not case.facts.has_shipped) or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _whole_pieces(case: Case) -> int | None:
    """Return how many pieces a remedy takes in; a part of one leaves it where it is."""
    return int(case.pieces) if case.is_part_of_piece and case.pieces else case.quantity


def _before(case: Case, kind: RemedyKind, amount_fen: int) -> dict[str, Any]:
    """Return what was granted before, where all the rest goes back: it would look too little.

    A refund of less than that is told to be a part, for it is not all of the money.

    A sum that a person still looks at is told by itself: it may yet be refused.
    """
    if kind not in TAKEN_BACK or amount_fen != case.remaining_fen:
        return {"part": True} if kind == RemedyKind.REFUND else {}
    pending = case.pending_fen
    told = {"before_fen": case.granted_fen - pending, "pending_fen": pending}
    return {name: fen for name, fen in told.items() if fen}


def _offered(case: Case, rule: Rule, options: list[RemedyOption]) -> Verdict:
    in_order = ranked(options, case.claim.demand)
    bare = _bare(case, rule)
    answer = _answer_to_demand(case, in_order)
    grounds = fill(_grounds(case, rule, in_order, answered=bool(answer)), case)
    shown = cut(in_order, _rights(rule), case.policy.max_options)
    told = (*_granted_before(case, shown), *_while_unproven(case, rule), *answer)
    return replace(bare, options=tuple(shown), reasons=(*bare.reasons, *grounds, *told))


def _rights(rule: Rule) -> frozenset[RemedyKind]:
    """Return the kinds that are owed rather than granted."""
    return frozenset(option.kind for option in rule.options if option.tier == "statutory")


def _grounds(
    case: Case, rule: Rule, options: list[RemedyOption], *, answered: bool
) -> Iterable[str]:
    """Yield the ground, what would change it, and the way on; the answer to a demand names it."""
    texts = case.policy.texts
    yield texts.ground.replace("{text}", rule.ground)
    if any(option.kind in {RemedyKind.REJECT, RemedyKind.EXPLAIN} for option in options):
        if rule.would_change:
            yield texts.would_change.replace("{text}", rule.would_change)
        if not answered:
            yield texts.way_to_person


def _granted_before(case: Case, options: list[RemedyOption]) -> tuple[str, ...]:
    """Say why a person looks at a second sum on one order."""
    held_up = any(option.amount_fen and option.tier != "bot" for option in options)
    return fill([case.policy.texts.granted_before], case) if held_up else ()


def _while_unproven(case: Case, rule: Rule) -> tuple[str, ...]:
    """Say why less is offered than the reasons promise, and what would change that."""
    text = case.policy.texts.unproven
    if not text or not _is_unproven(case, rule) or rule.options == rule.without_photo:
        return ()
    return fill([text], case)


def _answer_to_demand(case: Case, options: list[RemedyOption]) -> tuple[str, ...]:
    """Return a word on a demand that is not among the options: silence would be no answer."""
    demand, wish = case.claim.demand, case.claim.intent
    if demand is None or is_served(case, demand, options):
        return ()
    if case.claim.issue == NONE and wish in DEMAND_OF and demand in INTENT_OF:
        return ()  # the wish is the matter itself, and its rule has just answered it
    return fill([case.policy.texts.not_offered], case)


def _with_what_is_due(case: Case, verdict: Verdict) -> Verdict:
    """Add what the customer may ask for under any title, whatever they complain of.

    Who complains of a runaround may still send the goods back within seven days; where that is
    not due, the rule that says so is the ground of the refusal.
    """
    claim = case.claim
    demand = claim.demand if claim.demand in INTENT_OF else DEMAND_OF.get(claim.intent)
    if claim.issue == NONE or verdict.escalation or demand is None:
        return verdict
    if claim.issue in NOT_AT_HAND and case.order.delivered_at is not None:
        return verdict
    if is_served(case, demand, verdict.options) or demand in claim.declined:
        return verdict
    if not may_be_due_besides(case, demand):
        return verdict
    if case.facts.contradictions:
        return _escalated(case, None, case.policy.escalations.contradiction)
    wish = replace(claim, issue=NONE, issues=(NONE,), intent=INTENT_OF[demand])
    wished = replace(case, claim=wish)
    rule = next((r for r in case.policy.rules_of[NONE] if applies(r, wished)), None)
    if rule is None:
        return verdict
    wished = narrowed(wished, rule)
    if missing := _missing(rule, wished):
        return replace(verdict, options=(), missing=missing)
    due = [option for spec in rule.options if (option := _option(wished, rule, spec))]
    if {(o.kind, o.promise) for o in due} <= {(o.kind, o.promise) for o in verdict.options}:
        return verdict  # the other rule has nothing to add
    gives = [
        option
        for option in due
        if is_served(wished, demand, [option]) and option.kind.value not in claim.declined
    ]
    return _joined(wished, rule, verdict, gives)


def _joined(wished: Case, rule: Rule, verdict: Verdict, gives: list[RemedyOption]) -> Verdict:
    """Put what is due by the other rule in front, or its ground where it gives nothing."""
    told = fill((*rule.reasons, wished.policy.texts.ground.replace("{text}", rule.ground)), wished)
    refusal = fill([wished.policy.texts.not_offered], wished)
    reasons = tuple(r for r in verdict.reasons if r not in refusal)
    told = tuple(r for r in told if r not in reasons)
    if not gives:
        return replace(verdict, reasons=(*reasons, *told, *refusal))
    right = next((r for r in wished.policy.rules if r.id == verdict.rule), rule)
    rights = _rights(right) | {option.kind for option in gives}
    options = cut([*gives, *verdict.options], rights, wished.policy.max_options)
    return replace(verdict, options=tuple(options), reasons=(*reasons, *told))


def _escalated(case: Case, rule: Rule | None, escalate: Escalate) -> Verdict:
    text = case.policy.texts.escalated.get(escalate.reason)
    return replace(
        _bare(case, rule),
        escalation=Escalation(reason=escalate.reason, level=escalate.level),
        reasons=(text,) if text else (),
        checked=(*_checked(case), *case.facts.contradictions),
    )


def _bare(case: Case, rule: Rule | None) -> Verdict:
    """Return the verdict before any option: facts, what was checked, who answers for it."""
    if rule is None:
        return Verdict(
            rule=NO_RULE,
            policy_version=case.policy.version,
            policy_digest=case.policy.digest,
            checked=_checked(case),
        )
    cell = liability_of(rule, case)
    return Verdict(
        rule=rule.id,
        policy_version=case.policy.version,
        policy_digest=case.policy.digest,
        facts=_facts(rule, case),
        reasons=fill(rule.reasons, case),
        checked=_checked(case),
        liable=cell.liable,
        cost_bearer=cell.cost_bearer,
        cause=cell.cause,
        responsibility=cell.responsibility,
    )


def _facts(rule: Rule, case: Case) -> dict[str, Any]:
    """Return what the verdict rests on: what its rule looked at, and the sums in fen."""
    sums = case.facts.sums
    return {
        "now": case.facts.now.isoformat(),
        **seen(rule, case),
        "received_fen": sums.received_fen,
        "should_fen": sums.should_fen,
        "granted_fen": case.granted_fen,
        "remaining_fen": case.remaining_fen,
    }


def _checked(case: Case) -> tuple[str, ...]:
    type_ = TYPE_OF.get(case.claim.issue, "none")
    return fill(case.policy.checked.get(type_, ()), case)
