"""What there is to do about disputes beside talking: liability, promises, recoveries, dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.console.access import staff_may
from bot.console.conversations import announce
from bot.console.follow_up_shapes import Promises, Recoveries, WhichPromises
from bot.console.shapes import Dispute, LiabilityJudged, MultipleGranted, Releasables, Released
from bot.conversation.commands import LiabilityFound
from bot.conversation.releasing import Wanted
from bot.delivery.wakeups import DESK
from bot.desk import audit, cases, promises, recovery
from bot.desk.permissions import Permission
from bot.desk.personal import hidden_chats
from bot.desk.staff import Staff
from bot.http.problems import Problem
from bot.http.routes import API, NUMBER, Route, number
from bot.http.services import SERVICES
from bot.remedies.policy import Policy
from bot.reports.dossier import Dossier, read_dossier
from bot.reports.dossier_page import dossier_page

# The file carries its own look and pictures, and runs nothing.
DOSSIER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


async def judge_liability(
    request: web.Request, staff: Staff, body: LiabilityJudged
) -> Mapping[str, Any]:
    """Say who is liable, against what the policy found."""
    services, dispute_id = request.app[SERVICES], number(request)
    found = LiabilityFound(**body.model_dump())
    now = services.clock()

    def work(connection: Connection) -> Mapping[str, Any] | None:
        if cases.dispute_detail(connection, dispute_id) is None:
            return None
        services.commands.overrule(connection, staff, dispute_id, found, now)
        return cases.dispute_detail(connection, dispute_id)

    judged = await services.database.write(work)
    if judged is None:
        raise Problem(404, "没有这个纠纷。")
    services.wakeups.notify(DESK)
    return judged


async def grant_multiple(
    request: web.Request, staff: Staff, body: MultipleGranted
) -> Mapping[str, Any]:
    """Grant damages beyond the price."""
    services, dispute_id = request.app[SERVICES], number(request)
    now = services.clock()

    def work(connection: Connection) -> Mapping[str, Any] | None:
        if cases.dispute_detail(connection, dispute_id) is None:
            return None
        services.commands.grant_multiple(
            connection, staff, dispute_id, body.amount_fen, body.reason, now
        )
        return cases.dispute_detail(connection, dispute_id)

    granted = await services.database.write(work)
    if granted is None:
        raise Problem(404, "没有这个纠纷。")
    announce(services, granted["conversation_id"])
    return granted


async def list_options(request: web.Request, staff: Staff) -> Mapping[str, Any]:
    """List what the policy allows in the dispute now, for who holds its chat to release."""
    services = request.app[SERVICES]
    found = await services.releasing.options(staff, number(request), services.clock())
    if found is None:
        raise Problem(404, "没有这个纠纷。")
    return found


async def grant(request: web.Request, staff: Staff, body: Released) -> Mapping[str, Any]:
    """Release one of these remedies, or lay it before who may; the customer is told."""
    services, dispute_id = request.app[SERVICES], number(request)
    wanted = Wanted(**body.model_dump())
    here = await services.releasing.grant(staff, dispute_id, wanted, services.clock())
    if here is None:
        raise Problem(404, "没有这个纠纷。")
    announce(services, here)
    return await services.database.read(lambda c: cases.dispute_detail(c, dispute_id)) or {}


async def list_promises(
    request: web.Request, _staff: Staff, query: WhichPromises
) -> Mapping[str, Any]:
    """List what customers were promised, the soonest due first."""
    services = request.app[SERVICES]
    now, warned = services.clock(), query.state == "warned"
    found = await services.database.read(lambda c: promises.listed(c, now, warned=warned))
    return {"promises": found}


async def list_recoveries(request: web.Request, _staff: Staff) -> Mapping[str, Any]:
    """List what may be claimed back from carriers and suppliers, the earliest deadline first."""
    services = request.app[SERVICES]
    terms, now = services.commands.policy.recovery.model_dump(), services.clock()
    found = await services.database.read(
        lambda c: recovery.recovery_claims(c, terms, now, at_most=recovery.LIST_AT_MOST)
    )
    return {"recoveries": found}


async def export_dossier(request: web.Request, staff: Staff) -> web.Response:
    """Give all that is on record about a dispute as one HTML file; the export is on record too."""
    services, dispute_id = request.app[SERVICES], number(request)
    now = services.clock()
    policy = services.commands.policy
    # Read beside the writers: its photos may be many.
    found = await services.database.read(lambda c: _for(c, staff, dispute_id, policy, now))
    if found is None:
        raise Problem(404, "没有这个纠纷。")
    dossier, data = found
    subject = f"dispute:{dispute_id}"
    await services.database.write(
        lambda c: audit.record(c, staff.id, "dossier.exported", subject, data, now)
    )
    headers = {
        "Content-Disposition": f'attachment; filename="dispute-{dispute_id}.html"',
        "Content-Security-Policy": DOSSIER_POLICY,
        "Cache-Control": "no-store",
    }
    page = dossier_page(dossier, policy)
    return web.Response(text=page, content_type="text/html", headers=headers)


def _for(
    connection: Connection, staff: Staff, dispute_id: int, policy: Policy, now: datetime
) -> tuple[Dossier, dict[str, bool]] | None:
    """Return the dossier as this person may read it, and what the audit says of that."""
    dossier = read_dossier(connection, dispute_id, policy, now)
    if dossier is None:
        return None
    sees_all = not hidden_chats(connection, staff, [dossier.dispute["conversation_id"]])
    return (dossier if sees_all else dossier.without_personal_data()), {"masked": not sees_all}


READ = staff_may(Permission.DISPUTE_READ)
GRANT = staff_may(Permission.REMEDY_GRANT)
ONE = f"{API}/disputes/{{id:{NUMBER}}}"
CASEWORK_ROUTES = (
    Route(
        method="POST", path=f"{ONE}/liability", handler=judge_liability, summary="改判责任",
        guard=staff_may(Permission.DISPUTE_JUDGE), body=LiabilityJudged, gives=Dispute,
        refuses=(404, 409),
    ),
    Route(
        method="GET", path=f"{ONE}/options", handler=list_options,
        summary="按政策现在可以放行的方案", guard=GRANT, gives=Releasables, refuses=(404,),
    ),
    Route(
        method="POST", path=f"{ONE}/grant", handler=grant, summary="放行方案", guard=GRANT,
        body=Released, status=201, gives=Dispute, refuses=(404, 409),
    ),
    Route(
        method="POST", path=f"{ONE}/multiples", handler=grant_multiple,
        summary="放行法定倍数赔偿", guard=staff_may(Permission.MULTIPLE_GRANT),
        body=MultipleGranted, status=201, gives=Dispute, refuses=(404, 409),
    ),
    Route(
        method="GET", path=f"{ONE}/dossier", handler=export_dossier, summary="导出纠纷卷宗",
        guard=READ, media="text/html", refuses=(404,),
    ),
    Route(
        method="GET", path=f"{API}/promises", handler=list_promises,
        summary="对顾客的承诺及期限", guard=READ, query=WhichPromises, gives=Promises,
    ),
    Route(
        method="GET", path=f"{API}/recoveries", handler=list_recoveries,
        summary="可向快递或供应商追偿的费用", guard=READ, gives=Recoveries,
    ),
)  # fmt: skip
