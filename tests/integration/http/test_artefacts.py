"""The artefacts as an admin sees them in the console, and the way back to the one before."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.console.retraining import Training
from bot.desk.permissions import Role
from bot.http.services import Services
from models import audit
from nlp import registry
from tests.integration.http.conftest import Hire, problem
from tests.unit.nlp import conftest as understanding

small_corpus = understanding.small_corpus  # fixtures
trained = understanding.home


@pytest.fixture
def home(trained: Path, services: Services) -> Path:
    """The shop's home, with one artefact in service."""
    shutil.copytree(trained / "artefacts", services.settings.home / "artefacts")
    return services.settings.home


@pytest.fixture
def first(home: Path) -> str:
    """The artefact before the one in service, which is called twin."""
    known = registry.load_current(home)
    registry.save(home, "twin", known.classifier, known.answers, dict(known.papers))
    registry.promote(home, "twin")
    return known.id


def in_service(listed: dict[str, Any]) -> dict[str, bool]:
    return {one["id"]: one["current"] for one in listed["artefacts"]}


async def test_an_admin_goes_back_to_the_artefact_before(
    hire: Hire, services: Services, home: Path, first: str
) -> None:
    admin = await hire("陈管理", Role.ADMIN)
    listed = await (await admin.get("artefacts")).json()
    assert listed["earlier"] == first
    assert in_service(listed) == {first: False, "twin": True}
    back = await admin.post("artefacts/rollback", json={"artefact": first})
    assert back.status == 200
    told = await back.json()
    assert told["earlier"] is None
    assert in_service(told) == {first: True, "twin": False}
    assert registry.current_id(home) == first
    kept = await services.database.read(
        lambda c: c.execute(select(audit.c.deed, audit.c.subject)).all()
    )
    assert ("artefact.rolled_back", f"artefact:{first}") in [tuple(row) for row in kept]


@pytest.mark.usefixtures("first")
async def test_a_second_press_goes_no_further_back(hire: Hire, home: Path) -> None:
    known = registry.load_current(home)
    registry.save(home, "third", known.classifier, known.answers, dict(known.papers))
    registry.promote(home, "third")
    admin = await hire("陈管理", Role.ADMIN)
    assert (await admin.post("artefacts/rollback", json={"artefact": "twin"})).status == 200
    said = await problem(await admin.post("artefacts/rollback", json={"artefact": "twin"}), 409)
    assert "刚刚变过" in said["detail"]
    assert registry.current_id(home) == "twin"


async def test_an_artefact_that_was_altered_does_not_come_back(
    hire: Hire, services: Services, home: Path, first: str
) -> None:
    (home / "artefacts" / first / "weights.npz").write_bytes(b"other weights")
    admin = await hire("陈管理", Role.ADMIN)
    said = await problem(await admin.post("artefacts/rollback", json={"artefact": first}), 409)
    assert "不能使用" in said["detail"]
    assert registry.current_id(home) == "twin"
    kept = await services.database.read(lambda c: c.execute(select(audit.c.deed)).scalars().all())
    assert "artefact.rolled_back" not in kept


async def test_only_admins_go_back(hire: Hire, home: Path, first: str) -> None:
    supervisor = await hire("李主管", Role.SUPERVISOR)
    await problem(await supervisor.post("artefacts/rollback", json={"artefact": first}), 403)
    assert registry.current_id(home) == "twin"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ('{"stage": "learning", "done": 0.42}', {"stage": "learning", "done": 0.42}),
        ('{"artefact": "b", "comparison": {"rows": 4}}', {"comparison": {"rows": 4}}),
        ("jiefen: the disk is full", {"line": "jiefen: the disk is full"}),
        ("[1]", {"line": "[1]"}),
        ('{"stage": "learning"}', {"line": '{"stage": "learning"}'}),
    ],
)  # fmt: skip
def test_what_a_training_says_is_heard(said: str, heard: dict[str, object]) -> None:
    training = Training(state="running", by="陈管理").hearing(said)
    assert {key: getattr(training, key) for key in heard} == heard
    assert (training.state, training.by) == ("running", "陈管理")
