"""`jiefen dossier` writes the file that the console exports, with nothing masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.__main__ import main
from models import Database, audit
from models.upgrade import upgrade
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
    assert main(["dossier", "7", "--out", str(tmp_path / "x.html")]) == 1
    assert capsys.readouterr().err == "jiefen: there is no dispute 7\n"
