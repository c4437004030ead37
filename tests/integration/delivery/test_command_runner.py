"""Commands to the order system: each takes effect once, whatever dies or stays silent."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from bot.delivery import command_runner, crew, ledger, order_commands
from bot.delivery.command_runner import CommandRunner
from bot.delivery.order_commands import Outcome
from bot.delivery.wakeups import COMMANDS, WORK, Wakeups
from bot.errors import OrderSystemRefused, OrderSystemUncertain
from bot.order_record import CommandResult, OrderCommand
from models import Database, order_command
from tests.conftest import Race
from tests.factories import NOW, HandClock, add_dispute, add_remedy

ROOT = Path(__file__).parents[3]
SOON = 20.0  # seconds; a test that waits this long has failed


class FileOrderSystem:
    """Keeps what took effect in a file, one key a line, without any guard against repeating."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.error: Exception | None = None  # what the next call raises …
        self.heard_before_error = False  # … and whether it took effect all the same
        self.cannot_say: Exception | None = None  # what `outcome` raises

    @property
    def effects(self) -> list[str]:
        return self.file.read_text().split() if self.file.exists() else []

    async def execute(self, command: OrderCommand) -> CommandResult:
        error, self.error = self.error, None
        if error is None or self.heard_before_error:
            with self.file.open("a") as file:
                file.write(f"{command.idempotency_key}\n")
        if error is not None:
            raise error
        return CommandResult(reference="R1", note="已退款")

    async def outcome(self, idempotency_key: str) -> CommandResult | None:
        if self.cannot_say is not None:
            raise self.cannot_say
        found = idempotency_key in self.effects
        return CommandResult(reference="R1", note="已退款") if found else None


@pytest.fixture
def orders(tmp_path: Path) -> FileOrderSystem:
    return FileOrderSystem(tmp_path / "effects.txt")


class House:
    """A runner, and what it told the conversation."""

    def __init__(self, database: Database, orders: FileOrderSystem, clock: HandClock) -> None:
        self.database = database
        self.clock = clock
        self.wakeups = Wakeups()
        self.told: list[tuple[int, Outcome]] = []
        self.runner = CommandRunner(
            database, orders, self.wakeups, clock, on_result=self._on_result
        )

    def _on_result(self, _connection: Connection, remedy_id: int, outcome: Outcome) -> None:
        self.told.append((remedy_id, outcome))

    @property
    def told_states(self) -> list[str]:
        return [outcome.state for _, outcome in self.told]

    async def one_round(self) -> None:
        """Carry out what is due, as `run` does, without waiting for anything."""
        taken = await self.runner.take(8)
        await asyncio.gather(*[self.runner.carry_out(one) for one in taken])

    async def states(self, remedy_id: int) -> tuple[str, str]:
        """Return the command's state and the remedy's."""
        query = select(order_command.c.state).where(order_command.c.remedy_id == remedy_id)
        row = await self.database.read(lambda c: c.execute(query).scalar_one())
        return row, (await self.database.read(lambda c: ledger.get(c, remedy_id))).state


@pytest.fixture
def house(database: Database, orders: FileOrderSystem, clock: HandClock) -> House:
    return House(database, orders, clock)


def start_one(connection: Connection) -> int:
    """Add a remedy that was granted and is on its way to the order system."""
    number = add_remedy(connection, dispute_id=add_dispute(connection))
    ledger.accept(connection, number, paid_fen=100_000, now=NOW)
    ledger.start(connection, number, now=NOW)
    return number


async def test_a_command_is_carried_out_and_the_conversation_told(
    house: House, orders: FileOrderSystem
) -> None:
    number = await house.database.write(start_one)
    await house.one_round()
    await house.one_round()
    assert len(orders.effects) == 1
    assert await house.states(number) == ("done", "done")
    assert house.told == [(number, Outcome(state="done", reference="R1", note="已退款"))]


async def test_runners_that_take_at_once_carry_out_each_command_once(
    house: House, race: Race
) -> None:
    for _ in range(4):
        await house.database.write(start_one)
    taken = race(*[partial(order_commands.take_due, limit=3, now=NOW)] * 4)
    everything = [one for some in taken for one in some] + list(await house.runner.take(8))
    assert len({one.id for one in everything}) == len(everything) == 4


async def test_a_refusal_fails_the_remedy_and_gives_the_money_back(
    house: House, orders: FileOrderSystem
) -> None:
    number = await house.database.write(start_one)
    orders.error = OrderSystemRefused("订单已关闭")
    await house.one_round()
    assert await house.states(number) == ("failed", "failed")
    assert house.told == [(number, Outcome(state="failed", note="订单已关闭"))]
    row = await house.database.read(lambda c: ledger.get(c, number))
    assert await house.database.read(lambda c: ledger.granted_fen(c, row.order_no)) == 0


@pytest.mark.parametrize(
    "error", [OrderSystemUncertain("no answer"), ConnectionResetError("cut"), KeyError("bug")]
)
async def test_whatever_else_goes_wrong_is_uncertain_and_told_once(
    house: House, orders: FileOrderSystem, error: Exception
) -> None:
    number = await house.database.write(start_one)
    orders.error, orders.cannot_say = error, OrderSystemUncertain("down")
    for _ in range(4):
        await house.one_round()
        house.clock.advance(hours=1)
    assert await house.states(number) == ("uncertain", "uncertain")
    assert house.told_states == ["uncertain"]


async def rewrite(house: House, remedy_id: int, **changes: object) -> None:
    """Store the command's JSON as another release would have written it."""
    c = order_command.c

    def do(connection: Connection) -> None:
        mine = c.remedy_id == remedy_id
        stored = connection.execute(select(c.command).where(mine)).scalar_one()
        connection.execute(update(order_command).where(mine).values(command=stored | changes))

    await house.database.write(do)


async def test_what_a_newer_release_added_to_a_command_stops_nothing(house: House) -> None:
    number = await house.database.write(start_one)
    await rewrite(house, number, channel="a field of the next release")
    await house.one_round()
    assert await house.states(number) == ("done", "done")


async def test_a_command_that_cannot_be_read_is_uncertain_alone(
    house: House, orders: FileOrderSystem
) -> None:
    """It is neither told nor given up, and the others go their way."""
    unreadable, good = [await house.database.write(start_one) for _ in range(2)]
    await rewrite(house, unreadable, amount_fen="a great deal")
    await house.one_round()
    assert await house.states(good) == ("done", "done")
    for _ in range(3):
        assert await house.states(unreadable) == ("uncertain", "uncertain")
        house.clock.advance(seconds=600)
        await house.one_round()
    assert len(orders.effects) == 1
    assert house.told_states.count("uncertain") == 1
    await rewrite(house, unreadable, amount_fen=3000)  # as the release that wrote it reads it
    for _ in range(2):
        house.clock.advance(seconds=600)
        await house.one_round()
    assert await house.states(unreadable) == ("done", "done")
    assert len(orders.effects) == 2


async def test_a_command_that_took_effect_is_found_out_and_not_repeated(
    house: House, orders: FileOrderSystem
) -> None:
    number = await house.database.write(start_one)
    orders.error, orders.heard_before_error = OrderSystemUncertain("no answer"), True
    await house.one_round()
    house.clock.advance(seconds=2)
    await house.one_round()
    assert len(orders.effects) == 1
    assert await house.states(number) == ("done", "done")
    assert house.told_states == ["uncertain", "done"]


async def test_a_command_that_never_took_effect_is_told_again(
    house: House, orders: FileOrderSystem
) -> None:
    number = await house.database.write(start_one)
    orders.error = OrderSystemUncertain("no answer")
    await house.one_round()
    house.clock.advance(seconds=2)
    await house.one_round()  # asks: never heard of it
    assert await house.states(number) == ("pending", "executing")
    await house.one_round()  # tells again
    assert len(orders.effects) == 1
    assert await house.states(number) == ("done", "done")
    assert house.told_states == ["uncertain", "done"]


async def test_a_silent_order_system_is_uncertain_too(
    house: House, orders: FileOrderSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_command: OrderCommand) -> CommandResult:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    monkeypatch.setattr(orders, "execute", never)
    monkeypatch.setattr(command_runner, "CALL_TIMEOUT_SECONDS", 0)
    number = await house.database.write(start_one)
    await house.one_round()
    assert await house.states(number) == ("uncertain", "uncertain")


async def test_a_runner_that_slept_too_long_records_nothing(
    house: House, orders: FileOrderSystem
) -> None:
    number = await house.database.write(start_one)
    (late,) = await house.runner.take(8)
    house.clock.now += order_commands.RUNNING_AT_MOST
    (other,) = await house.runner.take(8)
    assert other.may_have_happened
    await house.runner.carry_out(late)  # it took effect, but it is not his to record any more
    assert await house.states(number) == ("sending", "executing")
    await house.runner.carry_out(other)
    assert len(orders.effects) == 1
    assert house.told_states == ["done"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_kill_9_between_the_call_and_its_record(
    house: House, orders: FileOrderSystem, database_url: str, moment: str
) -> None:
    number = await house.database.write(start_one)
    script = Path(__file__).with_name("dying_runner.py")
    command = [sys.executable, str(script), database_url, str(orders.file), moment]
    dead = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, timeout=60, check=False
    )
    assert dead.returncode == -9
    assert await house.states(number) == ("sending", "executing")
    await house.one_round()
    assert house.told == []  # the dead one's hold has not run out yet
    house.clock.now += order_commands.RUNNING_AT_MOST
    await house.one_round()
    await house.one_round()
    assert len(orders.effects) == 1
    assert await house.states(number) == ("done", "done")
    assert house.told_states == ["done"]


async def test_a_granted_remedy_is_carried_out_at_once_and_its_conversation_woken(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LOOK_EVERY_SECONDS", 3600)
    async with asyncio.timeout(SOON):
        running = asyncio.create_task(house.runner.run())
        await asyncio.sleep(0)
        number = await house.database.write(start_one)
        with house.wakeups.listen(WORK) as listener:
            house.wakeups.notify(COMMANDS)
            await listener.wait(SOON)
        house.runner.stop()
        await running
    assert await house.states(number) == ("done", "done")


async def test_the_outcome_and_what_is_told_stand_or_fall_together(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await house.database.write(start_one)

    def fails(_connection: Connection, _remedy_id: int, _outcome: Outcome) -> None:
        raise RuntimeError("the conversation could not be told")

    monkeypatch.setattr(house.runner, "_on_result", fails)
    with pytest.raises(RuntimeError):
        await house.one_round()
    assert await house.states(number) == ("sending", "executing")


def test_a_call_is_over_before_its_command_counts_as_lost() -> None:
    at_most = order_commands.RUNNING_AT_MOST.total_seconds()
    assert at_most > command_runner.CALL_TIMEOUT_SECONDS
