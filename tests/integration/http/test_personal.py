"""A customer's personal data: open to who holds the chat and to supervisors."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Connection

from bot.conversation import store
from bot.conversation.shapes.events import OrderChecked, RemedyGranted
from bot.desk.grounds import TOLD_AT_MOST
from bot.desk.permissions import Role
from bot.http.services import Services
from bot.order_record import OrderRecord
from tests.factories import NOW, add_dispute, add_remedy
from tests.integration.http.conftest import Colleague, Customer, Hire, problem
from tests.unit.orders.samples import delivered

ORDER = delivered(order_no="DD13712345678")
RECORD = ORDER.snapshot()
NAME, STREET = RECORD["address"]["name"], RECORD["address"]["detail"]
SAID = f"{ORDER.order_no}，我是{NAME}，电话138-1234-5678，住{STREET}"
WANTED = "改成北京市海淀区秘密路9号 13900001111"
Json = dict[str, Any]
PERSONAL = (NAME, STREET, "138-1234-5678", "秘密路9号", "13900001111", RECORD["customer"]["phone"])


async def find_order(order_no: str) -> OrderRecord | None:
    """Know one order."""
    return ORDER if order_no == ORDER.order_no else None


@pytest.fixture
def services(services: Services) -> Services:
    """Know the order."""
    return replace(services, find_order=find_order)


@pytest.fixture
async def dispute_id(services: Services, customer: Customer) -> int:
    """Let the customer tell all about themselves, with a photo, and want another address."""
    await customer.say(WANTED)
    await customer.say(SAID)
    photo = io.BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "PNG")
    response = await customer.post("attachments", data={"file": io.BytesIO(photo.getvalue())})
    assert response.status == 201, await response.text()

    def look_up(connection: Connection) -> int:
        here = customer.conversation_id
        number = add_dispute(
            connection, conversation_id=here, order_no=ORDER.order_no, state="awaiting_approval"
        )
        add_remedy(
            connection, dispute_id=number, state="awaiting_approval", kind="correct_order",
            detail={"correction": WANTED}, idempotency_key=f"{here}-1",
        )  # fmt: skip
        checked = OrderChecked(order_no=ORDER.order_no, record=RECORD)
        told = f"{WANTED}\n{SAID}"
        granted = RemedyGranted(matter="1", key="1", option={}, verdict={}, told=told)
        store.append(connection, here, [checked, granted], NOW)
        return number

    return await services.database.write(look_up)


async def everything(who: Colleague, customer: Customer, dispute_id: int) -> dict[str, str]:
    """Return all the views in which personal data could stand."""
    chat = f"conversations/{customer.conversation_id}"
    paths = (chat, "conversations", "remedies", f"disputes/{dispute_id}/dossier")
    return {path: await (await who.get(path)).text() for path in paths}


async def test_who_does_not_hold_the_chat_sees_none_of_it(
    agent: Colleague, hire: Hire, customer: Customer, dispute_id: int
) -> None:
    await (await hire("小李")).post(f"conversations/{customer.conversation_id}/take")
    views = await everything(agent, customer, dispute_id)
    assert [(path, part) for path in views for part in PERSONAL if part in views[path]] == []
    chat = await (await agent.get(f"conversations/{customer.conversation_id}")).json()
    assert chat["masked"] is True
    assert chat["messages"][1]["text"].startswith(
        f"{ORDER.order_no}，我是{NAME[0]}**，电话138****"
    )
    (remedy,) = (await (await agent.get("remedies")).json())["remedies"]
    assert remedy["detail"]["correction"] == "***"
    refused = await problem(await agent.get("attachments/1"), 403)
    assert refused["detail"] == "接待后可查看。"


async def grant(services: Services, customer: Customer, told: str, record: Json) -> None:
    """Let the same remedy have been granted on these words, and the order be looked up again."""
    events = [
        OrderChecked(order_no=ORDER.order_no, record=record),
        RemedyGranted(matter="1", key="1", option={}, verdict={}, told=told),
    ]
    here = customer.conversation_id
    await services.database.write(lambda c: store.append(c, here, events, NOW))


@pytest.mark.usefixtures("dispute_id")
@pytest.mark.parametrize("cut", [1, 4, 8, 11, 14])
async def test_what_is_personal_is_hidden_before_the_words_are_cut(
    services: Services, agent: Colleague, customer: Customer, cut: int
) -> None:
    rest = "急" * (TOLD_AT_MOST - cut)
    await grant(services, customer, f"早\n{STREET}13812345678{rest}", RECORD)
    (found,) = (await (await agent.get("remedies")).json())["remedies"]
    told = found["grounds"]["told"]
    assert len(told) == TOLD_AT_MOST
    assert "***138****5678急".endswith(told.rstrip("急") + "急")


@pytest.mark.usefixtures("dispute_id")
async def test_an_unsound_record_hides_no_other_remedy(
    services: Services, agent: Colleague, customer: Customer
) -> None:
    await grant(services, customer, "坏了", RECORD | {"status": "gone"})
    (found,) = (await (await agent.get("remedies")).json())["remedies"]
    assert (found["grounds"]["articles"], found["grounds"]["signed_at"]) == ([], None)
    assert found["grounds"]["told"] == "坏了"


async def test_a_chat_that_waits_is_read_masked_and_open_once_it_is_taken(
    agent: Colleague, customer: Customer, dispute_id: int
) -> None:
    path = f"conversations/{customer.conversation_id}"
    waiting = await (await agent.get(path)).json()
    assert waiting["messages"][0]["text"] == "改成北京市海淀区*** ***"
    taken = await (await agent.post(f"{path}/take")).json()
    assert taken["messages"][1]["text"] == SAID
    assert (taken["masked"], taken["orders"]) == (False, [RECORD])
    assert (await agent.get("attachments/1")).status == 200
    views = await everything(agent, customer, dispute_id)
    assert "13900001111" in views["remedies"]
    given_back = await (await agent.post(f"{path}/return")).json()
    assert given_back["masked"] is True


@pytest.mark.usefixtures("dispute_id")
async def test_a_supervisor_sees_all_of_any_chat(hire: Hire, customer: Customer) -> None:
    boss = await hire("李主管", Role.SUPERVISOR)
    chat = await (await boss.get(f"conversations/{customer.conversation_id}")).json()
    assert (chat["masked"], chat["orders"]) == (False, [RECORD])
    assert chat["messages"][1]["text"] == SAID
    assert (await boss.get("attachments/1")).status == 200
    assert "13900001111" in await (await boss.get("remedies")).text()


@pytest.mark.usefixtures("dispute_id")
async def test_a_chat_is_found_by_what_whoever_asks_may_read(
    agent: Colleague, hire: Hire, customer: Customer
) -> None:
    boss = await hire("老张", Role.SUPERVISOR)

    async def found(who: Colleague, **query: Any) -> list[int]:
        response = await who.get("conversations", params=query)
        assert response.status == 200, await response.text()
        return [one["id"] for one in (await response.json())["conversations"]]

    here = [customer.conversation_id]
    for who in (agent, boss):
        assert await found(who, q=ORDER.order_no) == here
        assert await found(who, q="尾号5678", state="bot") == here
        assert await found(who, q="5678", skip=1) == []
        assert await found(who, q="没有说过的话") == []
        assert await found(who, q="  ") == here
    assert (await found(agent, q=STREET), await found(boss, q=STREET)) == ([], here)
    lines = await (await agent.get("conversations", params={"q": "改成"})).text()
    assert [part for part in PERSONAL if part in lines] == []
    await problem(await agent.get("conversations", params={"q": "长" * 65}), 422)
