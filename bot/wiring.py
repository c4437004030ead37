"""The only place that builds real things and passes them to each other by hand."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot import working_days
from bot.channels.telegram.build import TelegramParts
from bot.channels.web import routes as web_routes
from bot.clock import Clock, in_shop_zone, utc_now
from bot.console.app import build_app
from bot.conversation.commands import StaffCommands
from bot.conversation.engine import Engine
from bot.conversation.overdue import Overdue
from bot.conversation.releasing import Releasing
from bot.conversation.results import remedy_finished
from bot.conversation.saying.replies import Replies, load_replies
from bot.conversation.turn import TurnMaker
from bot.delivery.command_runner import CommandRunner
from bot.delivery.postgres_bridge import PostgresBridge
from bot.delivery.upkeep import Upkeep
from bot.delivery.wakeups import Wakeups
from bot.delivery.worker import Worker
from bot.desk import audit, staff
from bot.desk.clocks import Clocks
from bot.desk.permissions import Role
from bot.errors import StorageError
from bot.http.identity import sign_identity
from bot.http.metrics import Metrics
from bot.http.services import Check, Services
from bot.order_record import phone_key
from bot.orders.book import OrderBook
from bot.orders.demo import demo_orders, demo_stories, set_prefix
from bot.remedies.policy import load_policy
from bot.reports.policy_archive import keep_policy
from bot.settings import DATA_DIR, Settings
from models import Database, book_order
from models import staff as staff_table
from models.upgrade import SchemaError, check_schema, upgrade
from nlp import registry
from nlp.understanding import Understander, Understanding, load_understander

ARTEFACT_LOOK_SECONDS = 5.0  # how soon a promoted artefact is in service everywhere
DEMO_STAFF = (("小王", Role.AGENT), ("李主管", Role.SUPERVISOR), ("陈管理", Role.ADMIN))
_log = logging.getLogger(__name__)


def open_database(settings: Settings) -> Database:
    """Open the shop's database; an empty one gets its tables, an old or newer one is refused.

    Raises StorageError in one line, also when the database cannot be reached or written.
    """
    _make_home(settings.home)
    database = Database(settings.database_url)
    try:
        database.keep_private()
        if inspect(database.engine).get_table_names():
            check_schema(database)
        else:
            upgrade(database)
    except SchemaError as error:
        database.close()
        raise StorageError(str(error)) from error
    except SQLAlchemyError as error:
        database.close()
        raise unreachable(database, error) from error
    except OSError as error:
        database.close()
        raise StorageError(_cannot_write(database.file, error.strerror or "")) from error
    return database


def _make_home(home: Path) -> None:
    """Make the home, for its owner alone: it holds phones, addresses and chats."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError(f"JIEFEN_HOME: cannot make {home}: {error.strerror}") from error


def _cannot_write(file: Path | None, reason: str) -> str:
    return (
        f"cannot open the database {file}: {reason}; the folder must exist, and this user "
        "must be allowed to write in it"
    )


def unreachable(database: Database, error: SQLAlchemyError) -> StorageError:
    """Return the one line that says why a database cannot be opened."""
    reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
    if database.file is not None and ("unable to open" in reason or "readonly" in reason):
        return StorageError(_cannot_write(database.file, reason))
    return StorageError(f"cannot open {database.engine.url!r}: {reason}")


class Reading:
    """The classifier in service; a promoted one takes over without a restart."""

    def __init__(self, settings: Settings, understander: Understander) -> None:
        """Begin with the given one."""
        self._home = settings.home
        self._understander = understander
        self._wrong: str | None = None

    @property
    def artefact_id(self) -> str:
        """The id of the artefact in service."""
        return self._understander.artefact.id

    def understand(self, text: str, now: datetime) -> Understanding:
        """Return what the text is about, and what it means as an answer."""
        return self._understander.understand(text, in_shop_zone(now).date(), as_answer=True)

    async def check(self) -> str | None:
        """Return what is wrong with the artefact that was promoted, for /readyz."""
        return self._wrong

    def explain(self, text: str) -> list[tuple[str, float]]:
        """Return the words that weighed most for what the text is taken for."""
        return self._understander.explain(text)

    async def follow_promotions(self) -> None:
        """Look from time to time whether another artefact was promoted, for ever."""
        while True:
            await asyncio.sleep(ARTEFACT_LOOK_SECONDS)
            try:
                if registry.current_id(self._home) != self.artefact_id:
                    self._understander = await asyncio.to_thread(load_understander, self._home)
                self._wrong = None
            except Exception:
                self._wrong = "the promoted one cannot be loaded"
                _log.exception("the promoted artefact cannot be loaded; the earlier one stays")


class DemoShop:
    """The demo's orders: a fresh set for each day, and again once something was done to one."""

    def __init__(self, settings: Settings, orders: OrderBook, clock: Clock) -> None:
        """Begin with no set; `seed` chooses one."""
        self._settings = settings
        self._orders = orders
        self._clock = clock
        self._prefix = ""

    async def seed(self) -> None:
        """Use today's latest untouched set of orders, or put a new one into the book."""
        now = self._clock()
        for number in range(1, 100):
            self._prefix = set_prefix(now, number)
            records = demo_orders(now, self._prefix)
            if await self._orders.find(records[0].order_no) is None:
                await self._orders.put(records)
                return
            if not await self._orders.has_history(self._prefix):
                return

    def stories(self) -> list[dict[str, Any]]:
        """Return the cards, each signed in as its customer."""
        now = self._clock()
        expires, secret = now + timedelta(days=1), self._settings.secret
        owners = {o.order_no: o.customer for o in demo_orders(now, self._prefix)}
        return [
            {
                "order_no": story.order_no,
                "title": story.title,
                "about": story.about,
                "opening": story.opening,
                "phone_tail": story.phone_tail,
                "dispute_type": story.dispute_type,
                "identity": sign_identity(
                    secret,
                    owners[story.order_no].phone,
                    owners[story.order_no].name,
                    expires,
                ),
            }
            for story in demo_stories(self._prefix)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that one process needs, built and joined."""

    settings: Settings
    clock: Clock
    database: Database
    wakeups: Wakeups
    orders: OrderBook
    replies: Replies
    reading: Reading
    engine: Engine
    worker: Worker
    runner: CommandRunner
    clocks: Clocks
    commands: StaffCommands
    metrics: Metrics
    upkeep: Upkeep
    demo: DemoShop | None

    def stories(self) -> list[dict[str, Any]]:
        """Return the demo's cards; none outside the demo."""
        return self.demo.stories() if self.demo else []


@asynccontextmanager
async def open_house(
    settings: Settings,
    understander: Understander,
    *,
    is_demo: bool = False,
    clock: Clock = utc_now,
) -> AsyncIterator[House]:
    """Build the house over its database, and let everything go at the end."""
    await asyncio.to_thread(working_days.warm_up)
    database = open_database(settings)
    wakeups = Wakeups()
    bridge = None if database.is_sqlite else PostgresBridge(settings.database_url, wakeups)
    house = _furnish(settings, database, wakeups, Reading(settings, understander), is_demo, clock)
    await database.write(lambda c: keep_policy(c, house.engine.maker.policy, clock()))
    keep = house.upkeep.keep
    background = [asyncio.create_task(keep("promotions", house.reading.follow_promotions))]
    if bridge:
        background.append(asyncio.create_task(keep("wake-ups", bridge.run)))
    try:
        if house.demo:
            await house.demo.seed()
        yield house
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        database.close()


def _furnish(
    settings: Settings,
    database: Database,
    wakeups: Wakeups,
    reading: Reading,
    is_demo: bool,
    clock: Clock,
) -> House:
    orders = OrderBook(database, clock)
    replies, policy = load_replies(DATA_DIR / "replies"), load_policy(DATA_DIR / "policy")
    maker = TurnMaker(
        database=database,
        orders=orders,
        policy=policy,
        replies=replies,
        understand=reading.understand,
    )
    metrics = Metrics()
    engine = Engine(
        database=database,
        maker=maker,
        wakeups=wakeups,
        clock=clock,
        measure=metrics.turn_done,
    )
    name = f"{socket.gethostname()}-{os.getpid()}"
    return House(
        settings=settings,
        clock=clock,
        database=database,
        wakeups=wakeups,
        orders=orders,
        replies=replies,
        reading=reading,
        engine=engine,
        worker=Worker(
            database, engine.handle, wakeups, clock, name=name, on_poison=engine.poisoned
        ),
        runner=CommandRunner(
            database,
            orders,
            wakeups,
            clock,
            on_result=lambda c, remedy_id, outcome: remedy_finished(
                c, remedy_id, outcome, clock()
            ),
        ),
        clocks=Clocks(
            Overdue(
                database=database,
                orders=orders,
                policy=policy,
                replies=replies,
                wakeups=wakeups,
                clock=clock,
            ).look
        ),
        commands=StaffCommands(replies, policy),
        metrics=metrics,
        upkeep=Upkeep(),
        demo=DemoShop(settings, orders, clock) if is_demo else None,
    )


def may_be_demo(settings: Settings) -> bool:
    """Tell whether a demo may write into the database: it is empty, or a demo's already."""
    database = open_database(settings)
    try:
        with database.engine.connect() as connection:
            return _is_demo(connection, utc_now())
    finally:
        database.close()


def _is_demo(connection: Connection, now: datetime) -> bool:
    """Tell a demo by its staff, who come all at once, and by its orders.

    Orders and people of one's own may have been added to a demo. Without any staff it is one,
    or none yet, while every order is a demo's: so `jiefen chat` leaves an empty home.
    """
    order = book_order.c
    phones = {phone_key(record.customer.phone) for record in demo_orders(now)}
    is_demos = order.phone.in_(phones) & order.order_no.like("JF___________")
    count = select(func.count()).select_from(book_order)
    orders = connection.execute(count).scalar_one()
    demos = connection.execute(count.where(is_demos)).scalar_one()
    known = connection.execute(select(staff_table.c.name, staff_table.c.role))
    people = {(row.name, row.role) for row in known}
    if not people:
        return bool(demos == orders)
    everybody = {(name, role.value) for name, role in DEMO_STAFF}
    return people >= everybody and bool(demos or not orders)


async def renew_demo_staff(house: House) -> Sequence[tuple[str, str, str]]:
    """Make sure of the demo's staff; return role, name and fresh password of each."""
    return await house.database.write(
        lambda c: [_demo_account(c, name, role, house.clock()) for name, role in DEMO_STAFF]
    )


def _demo_account(
    connection: Connection, name: str, role: Role, now: datetime
) -> tuple[str, str, str]:
    known = staff.staff_by_name(connection, name)
    if known is None:
        return role.value, name, add_on_record(connection, name, role, now)[1]
    return role.value, name, staff.renew_password(connection, known.id, now)


def add_on_record(
    connection: Connection, name: str, role: Role, now: datetime
) -> tuple[staff.Staff, str]:
    """Add a member of staff from the command line; return them with their first password."""
    added, password = staff.add(connection, name, role, now)
    data = {"role": role.value}
    audit.record(connection, None, "staff.added", f"staff:{added.id}", data, now)
    return added, password


def build_site(house: House, telegram: TelegramParts | None) -> web.Application:
    """Build the web application: customers' chat, staff's console, and Telegram's webhook."""
    checks: dict[str, Check] = {
        "database": _database_check(house),
        "artefact": house.reading.check,
        "loops": house.upkeep.check,
        "channels": telegram.check if telegram else _nothing_wrong,
    }
    services = Services(
        database=house.database,
        wakeups=house.wakeups,
        clock=house.clock,
        settings=house.settings,
        commands=house.commands,
        releasing=Releasing(database=house.database, orders=house.orders, commands=house.commands),
        shop_name=house.replies.shop_name,
        understand=lambda text: house.reading.understand(text, house.clock()).as_dict(),
        explain=house.reading.explain,
        find_order=house.orders.find,
        stories=house.stories,
        checks=checks,
        metrics=house.metrics,
    )
    more = (*web_routes(), *(telegram.routes if telegram else ()))
    return build_app(services, more)


def _database_check(house: House) -> Check:
    async def check() -> str | None:
        await house.database.check()
        return None

    return check


async def _nothing_wrong() -> str | None:
    """The web chat has no one to lose."""
    return None
