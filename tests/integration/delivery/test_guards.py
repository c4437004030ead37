"""What the ledger insists on: whose order it is, and what may leave the house in a day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import IntegrityError

from bot.delivery import ledger
from bot.delivery.guards import DayCaps, NotShown, OverDayCap
from bot.delivery.ledger import Expected
from bot.errors import NotAllowed
from models import Database, day_ledger, order_command, shown_order
from tests.conftest import Race
from tests.factories import NOW, add_dispute, add_remedy, add_staff

PAID = 100_000  # fen
CAPS = DayCaps(customer_fen=10_000, bot_fen=25_000)


def add_one(connection: Connection, number: int = 1, **values: Any) -> int:
    """Add a proposed discretionary remedy of 40 yuan on an order of its own."""
    where = add_dispute(connection, order_no=f"DD{number}")
    about = {"customer_key": "k1", "money": "discretionary", "amount_fen": 4_000, **values}
    return add_remedy(connection, dispute_id=where, **about)


def accept(connection: Connection, remedy_id: int, caps: DayCaps | None = CAPS) -> None:
    ledger.accept(connection, remedy_id, paid_fen=PAID, now=NOW, caps=caps)


async def released(database: Database, key: str = "k1") -> int | None:
    """Return what the bot released today to one customer, or ("") to everybody."""
    query = select(day_ledger.c.released_fen).where(day_ledger.c.customer_key == key)
    return await database.read(lambda c: c.execute(query).scalar_one_or_none())


async def add_many(database: Database, how_many: int, **values: Any) -> list[int]:
    return [await database.write(partial(add_one, number=n, **values)) for n in range(how_many)]


class TestOwnership:
    """Nothing is granted for an order that its chat has not shown to be its customer's."""

    async def hide(self, database: Database) -> None:
        await database.write(lambda c: c.execute(delete(shown_order)))

    async def test_nothing_is_granted(self, database: Database) -> None:
        number = await database.write(add_one)
        await self.hide(database)
        with pytest.raises(NotShown):
            await database.write(partial(accept, remedy_id=number))
        assert (await database.read(lambda c: ledger.get(c, number))).state == "proposed"
        assert await database.read(lambda c: ledger.granted_fen(c, "DD1")) == 0

    async def test_nor_is_anything_sent_to_the_order_system(self, database: Database) -> None:
        number = await database.write(add_one)
        await database.write(partial(accept, remedy_id=number))
        await self.hide(database)
        with pytest.raises(NotShown):
            await database.write(lambda c: ledger.start(c, number, now=NOW))
        assert await database.read(lambda c: c.execute(select(order_command)).all()) == []

    async def test_another_chats_proof_is_none(self, database: Database) -> None:
        mine = await database.write(add_one)
        await self.hide(database)
        await database.write(add_one)  # another chat, which has shown the same order
        with pytest.raises(NotShown):
            await database.write(partial(accept, remedy_id=mine))


class TestDayCaps:
    """What the bot releases alone in a day."""

    async def test_one_customer_gets_no_more_than_the_cap(self, database: Database) -> None:
        numbers = await add_many(database, 3)
        for number in numbers[:2]:
            await database.write(partial(accept, remedy_id=number))
        with pytest.raises(OverDayCap):
            await database.write(partial(accept, remedy_id=numbers[2]))
        assert (await released(database), await released(database, "")) == (8_000, 8_000)
        assert (await database.read(lambda c: ledger.get(c, numbers[2]))).state == "proposed"

    async def test_exactly_the_cap_is_within_it(self, database: Database) -> None:
        (number,) = await add_many(database, 1, amount_fen=10_000)
        await database.write(partial(accept, remedy_id=number))
        assert await released(database) == 10_000

    async def test_what_is_owed_by_the_record_has_no_cap_a_customer(
        self, database: Database
    ) -> None:
        (number,) = await add_many(database, 1, amount_fen=20_000, money="statutory")
        await database.write(partial(accept, remedy_id=number))
        assert (await released(database), await released(database, "")) == (None, 20_000)

    async def test_all_customers_together_get_no_more_than_the_bots_cap(
        self, database: Database
    ) -> None:
        numbers = [
            await database.write(partial(add_one, number=n, customer_key=f"k{n}", amount_fen=9000))
            for n in range(3)
        ]
        for number in numbers[:2]:
            await database.write(partial(accept, remedy_id=number))
        with pytest.raises(OverDayCap):
            await database.write(partial(accept, remedy_id=numbers[2]))
        assert (await released(database, ""), await released(database, "k2")) == (18_000, None)

    async def test_what_a_person_releases_is_not_the_bots(self, database: Database) -> None:
        numbers = await add_many(database, 4)
        for number in numbers:
            await database.write(partial(accept, remedy_id=number, caps=None))
        assert await released(database, "") is None

    async def test_the_next_day_begins_at_nothing(self, database: Database) -> None:
        numbers = await add_many(database, 3)
        for number in numbers[:2]:
            await database.write(partial(accept, remedy_id=number))
        tomorrow = NOW + timedelta(hours=14)  # 10:00 in the shop and 14 hours: its midnight
        await database.write(
            lambda c: ledger.accept(c, numbers[2], paid_fen=PAID, now=tomorrow, caps=CAPS)
        )

    async def test_what_comes_to_nothing_is_given_back(self, database: Database) -> None:
        numbers = await add_many(database, 3)
        for number in numbers[:2]:
            await database.write(partial(accept, remedy_id=number))
        await database.write(lambda c: ledger.start(c, numbers[0], now=NOW))
        await database.write(lambda c: ledger.finish(c, numbers[0], "failed", now=NOW))
        assert (await released(database), await released(database, "")) == (4_000, 4_000)
        await database.write(partial(accept, remedy_id=numbers[2]))

    async def test_nor_when_many_processes_grant_at_once(
        self, database: Database, race: Race
    ) -> None:
        numbers = await add_many(database, 6)
        results = race(*[partial(accept, remedy_id=number) for number in numbers])
        assert sorted(type(result).__name__ for result in results) == (
            ["NoneType"] * 2 + ["OverDayCap"] * 4
        )
        assert (await released(database), await released(database, "")) == (8_000, 8_000)

    async def test_many_customers_at_once_share_the_bots_cap(
        self, database: Database, race: Race
    ) -> None:
        numbers = [
            await database.write(partial(add_one, number=n, customer_key=f"k{n}", amount_fen=9000))
            for n in range(5)
        ]
        results = race(*[partial(accept, remedy_id=number) for number in numbers])
        assert [type(result).__name__ for result in results].count("NoneType") == 2
        assert await released(database, "") == 18_000

    async def test_the_database_refuses_whatever_the_program_tries(
        self, database: Database
    ) -> None:
        (number,) = await add_many(database, 1)
        await database.write(partial(accept, remedy_id=number))
        for statement in (
            text("UPDATE day_ledger SET released_fen = limit_fen + 1"),
            text("UPDATE day_ledger SET released_fen = -1"),
        ):
            with pytest.raises(IntegrityError):
                await database.write(lambda c, statement=statement: c.execute(statement))


class TestApprovalTerm:
    """An approval is for one remedy, one sum, one payee, and not for ever."""

    async def waiting(self, database: Database) -> int:
        number = await database.write(partial(add_one, payee="****1111#ab 微信支付 P1"))
        await database.write(partial(accept, remedy_id=number, caps=None))
        until = NOW + timedelta(hours=24)
        await database.write(lambda c: ledger.await_approval(c, number, now=NOW, expires_at=until))
        return number

    async def approve(self, database: Database, number: int, **more: Any) -> None:
        boss = await database.write(partial(add_staff, name="主管"))
        await database.write(
            lambda c: ledger.approve(c, number, staff_id=boss, **{"now": NOW, **more})
        )

    async def test_it_is_given_until_just_before_it_lapses(self, database: Database) -> None:
        number = await self.waiting(database)
        just_before = NOW + timedelta(hours=24, microseconds=-1)
        await self.approve(database, number, now=just_before)
        assert (await database.read(lambda c: ledger.get(c, number))).state == "approved"

    async def test_and_not_at_that_moment_nor_after(self, database: Database) -> None:
        number = await self.waiting(database)
        with pytest.raises(NotAllowed, match="超过了审批时限"):
            await self.approve(database, number, now=NOW + timedelta(hours=24))

    async def test_for_another_payee_it_is_not_given(self, database: Database) -> None:
        number = await self.waiting(database)
        seen = Expected(
            kind="partial_refund", amount_fen=4000, order_no="DD1", payee="****2222#cd 支付宝 P2"
        )
        with pytest.raises(NotAllowed, match="不一致"):
            await self.approve(database, number, expected=seen)

    async def test_a_lapsed_one_gives_its_amount_back(self, database: Database) -> None:
        number = await self.waiting(database)
        await database.write(lambda c: ledger.expire(c, number, now=NOW))
        assert await database.read(lambda c: ledger.granted_fen(c, "DD1")) == 0

    async def test_approved_and_lapsed_at_once_is_one_of_them(
        self, database: Database, race: Race
    ) -> None:
        number = await self.waiting(database)
        boss = await database.write(partial(add_staff, name="主管"))
        results = race(
            partial(ledger.approve, remedy_id=number, staff_id=boss, now=NOW),
            partial(ledger.expire, remedy_id=number, now=NOW),
        )
        assert sum(isinstance(result, NotAllowed) for result in results) == 1
        state = (await database.read(lambda c: ledger.get(c, number))).state
        left = await database.read(lambda c: ledger.granted_fen(c, "DD1"))
        assert (state, left) in {("approved", 4000), ("expired", 0)}
