"""Staff accounts: nothing that opens a door is kept in the clear."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.desk import staff
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from models import Database, audit, staff_session
from models import staff as staff_table
from tests.factories import NOW


def add(connection: Connection, name: str = "小王") -> tuple[Staff, str]:
    return staff.add(connection, name, Role.AGENT, NOW)


async def everything_stored(database: Database) -> str:
    def read(connection: Connection) -> str:
        tables = (staff_table, staff_session)
        return str([list(connection.execute(select(table))) for table in tables])

    return await database.read(read)


async def test_the_first_password_signs_in_and_is_not_kept(database: Database) -> None:
    wang, password = await database.write(add)
    assert await database.read(lambda c: staff.sign_in(c, "小王", password)) == wang
    assert password not in await everything_stored(database)


@pytest.mark.parametrize(("name", "password"), [("小王", "wrong"), ("nobody", "wrong"), ("", "")])
async def test_nothing_else_does(database: Database, name: str, password: str) -> None:
    await database.write(add)
    assert await database.read(lambda c: staff.sign_in(c, name, password)) is None


async def test_an_unknown_name_costs_as_much_as_a_wrong_password(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(staff, "_verify", lambda known, _given: bool(checked.append(known)))
    await database.read(lambda c: staff.sign_in(c, "nobody", "guess"))
    assert checked[0].startswith("$argon2id$")


async def test_an_account_without_a_password_cannot_sign_in(database: Database) -> None:
    await database.write(add)
    clear = staff_table.update().values(password_hash=None)
    await database.write(lambda c: c.execute(clear))
    assert await database.read(lambda c: staff.sign_in(c, "小王", "")) is None


async def test_a_name_is_given_once(database: Database) -> None:
    await database.write(add)
    with pytest.raises(NotAllowed, match="已有名为「小王」的员工"):
        await database.write(add)


async def test_an_api_token_opens_until_the_next_one(database: Database) -> None:
    wang, _ = await database.write(add)
    first = await database.write(lambda c: staff.add_token(c, wang.id))
    assert first not in await everything_stored(database)
    assert await database.read(lambda c: staff.staff_by_token(c, first)) == wang
    second = await database.write(lambda c: staff.add_token(c, wang.id))
    assert await database.read(lambda c: staff.staff_by_token(c, first)) is None
    assert await database.read(lambda c: staff.staff_by_token(c, second)) == wang


@pytest.mark.parametrize("token", ["", "no such token", staff.hash_token("x")])
async def test_no_other_token_opens_anything(database: Database, token: str) -> None:
    await database.write(add)
    assert await database.read(lambda c: staff.staff_by_token(c, token)) is None
    assert await database.read(lambda c: staff.staff_by_session(c, token, NOW)) is None


class TestSessions:
    """What the console's cookie stands for."""

    async def open(self, database: Database) -> tuple[Staff, str]:
        wang, _ = await database.write(add)
        return wang, await database.write(lambda c: staff.open_session(c, wang.id, NOW))

    async def test_one_opens_until_it_runs_out(self, database: Database) -> None:
        wang, token = await self.open(database)
        assert token not in await everything_stored(database)
        by_session = partial(staff.staff_by_session, token=token)
        almost = NOW + staff.SESSION_LASTS - timedelta(seconds=1)
        assert await database.read(lambda c: by_session(c, now=almost)) == wang
        over = NOW + staff.SESSION_LASTS
        assert await database.read(lambda c: by_session(c, now=over)) is None

    async def test_signing_out_ends_it(self, database: Database) -> None:
        _, token = await self.open(database)
        await database.write(lambda c: staff.close_session(c, token))
        assert await database.read(lambda c: staff.staff_by_session(c, token, NOW)) is None

    async def test_a_new_password_ends_them_all(self, database: Database) -> None:
        wang, token = await self.open(database)
        await database.write(lambda c: staff.set_password(c, wang.id, "a new one"))
        assert await database.read(lambda c: staff.staff_by_session(c, token, NOW)) is None
        assert await database.read(lambda c: staff.sign_in(c, "小王", "a new one")) == wang

    async def test_those_that_ran_out_are_swept_away(self, database: Database) -> None:
        wang, _ = await self.open(database)
        later = NOW + staff.SESSION_LASTS
        await database.write(lambda c: staff.open_session(c, wang.id, later))
        assert len(await database.read(lambda c: c.execute(select(staff_session)).all())) == 1


async def test_a_renewed_password_is_on_record(database: Database) -> None:
    wang, _ = await database.write(add)
    await database.write(lambda c: staff.renew_password(c, wang.id, NOW))
    query = select(audit.c.deed, audit.c.subject).order_by(audit.c.id)
    rows = await database.read(lambda c: c.execute(query).all())
    assert [tuple(row) for row in rows] == [("staff.password_renewed", f"staff:{wang.id}")]


async def test_a_renewed_password_ends_the_api_token(database: Database) -> None:
    wang, _ = await database.write(add)
    token = await database.write(lambda c: staff.add_token(c, wang.id))
    await database.write(lambda c: staff.renew_password(c, wang.id, NOW))
    assert await database.read(lambda c: staff.staff_by_token(c, token)) is None


async def test_somebody_is_known_in_the_agents_group_until_they_leave(database: Database) -> None:
    wang, _ = await database.write(add)
    li, _ = await database.write(lambda c: add(c, "小李"))
    await database.write(lambda c: staff.set_telegram(c, wang, 501, NOW))
    with pytest.raises(NotAllowed, match="另一位同事"):
        await database.write(lambda c: staff.set_telegram(c, li, 501, NOW))
    assert await database.read(lambda c: staff.staff_by_telegram(c, 501)) == wang
    assert await database.read(lambda c: staff.staff_by_telegram(c, 502)) is None
    await database.write(lambda c: staff.disable(c, wang.id, NOW))
    assert await database.read(lambda c: staff.staff_by_telegram(c, 501)) is None
    with pytest.raises(NotAllowed, match="已停用"):
        await database.write(lambda c: staff.set_telegram(c, wang, 502, NOW))
    await database.write(lambda c: staff.set_telegram(c, li, 501, NOW))
    deeds = await database.read(lambda c: c.execute(select(audit.c.deed)).scalars().all())
    assert deeds == ["staff.telegram_set", "staff.disabled", "staff.telegram_set"]


async def test_who_has_left_gets_in_no_more_until_added_again(database: Database) -> None:
    wang, password = await database.write(add)
    li, others = await database.write(lambda c: add(c, "小李"))
    token = await database.write(lambda c: staff.add_token(c, wang.id))
    session = await database.write(lambda c: staff.open_session(c, wang.id, NOW))
    await database.write(lambda c: staff.disable(c, wang.id, NOW))
    assert await database.read(lambda c: staff.sign_in(c, "小王", password)) is None
    assert await database.read(lambda c: staff.staff_by_token(c, token)) is None
    assert await database.read(lambda c: staff.staff_by_session(c, session, NOW)) is None
    assert await database.read(lambda c: staff.sign_in(c, "小李", others)) == li
    deeds = await database.read(lambda c: c.execute(select(audit.c.deed)).scalars().all())
    assert deeds == ["staff.disabled"]
    again = await database.write(lambda c: staff.renew_password(c, wang.id, NOW))
    assert await database.read(lambda c: staff.sign_in(c, "小王", again)) == wang
