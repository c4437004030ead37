"""Reads the shop's policy; every mistake is named by file, rule and key.

A policy is a folder of YAML files: `shop.yaml` (numbers and texts), `liability.yaml` (the
订单责任划分表), the rule files that `shop.yaml` lists, in the order in which they are tried, and
the platforms' files. Other versions of the same lie beside it, each in a folder of `versions/`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.errors import PolicyError
from bot.remedies.files import LiabilityFile, PlatformFile, ShopFile
from bot.remedies.lint import lint, wrong_text
from bot.remedies.rights import below_the_law, best_defaults, best_rates
from bot.remedies.rulebook import NUMBERS, Policy, Rule
from bot.remedies.sources import Source, read_file, read_rules, read_text
from nlp.labels import INTENTS, ISSUES, NONE

__all__ = ["Policy", "check_policy", "load_policy", "policy_from"]

# Changes of mind that every policy must answer, beside the 26 issues.
NO_FAULT_INTENTS: Final = ("want_return", "want_cancel", "want_refund", "want_exchange")
VERSIONS: Final = "versions"


def load_policy(folder: Path) -> Policy:
    """Return the policy in the folder with its other editions; raises PolicyError."""
    first, *others = _editions(Source(lambda name: read_text(folder / name)))
    for place in sorted((folder / VERSIONS).glob("*/")):
        others += _editions(_folder_source(place))
    _check_versions((first, *others))
    return replace(first, others=tuple(others))


def policy_from(files: Mapping[str, str]) -> Policy:
    """Return the one edition whose texts were kept; raises PolicyError when they do not fit.

    It stands alone: what it decides is what it decided then, whatever the folder says today.
    """
    source = Source(lambda name: _kept(files, name))
    shop, generic = _generic(source)
    platforms = [name for name in shop.platform_files if name in files]
    return _platform(source, shop, generic, platforms[0]) if platforms else generic


def check_policy(folder: Path, today: date | None = None) -> list[str]:
    """Return what a careful reader objects to; a mistake that prevents loading stands alone.

    With `today` also that no version is in force yet.
    """
    try:
        policy = load_policy(folder)
    except PolicyError as error:
        return [str(error)]
    found = _left_out(folder, policy)
    begins = min(edition.valid_from for edition in (policy, *policy.others))
    if today is not None and begins > today:
        found.append(f"shop.yaml: key valid_from: no version is in force before {begins}")
    shops: dict[str, list[str]] = {}  # by version: what a platform has from it is no news
    for edition in (policy, *policy.others):
        findings = lint(edition)
        if edition.platform:
            findings = [f for f in findings if f not in shops[edition.version]]
        else:
            shops[edition.version] = findings
        found += (f"{_name_of(edition, policy)}{finding}" for finding in findings)
    return found


def _left_out(folder: Path, policy: Policy) -> list[str]:
    """Return what to say of files of rules that no version reads: their rules are not in force."""
    read = {name for edition in (policy, *policy.others) for name in edition.files}
    lying = sorted(file.name for file in folder.glob("rules_*.yaml") if file.name not in read)
    return [f"{name} lies here but is not listed under rule_files of shop.yaml" for name in lying]


def _name_of(edition: Policy, first: Policy) -> str:
    """Return what to put before a finding: nothing for the policy itself."""
    if edition is first:
        return ""
    return " ".join(filter(None, (edition.version, edition.platform))) + ": "


def _kept(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise PolicyError(f"{name}: not among the texts that were kept")
    return files[name]


def _folder_source(place: Path) -> Source:
    return Source(lambda name: read_text(place / name), prefix=f"{VERSIONS}/{place.name}/")


def _editions(source: Source) -> list[Policy]:
    """Return a version's editions: the shop's own first, then each platform's."""
    shop, generic = _generic(source)
    platforms = (_platform(source, shop, generic, name) for name in shop.platform_files)
    return [generic, *platforms]


def _generic(source: Source) -> tuple[ShopFile, Policy]:
    shop = read_file(ShopFile, source, "shop.yaml")
    liability = read_file(LiabilityFile, source, "liability.yaml")
    rules: dict[str, Rule] = {}
    origins: dict[str, str] = {}
    for name in shop.rule_files:
        for rule in read_rules(source, name):
            _add_rule(rules, origins, rule, source.prefix + name)
    policy = _assemble(shop, liability, tuple(rules.values()), source.files)
    _check_whole(policy, origins, source.prefix)
    return shop, policy


def _platform(source: Source, shop: ShopFile, generic: Policy, name: str) -> Policy:
    """Return the policy as it stands on a platform: bettered, never worsened."""
    own = read_file(PlatformFile, source, name)
    unknown = next((rate for rate in own.rates if rate not in generic.rates), None)
    if unknown is not None:
        allowed = f"allowed: {_listed(generic.rates)}"
        raise PolicyError(f"{source.prefix}{name}: key rates: unknown {unknown!r}; {allowed}")
    rules = {rule.id: rule for rule in generic.rules}
    origins: dict[str, str] = {}
    front: dict[str, Rule] = {}
    for rule in own.rules:
        _add_rule(rules, origins, rule, source.prefix + name)
        front[rule.id] = rule
    defaults, terms = best_defaults(generic.defaults, own.defaults)
    rates, paid = best_rates(generic.rates, own.rates)
    used = {n: source.files[n] for n in ("shop.yaml", "liability.yaml", *shop.rule_files, name)}
    policy = replace(
        _withread_rules(generic, (*front.values(), *generic.rules)),
        digest=digest_of(used),
        files=used,
        platform=own.name,
        platform_orders=frozenset(own.orders),
        bettered=frozenset(terms | paid),
        defaults=defaults,
        rates=rates,
    )
    _check_whole(policy, origins, source.prefix)
    return policy


def _add_rule(rules: dict[str, Rule], origins: dict[str, str], rule: Rule, name: str) -> None:
    if rule.id in rules:
        raise PolicyError(f"{name}, rule {rule.id}: key id: used before; ids are unique")
    rules[rule.id], origins[rule.id] = rule, name


def _assemble(
    shop: ShopFile, liability: LiabilityFile, rules: tuple[Rule, ...], files: dict[str, str]
) -> Policy:
    used = dict(files)
    policy = Policy(
        version=shop.version,
        valid_from=shop.valid_from,
        digest=digest_of(used),
        files=used,
        defaults=shop.defaults,
        limits=shop.limits,
        bargaining=shop.bargaining,
        rates=shop.rates,
        within=shop.within,
        promised=shop.promised,
        after_return=shop.after_return,
        recovery=shop.recovery,
        texts=shop.texts,
        checked=shop.checked,
        escalations=shop.escalations,
        max_options=shop.max_options,
        kind_names={kind.value: name for kind, name in shop.kind_names.items()},
        causes=liability.causes,
        liability=liability.table,
        rules=rules,
        rules_of={},
        patient_issues=frozenset(shop.patient_issues),
        defers=shop.defers,
    )
    return _withread_rules(policy, rules)


def _withread_rules(policy: Policy, rules: tuple[Rule, ...]) -> Policy:
    of = {issue: tuple(r for r in rules if issue in r.issues) for issue in (*ISSUES, NONE)}
    return replace(policy, rules=rules, rules_of=of)


def digest_of(files: Mapping[str, str]) -> str:
    """Return the name of the texts by their content: the same texts, the same name."""
    canonical = json.dumps(files, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _check_versions(editions: tuple[Policy, ...]) -> None:
    """Refuse two versions of one name or day, and one platform's orders in two files."""
    seen: dict[tuple[object, str], Policy] = {}
    for edition in editions:
        for order in edition.platform_orders or {""}:
            for key in ((edition.valid_from, order), (edition.version, order)):
                other = seen.setdefault(key, edition)
                if other is not edition:
                    raise PolicyError(_same(other, edition, order))


def _same(one: Policy, other: Policy, order: str) -> str:
    if order and one.version == other.version:
        return f"shop.yaml: key platform_files: two files are for the orders of {order!r}"
    return (
        f"shop.yaml: key valid_from: versions {one.version} ({one.valid_from}) and "
        f"{other.version} ({other.valid_from}) need names and first days of their own"
    )


Complaint = tuple[str, str]  # the id of a rule or the name of a file, and what is wrong there


def _check_whole(policy: Policy, origins: Mapping[str, str], prefix: str) -> None:
    """Check what no single rule can know: names that must exist, issues that need a rule."""
    checks: tuple[Callable[[Policy], Complaint | None], ...] = (
        _without_rule, _unknown_name, _unknown_issue, _unknown_cause, _unlawful, _unknown_promise,
        wrong_text,
    )  # fmt: skip
    for check in checks:
        if complaint := check(policy):
            where, what = complaint
            place = f"{origins[where]}, rule {where}" if where in origins else prefix + where
            raise PolicyError(f"{place}: {what}")


def _unlawful(policy: Policy) -> Complaint | None:
    found = below_the_law(policy.defaults)
    return ("shop.yaml", f"key defaults.{found[0]}: {found[1]}") if found else None


def _without_rule(policy: Policy) -> Complaint | None:
    bare = next((issue for issue in ISSUES if not policy.rules_of[issue]), None)
    if bare:
        return "shop.yaml", f"key rule_files: issue {bare} has no rule in any of the files"
    answered = {i for rule in policy.rules_of[NONE] for i in rule.intents or NO_FAULT_INTENTS}
    missing = next((i for i in NO_FAULT_INTENTS if i not in answered), None)
    what = f"key rule_files: issue none with intent {missing} has no rule in any of the files"
    return ("shop.yaml", what) if missing else None


def _unknown_issue(policy: Policy) -> Complaint | None:
    """Return the first issue named outside the rules that there is not."""
    named: list[tuple[str, Iterable[str]]] = [
        ("patient_issues", sorted(policy.patient_issues)),
        ("defers", policy.defers),
        *((f"defers.{name}", faults) for name, faults in policy.defers.items()),
    ]
    for key, issues in named:
        unknown = next((issue for issue in issues if issue not in ISSUES), None)
        if unknown is not None:
            return "shop.yaml", f"key {key}: unknown {unknown!r}; allowed: {_listed(ISSUES)}"
    return None


def _unknown_cause(policy: Policy) -> Complaint | None:
    for name, cell in policy.liability.items():
        if cell.cause not in policy.causes:
            allowed = ", ".join(sorted(policy.causes))
            what = f"key table.{name}.cause: unknown {cell.cause!r}; allowed: {allowed}"
            return "liability.yaml", what
    return None


def _unknown_promise(policy: Policy) -> Complaint | None:
    for key, terms in (("promised", policy.promised), ("after_return", policy.after_return)):
        unknown = next((name for name in terms if name not in policy.within), None)
        if unknown is not None:
            what = f"key {key}: unknown {unknown!r}; allowed: {_listed(policy.within)}"
            return "shop.yaml", what
    twice = next((name for name in policy.after_return if name in policy.promised), None)
    if twice is None:
        return None
    return "shop.yaml", f"key after_return: {twice!r} is under promised too; it can be but one"


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
