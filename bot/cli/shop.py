"""orders, staff, policy, report, db: what a shop's admin does from the command line."""

from __future__ import annotations

import asyncio
import json
import logging
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.screen import progress_bar, say
from bot.clock import in_shop_zone, utc_now
from bot.conversation.put_back import put_back, put_back_unread
from bot.conversation.saying.replies import load_replies
from bot.desk import audit, ownership, staff
from bot.desk.permissions import Role
from bot.errors import DataError, NotAllowed, PolicyError, StorageError
from bot.money import yuan
from bot.orders.book import OrderBook
from bot.orders.ingest import order_schema, read_orders
from bot.remedies.files import SCHEMAS, json_schema
from bot.remedies.policy import check_policy, load_policy
from bot.reports.dossier import read_dossier
from bot.reports.dossier_page import dossier_page
from bot.reports.figures import Figures, read_figures, write_report
from bot.reports.recoveries import read_recoveries, write_recoveries
from bot.reports.replay import Replay, replay_policy
from bot.settings import DATA_DIR, Settings
from bot.wiring import add_on_record, open_database, unreachable
from models import Database
from models.upgrade import SchemaError, upgrade

LONGEST_NAME = 50
DOUBTS_AT_MOST = 20  # told one by one; a file without payments has one for each order
_log = logging.getLogger(__name__)
_HIGHEST_ID = 2**63 - 1  # that a database can hold


def run_orders_import(settings: Settings, file: Path) -> None:
    """Put every order of the file into the book, or none when one of them is wrong.

    What may be a slip in an order that came in is told too.
    """
    doubts: list[str] = []
    with progress_bar("Reading") as report:
        records = read_orders(
            file,
            utc_now(),
            progress=lambda done, total: report(file.name, done / max(total, 1)),
            warn=doubts.append,
        )
    database = open_database(settings)
    try:
        asyncio.run(OrderBook(database).put(records))
    finally:
        database.close()
    for doubt in doubts[:DOUBTS_AT_MOST]:
        say(f"please check: {doubt}")
    if len(doubts) > DOUBTS_AT_MOST:
        say(f"please check: {len(doubts) - DOUBTS_AT_MOST} more like these")
    say(f"imported {len(records)} orders from {file.name}")


def run_orders_schema() -> None:
    """Print the JSON Schema of the order record."""
    say(json.dumps(order_schema(), ensure_ascii=False, indent=2))


def run_staff_add(settings: Settings, name: str, role: str, *, with_token: bool) -> None:
    """Add a member of staff and print a one-time password, or an API token as the last word.

    For somebody who is there already, the password or token is renewed; the role must be theirs.
    """
    name = _plain(name)
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise NotAllowed(f"NAME must be 1 to {LONGEST_NAME} printable characters")
    database = open_database(settings)
    try:
        with database.engine.begin() as connection:
            known = staff.staff_by_name(connection, name)
            had = staff.ways_in(connection, known.id) if known else ()
            account, password = _account(connection, name, Role(role), renew=not with_token)
            token = staff.add_token(connection, account.id) if with_token else None
            if token:
                subject = f"staff:{account.id}"
                audit.record(connection, None, "staff.token_renewed", subject, {}, utc_now())
    finally:
        database.close()
    if known:
        ended = [way for way in had if way == staff.API_TOKEN or not token]
        say(f"{name} was there already; ended: {', '.join(ended) or 'nothing'}")
    say(f"{role} {name} token {token}" if token else f"{role} {name} password {password}")


def run_staff_telegram(settings: Settings, name: str, number: str) -> None:
    """Say who a member of staff is in the agents' group on Telegram, or nobody there."""
    if number != "none" and not _is_telegram_number(number):
        raise NotAllowed(f"{number!r} is no Telegram number: digits, or none")
    name, telegram_id = _plain(name), None if number == "none" else int(number)
    database = open_database(settings)
    try:
        with database.engine.begin() as connection:
            account = _on_record(connection, name)
            staff.set_telegram(connection, account, telegram_id, utc_now())
    finally:
        database.close()
    say(f"{account.role.value} {name} telegram {number}")


def run_staff_disable(settings: Settings, name: str) -> None:
    """Take every way in from a member of staff; adding them again lets them in again.

    The chats in their hands go back into the queue, each for itself. The last admin who can sign
    in stays: somebody must be able to release what only they may.
    """
    name = _plain(name)
    database = open_database(settings)
    try:
        with database.engine.begin() as connection:
            account = _on_record(connection, name)
            if staff.is_last_admin(connection, account):
                raise NotAllowed(f"{name} is the last admin: add another admin first")
            staff.disable(connection, account.id, utc_now())
        say(f"{account.role.value} {name} disabled")
        if back := _put_back_all(database, account.id):
            say(f"chats put back into the queue: {back}")
    finally:
        database.close()


def _put_back_all(database: Database, staff_id: int) -> int:
    """Put the chats of somebody who has left back into the queue; return how many they were.

    Raises StorageError that names those which could not be, once all the others are.
    """
    with database.engine.connect() as connection:
        held = ownership.held_by(connection, staff_id)
    if not held:
        return 0
    replies, back, stuck = load_replies(DATA_DIR / "replies"), 0, []
    for chat in held:
        for way in (put_back, put_back_unread):
            try:
                with database.engine.begin() as connection:
                    back += way(connection, replies, staff_id, chat, utc_now())
            except Exception:
                _log.exception("conversation %d: %s did not work", chat, way.__name__)
            else:
                break
        else:
            stuck.append(str(chat))
    if stuck:
        raise StorageError(
            f"chats put back into the queue: {back}; not put back: {', '.join(stuck)}"
        )
    return back


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _is_telegram_number(number: str) -> bool:
    return number.isascii() and number.isdecimal() and 0 < int(number) <= _HIGHEST_ID


def _on_record(connection: Connection, name: str) -> staff.Staff:
    account = staff.staff_by_name(connection, name)
    if account is None:
        raise NotAllowed(f"there is no member of staff called {name}")
    return account


def _account(
    connection: Connection, name: str, role: Role, *, renew: bool
) -> tuple[staff.Staff, str]:
    known = staff.staff_by_name(connection, name)
    if known is None:
        return add_on_record(connection, name, role, utc_now())
    if known.role != role:
        raise NotAllowed(f"{name} is {known.role.value} already; roles are not changed by adding")
    return known, staff.renew_password(connection, known.id, utc_now()) if renew else ""


def run_policy_check(folder: Path | None) -> None:
    """Print what a policy lacks, and for the shop's own also a text that may not be said.

    Raises PolicyError that counts it.
    """
    replies = None if folder else DATA_DIR / "replies"
    folder = folder or DATA_DIR / "policy"
    findings = check_policy(folder, in_shop_zone(utc_now()).date())
    if replies:
        findings += _refused(replies)
    for finding in findings:
        say(finding)
    if findings:
        count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        raise PolicyError(f"{folder}: {count}")
    say(f"{folder}: no findings")


def _refused(replies: Path) -> list[str]:
    try:
        load_replies(replies)
    except DataError as error:
        return [str(error)]
    return []


def run_policy_schema(folder: Path | None) -> None:
    """Write the JSON Schemas by which an editor completes and checks the policy's files."""
    folder = (folder or DATA_DIR / "policy") / "schema"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in SCHEMAS:
            file = folder / f"{name}.schema.json"
            text = json.dumps(json_schema(name), ensure_ascii=False, indent=1, sort_keys=True)
            file.write_text(text + "\n", encoding="utf-8")
            say(str(file))
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror}") from error


def run_policy_replay(settings: Settings, folder: Path) -> None:
    """Print which disputes of the past another policy would settle otherwise, and the cost."""
    policy = load_policy(folder)
    database = open_database(settings)
    try:
        # As a reader: on SQLite a writer would keep the running shop from writing all the while.
        replay = asyncio.run(database.read(lambda c: replay_policy(c, policy)))
    finally:
        database.close()
    for line in _replay_lines(replay):
        say(line)


def _replay_lines(replay: Replay) -> Iterator[str]:
    """Yield a line for each dispute that would come out otherwise, then the sums."""
    for change in replay.differences:
        given = f", given {_options((change.given,))}" if change.given else ""
        yield (
            f"conversation {change.conversation_id}  order {change.order_no}  {change.issue}: "
            f"{_options(change.was)} -> {_options(change.would_be)}{given}  "
            f"{_more(change.cost_fen)}"
        )
    for change in replay.unlike:
        yield (
            f"conversation {change.conversation_id}  order {change.order_no}  {change.issue}: "
            f"its own policy now gives {_options(change.own or ())}, not {_options(change.was)}"
        )
    costs = [change.cost_fen for change in replay.differences]
    more, less = [c for c in costs if c > 0], [c for c in costs if c < 0]
    kept = len(replay.disputes) - replay.unkept
    yield (
        f"own policy: {kept - len(replay.unlike)} of {len(replay.disputes)} disputes decided as "
        f"before, {len(replay.unlike)} otherwise, {replay.unkept} under texts not kept or refused"
    )
    yield (
        f"{len(replay.disputes)} disputes, {len(costs)} changed: {len(more)} would get more "
        f"({_more(sum(more))}), {len(less)} less ({_more(sum(less))}), "
        f"cost {_more(replay.cost_fen)}"
    )


def run_report(settings: Settings, first: date, last: date, folder: Path) -> None:
    """Write the period's disputes, their counts, and what may be claimed back as CSV files."""
    if first > last:
        raise NotAllowed(f"--from {first} is after --to {last}")
    policy = load_policy(DATA_DIR / "policy")
    terms = policy.recovery.model_dump()
    database = open_database(settings)

    def read(connection: Connection) -> tuple[Figures, list[dict[str, Any]]]:
        claims = read_recoveries(connection, terms, first, last, utc_now())
        return read_figures(connection, first, last), claims

    try:
        figures, claims = asyncio.run(database.read(read))
    finally:
        database.close()
    try:
        for file in (
            *write_report(figures, folder, policy),
            write_recoveries(claims, folder, policy),
        ):
            say(str(file))
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror}") from error
    say(f"{len(figures.rows)} disputes, {figures.given_fen} fen given")


def run_dossier(settings: Settings, dispute_id: int, out: Path) -> None:
    """Write a dispute's dossier, nothing masked, as one HTML file; the export is on record."""
    policy = load_policy(DATA_DIR / "policy")
    database = open_database(settings)
    now = utc_now()
    try:
        known = 0 < dispute_id <= _HIGHEST_ID
        # As a reader: its photos may be many, and a writer would keep the shop from writing.
        dossier = known and asyncio.run(
            database.read(lambda c: read_dossier(c, dispute_id, policy, now))
        )
        if not dossier:
            raise NotAllowed(f"there is no dispute {dispute_id}")
        data = {"masked": False}
        with database.engine.begin() as connection:
            audit.record(connection, None, "dossier.exported", f"dispute:{dispute_id}", data, now)
    finally:
        database.close()
    try:
        out.write_text(dossier_page(dossier, policy), encoding="utf-8")
    except OSError as error:
        raise DataError(f"{out}: cannot be written: {error.strerror}") from error
    say(str(out))


def _more(fen: int) -> str:
    """Return what is given more, with its sign: +¥5.97."""
    return f"{'-' if fen < 0 else '+'}{yuan(abs(fen))}"


def _options(outcomes: tuple[tuple[str, int], ...]) -> str:
    told = (f"{kind} {yuan(fen)}" if fen else kind for kind, fen in outcomes)
    return ", ".join(told) or "a person"


def run_db_upgrade(settings: Settings) -> None:
    """Bring the schema up to this release."""
    database = Database(settings.database_url)
    try:
        upgrade(database)
    except SchemaError as error:
        raise StorageError(str(error)) from error
    except SQLAlchemyError as error:
        raise unreachable(database, error) from error
    finally:
        database.close()
    say("the schema is up to date")
