"""What a careful reader objects to in a policy: unlawful words, dead rules, gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, get_args

from bot.remedies.reach import impossible, overlapping, unreachable
from bot.remedies.rights import ladder_faults
from bot.remedies.rulebook import Policy, Rule, State
from bot.remedies.verdict import RemedyKind
from bot.remedies.words import WORDS, known_words, names_in
from nlp.labels import INTENTS, ISSUES, NONE, TYPES

# Void by 网络交易监督管理办法 21, 消费者权益保护法 26, 电子商务法 49 and their like, or a trade of
# money for praise; no shop can allow itself these, so they are not in its files.
FORBIDDEN: Final = (
    "最终解释权", "一经售出概不退换", "概不退换", "签收即视为认可", "签收即认可",
    "特价商品不退不换", "不退不换", "付款后合同不成立",
    "最多赔三倍运费", "给好评才退", "好评才", "撤销投诉才赔",
    "撤销投诉后赔", "删除差评才", "删差评才",
)  # fmt: skip
# Limits of which the second may never be the smaller.
_RISING: Final = (
    ("bot_yuan", "agent_yuan"), ("agent_yuan", "supervisor_yuan"),
    ("bot_yuan", "statutory_yuan"), ("statutory_yuan", "supervisor_statutory_yuan"),
    ("supervisor_yuan", "supervisor_statutory_yuan"),
    ("bot_yuan", "customer_day_yuan"), ("customer_day_yuan", "bot_day_yuan"),
    ("statutory_yuan", "bot_day_yuan"),
)  # fmt: skip
# Shown as they stand; only the other texts carry facts.
_PLAIN: Final = ("texts.escalated.", "table.", "options.")
# Facts that an order may lack even where the rule's conditions hold.
MAY_BE_UNKNOWN: Final = frozenset(
    {"price_lines", "missing_discounts", "discounts_below", "granted_sum", "demand"}
)
# A time by which something is there: 今天, 24小时内, {return_review_hours}内.
_TERM: Final = re.compile(r"今天|(?:\d+\s*(?:个?小时|天)|\{\w+_(?:hours|days)\})[之以]?内")
# Its deadline is the staff's own: a hand-over is a promise to hear from a person.
WATCHED_AS_A_PERSON: Final = RemedyKind.HANDOVER.value
# Not unlawful, but no good agent writes them (policy §4.1).
POOR_STYLE: Final = ("亲亲", "系统规定", "公司规定", "马上", "保证一定", "您自己联系快递", "恶意")


def forbidden_in(text: str) -> str | None:
    """Return the void or unlawful clause in the text; None when there is none."""
    return next((phrase for phrase in FORBIDDEN if phrase in text.replace(" ", "")), None)


def wrong_words(text: str, known: frozenset[str]) -> str | None:
    """Return what is wrong with the braces of the text; None when all their names are known."""
    try:
        names = names_in(text)
    except ValueError as error:
        return f"a brace is wrong: {error}"
    unknown = next((name for name in names if name not in known), None)
    if unknown is None:
        return None
    return f"unknown {{{unknown}}}; allowed: {', '.join(sorted(known))}"


def wrong_text(policy: Policy) -> tuple[str, str] | None:
    """Return the first text that may not stand, as (rule or file, key and objection)."""
    known = known_words(policy)
    always = known - set(WORDS) | {"bank_by"}  # a deadline must never be left out
    for where, key, text in texts_of(policy):
        if phrase := forbidden_in(text):
            return where, f"key {key}: forbidden text {phrase!r}: it is void or unlawful"
        if key.startswith(_PLAIN) and "{" in text:
            return where, f"key {key}: this text carries no facts in braces"
        if complaint := wrong_words(text, always if key.startswith("within.") else known):
            return where, f"key {key}: {complaint}"
    return None


def texts_of(policy: Policy) -> Iterable[tuple[str, str, str]]:
    """Yield every text that can reach a customer, with rule or file, and key."""
    for name, text in policy.within.items():
        yield "shop.yaml", f"within.{name}", text
    for name, text in policy.texts.escalated.items():
        yield "shop.yaml", f"texts.escalated.{name}", text
    for name, text in policy.texts:
        if isinstance(text, str):
            yield "shop.yaml", f"texts.{name}", text.replace("{text}", "")
    for type_, texts in policy.checked.items():
        yield from (("shop.yaml", f"checked.{type_}", text) for text in texts)
    for name, cell in policy.liability.items():
        yield "liability.yaml", f"table.{name}.responsibility", cell.responsibility
    for rule in policy.rules:
        yield from ((rule.id, key, text) for key, text in _rule_texts(rule))


def _rule_texts(rule: Rule) -> Iterable[tuple[str, str]]:
    yield "ground", rule.ground
    yield "would_change", rule.would_change or ""
    for text in rule.reasons:
        yield "reasons", text
    for option in (*rule.options, *rule.without_photo):
        yield f"options.{option.kind.value}.note", option.note or ""


def lint(policy: Policy) -> list[str]:
    """Return the findings, worst first; a policy with findings still works."""
    checks: tuple[Callable[[Policy], Iterable[str]], ...] = (
        _contradictions, _left_out, _gaps, _dead_rules, _wordless, _unwatched, _unused, _style,
        _repeated_kinds,
    )  # fmt: skip
    return [finding for check in checks for finding in check(policy)]


def _gaps(policy: Policy) -> Iterable[str]:
    """Find the issue and order state that may fall through every rule, to a person."""
    for issue, intent in (*((i, None) for i in ISSUES), *((NONE, i) for i in INTENTS)):
        rules = [r for r in policy.rules_of[issue] if _for_intent(r, intent)]
        for state in get_args(State) if rules else ():
            if not any(_catches_all(rule, state) for rule in rules):
                name = issue if intent is None else f"{issue} ({intent})"
                yield f"issue {name}: no rule without further conditions for state {state}"


def _for_intent(rule: Rule, intent: str | None) -> bool:
    return intent is None or rule.intents is None or intent in rule.intents


def _catches_all(rule: Rule, state: str) -> bool:
    conditions = {name for name, value in rule.when if value is not None}
    return conditions <= {"state"} and (rule.when.state is None or state in rule.when.state)


def _dead_rules(policy: Policy) -> Iterable[str]:
    for rule in unreachable(policy):
        yield f"rule {rule.id}: never reached, an earlier rule always holds first"
    for rule, why in impossible(policy):
        yield f"rule {rule.id}: can never hold: {why}"
    for first, second in overlapping(policy):
        yield f"rules {first.id} and {second.id}: overlap, and only their order decides"


def _contradictions(policy: Policy) -> Iterable[str]:
    """Find figures that contradict each other."""
    yield from (f"shop.yaml: key {key}: {what}" for key, what in ladder_faults(policy.defaults))
    for low, high in _RISING:
        below, above = getattr(policy.limits, low), getattr(policy.limits, high)
        if below > above:
            yield f"shop.yaml: key limits.{low}: {below:f} is above {high} ({above:f})"
    for rule in policy.rules:
        for option in (*rule.options, *rule.without_photo):
            share = option.amount.share if option.amount else None
            if share is not None and share > policy.defaults.partial_refund_cap:
                yield f"rule {rule.id}: share {share} is above partial_refund_cap"


def _left_out(policy: Policy) -> Iterable[str]:
    """Find figures that the file does not name: one that was lost counts on, unseen."""
    for section, part in (("defaults", policy.defaults), ("limits", policy.limits)):
        for name in type(part).model_fields:
            if name not in part.model_fields_set:
                value = part.model_dump(mode="json")[name]
                counts = f"{value:g}" if isinstance(value, float) else value
                yield f"shop.yaml: key {section}.{name}: not given, so {counts} counts; write it"


def _wordless(policy: Policy) -> Iterable[str]:
    """Find what a customer would be told nothing about."""
    for type_ in (*TYPES, NONE):
        if not policy.checked.get(type_):
            yield f"checked: type {type_} says nothing of what was looked at"
    for rule in policy.rules:
        if all(_may_be_left_out(text) for text in rule.reasons):
            yield f"rule {rule.id}: every reason may be left out; add one that always holds"
        codes = {rule.escalate.reason} if rule.escalate else set()
        for code in codes - set(policy.texts.escalated):
            yield f"rule {rule.id}: texts.escalated says nothing for {code}"


def _unwatched(policy: Policy) -> Iterable[str]:
    """Find what customers are told to have by then, while nobody would miss it."""
    watched = {*policy.promised, *policy.after_return, WATCHED_AS_A_PERSON}
    for name, text in policy.within.items():
        term = _TERM.search(text)
        if term and name not in watched:
            where = "promised and after_return"
            yield f"shop.yaml: key within.{name}: says {term[0]!r}, but {where} have no {name}"


def _may_be_left_out(text: str) -> bool:
    return any(name in MAY_BE_UNKNOWN for name in names_in(text))


def _unused(policy: Policy) -> Iterable[str]:
    options = [o for rule in policy.rules for o in (*rule.options, *rule.without_photo)]
    rates = {o.amount.rate for o in options if o.amount}
    cells = {rule.liability for rule in policy.rules}
    within = {o.within or o.kind.value for o in options}
    yield from (f"rate {n}: no rule uses it" for n in policy.rates if n not in rates)
    yield from (f"liability {n}: no rule uses it" for n in policy.liability if n not in cells)
    yield from (f"within {n}: no rule uses it" for n in policy.within if n not in within)
    unnamed = [k.value for k in RemedyKind if k.value not in policy.kind_names]
    yield from (f"kind_names: {kind} has no name" for kind in unnamed)


def _style(policy: Policy) -> Iterable[str]:
    for where, key, text in texts_of(policy):
        for phrase in POOR_STYLE:
            if phrase in text:
                yield f"{where}: key {key}: better without {phrase!r}"


def _repeated_kinds(policy: Policy) -> Iterable[str]:
    """Find rules that offer a kind twice: declining one would decline both."""
    for rule in policy.rules:
        kinds = [option.kind for option in rule.options]
        if len(set(kinds)) < len(kinds):
            yield f"rule {rule.id}: the same kind twice; declining one declines both"
