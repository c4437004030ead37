"""Whether a rule's conditions hold for a case: what each one looks at, and when it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, get_args

from bot.remedies.amounts import owed_fen
from bot.remedies.case import Case, is_excluded, is_gift
from bot.remedies.given import by_line, fall_fen
from bot.remedies.parcels import is_going_back
from bot.remedies.rulebook import Owed, Rule, When
from bot.remedies.sums import is_protected
from nlp.labels import TYPE_OF

See = Callable[[Case], Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a condition looks at (None: unknown), and whether that is what the rule wants."""

    see: See
    holds: Callable[[Any, Any, Case], bool]


def applies(rule: Rule, case: Case) -> bool:
    """Tell whether the rule is the case's: intent and every condition given."""
    if rule.intents is not None and case.claim.intent not in rule.intents:
        return False
    return all(holds(name, value, case) for name, value in given(rule.when))


def holds(name: str, wanted: Any, case: Case) -> bool:
    """Tell whether one condition holds for the case."""
    condition = CONDITIONS[name]
    return condition.holds(condition.see(case), wanted, case)


def seen(rule: Rule, case: Case) -> dict[str, Any]:
    """Return what the rule's conditions looked at: the facts that it rests on, as JSON has them.

    Hours are rounded to a hundredth; a list is sorted.
    """
    return {name: _plain(CONDITIONS[name].see(case)) for name, _ in given(rule.when)}


def _plain(value: Any) -> Any:
    if isinstance(value, float | Fraction):
        return round(float(value), 2)
    if isinstance(value, frozenset):
        return sorted(value)
    return value


def given(when: When) -> list[tuple[str, Any]]:
    """Return the conditions that the rule states, by name."""
    return [(name, value) for name, value in when if value is not None]


def _over(see: See) -> Condition:
    def above(value: Any, threshold: Any, case: Case) -> bool:
        return value is not None and value > case.policy.defaults.number(threshold)

    return Condition(see, above)


def _up_to(see: See) -> Condition:
    def within(value: Any, threshold: Any, case: Case) -> bool:
        return value is not None and value <= case.policy.defaults.number(threshold)

    return Condition(see, within)


def _is(see: See) -> Condition:
    return Condition(see, lambda value, wanted, _: value is not None and value == wanted)


def _among(see: See) -> Condition:
    return Condition(see, lambda value, allowed, _: value in allowed)


def _categories(case: Case) -> frozenset[str]:
    return frozenset(line.category for line in case.lines)


def _in_warranty(case: Case) -> bool | None:
    days = case.facts.receipt_days
    return None if days is None else days <= min(warranty_days(case))


def warranty_days(case: Case) -> list[int]:
    """Return the warranty of each line complained of, in days from the day after receipt."""
    terms = case.policy.defaults.warranty_days
    return [getattr(terms, line.category, terms.other) for line in case.lines]


def _no_reason(case: Case) -> str:
    return "excluded" if all(is_excluded(line) for line in case.lines) else "allowed"


def _gift(case: Case) -> bool:
    return case.knows_item and all(is_gift(line) for line in case.lines)


def _owed(case: Case) -> frozenset[str]:
    return frozenset(name for name in get_args(Owed) if owed_fen(name, case) > 0)


def _price_protected(case: Case) -> bool:
    facts = case.facts
    fallen = [line for line in case.lines if case.fall_of(line)] or case.lines
    return any(is_protected(line, facts.paid_at, facts.now) for line in fallen)


def _goods_back(case: Case) -> bool:
    """Tell whether all that became cheaper was given back already, so that nothing is cheaper.

    What a person still looks at may be refused, and pieces that never came did not go back.
    """
    fallen = [line for line in case.lines if fall_fen(line)]
    given_on = by_line(case.order.lines, [one for one in case.given if not one.pending])
    told = zip(case.order.lines, given_on, strict=True)
    back = {id(line): of_it.gone - of_it.never_came for line, of_it in told}
    return bool(fallen) and all(back[id(line)] >= line.quantity for line in fallen)


def _delay_paid(case: Case) -> bool:
    """Tell whether the order's delay was compensated before: it has several names."""
    paid = {TYPE_OF.get(one.issue) for one in case.given if one.kind == "compensation"}
    return "logistics" in paid


def _discount(case: Case) -> str:
    discounts, sums = case.order.discounts, case.facts.sums
    if sums.missing_discounts and sums.discounted_fen:
        return "repaid"  # left out at the payment, and made good since
    if any(not d.applied for d in discounts):
        return "below"
    return "applied" if discounts else "absent"


def _return_state(case: Case) -> str:
    entry = case.facts.last_return
    return "none" if entry is None or _is_of_another_article(case) else entry.state


def _is_of_another_article(case: Case) -> bool:
    """Tell whether each return on record is known to be of articles that are not meant."""
    granted = [one.sku for one in case.given if one.kind == "return_refund"]
    meant = case.claim.sku
    apart = meant is not None and None not in granted and meant not in granted
    return apart and len(granted) >= len(case.order.returns)


def _invoice(case: Case) -> str:
    invoice = case.order.invoice
    return invoice.state if invoice else "absent"


CONDITIONS: Final[Mapping[str, Condition]] = {
    "state": _among(lambda case: case.facts.state),
    "category": Condition(_categories, lambda value, allowed, _: value <= allowed),
    "not_category": Condition(_categories, lambda value, barred, _: not value & barred),
    "ship_late_over": _over(lambda case: case.facts.ship_late_hours),
    "no_pickup": _is(lambda case: case.facts.no_pickup),
    "quiet_over": _over(lambda case: case.facts.quiet_hours),
    "deliver_late_over": _over(lambda case: case.facts.deliver_late_hours),
    "transit_over": _over(lambda case: case.facts.transit_hours),
    "paid_over": _over(lambda case: case.facts.hours_since_paid),
    "receipt_days_up_to": _up_to(lambda case: case.facts.receipt_days),
    "receipt_hours_up_to": _up_to(lambda case: case.facts.receipt_hours),
    "asked_days_up_to": _up_to(lambda case: case.facts.asked_days),
    "in_warranty": _is(_in_warranty),
    "no_reason": _is(_no_reason),
    "opened": _is(lambda case: case.claim.unopened is False),
    "part_only": _is(lambda case: case.claim.part_only),
    "number_changed": _is(lambda case: case.claim.number_changed),
    "spoilt": _is(lambda case: case.claim.spoilt),
    "going_back": _is(
        lambda case: case.claim.refused_parcel or is_going_back(case.order, case.facts.now)
    ),
    "worthless": _is(lambda case: case.claim.worthless),
    "remark": _is(lambda case: case.claim.remark),
    "fee_wanted": _is(lambda case: case.claim.fee_wanted),
    "on_site": _is(lambda case: case.claim.on_site),
    "signed_by": _among(lambda case: case.facts.signed_by),
    "parcel_under_way": _is(lambda case: case.facts.parcel_under_way),
    "partly_received": _is(lambda case: case.facts.partly_received),
    "weight": _among(lambda case: case.balance),
    "bad_share_over": Condition(
        lambda case: case.bad_share,
        lambda value, share, _: value is not None and value > share,
    ),
    "gift": _is(_gift),
    "owed": Condition(_owed, lambda value, heads, _: bool(value & heads)),
    "sent_back": _is(lambda case: case.is_sent_back),
    "money_held": _is(lambda case: case.remaining_fen > 0),
    "all_returned": _is(lambda case: case.is_all_returned),
    "price_promised": _is(lambda case: any(line.price_protect_days for line in case.lines)),
    "price_protected": _is(_price_protected),
    "price_fell": _is(lambda case: any(case.fall_of(line) for line in case.lines)),
    "goods_back": _is(_goods_back),
    "discount": _among(_discount),
    "payment_refunded": _is(lambda case: any(p.status == "refunded" for p in case.order.payments)),
    "delay_paid": _is(_delay_paid),
    "return_state": _among(_return_state),
    "return_waiting_over": _over(lambda case: case.facts.return_waiting_hours),
    "invoice": _among(_invoice),
}
