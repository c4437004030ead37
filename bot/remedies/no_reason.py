"""What a return without a reason takes in: not the goods for which there is none; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.order_record import Line
from bot.remedies.case import Case, is_excluded, is_gift
from bot.remedies.rulebook import Rule

_SEALED = frozenset({"food", "cosmetics"})


def narrowed(case: Case, rule: Rule | None) -> Case:
    """Return the case of the goods that may go back, where the rule is one for those alone.

    Of several articles asked back together some may be excluded: what is offered, and what the
    order system is told, is of the others.
    """
    if rule is None or rule.when.no_reason != "allowed" or not case.knows_item:
        return case
    allowed = tuple(line for line in case.lines if not is_excluded(line))
    if not allowed or len(allowed) == len(case.lines):
        return case
    articles = tuple(line for line in allowed if not is_gift(line))
    return replace(case, lines=articles if len(articles) == 1 else allowed)


def kept_apart(case: Case) -> str | None:
    """Return what was asked back with the rest and is excluded; None when nothing is."""
    if case.claim.sku is not None or not case.knows_item:
        return None
    apart = [line for line in case.order.lines if _is_excluded_article(line)]
    left = [line for line in apart if all(line is not one for one in case.lines)]
    return "、".join(line.title for line in left) or None


def sealed(case: Case) -> str | None:
    """Return the articles that go back only with their seal whole; None without any."""
    lines = [line for line in case.lines if line.category in _SEALED and not is_gift(line)]
    return "、".join(line.title for line in lines) or None


def _is_excluded_article(line: Line) -> bool:
    return is_excluded(line) and not is_gift(line)


def skus_of_rest(case: Case) -> list[str] | None:
    """Return the several articles that go back where not all do; None where nothing stays."""
    skus = [line.sku for line in case.lines]
    return skus if len(skus) > 1 and kept_apart(case) else None
