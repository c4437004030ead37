"""Asks the shipped policy and writes its verdict on one line, so that tests read as tables."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from bot.order_record import OrderRecord
from bot.remedies.assess import assess
from bot.remedies.claim import Claim
from bot.remedies.given import Given
from bot.remedies.policy import load_policy
from bot.remedies.verdict import RemedyOption, Verdict
from tests.unit.remedies.orders_for_tests import NOW

POLICY_DIR: Final = Path(__file__).parents[3] / "data" / "policy"
POLICY: Final = load_policy(POLICY_DIR)


def judge(
    order: OrderRecord,
    issue: str,
    *,
    granted_fen: int | None = None,
    given: Sequence[Given] = (),
    own_returns: Set[str] = frozenset(),
    now: datetime = NOW,
    **claim: Any,
) -> Verdict:
    """Return the shipped policy's verdict; a photo is there unless the test says otherwise."""
    said = Claim(**({"issue": issue, "has_photo": True} | claim))
    before = sum(one.amount_fen for one in given) if granted_fen is None else granted_fen
    return assess(POLICY, order, said, now, before, given, own_returns)


def line_of(verdict: Verdict) -> str:
    """Return e.g. `goods.7d: return_refund 10000 shop · exchange shop`; tiers above the bot's."""
    if verdict.escalation:
        return f"{verdict.rule}: {verdict.escalation.reason} {verdict.escalation.level}"
    if verdict.missing:
        return f"{verdict.rule}? {', '.join(verdict.missing)}"
    return f"{verdict.rule}: {' · '.join(map(_option, verdict.options))}"


def _option(option: RemedyOption) -> str:
    words = [
        option.kind.value,
        str(option.amount_fen) if option.amount_fen else "",
        option.return_freight if option.return_freight != "none" else "",
        option.tier if option.tier != "bot" else "",
    ]
    return " ".join(word for word in words if word)


def row(record: OrderRecord, issue: str, expected: str, **claim: Any) -> Any:
    """Return one row of a table: this order, this complaint → this rule with these options."""
    return pytest.param(record, issue, claim, expected, id=f"{issue} → {expected}")
