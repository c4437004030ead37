"""Disputes, the remedies that wait for approval, and what a text would be taken for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from aiohttp import web
from sqlalchemy import Connection, select

from bot.console.access import staff_may
from bot.console.conversations import announce
from bot.console.shapes import (
    Approval,
    Classified,
    Dispute,
    Disputes,
    Refusal,
    Remedies,
    Remedy,
    Text,
    WhichDisputes,
    WhichRemedies,
)
from bot.conversation.commands import StaffCommands
from bot.desk import cases, personal
from bot.desk.permissions import Permission
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.http.problems import Problem
from bot.http.routes import API, NUMBER, Route, number
from bot.http.services import SERVICES, in_thread
from models import remedy


class Found(NamedTuple):
    """A remedy and where it belongs."""

    id: int
    dispute_id: int
    conversation_id: int


async def list_disputes(
    request: web.Request, _staff: Staff, query: WhichDisputes
) -> Mapping[str, Any]:
    """List the disputes about an order."""
    found = await request.app[SERVICES].database.read(
        lambda c: cases.disputes_of_order(c, query.order_no)
    )
    return {"disputes": found}


async def show_dispute(request: web.Request, _staff: Staff) -> Mapping[str, Any]:
    """Show one dispute."""
    wanted = number(request)
    found = await request.app[SERVICES].database.read(lambda c: cases.dispute_detail(c, wanted))
    if found is None:
        raise Problem(404, "没有这个纠纷。")
    return found


async def list_remedies(
    request: web.Request, staff: Staff, _query: WhichRemedies
) -> Mapping[str, Any]:
    """List the remedies that wait for a member of staff, and whether it may be this one."""
    services = request.app[SERVICES]

    def read(connection: Connection) -> list[dict[str, Any]]:
        limits = services.commands.release_limits
        deciding = cases.decided_by(connection, staff.role, limits)
        waiting = personal.remedies_for(connection, staff, cases.awaiting_approval(connection))
        # One that was laid before staff between the two looks is listed the next time.
        return [one | deciding[one["id"]] for one in waiting if one["id"] in deciding]

    return {"remedies": await services.database.read(read)}


async def approve(request: web.Request, staff: Staff, body: Approval) -> Mapping[str, Any]:
    """Release a remedy."""
    commands = request.app[SERVICES].commands
    seen = body.model_dump(exclude_none=True)
    return await _settle(
        request,
        staff,
        lambda c, remedy_id, now: commands.approve(c, staff, remedy_id, now, seen=seen),
    )


async def refuse(request: web.Request, staff: Staff, body: Refusal) -> Mapping[str, Any]:
    """Refuse a remedy; the customer is told why."""
    commands = request.app[SERVICES].commands
    return await _settle(
        request,
        staff,
        lambda c, remedy_id, now: commands.refuse(c, staff, remedy_id, body.reason, now),
    )


async def classify(request: web.Request, _staff: Staff, body: Text) -> Mapping[str, Any]:
    """Show what the program understands of a text."""
    services = request.app[SERVICES]
    understood = await in_thread(request, services.understand, body.text)
    if not body.explain:
        return understood
    words = await in_thread(request, services.explain, body.text)
    return {**understood, "explanation": [{"word": word, "weight": w} for word, w in words]}


async def _settle(
    request: web.Request, staff: Staff, deed: Callable[[Connection, int, datetime], None]
) -> Mapping[str, Any]:
    services, remedy_id = request.app[SERVICES], number(request)
    now = services.clock()

    def work(connection: Connection) -> Found:
        found = _access_remedy(connection, services.commands, staff, remedy_id)
        deed(connection, remedy_id, now)
        return found

    found = await services.database.write(work)
    announce(services, found.conversation_id)
    whole = await services.database.read(lambda c: cases.dispute_detail(c, found.dispute_id))
    return next(one for one in (whole or {})["remedies"] if one["id"] == remedy_id)


def _access_remedy(
    connection: Connection, commands: StaffCommands, staff: Staff, remedy_id: int
) -> Found:
    """Find the remedy, if this person may decide about its level and sum."""
    row = connection.execute(
        select(remedy.c.id, remedy.c.dispute_id, remedy.c.conversation_id).where(
            remedy.c.id == remedy_id
        )
    ).one_or_none()
    if row is None:
        raise Problem(404, "没有这个处理方案。")
    try:
        commands.check_may_decide(connection, staff, remedy_id)
    except NotAllowed as refusal:
        raise Problem(403, str(refusal)) from None
    return Found(*row)


READ = staff_may(Permission.DISPUTE_READ)
APPROVE = staff_may(Permission.REMEDY_APPROVE)
DISPUTES = f"{API}/disputes"
REMEDIES = f"{API}/remedies"
DISPUTE_ROUTES = (
    Route(
        method="GET", path=DISPUTES, handler=list_disputes, summary="某订单的纠纷", guard=READ,
        query=WhichDisputes, gives=Disputes,
    ),
    Route(
        method="GET", path=f"{DISPUTES}/{{id:{NUMBER}}}", handler=show_dispute,
        summary="纠纷详情", guard=READ, gives=Dispute, refuses=(404,),
    ),
    Route(
        method="GET", path=REMEDIES, handler=list_remedies, summary="待审批的方案", guard=READ,
        query=WhichRemedies, gives=Remedies,
    ),
    Route(
        method="POST", path=f"{REMEDIES}/{{id:{NUMBER}}}/approve", handler=approve,
        summary="批准方案", guard=APPROVE, body=Approval, gives=Remedy, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{REMEDIES}/{{id:{NUMBER}}}/refuse", handler=refuse,
        summary="驳回方案", guard=APPROVE, body=Refusal, gives=Remedy, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{API}/classify", handler=classify, summary="识别一段话",
        guard=staff_may(Permission.TEXT_CLASSIFY), body=Text, gives=Classified,
    ),
)  # fmt: skip
