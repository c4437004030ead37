"""What staff and customers read, in the shapes of the HTTP contract."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.conversation import store
from bot.conversation.shapes.events import OrderChecked
from bot.delivery import inbox, outbox
from bot.desk import cases, transcript
from bot.messages import Option
from models import Database, promise
from tests.factories import NOW, add_conversation, add_dispute, add_remedy, add_staff

REMEDY_KEYS = {
    "id", "kind", "amount_fen", "return_freight", "state", "rule", "policy_version",
}  # fmt: skip
DISPUTE_KEYS = {
    "id", "conversation_id", "order_no", "type", "issue", "issues", "state", "liable",
    "cost_bearer", "cause", "remedy", "remedies", "escalated",
}  # fmt: skip


def say(connection: Connection, here: int, sender: str, text: str, **values: Any) -> int:
    return outbox.put_reply(
        connection, conversation_id=here, epoch=0, sender=sender, text=text, now=NOW,
        pushed=False, **values,
    )  # fmt: skip


class TestDisputes:
    """A dispute and its remedies."""

    async def remedies(self, database: Database, *states: str) -> dict[str, Any]:
        number = await database.write(add_dispute)
        for state in states:
            await database.write(partial(add_remedy, dispute_id=number, state=state))
        found = await database.read(lambda c: cases.dispute_detail(c, number))
        assert found is not None
        return found

    async def test_they_have_the_contracts_keys(self, database: Database) -> None:
        found = await self.remedies(database, "done")
        assert set(found) >= DISPUTE_KEYS
        assert set(found["remedy"]) == REMEDY_KEYS
        assert found["escalated"] is None

    @pytest.mark.parametrize(
        ("states", "standing"),
        [
            ((), None),
            (("proposed",), 0),
            (("failed", "proposed"), 1),
            (("done", "declined"), 0),
            (("proposed", "withdrawn", "expired"), 0),
            (("declined",), None),
            (("done", "declined", "executing"), 2),
        ],
    )
    async def test_the_remedy_is_the_latest_that_still_stands(
        self, database: Database, states: tuple[str, ...], standing: int | None
    ) -> None:
        found = await self.remedies(database, *states)
        assert [one["state"] for one in found["remedies"]] == list(states)
        expected = None if standing is None else found["remedies"][standing]
        assert found["remedy"] == expected

    async def test_an_escalated_one_says_why(self, database: Database) -> None:
        number = await database.write(
            partial(add_dispute, escalated_reason="E5", escalated_level="L2")
        )
        found = await database.read(lambda c: cases.dispute_detail(c, number))
        assert found is not None
        assert found["escalated"] == {"reason": "E5", "level": "L2"}

    async def test_they_are_found_by_order(self, database: Database) -> None:
        first = await database.write(partial(add_dispute, order_no="A"))
        await database.write(partial(add_dispute, order_no="B"))
        found = await database.read(lambda c: cases.disputes_of_order(c, "A"))
        assert [one["id"] for one in found] == [first]
        assert await database.read(lambda c: cases.disputes_of_order(c, "C")) == []

    async def test_one_that_does_not_exist(self, database: Database) -> None:
        assert await database.read(lambda c: cases.dispute_detail(c, 404)) is None


class TestConversations:
    """The queue, the list and one conversation."""

    async def test_the_queue_begins_with_who_has_waited_longest(self, database: Database) -> None:
        for minutes, reason in ((1, "E8"), (5, "E3")):
            await database.write(
                partial(
                    add_conversation,
                    state="queued",
                    owner_kind="queue",
                    queue_reason=reason,
                    queue_level="L1",
                    queued_at=NOW - timedelta(minutes=minutes),
                    summary={"what": reason},
                )
            )
        await database.write(add_conversation)
        found = await database.read(lambda c: cases.queue(c, NOW))
        assert [(one["reason"], one["waited_seconds"]) for one in found] == [
            ("E3", 300), ("E8", 60),
        ]  # fmt: skip
        assert found[0]["summary"] == {"what": "E3"}

    async def test_the_gravest_come_first_however_many_wait(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cases, "LIST_AT_MOST", 3)
        waiting = [("E8", "L1", 90), ("E7", "L1", 80), ("E1", "S", 1), ("E3", "L2", 60),
                   ("E2", "S", 5), ("E5", "L2", 2)]  # fmt: skip
        for reason, level, minutes in waiting:
            values = {"queue_reason": reason, "queue_level": level, "owner_kind": "queue"}
            since = NOW - timedelta(minutes=minutes)
            queued = partial(add_conversation, state="queued", queued_at=since, **values)
            await database.write(queued)

        async def reasons(skip: int) -> list[str]:
            found = await database.read(lambda c: cases.queue(c, NOW, skip=skip))
            return [one["reason"] for one in found]

        assert await reasons(0) == ["E2", "E1", "E3"]
        assert await reasons(3) == ["E5", "E8", "E7"]
        assert await reasons(6) == []

    async def test_one_conversation_has_the_contracts_shape(self, database: Database) -> None:
        here = await database.write(add_conversation)
        found = await database.read(lambda c: cases.conversation_detail(c, here, NOW))
        assert found is not None
        assert (found["id"], found["state"], found["owner"]) == (here, "bot", {"kind": "bot"})
        assert found["messages"] == []

    async def test_an_agents_name_is_shown(self, database: Database) -> None:
        wang = await database.write(add_staff)
        owner = {"state": "with_person", "owner_kind": "agent", "owner_staff_id": wang}
        here = await database.write(partial(add_conversation, **owner))
        found = await database.read(lambda c: cases.conversation_detail(c, here, NOW))
        assert found is not None
        assert found["owner"] == {"kind": "agent", "name": "小王"}

    async def test_the_list_is_of_one_state_the_latest_first(self, database: Database) -> None:
        old = await database.write(partial(add_conversation, updated_at=NOW - timedelta(days=1)))
        new = await database.write(add_conversation)
        closed = await database.write(partial(add_conversation, state="closed"))
        bot = await database.read(lambda c: cases.conversations(c, NOW, state="bot"))
        assert [one["id"] for one in bot] == [new, old]
        everything = await database.read(lambda c: cases.conversations(c, NOW))
        assert {one["id"] for one in everything} == {old, new, closed}

    async def test_one_that_does_not_exist(self, database: Database) -> None:
        found = await database.read(lambda c: cases.conversation_detail(c, 404, NOW))
        assert found is None


class TestTranscript:
    """What was said."""

    async def talk(self, database: Database) -> int:
        def write(connection: Connection) -> int:
            here, wang = add_conversation(connection), add_staff(connection)
            options = [Option(id="a", label="退款", kind="refund")]
            say(connection, here, "bot", "两个方案", options=options)
            inbox.put_signal(connection, here, "k", {}, NOW)
            outbox.put_note(
                connection, conversation_id=here, staff_id=wang, text="老客户", now=NOW
            )
            say(connection, here, "agent", "我来处理", staff_id=wang)
            return here

        return await database.write(write)

    async def test_staff_see_notes_and_who_wrote(self, database: Database) -> None:
        here = await self.talk(database)
        found = await database.read(lambda c: transcript.for_staff(c, here))
        assert [(one["kind"], one["staff"]) for one in found] == [
            ("text", None), ("note", "小王"), ("text", "小王"),
        ]  # fmt: skip

    async def test_it_goes_on_after_an_id(self, database: Database) -> None:
        here = await self.talk(database)
        found = await database.read(lambda c: transcript.for_staff(c, here, after=3))
        assert [one["id"] for one in found] == [4]


async def test_what_awaits_approval_comes_with_its_place(database: Database) -> None:
    number = await database.write(
        partial(add_dispute, escalated_reason="E5", escalated_level="L2")
    )
    await database.write(partial(add_remedy, dispute_id=number, state="declined"))
    waits = await database.write(partial(add_remedy, dispute_id=number, state="awaiting_approval"))
    (found,) = await database.read(cases.awaiting_approval)
    assert (found["id"], found["dispute_id"], found["amount_fen"]) == (waits, number, 3000)
    assert found["escalated"] == {"reason": "E5", "level": "L2"}
    # Of a chat whose log tells nothing, nothing is made up.
    assert set(map(str, found["grounds"].values())) == {"[]", "None", "", "False"}


class TestAtAGlance:
    """The order of each line, and by when its customer was promised an answer."""

    @pytest.mark.parametrize(
        ("looked_up", "expected"),
        [
            ([], None),
            ([("A1", ["杯子"])], {"order_no": "A1", "goods": "杯子", "known": True}),
            ([("A1", ["杯子", "碗"])], {"order_no": "A1", "goods": "杯子等", "known": True}),
            ([("X9", None)], {"order_no": "X9", "goods": None, "known": False}),
            ([("X9", None), ("A1", ["碗"])], {"order_no": "A1", "goods": "碗", "known": True}),
            ([("A1", ["碗"]), ("X9", None)], {"order_no": "A1", "goods": "碗", "known": True}),
            ([("A1", ["碗"]), ("A2", ["盆"])], {"order_no": "A2", "goods": "盆", "known": True}),
        ],
    )
    async def test_the_order_looked_up_last_that_there_is(
        self, database: Database, looked_up: list[tuple[str, Any]], expected: Any
    ) -> None:
        def build(connection: Connection) -> int:
            here = add_conversation(connection)
            events = [
                OrderChecked(
                    order_no=number,
                    record=titles
                    and {"order_no": number, "lines": [{"title": title} for title in titles]},
                )
                for number, titles in looked_up
            ]
            store.append(connection, here, events, NOW)
            return here

        await database.write(build)
        (line,) = await database.read(lambda c: cases.conversations(c, NOW))
        assert line["order"] == expected

    async def test_the_soonest_answer_that_is_still_open(self, database: Database) -> None:
        def build(connection: Connection) -> None:
            here = add_conversation(connection)
            for key, what, hours, state in (
                ("1", "person", 3, "open"), ("2", "answer", 2, "open"), ("3", "person", 1, "kept"),
                ("4", "refund", 1, "open"),
            ):  # fmt: skip
                connection.execute(
                    insert(promise).values(
                        conversation_id=here, key=key, what=what, said="答复", made_at=NOW,
                        due_at=NOW + timedelta(hours=hours), state=state,
                        settled_at=None if state == "open" else NOW,
                    )
                )  # fmt: skip

        await database.write(build)
        (line,) = await database.read(lambda c: cases.conversations(c, NOW))
        assert line["answer_by"] == (NOW + timedelta(hours=2)).isoformat()
