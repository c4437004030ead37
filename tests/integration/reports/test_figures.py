"""The report counts the disputes of whole days in the shop's zone, and what was given."""

from __future__ import annotations

import csv
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from bot.clock import in_shop_zone
from bot.conversation import store
from bot.conversation.shapes.events import OrderChecked
from bot.remedies.policy import load_policy
from bot.reports.figures import Figures, read_figures, write_report
from bot.reports.recoveries import read_recoveries, write_recoveries
from bot.settings import DATA_DIR
from models import Database
from tests.factories import NOW, add_conversation, add_dispute, add_remedy

POLICY = load_policy(DATA_DIR / "policy")
FEW = 50  # parameters of a statement
TODAY = in_shop_zone(NOW).date()


async def _figures(database: Database, first: date, last: date) -> Figures:
    return await database.read(lambda c: read_figures(c, first, last))


async def test_a_dispute_counts_on_the_day_it_was_opened(database: Database) -> None:
    """First and last day are both whole; the day before and the day after are not in."""
    await database.write(
        lambda c: add_dispute(c, conversation_id=add_conversation(c), opened_at=NOW)
    )
    day = timedelta(days=1)
    found = [
        len((await _figures(database, first, last)).rows)
        for first, last in ((TODAY, TODAY), (TODAY - day, TODAY - day), (TODAY + day, TODAY + day))
    ]
    assert found == [1, 0, 0]


async def test_only_money_that_has_gone_is_given(database: Database) -> None:
    """A proposed or failed remedy gave nothing."""

    def write(connection):  # type: ignore[no-untyped-def]
        dispute_id = add_dispute(
            connection, conversation_id=add_conversation(connection), opened_at=NOW
        )
        for number, state in enumerate(("done", "failed", "proposed")):
            add_remedy(
                connection,
                dispute_id=dispute_id,
                idempotency_key=f"key-{number}",
                state=state,
                amount_fen=500,
            )

    await database.write(write)
    assert (await _figures(database, TODAY, TODAY)).given_fen == 500


async def test_a_dispute_about_no_order_of_the_shops_is_told_apart(database: Database) -> None:
    """Its number was looked up and never found: it counts as nothing but that."""

    def write(connection):  # type: ignore[no-untyped-def]
        for order_no, answers in (
            ("REAL", [{"order_no": "REAL"}]),
            ("LATE", [None, {"order_no": "LATE"}]),
            ("MADE-UP", [None, None]),
            ("NOT-ASKED", []),
        ):
            here = add_conversation(connection)
            events = [OrderChecked(order_no=order_no, record=answer) for answer in answers]
            store.append(connection, here, events, NOW)
            add_dispute(connection, conversation_id=here, order_no=order_no, opened_at=NOW)

    await database.write(write)
    figures = await _figures(database, TODAY, TODAY)
    assert [row["order_no"] for row in figures.rows] == ["REAL", "LATE", None, "NOT-ASKED"]
    assert ("order_unknown", 1) in figures.counts("state")
    assert sum(many for _, many in figures.counts("state")) == 4
    assert sum(many for _, many in figures.counts("issue")) == 3


async def test_the_files_say_what_was_counted(database: Database, tmp_path: Path) -> None:
    """One row a dispute, one row a count, readable by a spreadsheet."""
    await database.write(
        lambda c: add_dispute(
            c, conversation_id=add_conversation(c), opened_at=NOW, type="quality", issue="defect"
        )
    )
    disputes, counts = write_report(
        await _figures(database, TODAY, TODAY), tmp_path / "out", POLICY
    )
    with disputes.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["issue"], row["问题"], row["类型"]) == ("defect", "瑕疵/故障", "商品质量问题")
    assert row["提出时间"] == f"{in_shop_zone(NOW):%Y-%m-%d %H:%M:%S}"
    with counts.open(encoding="utf-8-sig", newline="") as stream:
        assert ["issue", "defect", "1", "问题", "瑕疵/故障"] in list(csv.reader(stream))


async def test_the_rows_add_up_to_what_was_given(database: Database, tmp_path: Path) -> None:
    """Damages beyond the price come on top of a remedy: both are in the row, and both count."""

    def write(connection):  # type: ignore[no-untyped-def]
        number = add_dispute(connection, opened_at=NOW)
        add_remedy(connection, dispute_id=number, state="done", amount_fen=6500)
        add_remedy(
            connection, dispute_id=number, state="executing", kind="compensation",
            money="multiple", amount_fen=50_000,
        )  # fmt: skip
        add_remedy(connection, dispute_id=number, state="failed", kind="coupon", amount_fen=10)
        add_dispute(connection, opened_at=NOW)

    await database.write(write)
    figures = await _figures(database, TODAY, TODAY)
    assert sum(row["amount_fen"] for row in figures.rows) == figures.given_fen == 56_500
    disputes, counts = write_report(figures, tmp_path / "out", POLICY)
    with disputes.open(encoding="utf-8-sig", newline="") as stream:
        row, without = csv.DictReader(stream)
    assert (row["remedy"], row["方案"]) == ("partial_refund,compensation", "部分退款、补偿")
    assert (row["金额（元）"], without["方案"], without["金额（元）"]) == ("565.00", "", "0.00")
    with counts.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[1:3] for row in rows if row[0] == "remedy"] == [
        ["partial_refund", "1"], ["compensation", "1"], ["-", "1"],
    ]  # fmt: skip
    assert rows[-1] == ["given_fen", "", "56500", "已付出金额（元）", "565.00"]


async def test_a_period_of_many_disputes_needs_no_list_of_them(database: Database) -> None:
    """A statement holds only so many parameters; a year's disputes are more than that."""

    def write(connection):  # type: ignore[no-untyped-def]
        for _ in range(FEW + 1):
            number = add_dispute(connection, cost_bearer="carrier", opened_at=NOW)
            add_remedy(connection, dispute_id=number, state="done", amount_fen=100)

    def read(connection):  # type: ignore[no-untyped-def]
        if database.is_sqlite:
            driver = connection.connection.driver_connection
            driver.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, FEW)
        figures = read_figures(connection, TODAY, TODAY)
        return figures, read_recoveries(connection, {"carrier": 7}, TODAY, TODAY, NOW)

    await database.write(write)
    figures, claims = await database.read(read)
    assert (len(figures.rows), figures.given_fen, len(claims)) == (
        FEW + 1,
        100 * (FEW + 1),
        FEW + 1,
    )


async def test_only_a_wish_counts_as_a_return_without_fault(
    database: Database, tmp_path: Path
) -> None:
    """A threat or a danger has neither a fault nor a wish, and is called by a name of its own."""

    def write(connection):  # type: ignore[no-untyped-def]
        for wish in ("want_return", None, None):
            none = {"type": "none", "issue": "none", "issues": ["none"]}
            add_dispute(connection, opened_at=NOW, wish=wish, **none)

    await database.write(write)
    _, counts = write_report(await _figures(database, TODAY, TODAY), tmp_path / "out", POLICY)
    with counts.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row[1:] for row in csv.reader(stream) if row[0] in {"type", "issue"}]
    assert rows == [
        ["other", "2", "类型", "其他诉求"],
        ["none", "1", "类型", "无责退换"],
        ["other", "2", "问题", "其他诉求"],
        ["none", "1", "问题", "无故障退换/取消"],
    ]


async def test_what_may_be_claimed_back_is_a_file_of_its_own(
    database: Database, tmp_path: Path
) -> None:
    """One row a claim of the period, with its deadline; what the shop bears itself is none."""

    def write(connection):  # type: ignore[no-untyped-def]
        for bearer in ("carrier", "shop"):
            number = add_dispute(connection, cost_bearer=bearer, opened_at=NOW)
            add_remedy(connection, dispute_id=number, state="done", amount_fen=500)

    await database.write(write)
    claims = await database.read(lambda c: read_recoveries(c, {"carrier": 7}, TODAY, TODAY, NOW))
    file = write_recoveries(claims, tmp_path / "out", POLICY)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["against"], row["amount_fen"]) == ("carrier", "500")
    assert (row["向谁追偿"], row["金额（元）"], row["是否过期"]) == ("快递", "5.00", "否")
    assert row["deadline"] == (NOW + timedelta(days=7)).isoformat()
    yesterday = TODAY - timedelta(days=1)
    assert (
        await database.read(
            lambda c: read_recoveries(c, {"carrier": 7}, yesterday, yesterday, NOW)
        )
        == []
    )
