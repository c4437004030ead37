"""In which order options stand: what is asked for in front, and no part above the whole."""

from __future__ import annotations

import pytest

from bot.remedies.ranking import ranked
from bot.remedies.verdict import RemedyKind, RemedyOption


def option(kind: str, yuan: int = 0) -> RemedyOption:
    """Return an option of that kind and sum, plain otherwise."""
    return RemedyOption(
        kind=RemedyKind(kind), amount_fen=yuan * 100, return_freight="none", rule="r", tier="bot",
        within="", promise="", money="discretionary", detail={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "demand", "first"),
    [
        # Goods that stay either way: the smaller sum never leads.
        ([("refund", 40), ("partial_refund", 12)], "partial_refund", "refund"),
        ([("partial_refund", 16), ("refund", 40)], None, "refund"),
        ([("reship", 0), ("partial_refund", 16), ("refund", 40)], "partial_refund", "reship"),
        # A return costs the goods, so a part of the money may be what is wanted.
        ([("return_refund", 40), ("partial_refund", 12)], "partial_refund", "partial_refund"),
        ([("exchange", 0), ("partial_refund", 12)], "partial_refund", "partial_refund"),
        ([("refund", 10), ("partial_refund", 12)], "partial_refund", "partial_refund"),
        ([("reship", 0), ("refund", 40)], "refund", "refund"),
    ],
)
def test_what_stands_first(options: list[tuple[str, int]], demand: str | None, first: str) -> None:
    found = ranked([option(*each) for each in options], demand)
    assert found[0].kind == first
    assert len(found) == len(options)
