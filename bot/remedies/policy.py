"""Reads the shop's policy; every mistake is named by file, rule and key.

A policy is a folder of YAML files: `shop.yaml` (numbers and texts), `liability.yaml` (the
订单责任划分表) and the rule files that `shop.yaml` lists, in the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, Field, ValidationError

from bot.errors import PolicyError
from bot.remedies.lint import lint, wrong_text
from bot.remedies.rulebook import (
    NUMBERS,
    Defaults,
    Escalations,
    Liability,
    Limits,
    Part,
    Policy,
    Rate,
    Recovery,
    Rule,
    Texts,
)
from bot.remedies.verdict import RemedyKind
from nlp.labels import INTENTS, ISSUES, NONE

__all__ = ["Policy", "check_policy", "load_policy"]

# Changes of mind that every policy must answer, beside the 26 issues.
NO_FAULT_INTENTS: Final = ("want_return", "want_cancel", "want_refund", "want_exchange")
P = TypeVar("P", bound=BaseModel)
# Hours, or the end of the shop's day.
Promised = Annotated[float, Field(gt=0)] | Literal["today"]


class ShopFile(Part):
    """What `shop.yaml` holds."""

    version: str
    valid_from: date
    rule_files: tuple[str, ...]
    max_options: int = 3
    defaults: Defaults = Defaults()
    limits: Limits = Limits()
    rates: Mapping[str, Rate]
    within: Mapping[str, str]
    promised: Mapping[str, Promised] = {}
    recovery: Recovery = Recovery()
    texts: Texts
    checked: Mapping[str, tuple[str, ...]]
    kind_names: Mapping[RemedyKind, str]
    escalations: Escalations = Escalations()
    patient_issues: tuple[str, ...] = ()
    defers: Mapping[str, tuple[str, ...]] = {}


class LiabilityFile(Part):
    """What `liability.yaml` holds."""

    causes: Mapping[str, str]
    table: Mapping[str, Liability]


def load_policy(folder: Path) -> Policy:
    """Return the policy in the folder; raises PolicyError for the first mistake."""
    shop = _parse(ShopFile, _read(folder / "shop.yaml"), "shop.yaml")
    liability = _parse(LiabilityFile, _read(folder / "liability.yaml"), "liability.yaml")
    rules: dict[str, Rule] = {}
    origins: dict[str, str] = {}
    for name in shop.rule_files:
        for rule in _rules(_read(folder / name), name):
            if rule.id in rules:
                raise PolicyError(f"{name}, rule {rule.id}: key id: used before; ids are unique")
            rules[rule.id], origins[rule.id] = rule, name
    policy = _assemble(shop, liability, tuple(rules.values()))
    _check_whole(policy, origins)
    return policy


def check_policy(folder: Path) -> list[str]:
    """Return what a careful reader objects to; a mistake that prevents loading stands alone."""
    try:
        policy = load_policy(folder)
    except PolicyError as error:
        return [str(error)]
    return lint(policy)


def _assemble(shop: ShopFile, liability: LiabilityFile, rules: tuple[Rule, ...]) -> Policy:
    issues = (*ISSUES, NONE)
    return Policy(
        version=shop.version,
        valid_from=shop.valid_from,
        defaults=shop.defaults,
        limits=shop.limits,
        rates=shop.rates,
        within=shop.within,
        promised=shop.promised,
        recovery=shop.recovery,
        texts=shop.texts,
        checked=shop.checked,
        escalations=shop.escalations,
        max_options=shop.max_options,
        kind_names={kind.value: name for kind, name in shop.kind_names.items()},
        causes=liability.causes,
        liability=liability.table,
        rules=rules,
        rules_of={issue: tuple(r for r in rules if issue in r.issues) for issue in issues},
        patient_issues=frozenset(shop.patient_issues),
        defers=shop.defers,
    )


class _UniqueKeys(yaml.SafeLoader):
    """YAML that refuses a key given twice, where the first would be lost silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping, or raise with the line of the second key."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} is given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error
    try:
        return yaml.load(text, _UniqueKeys)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise PolicyError(f"{path.name}{_line_of(error)}: {_problem_of(error)}") from error


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem_of(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).replace("\n", " ")


def _rules(content: Any, name: str) -> list[Rule]:
    if not isinstance(content, dict) or set(content) != {"rules"}:
        raise PolicyError(f"{name}: expected one key, rules")
    if not isinstance(content["rules"], list):
        raise PolicyError(f"{name}: key rules: expected a list of rules")
    return [_rule(raw, f"{name}, rule", number) for number, raw in enumerate(content["rules"], 1)]


def _rule(raw: Any, where: str, number: int) -> Rule:
    named = raw.get("id") if isinstance(raw, dict) else None
    return _parse(Rule, raw, f"{where} {named or f'no. {number}'}")


def _parse(model: type[P], raw: Any, where: str) -> P:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise PolicyError(f"{where}: {_first_of(model, error)}") from error


def _first_of(model: type[BaseModel], error: ValidationError) -> str:
    """Return one line for the first mistake: the key, what is wrong and what is allowed."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "(whole)"
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = f"unknown key; allowed: {', '.join(_keys_at(model, first['loc'][:-1]))}"
    return f"key {key}: {message}"


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    for part in path:
        field = model.model_fields.get(str(part))
        inner = _model_in(field.annotation) if field else None
        model = inner or model
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found), None)


Complaint = tuple[str, str]  # the id of a rule or the name of a file, and what is wrong there


def _check_whole(policy: Policy, origins: Mapping[str, str]) -> None:
    """Check what no single rule can know: names that must exist, issues that need a rule."""
    checks: tuple[Callable[[Policy], Complaint | None], ...] = (
        _without_rule, _unknown_name, _unknown_cause, _unknown_promise, wrong_text,
    )  # fmt: skip
    for check in checks:
        if complaint := check(policy):
            where, what = complaint
            place = f"{origins[where]}, rule {where}" if where in origins else where
            raise PolicyError(f"{place}: {what}")


def _without_rule(policy: Policy) -> Complaint | None:
    bare = next((issue for issue in ISSUES if not policy.rules_of[issue]), None)
    if bare:
        return "shop.yaml", f"key rule_files: issue {bare} has no rule in any of the files"
    answered = {i for rule in policy.rules_of[NONE] for i in rule.intents or NO_FAULT_INTENTS}
    missing = next((i for i in NO_FAULT_INTENTS if i not in answered), None)
    what = f"key rule_files: issue none with intent {missing} has no rule in any of the files"
    return ("shop.yaml", what) if missing else None


def _unknown_cause(policy: Policy) -> Complaint | None:
    for name, cell in policy.liability.items():
        if cell.cause not in policy.causes:
            allowed = ", ".join(sorted(policy.causes))
            what = f"key table.{name}.cause: unknown {cell.cause!r}; allowed: {allowed}"
            return "liability.yaml", what
    return None


def _unknown_promise(policy: Policy) -> Complaint | None:
    unknown = next((name for name in policy.promised if name not in policy.within), None)
    if unknown is None:
        return None
    what = f"key promised: unknown {unknown!r}; allowed: {_listed(policy.within)}"
    return "shop.yaml", what


def _unknown_name(policy: Policy) -> Complaint | None:
    for rule in policy.rules:
        for key, given, allowed in _names(rule, policy):
            wrong = next((name for name in given if name not in allowed), None)
            if wrong is not None:
                return rule.id, f"key {key}: unknown {wrong!r}; allowed: {_listed(allowed)}"
    return None


def _names(rule: Rule, policy: Policy) -> Iterable[tuple[str, Iterable[str], Iterable[str]]]:
    """Yield each key of a rule that names something defined elsewhere, with what there is."""
    options = (*rule.options, *rule.without_photo)
    yield "issues", rule.issues, (*ISSUES, NONE)
    yield "intents", rule.intents or (), INTENTS
    yield "liability", [rule.liability], policy.liability
    rates = [o.amount.rate for o in options if o.amount and o.amount.rate]
    yield "options.amount.rate", rates, policy.rates
    yield "options.within", [o.within or o.kind.value for o in options], policy.within
    for name, value in rule.when:
        if isinstance(value, str) and _is_threshold(name):
            yield f"when.{name}", [value], NUMBERS


def _is_threshold(name: str) -> bool:
    return name.endswith(("_over", "_up_to"))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
