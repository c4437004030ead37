"""Which cases a rule can reach: one that always gives way, can never hold, or half overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, Final, get_args

from bot.remedies.conditions import given
from bot.remedies.rulebook import Policy, Rule, State, When
from nlp.labels import INTENTS

_NOT_SENT: Final = frozenset({"unpaid", "paid"})
_OF_PARCELS: Final = (
    "no_pickup", "quiet_over", "transit_over", "partly_received", "parcel_under_way", "signed_by",
    "receipt_days_up_to", "receipt_hours_up_to", "asked_days_up_to", "in_warranty",
)  # fmt: skip
# Conditions that cannot hold together.
_APART: Final[tuple[tuple[Mapping[str, Any], str], ...]] = (
    ({"price_protected": True, "price_promised": False}, "no promise can run that was not made"),
    ({"money_held": True, "all_returned": True}, "nothing is held where all went back"),
    ({"partly_received": True, "parcel_under_way": False}, "then nothing is under way"),
)


def unreachable(policy: Policy) -> Iterable[Rule]:
    """Yield the rules before which another one always holds, in each of their issues."""
    for rule in policy.rules:
        ahead = {issue: _before(rule, policy.rules_of[issue]) for issue in rule.issues}
        if all(_hidden(rule, earlier, policy) for earlier in ahead.values()):
            yield rule


def _before(rule: Rule, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return rules[: rules.index(rule)]


def _hidden(rule: Rule, earlier: tuple[Rule, ...], policy: Policy) -> bool:
    """Tell whether in every state that the rule is for an earlier one holds first."""
    return all(
        any(_covers(other, rule, state, policy) for other in earlier)
        for state in rule.when.state or get_args(State)
    )


def _covers(broad: Rule, narrow: Rule, state: str, policy: Policy) -> bool:
    wishes = broad.intents is None or set(narrow.intents or INTENTS) <= set(broad.intents)
    then = narrow.when.model_copy(update={"state": frozenset({state})})
    return wishes and implies(then, broad.when, policy)


def implies(narrow: When, broad: When, policy: Policy) -> bool:
    """Tell whether the broad conditions hold wherever the narrow ones do."""
    return all(_implied(name, value, narrow, policy) for name, value in given(broad))


def _implied(name: str, wanted: Any, narrow: When, policy: Policy) -> bool:
    value = getattr(narrow, name)
    if name == "not_category":
        apart = bool(narrow.category) and not narrow.category & wanted
        return apart or bool(value and wanted <= value)
    if value is None:
        return False
    if name.endswith("_over"):
        return _number(name, value, policy) >= _number(name, wanted, policy)
    if name.endswith("_up_to"):
        return _number(name, value, policy) <= _number(name, wanted, policy)
    return bool(value <= wanted if isinstance(wanted, frozenset) else value == wanted)


def _number(name: str, value: Any, policy: Policy) -> float:
    return float(value) if name == "bad_share_over" else policy.defaults.number(value)


def impossible(policy: Policy) -> Iterable[tuple[Rule, str]]:
    """Yield the rules whose conditions can never hold together, and why."""
    for rule in policy.rules:
        if why := _never(rule.when):
            yield rule, why


def _never(when: When) -> str | None:
    if when.category and when.not_category and not when.category - when.not_category:
        return "category and not_category leave no goods"
    if when.state and when.state <= _NOT_SENT:
        early = [name for name in _OF_PARCELS if getattr(when, name) not in {None, False}]
        if early:
            return f"{early[0]} needs a parcel, and in state {min(when.state)} there is none"
    if when.return_state == frozenset({"none"}) and when.return_waiting_over is not None:
        return "return_waiting_over needs a return, and return_state is none"
    return next((why for pair, why in _APART if _states(when, pair)), None)


def _states(when: When, pair: Mapping[str, Any]) -> bool:
    return all(getattr(when, name) is value for name, value in pair.items())


def overlapping(policy: Policy) -> Iterable[tuple[Rule, Rule]]:
    """Yield pairs that look at the same things and half overlap: only their order decides.

    A narrow rule before a broad one is the way the files are meant; these are neither.
    """
    seen: set[tuple[str, str]] = set()
    for rules in policy.rules_of.values():
        for first, second in combinations(rules, 2):
            if (first.id, second.id) not in seen and _half_overlap(first, second, policy):
                seen.add((first.id, second.id))
                yield first, second


def _half_overlap(first: Rule, second: Rule, policy: Policy) -> bool:
    ones, others = dict(given(first.when)), dict(given(second.when))
    if ones.keys() != others.keys() or not _share_wish(first, second):
        return False
    if implies(first.when, second.when, policy) or implies(second.when, first.when, policy):
        return False
    return all(_together(name, value, others[name]) for name, value in ones.items())


def _share_wish(first: Rule, second: Rule) -> bool:
    return bool(set(first.intents or INTENTS) & set(second.intents or INTENTS))


def _together(name: str, one: Any, other: Any) -> bool:
    """Tell whether both values of a condition can hold for one case."""
    if isinstance(one, frozenset):
        return name == "not_category" or bool(one & other)
    return name.endswith(("_over", "_up_to")) or bool(one == other)
