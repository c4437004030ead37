"""What a changed policy costs in a dispute: kind by kind where nothing was given."""

from __future__ import annotations

import pytest

from bot.reports.replay import Decided, Outcome

REFUND = ("refund", 9800)


def decided(was: tuple[Outcome, ...], would_be: tuple[Outcome, ...], **more: Outcome) -> Decided:
    """Return a dispute with these options before and after."""
    return Decided(
        conversation_id=1, matter="m1", order_no="1", issue="slow", was=was, own=None,
        would_be=would_be, given=more.get("given"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "would_be", "cost_fen"),
    [
        ((REFUND, ("compensation", 500)), (REFUND, ("compensation", 800)), 300),
        ((REFUND, ("compensation", 800)), (REFUND, ("compensation", 500)), -300),
        ((REFUND,), (REFUND, ("coupon", 500)), 500),
        ((REFUND, ("coupon", 500)), (REFUND,), -500),
        ((REFUND, ("coupon", 500)), (("coupon", 500), REFUND), 0),
        ((), (), 0),
    ],
)
def test_a_cheaper_kind_beside_a_dearer_one_counts(
    was: tuple[Outcome, ...], would_be: tuple[Outcome, ...], cost_fen: int
) -> None:
    assert decided(was, would_be).cost_fen == cost_fen


def test_what_was_given_is_compared_with_its_own_kind() -> None:
    was = (REFUND, ("compensation", 500))
    would_be = (REFUND, ("compensation", 800))
    assert decided(was, would_be, given=("compensation", 500)).cost_fen == 300
    assert decided(was, would_be, given=REFUND).cost_fen == 0
