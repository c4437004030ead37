"""The trained artefacts, and the button that trains another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from bot.console.access import staff_may
from bot.console.retraining import RETRAINING
from bot.desk import examples
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.http.routes import API, Route
from bot.http.services import SERVICES, in_thread
from nlp import registry


class Artefact(BaseModel):
    """A trained classifier: how many lines it learnt from, and its scores on unseen ones."""

    id: str
    current: bool
    trained_at: str | None
    lines: int
    scores: dict[str, float]


class Training(BaseModel):
    """The latest training begun from here: none, running, promoted or refused."""

    state: str
    line: str
    started_at: str | None
    by: str | None


class Artefacts(BaseModel):
    """The artefacts, oldest first, the latest training, and the examples of each state."""

    artefacts: list[Artefact]
    training: Training
    examples: dict[str, int]


async def list_artefacts(request: web.Request, _staff: Staff) -> Mapping[str, Any]:
    """List what was trained."""
    services = request.app[SERVICES]
    papers = await in_thread(request, registry.list_artefacts, services.settings.home)
    return {
        # One that would be refused is shown as long as its papers tell what it is.
        "artefacts": [_artefact(one) for one in papers if "data" in one],
        "training": _training(request),
        "examples": await services.database.read(examples.counts),
    }


async def train(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """Train from corpus and accepted examples; what does not do worse goes into service."""
    await request.app[RETRAINING].start(staff)
    return _training(request)


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
)  # fmt: skip
