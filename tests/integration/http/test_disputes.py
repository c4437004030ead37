"""Disputes and remedies: shown as the contract says, released only by whom it allows."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from bot.delivery import ledger
from bot.desk.permissions import Role
from bot.http.services import Services
from models import audit, order_command, remedy
from tests.factories import NOW, add_dispute, add_remedy
from tests.integration.http.conftest import Colleague, Hire, Serve, problem, understand

CONTRACT = {
    "id", "conversation_id", "order_no", "type", "issue", "issues", "state", "liable",
    "cost_bearer", "cause", "remedy", "remedies", "escalated",
}  # fmt: skip


async def waiting_remedy(services: Services, level: str) -> tuple[int, int]:
    """Lay a remedy before staff; return its dispute's id and its own."""

    def lay(connection: Connection) -> tuple[int, int]:
        dispute_id = add_dispute(
            connection,
            state="awaiting_approval",
            escalated_reason="E5",
            escalated_level=level,
        )
        remedy_id = add_remedy(connection, dispute_id=dispute_id)
        ledger.accept(connection, remedy_id, paid_fen=10_000, now=NOW)
        ledger.await_approval(connection, remedy_id, now=NOW)
        return dispute_id, remedy_id

    return await services.database.write(lay)


async def test_a_dispute_is_shown_as_the_contract_says(
    agent: Colleague, services: Services
) -> None:
    dispute_id, remedy_id = await waiting_remedy(services, "L1")
    response = await agent.get(f"disputes/{dispute_id}")
    assert response.status == 200
    found = await response.json()
    assert found.keys() >= CONTRACT
    assert found["escalated"] == {"reason": "E5", "level": "L1"}
    assert found["remedy"] == found["remedies"][0]
    assert found["remedy"] == {
        "id": remedy_id,
        "kind": "partial_refund",
        "amount_fen": 3000,
        "return_freight": "none",
        "state": "awaiting_approval",
        "rule": "quality.damaged.partial",
        "policy_version": "2026-11-01",
    }


async def test_disputes_are_found_by_their_order(agent: Colleague, services: Services) -> None:
    dispute_id, _ = await waiting_remedy(services, "L1")
    response = await agent.get("disputes", params={"order_no": " DD20261120001"})
    assert [one["id"] for one in (await response.json())["disputes"]] == [dispute_id]
    response = await agent.get("disputes", params={"order_no": "DD0"})
    assert await response.json() == {"disputes": []}
    response = await agent.get("disputes?order_no=%00")
    assert await response.json() == {"disputes": []}
    details = await problem(await agent.get("disputes"), 422)
    assert [error["field"] for error in details["errors"]] == ["order_no"]


async def test_what_is_not_there_is_not_found(agent: Colleague) -> None:
    await problem(await agent.get("disputes/7"), 404)
    await problem(await agent.post("remedies/7/approve"), 404)
    await problem(await agent.post("remedies/7/refuse", json={"reason": "x"}), 404)


async def test_what_waits_for_approval_is_listed(agent: Colleague, services: Services) -> None:
    _, remedy_id = await waiting_remedy(services, "L1")
    response = await agent.get("remedies", params={"state": "awaiting_approval"})
    (found,) = (await response.json())["remedies"]
    assert (found["id"], found["order_no"]) == (remedy_id, "DD20261120001")
    await problem(await agent.get("remedies?state=done"), 422)


@pytest.mark.parametrize(
    ("level", "amount_fen", "approver", "agent_may", "supervisor_may"),
    [
        ("L1", 3000, "agent", True, True),
        ("L2", 3000, "supervisor", False, True),
        ("S", 3000, "supervisor", False, True),
        ("L1", 60_000, "supervisor", False, True),
        ("L1", 2_500_000, "admin", False, False),
    ],
)
async def test_the_page_is_told_who_decides(
    hire: Hire, services: Services, level: str, amount_fen: int, approver: str,
    agent_may: bool, supervisor_may: bool,
) -> None:  # fmt: skip
    dispute_id, remedy_id = await waiting_remedy(services, level)
    raised = update(remedy).where(remedy.c.id == remedy_id).values(amount_fen=amount_fen)
    await services.database.write(lambda c: c.execute(raised))
    for role, may in ((Role.AGENT, agent_may), (Role.SUPERVISOR, supervisor_may)):
        colleague = await hire(role.value, role)
        (listed,) = (await (await colleague.get("remedies")).json())["remedies"]
        chat = listed["conversation_id"]
        (shown,) = (await (await colleague.get(f"conversations/{chat}")).json())["disputes"]
        assert shown["id"] == dispute_id
        for one in (listed, *shown["remedies"]):
            assert (one["approver"], one["may_decide"]) == (approver, may)


@pytest.mark.parametrize(
    ("role", "levels"),
    [
        (Role.AGENT, {"L1"}),
        (Role.SUPERVISOR, {"L1", "L2", "S"}),
        (Role.ADMIN, {"L1", "L2", "S"}),
    ],
)
async def test_who_may_release_what(
    hire: Hire, services: Services, role: Role, levels: set[str]
) -> None:
    colleague = await hire("小王", role)
    for level in ("L1", "L2", "S"):
        _, remedy_id = await waiting_remedy(services, level)
        response = await colleague.post(f"remedies/{remedy_id}/approve")
        if level in levels:
            assert response.status == 200, await response.text()
            assert (await response.json())["state"] == "executing"
        else:
            await problem(response, 403)
        refused = await colleague.post(f"remedies/{remedy_id}/refuse", json={"reason": "证据不足"})
        await problem(refused, 409 if level in levels else 403)


async def test_what_is_decided_is_above_nobody(
    agent: Colleague, hire: Hire, services: Services
) -> None:
    supervisor = await hire("李主管", Role.SUPERVISOR)
    _, remedy_id = await waiting_remedy(services, "L2")
    await problem(await agent.post(f"remedies/{remedy_id}/approve"), 403)
    assert (await supervisor.post(f"remedies/{remedy_id}/approve")).status == 200
    late = await problem(await agent.post(f"remedies/{remedy_id}/approve"), 409)
    assert "已经批准" in late["detail"]
    await problem(await agent.post(f"remedies/{remedy_id}/refuse", json={"reason": "晚了"}), 409)


async def test_approving_at_the_same_time_releases_once(
    agent: Colleague, services: Services
) -> None:
    _, remedy_id = await waiting_remedy(services, "L1")
    responses = await asyncio.gather(
        *(agent.post(f"remedies/{remedy_id}/approve") for _ in range(8))
    )
    assert sorted(response.status for response in responses) == [200] + [409] * 7
    count = select(func.count()).select_from(order_command)
    assert await services.database.read(lambda c: c.execute(count).scalar_one()) == 1
    deeds = select(func.count()).where(audit.c.deed == "remedy.approved")
    assert await services.database.read(lambda c: c.execute(deeds).scalar_one()) == 1


async def test_too_long_a_reason_decides_nothing(agent: Colleague, services: Services) -> None:
    dispute_id, remedy_id = await waiting_remedy(services, "L1")
    body = {"reason": "长" * 501}
    details = await problem(await agent.post(f"remedies/{remedy_id}/refuse", json=body), 422)
    assert details["errors"] == [{"field": "reason", "message": "太长"}]
    response = await agent.get(f"disputes/{dispute_id}")
    assert (await response.json())["remedy"]["state"] == "awaiting_approval"


async def test_a_reason_is_kept_without_the_blanks_around_it(
    agent: Colleague, services: Services
) -> None:
    _, remedy_id = await waiting_remedy(services, "L1")
    response = await agent.post(f"remedies/{remedy_id}/refuse", json={"reason": " 证据不足\n"})
    assert response.status == 200
    query = select(remedy.c.reason).where(remedy.c.id == remedy_id)
    assert await services.database.read(lambda c: c.execute(query).scalar_one()) == "证据不足"


async def test_refusing_is_final(agent: Colleague, services: Services) -> None:
    _, remedy_id = await waiting_remedy(services, "L1")
    path = f"remedies/{remedy_id}/refuse"
    response = await agent.post(path, json={"reason": "照片看不出破损"})
    assert response.status == 200
    assert (await response.json())["state"] == "declined"
    for late in (f"remedies/{remedy_id}/approve", path):
        details = await problem(
            await agent.post(late, json={"reason": "晚了"} if late == path else {}), 409
        )
        assert details["detail"] == "小王已经拒绝了这个方案，理由：照片看不出破损"


async def test_a_refusal_is_told_from_a_customers_no(agent: Colleague, services: Services) -> None:
    dispute_id, remedy_id = await waiting_remedy(services, "L1")
    await agent.post(f"remedies/{remedy_id}/refuse", json={"reason": "照片看不出破损"})
    await services.database.write(lambda c: add_remedy(c, dispute_id=dispute_id, state="declined"))
    found = await (await agent.get(f"disputes/{dispute_id}")).json()
    refused, declined = found["remedies"]
    assert (refused["state"], declined["state"]) == ("declined", "declined")
    assert refused["refused"] == {"by": "小王", "reason": "照片看不出破损"}
    assert "refused" not in declined


async def test_a_text_is_classified(agent: Colleague) -> None:
    response = await agent.post("classify", json={"text": "耳机坏了"})
    assert response.status == 200
    assert await response.json() == dict(understand("耳机坏了"))
    details = await problem(await agent.post("classify", json={}), 422)
    assert [error["field"] for error in details["errors"]] == ["text"]


async def test_an_answer_that_the_document_does_not_know_is_not_given(
    serve: Serve, agent: Colleague
) -> None:
    agent.client = await serve(understand=lambda text: {"text": text})
    response: Any = await agent.post("classify", json={"text": "耳机坏了"})
    await problem(response, 500)
