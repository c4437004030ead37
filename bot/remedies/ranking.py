"""In which order the options of a verdict stand, and which are left out of too many; pure."""

from __future__ import annotations

from bot.remedies.verdict import RemedyKind, RemedyOption


def cut(
    options: list[RemedyOption], rights: frozenset[RemedyKind], most: int
) -> list[RemedyOption]:
    """Leave the last ones out, but never a right: no wording takes that from the table."""
    spare = [option for option in options if option.kind not in rights]
    left_out = spare[max(0, most - (len(options) - len(spare))) :]
    return [option for option in options if option not in left_out][:most]


def ranked(options: list[RemedyOption], demand: str | None) -> list[RemedyOption]:
    """Keep the policy's order, with what the customer asked for in front.

    A part of the money never stands above all of it where the goods stay either way.
    """
    found = sorted(options, key=lambda option: option.kind != demand)
    refunds = [option for option in found if option.kind == RemedyKind.REFUND]
    for part in [option for option in found if option.kind == RemedyKind.PARTIAL_REFUND]:
        above = [r for r in refunds if r.amount_fen >= part.amount_fen]
        if above and found.index(part) < found.index(above[-1]):
            found.remove(part)
            found.insert(found.index(above[-1]) + 1, part)
    return found
