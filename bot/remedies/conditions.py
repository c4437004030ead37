"""Whether a rule's conditions hold for a case: one named test a condition, none hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.remedies.amounts import owed_fen
from bot.remedies.case import Case, is_excluded, is_gift
from bot.remedies.rulebook import Rule, When
from bot.remedies.sums import is_protected, price_fall_fen

Test = Callable[[Case, Any], bool]


def applies(rule: Rule, case: Case) -> bool:
    """Tell whether the rule is the case's: intent and every condition given."""
    if rule.intents is not None and case.claim.intent not in rule.intents:
        return False
    return all(TESTS[name](case, value) for name, value in given(rule.when))


def given(when: When) -> list[tuple[str, Any]]:
    """Return the conditions that the rule states, by name."""
    return [(name, value) for name, value in when if value is not None]


def _over(fact: Callable[[Case], float | None]) -> Test:
    def test(case: Case, threshold: Any) -> bool:
        value = fact(case)
        return value is not None and value > case.policy.defaults.number(threshold)

    return test


def _up_to(fact: Callable[[Case], float | None]) -> Test:
    def test(case: Case, threshold: Any) -> bool:
        value = fact(case)
        return value is not None and value <= case.policy.defaults.number(threshold)

    return test


def _category(case: Case, allowed: Any) -> bool:
    return all(line.category in allowed for line in case.lines)


def _not_category(case: Case, barred: Any) -> bool:
    return not any(line.category in barred for line in case.lines)


def _in_warranty(case: Case, wanted: Any) -> bool:
    days = case.facts.receipt_days
    return days is not None and (days <= min(warranty_days(case))) is wanted


def warranty_days(case: Case) -> list[int]:
    """Return the warranty of each line complained of, in days from the day after receipt."""
    terms = case.policy.defaults.warranty_days
    return [getattr(terms, line.category, terms.other) for line in case.lines]


def _no_reason(case: Case, wanted: Any) -> bool:
    excluded = all(is_excluded(line) for line in case.lines)
    return excluded is (wanted == "excluded")


def _bad_share_over(case: Case, share: Any) -> bool:
    return case.bad_share is not None and case.bad_share > share


def _gift(case: Case, wanted: Any) -> bool:
    return case.knows_item and all(is_gift(line) for line in case.lines) is wanted


def _owed(case: Case, names: Any) -> bool:
    return any(owed_fen(name, case) > 0 for name in names)


def _price_promised(case: Case, wanted: Any) -> bool:
    return any(line.price_protect_days for line in case.lines) is wanted


def _price_protected(case: Case, wanted: Any) -> bool:
    facts = case.facts
    fallen = [line for line in case.lines if price_fall_fen(line)] or case.lines
    return any(is_protected(line, facts.paid_at, facts.now) for line in fallen) is wanted


def _price_fell(case: Case, wanted: Any) -> bool:
    return any(price_fall_fen(line) for line in case.lines) is wanted


def _discount(case: Case, wanted: Any) -> bool:
    discounts = case.order.discounts
    if any(not d.applied for d in discounts):
        return "below" in wanted
    return ("applied" if discounts else "absent") in wanted


def _payment_refunded(case: Case, wanted: Any) -> bool:
    return any(p.status == "refunded" for p in case.order.payments) is wanted


def _return_state(case: Case, wanted: Any) -> bool:
    entry = case.facts.last_return
    return (entry.state if entry else "none") in wanted


def _invoice(case: Case, wanted: Any) -> bool:
    invoice = case.order.invoice
    return (invoice.state if invoice else "absent") in wanted


TESTS: Final[Mapping[str, Test]] = {
    "state": lambda case, states: case.facts.state in states,
    "category": _category,
    "not_category": _not_category,
    "ship_late_over": _over(lambda case: case.facts.ship_late_hours),
    "no_pickup": lambda case, wanted: case.facts.no_pickup is wanted,
    "quiet_over": _over(lambda case: case.facts.quiet_hours),
    "deliver_late_over": _over(lambda case: case.facts.deliver_late_hours),
    "transit_over": _over(lambda case: case.facts.transit_hours),
    "paid_over": _over(lambda case: case.facts.hours_since_paid),
    "receipt_days_up_to": _up_to(lambda case: case.facts.receipt_days),
    "receipt_hours_up_to": _up_to(lambda case: case.facts.receipt_hours),
    "in_warranty": _in_warranty,
    "no_reason": _no_reason,
    "opened": lambda case, wanted: (case.claim.unopened is False) is wanted,
    "signed_by": lambda case, kinds: case.facts.signed_by in kinds,
    "parcel_under_way": lambda case, wanted: case.facts.parcel_under_way is wanted,
    "partly_received": lambda case, wanted: case.facts.partly_received is wanted,
    "bad_share_over": _bad_share_over,
    "gift": _gift,
    "owed": _owed,
    "money_held": lambda case, wanted: (case.remaining_fen > 0) is wanted,
    "all_returned": lambda case, wanted: case.is_all_returned is wanted,
    "price_promised": _price_promised,
    "price_protected": _price_protected,
    "price_fell": _price_fell,
    "discount": _discount,
    "payment_refunded": _payment_refunded,
    "return_state": _return_state,
    "return_waiting_over": _over(lambda case: case.facts.return_waiting_hours),
    "invoice": _invoice,
}
