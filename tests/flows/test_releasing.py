"""An agent releases a remedy through the API, keeps the chat, and the bot knows of it later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.flows.shop import Customer, Json, Shop
from tests.flows.test_people import offered

SEEN = ("choice", "kind", "amount_fen", "return_freight")


async def taken(shop: Shop, story: str) -> tuple[Customer, int]:
    """Bring a story to an agent; return its only dispute."""
    customer = await offered(shop, story)
    await customer.say("转人工")
    assert (await shop.agent.post(f"conversations/{customer.conversation_id}/take")).status == 200
    return customer, int((await shop.agent.dispute(shop.order_no(story)))["id"])


async def option(shop: Shop, dispute: int, kind: str) -> Json:
    """Return what may be released of that kind."""
    found = await shop.agent.get(f"disputes/{dispute}/options")
    return next(one for one in found["options"] if one["kind"] == kind)


async def release(shop: Shop, dispute: int, seen: Json, **more: Any) -> tuple[int, Json]:
    """Release it; return the status and the answer."""
    body = {**{name: seen[name] for name in SEEN}, **more}
    answer = await shop.agent.post(f"disputes/{dispute}/grant", body)
    return answer.status, await answer.json(content_type=None)


@pytest.mark.parametrize("end", ["return", "close"])
async def test_it_is_told_carried_out_and_known_to_the_bot_afterwards(
    shop: Shop, end: str
) -> None:
    customer, dispute = await taken(shop, "001")
    seen = await option(shop, dispute, "refund")
    assert (seen["amount_fen"], seen["approver"]) == (19900, None)
    for _ in range(2):  # pressed twice
        status, found = await release(shop, dispute, seen, client_id="p1")
        assert (status, found["remedy"]["kind"]) == (201, "refund")
    told = await customer.hear("已为您提交：全额退款 ¥199.00。今天退回，原路1–7个工作日到账")
    assert told["from"] == "agent"
    done = await customer.hear("已办妥：全额退款 ¥199.00")
    assert (done["from"], await shop.state(customer)) == ("system", "with_person")
    status, refused = await release(shop, dispute, seen, client_id="p2")
    assert (status, "没有" in refused["detail"]) == (409, True)

    await shop.agent.post(f"conversations/{customer.conversation_id}/{end}")
    await customer.say("我的退款办了吗")
    assert "退款 ¥199.00" in customer.last["text"]
    found = await shop.agent.dispute(shop.order_no("001"))
    assert [(one["kind"], one["state"]) for one in found["remedies"]] == [("refund", "done")]
    assert len([m for m in customer.heard if "已办妥" in m["text"]]) == 1


async def test_above_the_agents_limit_a_supervisor_approves_while_the_agent_keeps_the_chat(
    shop: Shop,
) -> None:
    customer, dispute = await taken(shop, "014")  # a phone of more than ¥500
    seen = await option(shop, dispute, "return_refund")
    assert (seen["amount_fen"] > 50_000, seen["approver"]) == (True, "supervisor")
    status, found = await release(shop, dispute, seen, reason="看过视频，确实黑屏")
    assert (status, found["state"]) == (201, "awaiting_approval")
    await customer.hear("还要主管复核")
    (waiting,) = (await shop.supervisor.get("remedies"))["remedies"]
    assert waiting["grounds"]["asked_by"] == "小王：看过视频，确实黑屏"
    number = waiting["id"]
    assert (await shop.agent.post(f"remedies/{number}/approve")).status == 403
    assert (await shop.supervisor.post(f"remedies/{number}/approve")).status == 200
    assert (await customer.hear("已办妥"))["from"] == "system"
    assert await shop.state(customer) == "with_person"
