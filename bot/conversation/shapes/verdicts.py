"""Verdicts and their options as the log keeps them: plain values that JSON can hold; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.remedies.verdict import RemedyOption, Verdict


def option_dict(option: RemedyOption) -> dict[str, Any]:
    """Return an option as events and buttons keep it."""
    return {
        "kind": str(option.kind),
        "amount_fen": option.amount_fen,
        "return_freight": option.return_freight,
        "rule": option.rule,
        "tier": option.tier,
        "within": option.within,
        "promise": option.promise,
        "money": option.money,
        "detail": dict(option.detail),
    }


def verdict_dict(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as events and the dispute's row keep it."""
    return {
        "rule": verdict.rule,
        "policy_version": verdict.policy_version,
        "policy_digest": verdict.policy_digest,
        "facts": dict(verdict.facts),
        "options": [option_dict(option) for option in verdict.options],
        "reasons": list(verdict.reasons),
        "checked": list(verdict.checked),
        "liable": verdict.liable,
        "cost_bearer": verdict.cost_bearer,
        "cause": verdict.cause,
        "responsibility": verdict.responsibility,
    }


def same_options(judged: Sequence[RemedyOption], shown: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether these are the remedies that were shown, whatever the customer added to one."""
    ours = [
        repr((str(o.kind), o.amount_fen, o.return_freight, _of_goods(o.detail))) for o in judged
    ]
    theirs = [
        repr((str(o["kind"]), o["amount_fen"], o["return_freight"], _of_goods(o["detail"])))
        for o in shown
    ]
    # What is wished for comes first, and may have been wished since.
    return sorted(ours) == sorted(theirs)


def _of_goods(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {key: detail.get(key) for key in ("sku", "quantity")}
