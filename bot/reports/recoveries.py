"""What may be claimed back from carriers and suppliers, as a file for whoever claims it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.desk.recovery import recovery_claims
from bot.reports.figures import bounds

COLUMNS = (
    "dispute_id", "order_no", "issue", "against", "name", "cause", "reason", "remedies",
    "amount_fen", "opened_at", "deadline", "overdue",
)  # fmt: skip


def read_recoveries(
    connection: Connection, terms: Mapping[str, float], first: date, last: date, now: datetime
) -> list[dict[str, Any]]:
    """Return the claims out of disputes opened from the first day to the last, in shop time."""
    begin, end = bounds(first, last)
    return recovery_claims(connection, terms, now, opened_from=begin, opened_before=end)


def write_recoveries(claims: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """Write recoveries.csv into the folder; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "recoveries.csv"
    # With a byte order mark, or Excel takes Chinese for something else.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_row(claim) for claim in claims)
    return file


def _row(claim: Mapping[str, Any]) -> list[Any]:
    said = {**claim, "remedies": ",".join(claim["remedies"])}
    return [said[name] for name in COLUMNS]
