"""demo, serve, worker: the program that stays."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.channels.telegram.build import TelegramParts, build_telegram
from bot.channels.telegram.group.mirror import Mirror
from bot.channels.uploads import check_upload
from bot.cli.classifier import understander
from bot.cli.screen import say
from bot.conversation.results import note_lost_reply
from bot.delivery.command_runner import CommandRunner
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.desk.clocks import Clocks
from bot.errors import SettingsError
from bot.logs import configure
from bot.settings import Settings
from bot.wiring import House, build_site, may_be_demo, open_house, renew_demo_staff

SHUTDOWN_SECONDS = 10.0


def run_demo(settings: Settings, host: str, port: int) -> None:
    """Serve a throwaway shop: sample orders, staff logins printed, no setting needed.

    Its orders and passwords never get into a shop that is not a demo.
    """
    if not may_be_demo(settings):
        raise SettingsError(
            "JIEFEN_HOME: the database holds a shop that is no demo; `jiefen serve` serves it, "
            "and a demo needs another home"
        )
    asyncio.run(_serve(settings, host, port, is_demo=True))


def run_serve(settings: Settings, host: str, port: int) -> None:
    """Serve the shop: web, console, channels and workers in one process."""
    asyncio.run(_serve(settings, host, port, is_demo=False))


def run_worker(settings: Settings) -> None:
    """Work beside other processes on one PostgreSQL; nothing is served."""
    if settings.database_url.startswith("sqlite"):
        raise SettingsError("JIEFEN_DATABASE_URL: workers of their own need PostgreSQL")
    asyncio.run(_work(settings))


async def _serve(settings: Settings, host: str, port: int, *, is_demo: bool) -> None:
    configure()
    # One that cannot be read is told at the start, not by the first customer's session.
    settings.check_secret()
    async with (
        open_house(settings, understander(settings), is_demo=is_demo) as house,
        _crew(house) as telegram,
    ):
        runner = web.AppRunner(
            build_site(house, telegram), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS
        )
        await runner.setup()
        try:
            await _listen(runner, host, port)
            # Not before: the passwords of a demo that has the port already stay good.
            logins = tuple(await renew_demo_staff(house)) if is_demo else ()
            _greet(host, port, logins)
            await _until_told_to_stop()
        finally:
            await runner.cleanup()


async def _work(settings: Settings) -> None:
    configure()
    async with open_house(settings, understander(settings)) as house, _crew(house, serves=False):
        say("working; stop with Ctrl-C")
        await _until_told_to_stop()


@asynccontextmanager
async def _crew(house: House, *, serves: bool = True) -> AsyncIterator[TelegramParts | None]:
    """Run the workers and the channels; on leaving, turns in hand are finished first."""
    telegram = _telegram(house)
    channels = {telegram.channel.name: telegram.channel} if telegram else {}
    sender = Sender(
        house.database, channels, house.wakeups, house.clock,
        on_lost=lambda c, here, number: note_lost_reply(c, here, number, house.clock()),
    )  # fmt: skip
    # Only one process may ask Telegram for updates, so that one is the one that serves.
    tasks = telegram.tasks if telegram and serves else ()
    keep = house.upkeep.keep
    receiving = [asyncio.create_task(keep("Telegram", task)) for task in tasks]
    crews: dict[str, Worker | CommandRunner | Sender | Clocks | Mirror] = {
        "turns": house.worker,
        "order commands": house.runner,
        "deadlines": house.clocks,
    }
    if channels:
        crews["sending"] = sender
    if telegram and telegram.mirror:
        crews["agents' group"] = telegram.mirror
    working = [asyncio.create_task(keep(name, crew.run)) for name, crew in crews.items()]
    try:
        yield telegram
    finally:
        house.upkeep.stop()
        for crew in crews.values():
            crew.stop()
        for task in receiving:
            task.cancel()
        await asyncio.gather(*working, *receiving, return_exceptions=True)
        if telegram:
            await telegram.close()


def _telegram(house: House) -> TelegramParts | None:
    if house.settings.telegram is None:
        return None
    return build_telegram(
        house.settings, house.database, house.wakeups, house.clock, check_upload, house.commands
    )


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port, reuse_address=True).start()
    except socket.gaierror as error:
        raise SettingsError(f"cannot listen on {host}: {error.strerror}; try --host") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise SettingsError(f"cannot listen on {host}:{port}: {reason}; try --port") from error


def _greet(host: str, port: int, logins: tuple[tuple[str, str, str], ...]) -> None:
    base = f"http://{host}:{port}"
    say(f"Jiefen 解纷 is ready: shop {base}/  console {base}/console")
    for role, name, password in logins:
        say(f"  {role:10} {name}  {password}")


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
