"""What the console trains and promotes with."""

from __future__ import annotations

from bot.conversation.commands import StaffCommands
from bot.conversation.releasing import Releasing
from bot.conversation.saying.replies import load_replies
from bot.delivery.wakeups import Wakeups
from bot.http.services import Services
from bot.orders.book import OrderBook
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR, Settings
from models import Database
from tests.factories import NOW


def services_over(settings: Settings, database: Database) -> Services:
    """Return what the console works with, over that database."""
    commands = StaffCommands(load_replies(DATA_DIR / "replies"), load_policy(DATA_DIR / "policy"))
    orders = OrderBook(database, lambda: NOW)
    return Services(
        database=database, wakeups=Wakeups(), clock=lambda: NOW, settings=settings,
        understand=lambda _: {}, explain=lambda _: (), find_order=_no_order,
        commands=commands,
        releasing=Releasing(database=database, orders=orders, commands=commands),
        shop_name="解纷小铺",
    )  # fmt: skip


async def _no_order(_order_no: str) -> None:
    """Find no order."""
