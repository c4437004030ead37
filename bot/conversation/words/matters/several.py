"""Clauses of one message that tell of several matters, each heard by itself; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.conversation.shapes.events import Heard, Part
from bot.conversation.shapes.issue_groups import BROKEN, STATES_OF_GOODS, SUMS_APART, WAITS

Hear = Callable[[str], Heard]

CLAUSES = 12  # so many are heard at most
_PIECES = frozenset({"wrong_item", "missing_item"})
# A fee may be the goods' own (who pays for the return), or that of a parcel which was to be fast;
# of the other sums each is told beside these only where it is another fact.
_APART: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"double_charge", "price_drop", "discount", "overcharge"}), WAITS),
    (frozenset({"double_charge", "price_drop"}), STATES_OF_GOODS | _PIECES),
    (frozenset({"discount"}), STATES_OF_GOODS - {"mismatch"} | {"wrong_item"}),
    (
        frozenset({"invoice"}),
        WAITS | STATES_OF_GOODS | _PIECES | {"double_charge", "price_drop"},
    ),
)
_CUT = re.compile(
    r"(?<!\d),|,(?!\d)|[，。；;！!？?\n]|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
    r"|(?=而且|并且|另外|此外|还[不没]有?给?我?[发送到开减])"
)
# 退货还收我运费, 寄回去要我出运费: what the way back or a repair costs belongs to the goods.
_OF_WAY_BACK = re.compile(r"退|换|寄|返|送修|维修|修理|取件|检测")
_CHARGED = re.compile(r"[收扣付要]|包邮|免运|免邮")
# 外箱破了一角, 少了一瓶: the carton is no piece that came broken.
_PACKING = re.compile(r"箱|包装|盒子|袋子|封口|胶带|快递盒|泡沫")


def are_apart(issue: str, other: str) -> bool:
    """Tell whether two issues are never two names of one fact: each is settled by itself."""
    if issue != other and {issue, other} <= SUMS_APART:
        return True
    return any(
        (issue in one and other in two) or (other in one and issue in two) for one, two in _APART
    )


def may_be_apart(issue: str, other: str) -> bool:
    """Tell whether two issues are apart, or would be of two articles or pieces."""
    of_goods = STATES_OF_GOODS | _PIECES
    if {issue, other} <= BROKEN | {"fee"} and issue != other and "fee" in {issue, other}:
        return True
    both = {issue, other} <= of_goods and not {issue, other} <= STATES_OF_GOODS
    return are_apart(issue, other) or (issue != other and both)


def are_counted_apart(part: Part, other: Part) -> bool:
    """Tell whether some pieces never came, and others, which are counted, came broken."""
    missing, broken = sorted((part, other), key=lambda one: one.issue != "missing_item")
    if missing.issue != "missing_item" or broken.issue not in {"damaged", "spoiled"}:
        return False
    counted = missing.heard.quantity is not None and broken.heard.quantity is not None
    return counted and not _PACKING.search(broken.plain)


def is_charged_apart(part: Part, other: Part) -> bool:
    """Tell whether a fee of the order itself stands beside a fault: 包邮还收我运费 台灯也不亮."""
    fee, fault = sorted((part, other), key=lambda one: one.issue != "fee")
    if fee.issue != "fee" or fault.issue not in BROKEN or _OF_WAY_BACK.search(fee.plain):
        return False
    return bool(_CHARGED.search(fee.plain))


def parts_of(text: str, whole: Heard, hear: Hear) -> tuple[Part, ...]:
    """Return what is told of each matter, in the order told; nothing where there is only one."""
    clauses = [clause for clause in _cut(text) if clause.strip()]
    alone = whole.signs or whole.foreign or not whole.issues or len(whole.order_nos) > 1
    if alone or not 2 <= len(clauses) <= CLAUSES:
        return ()
    told = _gathered([(clause, hear(clause)) for clause in clauses])
    if len(told) < 2:
        return ()
    parts = [_heard_anew(issue, "".join(said), hear) for issue, said in told.items()]
    found = tuple(part for part in parts if part is not None)
    return found if len(found) == len(parts) else ()


def _cut(text: str) -> list[str]:
    """Return the clauses with the marks that end them."""
    ends = [match.end() for match in _CUT.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _gathered(heard: list[tuple[str, Heard]]) -> dict[str, list[str]]:
    """Return the clauses that tell of each matter; a wish without a matter is of the first."""
    told: dict[str, list[str]] = {}
    last, before = "", ""
    for clause, what in heard:
        named = what.issues[0] if what.issues and what.confident else None
        if named is not None:
            same = (issue for issue in told if not may_be_apart(issue, named))
            last = next(same, named)
        elif what.demand and told:
            last = next(iter(told))
        if not last:
            before += clause
            continue
        told.setdefault(last, [before] if before else []).append(clause)
        before = ""
    return told


def _heard_anew(issue: str, text: str, hear: Hear) -> Part | None:
    """Return the clauses of one matter as they are heard together, if they still tell of it."""
    heard = hear(text)
    if issue not in heard.issues or heard.signs:
        return None
    issues = (issue, *(other for other in heard.issues if other != issue))
    return Part(text=text, heard=replace(heard, issues=issues, confident=True))
