"""Money: granted once, never more than was paid, and approved only as it was seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.delivery import ledger
from bot.delivery.ledger import AlreadyGranting, Expected, OverGranted
from bot.delivery.remedy_states import GRANTED, TRANSITIONS
from bot.errors import NotAllowed
from models import Database, dispute, order_command, order_ledger, remedy
from tests.conftest import Race
from tests.factories import NOW, add_dispute, add_remedy, add_staff

ORDER = "DD20261120001"
PAID = 10_000  # fen


def add_one(connection: Connection, **values: Any) -> int:
    """Add a proposed remedy of 30 yuan in a dispute of its own about one and the same order."""
    return add_remedy(connection, dispute_id=add_dispute(connection, order_no=ORDER), **values)


def accept(connection: Connection, remedy_id: int, paid_fen: int = PAID) -> None:
    ledger.accept(connection, remedy_id, paid_fen=paid_fen, now=NOW)


def await_approval(connection: Connection) -> int:
    """Add a remedy that waits for approval."""
    number = add_one(connection)
    accept(connection, number)
    ledger.await_approval(connection, number, now=NOW)
    return number


def hold(number: int) -> Callable[[Connection], object]:
    """Return work that takes the remedy's row."""
    return lambda c: c.execute(update(remedy).where(remedy.c.id == number).values(id=number))


async def granted(database: Database) -> int:
    return await database.read(lambda c: ledger.granted_fen(c, ORDER))


async def state(database: Database, number: int) -> str:
    return (await database.read(lambda c: ledger.get(c, number))).state


async def test_accepting_counts_the_amount_against_the_order(database: Database) -> None:
    number = await database.write(add_one)
    assert await granted(database) == 0
    await database.write(partial(accept, remedy_id=number))
    assert await granted(database) == 3000
    assert await state(database, number) == "accepted"


async def test_more_than_was_paid_is_never_granted(database: Database) -> None:
    numbers = [await database.write(add_one) for _ in range(4)]
    for number in numbers[:3]:
        await database.write(partial(accept, remedy_id=number))
    with pytest.raises(OverGranted):
        await database.write(partial(accept, remedy_id=numbers[3]))
    assert await granted(database) == 9000
    assert await state(database, numbers[3]) == "proposed"


async def test_nor_when_many_disputes_are_granted_at_once(database: Database, race: Race) -> None:
    numbers = [await database.write(add_one) for _ in range(7)]
    results = race(*[partial(accept, remedy_id=number) for number in numbers])
    assert sorted(type(result).__name__ for result in results) == (
        ["NoneType"] * 3 + ["OverGranted"] * 4
    )
    assert await granted(database) == 9000


async def test_one_dispute_grants_one_of_two_remedies_at_once(
    database: Database, race: Race
) -> None:
    where = await database.write(partial(add_dispute, order_no=ORDER))
    numbers = [await database.write(partial(add_remedy, dispute_id=where)) for _ in range(2)]
    results = race(*[partial(accept, remedy_id=number) for number in numbers])
    assert sorted(type(result).__name__ for result in results) == ["AlreadyGranting", "NoneType"]
    assert await granted(database) == 3000


async def test_one_remedy_is_granted_once_however_often_it_is_clicked(
    database: Database, race: Race
) -> None:
    number = await database.write(add_one)
    results = race(*[partial(accept, remedy_id=number)] * 5, behind=hold(number))
    assert sorted(type(result).__name__ for result in results) == (
        ["NoneType"] + ["NotAllowed"] * 4
    )
    assert await granted(database) == 3000


async def test_a_second_remedy_may_follow_when_the_first_is_done(database: Database) -> None:
    where = await database.write(partial(add_dispute, order_no=ORDER))
    first, second = [await database.write(partial(add_remedy, dispute_id=where)) for _ in range(2)]
    await database.write(partial(accept, remedy_id=first))
    with pytest.raises(AlreadyGranting):
        await database.write(partial(accept, remedy_id=second))
    await database.write(lambda c: ledger.start(c, first, now=NOW))
    await database.write(lambda c: ledger.finish(c, first, "done", now=NOW))
    await database.write(partial(accept, remedy_id=second))
    assert await granted(database) == 6000


async def test_the_database_refuses_whatever_the_program_tries(database: Database) -> None:
    number = await database.write(add_one)
    await database.write(partial(accept, remedy_id=number))
    for statement in (
        text("UPDATE order_ledger SET granted_fen = paid_fen + 1"),
        text("UPDATE order_ledger SET granted_fen = -1"),
        text("UPDATE remedy SET amount_fen = -1"),
        text("UPDATE remedy SET state = 'paid twice'"),
    ):
        with pytest.raises(IntegrityError):
            await database.write(lambda c, statement=statement: c.execute(statement))


async def test_proposing_again_with_the_same_key_is_the_same_remedy(
    database: Database, race: Race
) -> None:
    where = await database.write(partial(add_dispute, order_no=ORDER))
    row = await database.read(
        lambda c: c.execute(select(dispute.c.conversation_id).where(dispute.c.id == where)).one()
    )
    values = {
        "dispute_id": where, "conversation_id": row.conversation_id, "order_no": ORDER,
        "idempotency_key": "c1:m1:1", "kind": "refund", "amount_fen": 100,
        "return_freight": "none", "detail": {}, "rule": "r", "policy_version": "v", "now": NOW,
    }  # fmt: skip
    ids = race(*[partial(ledger.propose, **values)] * 4)
    assert len(set(ids)) == 1
    with pytest.raises(ValueError, match="another remedy"):
        await database.write(partial(ledger.propose, **{**values, "amount_fen": 200}))


class TestApproval:
    """Above the bot's limit a person decides."""

    async def test_it_releases_the_remedy(self, database: Database) -> None:
        boss, number = await database.write(add_staff), await database.write(await_approval)
        seen = Expected(kind="partial_refund", amount_fen=3000, order_no=ORDER)
        approve = partial(ledger.approve, remedy_id=number, staff_id=boss, now=NOW)
        await database.write(partial(approve, expected=seen))
        row = await database.read(lambda c: c.execute(select(remedy)).one())
        assert (row.state, row.approved_by) == ("approved", boss)

    @pytest.mark.parametrize(
        "other",
        [
            Expected(kind="refund", amount_fen=3000, order_no=ORDER),
            Expected(kind="partial_refund", amount_fen=2999, order_no=ORDER),
            Expected(kind="partial_refund", amount_fen=3000, order_no="DD2"),
        ],
    )
    async def test_of_something_else_than_was_seen_is_refused(
        self, database: Database, other: Expected
    ) -> None:
        boss, number = await database.write(add_staff), await database.write(await_approval)
        approve = partial(ledger.approve, remedy_id=number, staff_id=boss, now=NOW)
        with pytest.raises(NotAllowed, match="不一致"):
            await database.write(partial(approve, expected=other))
        assert await state(database, number) == "awaiting_approval"

    async def test_twice_at_once_is_once(self, database: Database, race: Race) -> None:
        boss, number = await database.write(add_staff), await database.write(await_approval)
        approve = partial(ledger.approve, remedy_id=number, staff_id=boss, now=NOW)
        refused = [
            r for r in race(*[approve] * 4, behind=hold(number)) if isinstance(r, NotAllowed)
        ]
        assert len(refused) == 3
        assert str(refused[0]) == "该方案目前是「已批准」，不能变为「已批准」"

    async def test_approved_and_refused_at_once_is_one_of_them(
        self, database: Database, race: Race
    ) -> None:
        boss, number = await database.write(add_staff), await database.write(await_approval)
        approve = partial(ledger.approve, remedy_id=number, staff_id=boss, now=NOW)
        refuse = partial(
            ledger.refuse, remedy_id=number, staff_id=boss, reason="证据不足", now=NOW
        )
        results = race(approve, refuse, behind=hold(number))
        assert sum(isinstance(result, NotAllowed) for result in results) == 1
        expected = 3000 if await state(database, number) == "approved" else 0
        assert await granted(database) == expected

    async def test_a_refusal_gives_the_amount_back(self, database: Database) -> None:
        boss, number = await database.write(add_staff), await database.write(await_approval)
        assert await granted(database) == 3000
        await database.write(
            lambda c: ledger.refuse(c, number, staff_id=boss, reason="证据不足", now=NOW)
        )
        assert await granted(database) == 0
        assert (await database.read(lambda c: ledger.get(c, number))).reason == "证据不足"

    async def test_without_it_nothing_goes_to_the_order_system(self, database: Database) -> None:
        number = await database.write(await_approval)
        with pytest.raises(NotAllowed, match="待审批"):
            await database.write(lambda c: ledger.start(c, number, now=NOW))


async def test_starting_writes_exactly_one_command_with_the_remedys_key(
    database: Database, race: Race
) -> None:
    number = await database.write(add_one)
    await database.write(partial(accept, remedy_id=number))
    results = race(*[partial(ledger.start, remedy_id=number, now=NOW)] * 4, behind=hold(number))
    (command,) = [result for result in results if not isinstance(result, NotAllowed)]
    row = await database.read(lambda c: c.execute(select(order_command)).one())
    key = (await database.read(lambda c: ledger.get(c, number))).idempotency_key
    assert (row.state, row.idempotency_key, command.idempotency_key) == ("pending", key, key)
    assert row.command["amount_fen"] == 3000


@pytest.mark.parametrize(
    ("outcome", "counted"), [("done", 3000), ("failed", 0), ("uncertain", 3000)]
)
async def test_only_a_failed_remedy_gives_its_amount_back(
    database: Database, outcome: Any, counted: int
) -> None:
    number = await database.write(add_one)
    await database.write(partial(accept, remedy_id=number))
    await database.write(lambda c: ledger.start(c, number, now=NOW))
    await database.write(lambda c: ledger.finish(c, number, outcome, now=NOW))
    assert (await state(database, number), await granted(database)) == (outcome, counted)


async def test_words_alone_are_done_at_once_and_nothing_else_is(database: Database) -> None:
    words = await database.write(partial(add_one, kind="explain", amount_fen=0))
    money = await database.write(add_one)
    await database.write(lambda c: ledger.conclude(c, words, now=NOW))
    assert await state(database, words) == "done"
    with pytest.raises(ValueError, match="more than words"):
        await database.write(lambda c: ledger.conclude(c, money, now=NOW))


async def test_a_remedy_that_does_not_exist_is_refused_in_chinese(database: Database) -> None:
    with pytest.raises(NotAllowed, match="没有这个处理方案"):
        await database.write(partial(accept, remedy_id=404))


async def test_a_new_payment_raises_what_may_be_granted(database: Database) -> None:
    first, second = await database.write(add_one), await database.write(add_one)
    await database.write(partial(accept, remedy_id=first, paid_fen=3000))
    with pytest.raises(OverGranted):
        await database.write(partial(accept, remedy_id=second, paid_fen=3000))
    await database.write(partial(accept, remedy_id=second, paid_fen=6000))
    assert await granted(database) == 6000


Deed = Callable[[Connection, int], object]
DEEDS: dict[str, Deed] = {
    "accept": lambda c, n: ledger.accept(c, n, paid_fen=7000, now=NOW),
    "await_approval": lambda c, n: ledger.await_approval(c, n, now=NOW),
    "approve": lambda c, n: ledger.approve(c, n, staff_id=1, now=NOW),
    "refuse": lambda c, n: ledger.refuse(c, n, staff_id=1, reason="", now=NOW),
    "start": lambda c, n: ledger.start(c, n, now=NOW),
    "done": lambda c, n: ledger.finish(c, n, "done", now=NOW),
    "failed": lambda c, n: ledger.finish(c, n, "failed", now=NOW),
    "uncertain": lambda c, n: ledger.finish(c, n, "uncertain", now=NOW),
    "resume": lambda c, n: ledger.resume(c, n, now=NOW),
    "withdraw": lambda c, n: ledger.withdraw(c, n, now=NOW),
    "expire": lambda c, n: ledger.expire(c, n, now=NOW),
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(DEEDS))), max_size=25))
def test_whatever_is_done_in_whatever_order_the_sum_is_right(
    database: Database, deeds: list[tuple[int, str]]
) -> None:
    with database.engine.begin() as connection:
        for table in (order_command, remedy, order_ledger, dispute):
            connection.execute(delete(table))
        if not connection.execute(text("SELECT count(*) FROM staff WHERE id = 1")).scalar_one():
            add_staff(connection, id=1)
        numbers = [add_one(connection) for _ in range(3)]
        for which, deed in deeds:
            before = ledger.get(connection, numbers[which]).state
            try:
                DEEDS[deed](connection, numbers[which])
            except (NotAllowed, OverGranted):
                assert ledger.get(connection, numbers[which]).state == before
            else:
                assert ledger.get(connection, numbers[which]).state in TRANSITIONS[before]
            counted = sum(
                one.amount_fen
                for one in (ledger.get(connection, number) for number in numbers)
                if one.state in GRANTED
            )
            assert ledger.granted_fen(connection, ORDER) == counted <= 7000
