"""The trained artefacts, and the button that trains another."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from bot.console.access import staff_may
from bot.console.retraining import RETRAINING
from bot.desk import audit, examples
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.http.routes import API, Route
from bot.http.services import SERVICES, in_thread
from nlp import registry
from nlp.errors import ArtefactError

_log = logging.getLogger(__name__)


class Artefact(BaseModel):
    """A trained classifier: how many lines it learnt from, and its scores on unseen ones."""

    id: str
    current: bool
    trained_at: str | None
    lines: int
    scores: dict[str, float]


class Tally(BaseModel):
    """Rows of the frozen set, and how many each of the two reads rightly."""

    rows: int
    candidate_right: int
    current_right: int
    lost: int
    won: int


class Comparison(BaseModel):
    """A new artefact beside the one in service; `current` is null where that was unreadable."""

    candidate: str
    current: str | None
    lines: Tally
    answers: Tally
    broken: list[str]


class Training(BaseModel):
    """The latest training begun from here, and how far it is (`done`, 0–1)."""

    state: Literal["none", "running", "promoted", "refused"]
    line: str
    started_at: str | None
    by: str | None
    stage: str
    done: float
    comparison: Comparison | None


class Artefacts(BaseModel):
    """The artefacts, oldest first, the latest training, and the examples of each state.

    `earlier` is the artefact to which a rollback goes back, null where there is none.
    """

    artefacts: list[Artefact]
    earlier: str | None
    training: Training
    examples: dict[str, int]


class Rollback(BaseModel):
    """The artefact that shall serve again, as it was shown."""

    artefact: Annotated[str, Field(min_length=1, max_length=100)]


async def list_artefacts(request: web.Request, _staff: Staff) -> Mapping[str, Any]:
    """List what was trained."""
    services = request.app[SERVICES]
    papers = await in_thread(request, registry.list_artefacts, services.settings.home)
    return {
        # One that would be refused is shown as long as its papers tell what it is.
        "artefacts": [_artefact(one) for one in papers if "data" in one],
        "earlier": await in_thread(request, _earlier, services.settings.home),
        "training": _training(request),
        "examples": await services.database.read(examples.counts),
    }


async def train(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """Train from corpus and accepted examples; what does not do worse goes into service."""
    await request.app[RETRAINING].start(staff)
    return _training(request)


async def roll_back(request: web.Request, staff: Staff, body: Rollback) -> Mapping[str, Any]:
    """Put the artefact before back into service, if it is still the one that was shown."""
    services = request.app[SERVICES]
    home, now = services.settings.home, services.clock()

    def work(connection: Connection) -> None:
        if _earlier(home) != body.artefact:
            raise NotAllowed("在用的模型刚刚变过，请看清楚现在是哪一个再换")
        audit.record(
            connection, staff.id, "artefact.rolled_back", f"artefact:{body.artefact}", {}, now
        )
        try:
            registry.rollback(home)
        except ArtefactError as error:
            _log.warning("no rollback: %s", error)
            raise NotAllowed("上一个模型已不能使用（文件缺失、被改动过或版本不符）") from error

    await services.database.write(work)
    return await list_artefacts(request, staff)


def _earlier(home: Path) -> str | None:
    try:
        return registry.earlier_id(home)
    except ArtefactError:
        return None


def _artefact(papers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": papers["id"],
        "current": papers["current"],
        "trained_at": papers.get("trained_at"),
        "lines": papers["data"]["lines"],
        "scores": papers["cross_validation"],
    }


def _training(request: web.Request) -> dict[str, Any]:
    latest = request.app[RETRAINING].latest
    started = latest.started_at
    return {
        "state": latest.state,
        "line": latest.line,
        "started_at": started.isoformat() if started else None,
        "by": latest.by,
        "stage": latest.stage,
        "done": latest.done,
        "comparison": latest.comparison,
    }


ARTEFACTS = f"{API}/artefacts"
ARTEFACT_ROUTES = (
    Route(
        method="GET", path=ARTEFACTS, handler=list_artefacts, summary="已训练的模型",
        guard=staff_may(Permission.EXAMPLE_LABEL), gives=Artefacts,
    ),
    Route(
        method="POST", path=f"{ARTEFACTS}/train", handler=train, summary="重新训练",
        guard=staff_may(Permission.ARTEFACT_PROMOTE), status=202, gives=Training,
        refuses=(409,),
    ),
    Route(
        method="POST", path=f"{ARTEFACTS}/rollback", handler=roll_back, summary="换回上一个模型",
        guard=staff_may(Permission.ARTEFACT_PROMOTE), body=Rollback, gives=Artefacts,
        refuses=(409,),
    ),
)  # fmt: skip
