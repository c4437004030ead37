"""What may be claimed back from carriers and suppliers, as a file for whoever claims it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.conversation.saying.issue_names import issue_name
from bot.desk.recovery import recovery_claims
from bot.remedies.policy import Policy
from bot.reports.figures import bounds
from bot.reports.names import shop_time, words_by_column, yuan_of

COLUMNS = (
    "dispute_id", "order_no", "issue", "against", "name", "cause", "reason", "remedies",
    "amount_fen", "opened_at", "deadline", "overdue",
)  # fmt: skip
IN_WORDS = (
    "问题", "向谁追偿", "可能成因", "方案", "金额（元）", "提出时间", "追偿期限", "是否过期",
)  # fmt: skip


def read_recoveries(
    connection: Connection, terms: Mapping[str, float], first: date, last: date, now: datetime
) -> list[dict[str, Any]]:
    """Return the claims out of disputes opened from the first day to the last, in shop time."""
    begin, end = bounds(first, last)
    return recovery_claims(connection, terms, now, opened_from=begin, opened_before=end)


def write_recoveries(claims: Sequence[Mapping[str, Any]], folder: Path, policy: Policy) -> Path:
    """Write recoveries.csv into the folder, with words behind the codes; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "recoveries.csv"
    # With a byte order mark, or Excel takes Chinese for something else.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*COLUMNS, *IN_WORDS))
        writer.writerows(_row(claim, policy) for claim in claims)
    return file


def _row(claim: Mapping[str, Any], policy: Policy) -> list[Any]:
    said = {**claim, "remedies": ",".join(claim["remedies"])}
    words = words_by_column(policy)
    in_words = (
        issue_name(claim["issue"], claim["wish"]),
        words["against"].get(claim["against"], claim["against"]),
        words["cause"].get(claim["cause"] or "", ""),
        "、".join(words["remedy"].get(kind, kind) for kind in claim["remedies"]),
        yuan_of(claim["amount_fen"]),
        shop_time(claim["opened_at"]),
        shop_time(claim["deadline"]),
        "是" if claim["overdue"] else "否",
    )
    return [*(said[name] for name in COLUMNS), *in_words]
