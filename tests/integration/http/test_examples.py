"""Corrections by agents, their review, and training anew, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.desk import examples
from bot.desk.permissions import Role
from bot.http.services import Services
from models import Database, audit, example
from tests.integration.http.conftest import Colleague, Customer, Hire, problem

TEXT = "订单JF20261101001 电话13812345678 少发一袋"


async def suggested(agent: Colleague, customer: Customer, text: str = TEXT) -> dict[str, Any]:
    """Let an agent correct a message of the customer; return the example."""
    body = {
        "conversation_id": customer.conversation_id,
        "message_id": await customer.say(text),
        "issues": ["missing_item"],
    }
    response = await agent.post("examples", json=body)
    assert response.status == 201, await response.text()
    return dict(await response.json())


async def deeds(database: Database, subject: str) -> list[str]:
    query = select(audit.c.deed).where(audit.c.subject == subject).order_by(audit.c.id)
    return list(await database.read(lambda c: c.execute(query).scalars().all()))


async def test_a_correction_waits_masked_for_review(
    agent: Colleague, customer: Customer, hire: Hire
) -> None:
    example = await suggested(agent, customer)
    assert example["text"] == "订单JF00000000000 电话13000000000 少发一袋"
    assert (example["state"], example["issues"]) == ("pending", ["missing_item"])
    assert (example["said"]["primary"], example["artefact"]) == ("damaged", "test")
    admin = await hire("陈管理", Role.ADMIN)
    listed = (await (await admin.get("examples")).json())["examples"]
    assert [(one["id"], one["suggested_by"]) for one in listed] == [(example["id"], "小王")]


async def test_what_is_accepted_is_learnt(
    agent: Colleague, customer: Customer, hire: Hire, database: Database
) -> None:
    example = await suggested(agent, customer)
    admin = await hire("陈管理", Role.ADMIN)
    body = {"issues": ["missing_item", "no_response"], "intent": "want_exchange"}
    response = await admin.post(f"examples/{example['id']}/accept", json=body)
    assert (await response.json())["state"] == "accepted"
    (lesson,) = await database.read(examples.accepted)
    assert lesson.text == example["text"]
    assert (lesson.issues, lesson.intent) == (("missing_item", "no_response"), "want_exchange")
    assert await deeds(database, f"example:{example['id']}") == [
        "example.suggested",
        "example.accepted",
    ]
    await problem(await admin.post(f"examples/{example['id']}/reject"), 409)


async def test_what_is_rejected_is_not_learnt(
    agent: Colleague, customer: Customer, hire: Hire, database: Database
) -> None:
    example = await suggested(agent, customer)
    supervisor = await hire("李主管", Role.SUPERVISOR)
    response = await supervisor.post(f"examples/{example['id']}/reject")
    assert (await response.json())["state"] == "rejected"
    assert await database.read(examples.accepted) == []
    assert await deeds(database, f"example:{example['id']}") == [
        "example.suggested",
        "example.rejected",
    ]


async def test_the_same_text_is_one_example(
    agent: Colleague, customer: Customer, hire: Hire
) -> None:
    first = await suggested(agent, customer)
    supervisor = await hire("李主管", Role.SUPERVISOR)
    await supervisor.post(f"examples/{first['id']}/reject")
    again = await suggested(agent, customer, TEXT.replace("13812345678", "13987654321"))
    assert (again["id"], again["state"]) == (first["id"], "pending")


@pytest.mark.parametrize(
    ("issues", "why"),
    [
        (["broken"], "“broken”不是可选的值"),
        (["fee", "missing"], "“missing”不是可选的值"),
        (["x" * 99], f"“{'x' * 40}…”不是可选的值"),
        (["fee", "fee"], "“fee”重复了"),
    ],
)
async def test_a_wrong_label_is_named(
    agent: Colleague, customer: Customer, hire: Hire, issues: list[str], why: str
) -> None:
    example = await suggested(agent, customer)
    supervisor = await hire("李主管", Role.SUPERVISOR)
    answer = await supervisor.post(f"examples/{example['id']}/accept", json={"issues": issues})
    assert why in (await answer.text())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"issues": ["broken"]}, 422),
        ({"issues": ["fee", "fee"]}, 422),
        ({"issues": ["none", "fee"]}, 422),
        ({"issues": "fee"}, 422),
        ({"message_id": 99}, 409),
        ({"conversation_id": 99}, 409),
    ],
)
async def test_a_wrong_correction_is_refused(
    agent: Colleague, customer: Customer, change: dict[str, Any], status: int
) -> None:
    body = {
        "conversation_id": customer.conversation_id,
        "message_id": await customer.say("少发一袋"),
        "issues": [],
        **change,
    }
    await problem(await agent.post("examples", json=body), status)


async def test_a_very_long_message_is_no_lesson(agent: Colleague, customer: Customer) -> None:
    body = {
        "conversation_id": customer.conversation_id,
        "message_id": await customer.say("少发一袋" * 100),
        "issues": ["none"],
    }
    await problem(await agent.post("examples", json=body), 409)


@pytest.mark.parametrize("deed", ["accept", "reject"])
async def test_agents_do_not_review(agent: Colleague, customer: Customer, deed: str) -> None:
    example = await suggested(agent, customer)
    await problem(await agent.post(f"examples/{example['id']}/{deed}", json={"issues": []}), 403)
    await problem(await agent.get("examples"), 403)


async def test_an_unknown_example_is_not_found(hire: Hire) -> None:
    admin = await hire("陈管理", Role.ADMIN)
    await problem(await admin.post("examples/7/reject"), 404)


async def test_an_explanation_is_given_when_asked_for(agent: Colleague) -> None:
    response = await agent.post("classify", json={"text": "耳机坏了", "explain": True})
    assert (await response.json())["explanation"] == [{"word": "耳机坏了", "weight": 1.0}]


async def test_only_admins_train(hire: Hire) -> None:
    supervisor = await hire("李主管", Role.SUPERVISOR)
    await problem(await supervisor.post("artefacts/train"), 403)
    listed = await (await supervisor.get("artefacts")).json()
    assert listed["training"] == {
        "state": "none", "line": "", "started_at": None, "by": None,
        "stage": "", "done": 0, "comparison": None,
    }  # fmt: skip
    assert listed["examples"] == {"pending": 0, "accepted": 0, "rejected": 0}


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
async def test_a_photo_without_words_is_no_example(
    services: Services, customer: Customer, text: str
) -> None:
    said = examples.Said(artefact="test", intent="complain")
    here = (customer.conversation_id, 1)
    await services.database.write(
        lambda c: examples.put_uncertain(c, *here, text, "defect", said, services.clock())
    )
    assert await services.database.read(lambda c: c.execute(select(example)).all()) == []


@pytest.mark.parametrize("state", ["pending", "accepted"])
async def test_one_that_was_kept_before_is_neither_shown_nor_learnt(
    services: Services, hire: Hire, state: str
) -> None:
    values = {
        "text_hash": "0" * 64, "text": "", "origin": "uncertain", "issues": ["defect"],
        "intent": "complain", "flags": [], "said": {}, "artefact": "test", "state": state,
        "at": services.clock(),
    }  # fmt: skip
    number = await services.database.write(
        lambda c: c.execute(insert(example).values(**values).returning(example.c.id)).scalar_one()
    )
    admin = await hire("陈管理", Role.ADMIN)
    listed = await (await admin.get("examples", params={"state": state})).json()
    assert listed["examples"] == []
    details = await problem(
        await admin.post(f"examples/{number}/accept", json={"issues": ["defect"]}), 409
    )
    assert details["detail"].startswith("这条样本没有文字")
    assert await services.database.read(examples.accepted) == []
    assert (await services.database.read(examples.counts))[state] == 0


async def test_too_many_uncertain_messages_are_not_kept(
    services: Services, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "UNSURE_AT_MOST", 2)
    said = examples.Said(artefact="test", intent="complain")
    for text in ("一", "二", "三"):
        await services.database.write(
            lambda c, text=text: examples.put_uncertain(
                c, customer.conversation_id, 1, text, "fee", said, services.clock()
            )
        )
    counts = await services.database.read(examples.counts)
    assert counts["pending"] == 2
