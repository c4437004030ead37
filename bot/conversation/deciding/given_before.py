"""Whether what may be given now was given before: money is counted, goods are not; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.deciding.judging import looked_up
from bot.conversation.shapes.issue_groups import WAITS
from bot.conversation.shapes.state import Matter, State
from bot.remedies.verdict import Verdict
from nlp.labels import TYPE_OF

# Remedies that bind nobody and move nothing need no "are you sure".
UNCONFIRMED = frozenset({"expedite", "trace", "explain", "reject"})
# Remedies that settle what becomes of an article: it gets one of them.
FOR_GOODS = frozenset(
    {"refund", "return_refund", "partial_refund", "exchange", "reship", "repair", "intercept",
     "cancel"}
)  # fmt: skip
NUDGING = UNCONFIRMED | {"handover"}


def helped_before(state: State, matter: Matter, verdict: Verdict, *, own: bool = False) -> bool:
    """Tell whether what is on offer was given before, in this chat or another (policy §4.3, E6).

    Money is counted by the ledger, but a second exchange, or a refund after one, is not. `own`
    counts what was given in the matter itself, too.
    """
    offered = {str(option.kind) for option in verdict.options}
    sku = next((option.detail.get("sku") for option in verdict.options), None)
    return any(
        (own or given["matter"] != matter.id)
        and not _is_of_other_pieces(state, given, matter)
        and not _is_of_others(given, sku)
        and (
            (_is_same_trouble(given, matter) and not offered <= NUDGING)
            or (_settled_goods(given) and bool(offered & FOR_GOODS))
        )
        for given in looked_up(state, matter).standing
    )


def articles_of(given: Mapping[str, Any]) -> set[str]:
    """Return the articles that it was given for; none where it named none."""
    return {sku for sku in (given["sku"], *(given.get("skus") or ())) if sku}


def _is_of_others(given: Mapping[str, Any], sku: str | None) -> bool:
    """Tell whether what was given named its articles, and not this one."""
    named = articles_of(given)
    return bool(sku and named) and sku not in named


def _is_of_other_pieces(state: State, given: Mapping[str, Any], matter: Matter) -> bool:
    """Tell whether it was for pieces that never came, and these came broken, or the reverse.

    Both are counted in this chat, and together are no more than were bought.
    """
    other = state.matter(given["matter"])
    if other is None or other.quantity is None or matter.quantity is None:
        return False
    issues = {other.issue, matter.issue}
    lines = looked_up(state, matter).lines
    sku = given["sku"] or matter.sku
    bought = sum(line["quantity"] for line in lines if sku in {None, line["sku"]})
    apart = "missing_item" in issues and bool(issues & {"damaged", "spoiled"})
    return apart and other.quantity + matter.quantity <= bought


def _is_same_trouble(given: Mapping[str, Any], matter: Matter) -> bool:
    """Tell whether it was given for the same: one delay has several names, and is paid once."""
    one_delay = {given["issue"], matter.issue} <= WAITS
    return bool(given["issue"] == matter.issue or (one_delay and given["kind"] == "compensation"))


def _settled_goods(given: Mapping[str, Any]) -> bool:
    """Tell whether a remedy settled what becomes of an article: a sum overpaid did not."""
    return given["kind"] in FOR_GOODS and TYPE_OF[given["issue"]] != "amount"
