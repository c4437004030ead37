"""`jiefen dossier` writes the file that the console exports, with nothing masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.__main__ import main
from bot.desk import staff as accounts
from models import Database, audit, conversation, staff
from models.upgrade import upgrade
from tests.factories import NOW, add_conversation
from tests.integration.http.test_casework import add_case


@pytest.fixture
def shop(empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A shop with one dispute, which the command line finds by its settings."""
    database = Database(empty_database_url)
    upgrade(database)
    with database.engine.begin() as connection:
        add_case(connection)
    monkeypatch.setenv("JIEFEN_HOME", str(tmp_path))
    monkeypatch.setenv("JIEFEN_DATABASE_URL", empty_database_url)
    return database


def test_the_file_holds_the_case_and_the_export_is_on_record(
    shop: Database, tmp_path: Path
) -> None:
    file = tmp_path / "case.html"
    assert main(["dossier", "1", "--out", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    assert "13800001111" in page
    assert "物流公司服务差" in page
    with shop.engine.connect() as connection:
        row = connection.execute(select(audit)).one()
    shop.close()
    assert (row.deed, row.subject, row.staff_id) == ("dossier.exported", "dispute:1", None)


def test_an_unknown_dispute_is_one_line(
    shop: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    for unknown in ("7", "9" * 25):
        assert main(["dossier", unknown, "--out", str(tmp_path / "x.html")]) == 1
        assert capsys.readouterr().err == f"jiefen: there is no dispute {unknown}\n"


def test_a_period_that_ends_before_it_begins_is_refused(
    shop: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    period = ["--from", "2026-11-30", "--to", "2026-11-01", "--out", str(tmp_path)]
    assert main(["report", *period]) == 1
    assert capsys.readouterr().err == "jiefen: --from 2026-11-30 is after --to 2026-11-01\n"


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31mred", "王" * 51, "  ", "\udcff"])
def test_a_name_that_cannot_be_told_is_refused(shop: Database, name: str) -> None:
    shop.close()
    assert main(["staff", "add", name, "--role", "agent"]) == (0 if name == "a\nb" else 1)


def test_the_last_admin_who_can_sign_in_is_not_disabled(
    shop: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    for name, role in (("甲", "admin"), ("乙", "admin"), ("丙", "agent")):
        assert main(["staff", "add", name, "--role", role]) == 0
    assert [main(["staff", "disable", name]) for name in ("丙", "甲", "乙")] == [0, 0, 1]
    assert capsys.readouterr().err == "jiefen: 乙 is the last admin: add another admin first\n"
    assert main(["staff", "disable", "甲"]) == 0  # who is out already is not the last
    assert main(["staff", "add", "甲", "--role", "admin"]) == 0
    assert main(["staff", "disable", "乙"]) == 0


def test_the_chats_of_a_disabled_colleague_go_back_into_the_queue(
    shop: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", "add", "小王", "--role", "agent"]) == 0
    theirs = {"state": "with_person", "owner_kind": "agent"}
    with shop.engine.begin() as connection:
        owner = connection.execute(select(staff.c.id).where(staff.c.name == "小王")).scalar_one()
        held = [add_conversation(connection, owner_staff_id=owner, **theirs) for _ in range(2)]
    capsys.readouterr()
    assert main(["staff", "disable", "小王"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "agent 小王 disabled", "chats put back into the queue: 2",
    ]  # fmt: skip
    c = conversation.c
    with shop.engine.connect() as connection:
        states = connection.execute(select(c.state, c.owner_staff_id).where(c.id.in_(held)))
        assert set(map(tuple, states)) == {("queued", None)}
    shop.close()
    assert main(["staff", "disable", "小王"]) == 0
    assert capsys.readouterr().out == "agent 小王 disabled\n"


def test_adding_a_colleague_again_says_what_ends(
    shop: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    assert main(["staff", "add", "小王", "--role", "agent"]) == 0
    assert capsys.readouterr().out.startswith("agent 小王 password ")
    assert _added_again(capsys) == ("password", "password")
    assert _added_again(capsys, "--token") == ("nothing", "token")
    assert _added_again(capsys, "--token") == ("API token", "token")
    assert _added_again(capsys) == ("password, API token", "password")
    opened = Database(shop.url)
    with opened.engine.begin() as connection:
        known = accounts.staff_by_name(connection, "小王")
        assert known is not None
        accounts.open_session(connection, known.id, NOW)
    opened.close()
    assert _added_again(capsys) == ("password, its sessions", "password")
    assert main(["staff", "disable", "小王"]) == 0
    assert capsys.readouterr().out.startswith("agent 小王 disabled")
    assert _added_again(capsys) == ("nothing", "password")


def _added_again(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[str, str]:
    """Return what ended, and what is new."""
    assert main(["staff", "add", "小王", "--role", "agent", *options]) == 0
    told, renewed = capsys.readouterr().out.splitlines()
    before, _, ended = told.partition("; ended: ")
    assert before == "小王 was there already"
    return ended, renewed.split()[2]


def test_names_that_look_alike_are_one(shop: Database) -> None:
    for name in ("小王", "小王 ", " 小王"):
        assert main(["staff", "add", name, "--role", "agent"]) == 0
    with shop.engine.connect() as connection:
        names = list(connection.execute(select(staff.c.name)).scalars())
    shop.close()
    assert names.count("小王") == 1
    assert all(name == name.strip() for name in names)
