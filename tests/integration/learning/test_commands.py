"""An artefact's life by command line and console: train, refuse, promote, roll back, evaluate."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.__main__ import main
from bot.console.retraining import COMMAND, Retraining
from bot.desk import staff as accounts
from bot.desk.permissions import Role
from bot.errors import NotAllowed
from bot.settings import DATA_DIR, Settings, read_settings
from bot.wiring import open_database
from models import Database, audit, example
from nlp import registry
from nlp.promotion import frozen_rows
from tests.factories import NOW
from tests.integration.learning.conftest import services_over
from tests.unit.nlp import conftest as understanding

small_corpus = understanding.small_corpus  # fixtures
trained = understanding.home

ODD = "箱子里装的是隔壁家订的猫砂"


@pytest.fixture
def settings(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A shop with an artefact in service and a database, as the environment names it."""
    shutil.copytree(trained / "artefacts", tmp_path / "artefacts")
    monkeypatch.setenv("JIEFEN_HOME", str(tmp_path))
    monkeypatch.delenv("JIEFEN_DATABASE_URL", raising=False)
    found = read_settings()
    open_database(found).close()
    return found


def in_service(settings: Settings) -> registry.Artefact:
    return registry.load_current(settings.home)


def add_dull_artefact(settings: Settings) -> None:
    """Store a twin of the one in service that has forgotten everything."""
    known = in_service(settings)
    classifier = replace(known.classifier, weights=known.classifier.weights * 0)
    registry.save(settings.home, "dull", classifier, known.answers, dict(known.papers))


def add_example(settings: Settings, text: str, state: str) -> None:
    values = {
        "text_hash": text, "text": text, "origin": "correction", "issues": ["wrong_item"],
        "intent": "complain", "flags": [], "said": {}, "artefact": "x", "state": state, "at": NOW,
    }  # fmt: skip
    _write(settings, insert(example).values(**values))


def _write(settings: Settings, statement: Any) -> None:
    database = Database(settings.database_url)
    with database.engine.begin() as connection:
        connection.execute(statement)
    database.close()


def deeds(settings: Settings) -> list[tuple[str, str]]:
    database = Database(settings.database_url)
    with database.engine.begin() as connection:
        rows = connection.execute(select(audit.c.deed, audit.c.subject).order_by(audit.c.id))
        found = [(row.deed, row.subject) for row in rows]
    database.close()
    return found


def test_a_worse_artefact_is_refused_in_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    add_dull_artefact(settings)
    before = in_service(settings).id
    assert main(["artefacts", "promote", "dull"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("jiefen: dull is not put into service: frozen set of ")
    assert said.count("\n") == 1
    assert registry.current_id(settings.home) == before
    assert deeds(settings) == []


def test_promotion_and_rollback_are_one_command_each_and_recorded(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    known = in_service(settings)
    registry.save(settings.home, "twin", known.classifier, known.answers, dict(known.papers))
    assert main(["artefacts", "promote", "twin"]) == 0
    assert "twin is in service" in capsys.readouterr().out
    assert main(["artefacts", "rollback"]) == 0
    assert registry.current_id(settings.home) == known.id
    assert deeds(settings) == [
        ("artefact.promoted", "artefact:twin"),
        ("artefact.rolled_back", f"artefact:{known.id}"),
    ]


@pytest.mark.parametrize("command", [["rollback"], ["promote", "twin"]])
def test_what_cannot_be_recorded_is_not_done(
    settings: Settings,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = in_service(settings)
    registry.save(settings.home, "twin", known.classifier, known.answers, dict(known.papers))
    registry.save(settings.home, "third", known.classifier, known.answers, dict(known.papers))
    registry.promote(settings.home, "third")
    spoilt = settings.home / "spoilt.db"
    spoilt.write_bytes(b"no database" * 100)
    monkeypatch.setenv("JIEFEN_DATABASE_URL", f"sqlite:///{spoilt}")
    assert main(["artefacts", *command]) == 1
    assert "cannot open" in capsys.readouterr().err
    assert registry.current_id(settings.home) == "third"


def test_accepted_examples_are_learnt_and_nothing_frozen_is(
    settings: Settings, small_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = in_service(settings)
    add_example(settings, ODD, "accepted")
    add_example(settings, frozen_rows(DATA_DIR)[0].text, "accepted")
    add_example(settings, "还没人看过的", "pending")
    assert main(["train", "--corpus", str(small_corpus), "--promote"]) == 0
    assert "with 1 accepted examples" in capsys.readouterr().out
    after = in_service(settings)
    assert after.id != before.id
    assert after.papers["data"]["lines"] == before.papers["data"]["lines"] + 1


def test_a_report_is_written_beside_the_figures(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = DATA_DIR / "frozen" / "lines.tsv"
    out = tmp_path / "report"
    assert main(["evaluate", str(file), "--json", "--report", str(out)]) == 0
    printed = json.loads(capsys.readouterr().out)
    kept = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert printed == {key: kept[key] for key in printed}
    assert in_service(settings).id in (out / "report.html").read_text(encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["evaluate", str(file), "--report", str(tmp_path / "file")]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_a_program_reads_along_and_hears_why_an_artefact_is_refused(
    settings: Settings, small_corpus: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    known = in_service(settings)
    monkeypatch.setattr("nlp.promotion.means", lambda reader, _: reader.artefact.id == known.id)
    corpus = ["train", "--promote", "--json", "--corpus", str(small_corpus)]
    add_example(settings, ODD, "accepted")
    assert main(corpus) == 1
    out, err = capsys.readouterr()
    *stages, outcome = [json.loads(line) for line in out.splitlines()]
    done = [one["done"] for one in stages]
    assert done == sorted(done)
    assert (done[0], stages[-1]) == (0, {"stage": "comparing", "done": 1.0})
    assert outcome["promoted"] is False
    assert outcome["comparison"]["answers"]["candidate_right"] == 0
    assert "is not put into service" in err
    assert in_service(settings).id == known.id


async def test_an_admin_trains_anew_through_the_same_gate(
    settings: Settings, small_corpus: Path
) -> None:
    database = open_database(settings)
    services = services_over(settings, database)
    command = [*COMMAND, "--corpus", str(small_corpus)]
    before = in_service(settings).id
    admin, _ = await database.write(lambda c: accounts.add(c, "陈管理", Role.ADMIN, NOW))
    add_example(settings, ODD, "accepted")
    training = Retraining(services, command)
    await training.start(admin)
    with pytest.raises(NotAllowed, match="正在训练"):
        await training.start(admin)
    stages = set()
    async with asyncio.timeout(timedelta(minutes=5).total_seconds()):
        while training.latest.state == "running":
            stages.add(training.latest.stage)
            await asyncio.sleep(0.02)
    latest = training.latest
    assert (latest.state, latest.by, latest.done) == ("promoted", "陈管理", 1.0)
    assert "learning" in stages
    assert latest.comparison is not None
    assert latest.comparison["candidate"] == in_service(settings).id
    assert latest.comparison["current"] == before
    assert latest.comparison["lines"]["rows"] == len(frozen_rows(DATA_DIR))
    assert [deed for deed, _ in deeds(settings)] == [
        "artefact.training",
        "artefact.promoted",
        "artefact.trained",
    ]
    database.close()
