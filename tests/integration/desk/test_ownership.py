"""One speaker at a time, whoever reaches for the conversation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.delivery import outbox
from bot.delivery.conversations import hold
from bot.desk import ownership
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed, StaleOwner
from models import Database, audit, conversation
from tests.conftest import Race
from tests.factories import NOW, add_conversation, add_staff


async def agent(database: Database, name: str = "小王", role: Role = Role.AGENT) -> Staff:
    number = await database.write(lambda c: add_staff(c, name, role=role.value))
    return Staff(id=number, name=name, role=role)


async def row(database: Database, here: int) -> Any:
    query = select(conversation).where(conversation.c.id == here)
    return await database.read(lambda c: c.execute(query).one())


def take(connection: Connection, here: int, by: Staff) -> int:
    return ownership.take(connection, here, by, NOW)


def queue(connection: Connection, here: int, **changes: Any) -> int:
    values = {"reason": "E8", "level": "L1", "summary": {"what": "要人工"}, "now": NOW}
    return ownership.to_queue(connection, here, **{**values, **changes})


@pytest.fixture
async def here(database: Database) -> int:
    return await database.write(add_conversation)


async def test_taking_makes_one_the_speaker(database: Database, here: int) -> None:
    wang = await agent(database)
    assert await database.write(partial(take, here=here, by=wang)) == 1
    after = await row(database, here)
    assert (after.state, after.owner_kind, after.owner_staff_id, after.epoch) == (
        "with_person", "agent", wang.id, 1,
    )  # fmt: skip


async def test_taking_what_is_ones_own_changes_nothing(database: Database, here: int) -> None:
    wang = await agent(database)
    for _ in range(2):
        assert await database.write(partial(take, here=here, by=wang)) == 1
    assert len(await database.read(lambda c: c.execute(select(audit)).all())) == 1


async def test_another_agent_is_refused_by_name(database: Database, here: int) -> None:
    wang, zhang = await agent(database), await agent(database, "小张")
    await database.write(partial(take, here=here, by=wang))
    deeds: list[Callable[[Connection], object]] = [
        partial(take, here=here, by=zhang),
        lambda c: ownership.return_to_bot(c, here, zhang, NOW),
        lambda c: ownership.close(c, here, zhang, NOW),
        partial(queue, here=here, by=zhang),
        lambda c: ownership.check_may_speak(c, here, zhang),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed, match="已由小王接待"):
            await database.write(deed)
    assert (await row(database, here)).epoch == 1


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
async def test_a_supervisor_may_take_over(database: Database, here: int, role: Role) -> None:
    wang, boss = await agent(database), await agent(database, "李主管", role)
    await database.write(partial(take, here=here, by=wang))
    assert await database.write(partial(take, here=here, by=boss)) == 2
    with pytest.raises(NotAllowed, match="已由李主管接待"):
        await database.write(lambda c: ownership.check_may_speak(c, here, wang))


async def test_of_many_who_take_at_once_one_has_it(
    database: Database, race: Race, here: int
) -> None:
    agents = [await agent(database, name) for name in ("小王", "小张", "小陈", "小赵")]
    takes = [partial(take, here=here, by=one) for one in agents]
    results = race(*takes, behind=partial(hold, conversation_id=here))
    refused = [result for result in results if isinstance(result, NotAllowed)]
    assert len(refused) == 3
    owner = (await row(database, here)).owner_staff_id
    (winner,) = [one for one, result in zip(agents, results, strict=True) if result == 1]
    assert winner.id == owner
    assert {str(refusal) for refusal in refused} == {f"已由{winner.name}接待"}


async def test_what_the_bot_thought_up_before_the_take_over_is_refused(
    database: Database, race: Race, here: int
) -> None:
    wang = await agent(database)
    speak = partial(
        outbox.put_reply, conversation_id=here, epoch=0, sender="bot", text="您好", now=NOW,
        pushed=False,
    )  # fmt: skip
    behind = partial(hold, conversation_id=here)
    taken, said = race(partial(take, here=here, by=wang), speak, behind=behind)
    assert taken == 1
    assert said == 1 or isinstance(said, StaleOwner)  # before the take-over, or not at all
    with pytest.raises(StaleOwner):
        await database.write(speak)


async def test_the_owner_speaks_under_the_epoch_of_the_moment(
    database: Database, here: int
) -> None:
    wang = await agent(database)
    with pytest.raises(NotAllowed, match="请先接管会话"):
        await database.write(lambda c: ownership.check_may_speak(c, here, wang))
    await database.write(partial(take, here=here, by=wang))
    assert await database.write(lambda c: ownership.check_may_speak(c, here, wang)) == 1


class TestQueue:
    """Waiting for a person."""

    async def test_it_says_why_and_since_when(self, database: Database, here: int) -> None:
        assert await database.write(partial(queue, here=here)) == 1
        after = await row(database, here)
        assert (after.state, after.owner_kind, after.queue_reason, after.queue_level) == (
            "queued", "queue", "E8", "L1",
        )  # fmt: skip
        assert (after.queued_at, after.summary) == (NOW, {"what": "要人工"})

    async def test_a_second_reason_keeps_the_place(self, database: Database, here: int) -> None:
        await database.write(partial(queue, here=here))
        again = partial(queue, here=here, reason="E3", level="S", now=NOW.replace(hour=5))
        assert await database.write(again) == 1
        after = await row(database, here)
        assert (after.queue_reason, after.queue_level, after.queued_at) == ("E3", "S", NOW)

    async def test_the_bot_cannot_take_it_from_a_person(
        self, database: Database, here: int
    ) -> None:
        wang = await agent(database)
        await database.write(partial(take, here=here, by=wang))
        with pytest.raises(StaleOwner):
            await database.write(partial(queue, here=here))

    async def test_the_owner_may_pass_it_on(self, database: Database, here: int) -> None:
        wang, zhang = await agent(database), await agent(database, "小张")
        await database.write(partial(take, here=here, by=wang))
        assert await database.write(partial(queue, here=here, by=wang)) == 2
        assert await database.write(partial(take, here=here, by=zhang)) == 3
        after = await row(database, here)
        assert (after.queue_reason, after.queued_at) == (None, None)
        assert after.summary == {"what": "要人工"}  # still of use to who took it


class TestClosing:
    """The end of a conversation, and its beginning again."""

    async def test_the_owner_closes_and_nobody_may_take_or_speak(
        self, database: Database, here: int
    ) -> None:
        wang = await agent(database)
        await database.write(partial(take, here=here, by=wang))
        assert await database.write(lambda c: ownership.close(c, here, wang, NOW)) == 2
        for deed in (
            partial(take, here=here, by=wang),
            lambda c: ownership.check_may_speak(c, here, wang),
            lambda c: ownership.return_to_bot(c, here, wang, NOW),
        ):
            with pytest.raises(NotAllowed, match="该会话已结束"):
                await database.write(deed)

    async def test_the_bot_closes_only_what_it_holds(self, database: Database, here: int) -> None:
        await database.write(partial(queue, here=here))
        with pytest.raises(StaleOwner):
            await database.write(lambda c: ownership.close(c, here, None, NOW))

    async def test_a_customer_who_writes_again_is_with_the_bot(
        self, database: Database, here: int
    ) -> None:
        await database.write(lambda c: ownership.close(c, here, None, NOW))
        for _ in range(2):
            assert await database.write(lambda c: ownership.reopen(c, here, NOW)) == 2
        assert (await row(database, here)).state == "bot"


async def test_every_change_is_in_the_audit_log(database: Database, here: int) -> None:
    wang = await agent(database)
    await database.write(partial(queue, here=here))
    await database.write(partial(take, here=here, by=wang))
    await database.write(lambda c: ownership.return_to_bot(c, here, wang, NOW))
    await database.write(lambda c: ownership.close(c, here, None, NOW))
    await database.write(lambda c: ownership.reopen(c, here, NOW))
    query = select(audit.c.deed, audit.c.staff_id, audit.c.subject).order_by(audit.c.id)
    subject = f"conversation:{here}"
    assert await database.read(lambda c: c.execute(query).all()) == [
        ("conversation.queued", None, subject),
        ("conversation.taken", wang.id, subject),
        ("conversation.returned", wang.id, subject),
        ("conversation.closed", None, subject),
        ("conversation.reopened", None, subject),
    ]


async def test_a_conversation_that_does_not_exist_is_refused_in_chinese(
    database: Database,
) -> None:
    wang = await agent(database)
    with pytest.raises(NotAllowed, match="没有这个会话"):
        await database.write(partial(take, here=404, by=wang))


async def test_who_waits_no_longer_is_the_bots_again(database: Database, here: int) -> None:
    before = await database.write(partial(queue, here=here))
    after = await database.write(lambda c: ownership.leave_queue(c, here, NOW))
    left = await row(database, here)
    assert (left.state, left.owner_kind, left.queued_at, after) == ("bot", "bot", None, before + 1)


async def test_nobody_leaves_a_queue_out_of_an_agents_hands(database: Database, here: int) -> None:
    await database.write(partial(queue, here=here))
    await database.write(partial(take, here=here, by=await agent(database)))
    with pytest.raises(StaleOwner):
        await database.write(lambda c: ownership.leave_queue(c, here, NOW))
    assert (await row(database, here)).state == "with_person"


async def test_another_matter_does_not_take_the_place_of_what_people_were_called_for(
    database: Database, here: int
) -> None:
    hurt = {
        "what": "受伤",
        "matter": "1",
        "order_no": "A1",
        "facts": ["签收"],
        "evidence": "无照片",
    }
    learnt = [
        {"what": "迟迟不发货", "matter": "2", "order_no": "A2", "facts": [], "evidence": "无照片"},
        {**hurt, "evidence": "已提供照片"},
    ]
    await database.write(lambda c: queue(c, here, summary=hurt))
    for found in learnt:
        await database.write(partial(ownership.add_to_summary, conversation_id=here, learnt=found))
    assert (await row(database, here)).summary == {**hurt, "evidence": "已提供照片"}
