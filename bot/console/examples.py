"""Examples: agents say what a message was about, reviewers decide what is learnt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field, field_validator
from sqlalchemy import Connection

from bot.console.access import staff_may
from bot.desk import examples
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.http.bodies import not_a_choice
from bot.http.problems import Problem
from bot.http.routes import API, MESSAGE_AT_MOST, NUMBER, Route, number
from bot.http.services import SERVICES, in_thread
from nlp.labels import INTENTS, ISSUES, NONE

Issues = Annotated[list[str], Field(max_length=len(ISSUES))]


class _Labels(BaseModel):
    """What a text is about: issues with the primary one first, empty for none."""

    issues: Issues

    @field_validator("issues")
    @classmethod
    def check_issues(cls, issues: list[str]) -> list[str]:
        """Refuse what no corpus could hold; a lone none is the empty list."""
        kept = [] if issues == [NONE] else issues
        for place, issue in enumerate(kept):
            if issue not in ISSUES:
                raise ValueError(not_a_choice(issue))
            if issue in kept[:place]:
                raise ValueError(f"“{issue}”重复了")
        return kept


class Correction(_Labels):
    """What a customer's message was about."""

    conversation_id: Annotated[int, Field(ge=1, le=2**53)]
    message_id: Annotated[int, Field(ge=1, le=MESSAGE_AT_MOST)]


class Decision(_Labels):
    """The labels to learn; without an intent the suggested one stays."""

    intent: str | None = None

    @field_validator("intent")
    @classmethod
    def check_intent(cls, intent: str | None) -> str | None:
        """Refuse what no corpus could hold."""
        if intent is not None and intent not in INTENTS:
            raise ValueError(not_a_choice(intent))
        return intent


class Example(BaseModel):
    """A text with suggested labels; personal data in it is masked."""

    id: int
    text: str
    origin: Literal["correction", "uncertain"]
    issues: list[str]
    intent: str
    flags: list[str]
    said: dict[str, Any]
    artefact: str
    state: Literal["pending", "accepted", "rejected"]
    conversation_id: int | None
    suggested_by: str | None
    at: str


class Examples(BaseModel):
    """Corrections first, then the oldest first."""

    examples: list[Example]


class WhichExamples(BaseModel):
    """Those in one state."""

    state: Literal["pending", "accepted", "rejected"] = "pending"


async def list_examples(
    request: web.Request, _staff: Staff, query: WhichExamples
) -> Mapping[str, Any]:
    """List examples."""
    database = request.app[SERVICES].database
    return {"examples": await database.read(lambda c: examples.in_state(c, query.state))}


async def suggest(request: web.Request, staff: Staff, body: Correction) -> Mapping[str, Any]:
    """Keep what a message was about, for review."""
    services = request.app[SERVICES]
    place = (body.conversation_id, body.message_id)
    text = await services.database.read(lambda c: examples.customer_text(c, *place))
    seen = await in_thread(request, services.understand, text)
    said = examples.Said(
        artefact=seen["artefact"],
        intent=seen["intent"],
        flags=seen["flags"],
        data={key: seen[key] for key in ("primary", "probability", "confident")},
    )
    now = services.clock()
    example_id = await services.database.write(
        lambda c: examples.put_correction(c, staff, *place, body.issues, said, now)
    )
    return await _show(request, example_id)


async def accept(request: web.Request, staff: Staff, body: Decision) -> Mapping[str, Any]:
    """Let the next training learn it with these labels."""
    return await _decide(
        request,
        lambda c, one, now: examples.accept(c, staff, one, body.issues, body.intent, now),
    )


async def reject(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """Never learn it."""
    return await _decide(request, lambda c, one, now: examples.reject(c, staff, one, now))


async def _decide(
    request: web.Request, deed: Callable[[Connection, int, datetime], None]
) -> Mapping[str, Any]:
    services, example_id = request.app[SERVICES], number(request)
    await _show(request, example_id)
    now = services.clock()
    await services.database.write(lambda c: deed(c, example_id, now))
    return await _show(request, example_id)


async def _show(request: web.Request, example_id: int) -> Mapping[str, Any]:
    found = await request.app[SERVICES].database.read(lambda c: examples.find(c, example_id))
    if found is None:
        raise Problem(404, "没有这条样本。")
    return found


REVIEW = staff_may(Permission.EXAMPLE_LABEL)
EXAMPLES = f"{API}/examples"
EXAMPLE_ROUTES = (
    Route(
        method="GET", path=EXAMPLES, handler=list_examples, summary="待复核的样本",
        guard=REVIEW, query=WhichExamples, gives=Examples,
    ),
    Route(
        method="POST", path=EXAMPLES, handler=suggest, summary="纠正一条消息的归类",
        guard=staff_may(Permission.EXAMPLE_SUGGEST), body=Correction, status=201, gives=Example,
        refuses=(409,),
    ),
    Route(
        method="POST", path=f"{EXAMPLES}/{{id:{NUMBER}}}/accept", handler=accept,
        summary="采纳样本", guard=REVIEW, body=Decision, gives=Example, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{EXAMPLES}/{{id:{NUMBER}}}/reject", handler=reject,
        summary="不采纳样本", guard=REVIEW, gives=Example, refuses=(404, 409),
    ),
)  # fmt: skip
