"""Who pays for the way back, and who gets that back; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.remedies.verdict import Verdict
from nlp.labels import TYPE_OF

FREIGHT_BACK: Final = "freight_back"  # in an option's detail: paid back once the fault is found


def with_freight_back(verdict: Verdict, issue: str) -> Verdict:
    """Mark the freight that is the customer's only until the fault complained of is found.

    消费者权益保护法 24 puts it on the shop, by whichever rule the goods go back unseen.
    """
    if issue != "wrong_item" and TYPE_OF.get(issue) != "quality":
        return verdict
    options = (
        replace(option, detail={**option.detail, FREIGHT_BACK: True})
        if option.return_freight == "customer"
        else option
        for option in verdict.options
    )
    return replace(verdict, options=tuple(options))
