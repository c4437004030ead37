"""Disputes of a period, counted for the shop's review meeting (纠纷总结会)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.clock import SHANGHAI
from bot.conversation.saying.issue_names import counted_as
from bot.desk.recovery import SPENT
from bot.remedies.policy import Policy
from bot.reports.left import LEFT, left_unanswered
from bot.reports.names import shop_time, words_by_column, yuan_of
from bot.reports.unknown import UNKNOWN, of_unknown_orders
from models import dispute, remedy

COLUMNS = (
    "id", "order_no", "type", "issue", "state", "liable", "cost_bearer", "cause",
    "escalated", "remedy", "amount_fen", "opened_at", "closed_at",
)  # fmt: skip
COUNTED = ("type", "issue", "state", "liable", "cost_bearer", "cause", "escalated", "remedy")
# What stands in words behind the codes, and under which name.
IN_WORDS = {
    "type": "类型", "issue": "问题", "state": "状态", "liable": "对客责任",
    "cost_bearer": "最终承担", "cause": "可能成因", "escalated": "升级原因", "remedy": "方案",
    "amount_fen": "金额（元）", "opened_at": "提出时间", "closed_at": "结束时间",
}  # fmt: skip
JOINED = ","  # between the remedies of one dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A period's disputes as rows of COLUMNS, and what the remedies in them gave away, in fen."""

    rows: Sequence[dict[str, Any]]
    given_fen: int

    def counts(self, column: str) -> list[tuple[str, int]]:
        """Return how often each value of the column occurs, the most frequent first.

        Of several remedies in one dispute each counts. Of disputes about no order of the shop's
        it is only told how many there were.
        """
        told = (row for row in self.rows if column == "state" or row["state"] != UNKNOWN)
        values = (str(row[column] or "-") for row in told)
        return Counter(one for value in values for one in value.split(JOINED)).most_common()


def read_figures(connection: Connection, first: date, last: date) -> Figures:
    """Return the disputes opened from the first day to the last, both whole, in shop time."""
    begin, end = bounds(first, last)
    opened = (dispute.c.opened_at >= begin, dispute.c.opened_at < end)
    disputes = connection.execute(select(dispute).where(*opened).order_by(dispute.c.id)).all()
    given = connection.execute(
        select(remedy)
        .join(dispute, dispute.c.id == remedy.c.dispute_id)
        .where(*opened, remedy.c.state.in_(SPENT))
        .order_by(remedy.c.id)
    )
    given_in: dict[int, list[Row[Any]]] = {}
    for row in given:
        given_in.setdefault(row.dispute_id, []).append(row)
    left = left_unanswered(connection, *opened)
    unknown = of_unknown_orders(connection, *opened)
    shown_as = {id_: {"state": LEFT} for id_ in left} | {
        id_: {"state": UNKNOWN, "order_no": None} for id_ in unknown
    }
    rows = [_row(row, given_in.get(row.id, [])) | shown_as.get(row.id, {}) for row in disputes]
    return Figures(rows=rows, given_fen=sum(row["amount_fen"] for row in rows))


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which those days lie in shop time; the second is not in."""
    begin = datetime.combine(first, time(), SHANGHAI)
    return begin, datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


def write_report(figures: Figures, folder: Path, policy: Policy) -> list[Path]:
    """Write disputes.csv and counts.csv into the folder; return the files.

    Codes for programs come first, and behind them the same in words, in shop time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    disputes, counts = folder / "disputes.csv", folder / "counts.csv"
    words = words_by_column(policy)
    rows = ([*(row[name] for name in COLUMNS), *_in_words(row, words)] for row in figures.rows)
    _write(disputes, (*COLUMNS, *IN_WORDS.values()), rows)
    counted = [
        (name, value, n, IN_WORDS[name], words[name].get(value, value))
        for name in COUNTED
        for value, n in figures.counts(name)
    ]
    given = ("given_fen", "", figures.given_fen, "已付出金额（元）", yuan_of(figures.given_fen))
    _write(counts, ("of", "value", "disputes", "项目", "名称"), [*counted, given])
    return [disputes, counts]


def _row(row: Row[Any], given: Sequence[Row[Any]]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name, None) for name in COLUMNS},
        "type": counted_as(row.type, row.wish),
        "issue": counted_as(row.issue, row.wish),
        "escalated": row.escalated_reason,
        "remedy": JOINED.join(dict.fromkeys(one.kind for one in given)) or None,
        "amount_fen": sum(one.amount_fen for one in given),
    }


def _in_words(row: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> list[str]:
    found = {
        name: "、".join(words[name].get(one, one) for one in (row[name] or "").split(JOINED))
        for name in COUNTED
    }
    found["amount_fen"] = yuan_of(row["amount_fen"])
    for name in ("opened_at", "closed_at"):
        found[name] = shop_time(row[name].isoformat() if row[name] else None)
    return [found[name] for name in IN_WORDS]


def _write(file: Path, header: Sequence[str], rows: Any) -> None:
    # With a byte order mark, or Excel takes Chinese for something else.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
