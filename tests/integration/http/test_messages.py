"""Messages in and out: none is lost, none is taken twice, and every refusal says why."""

from __future__ import annotations

import asyncio
import gzip
import json

import pytest
from sqlalchemy import func, select

from bot.delivery import inbox, outbox
from bot.http.services import Services
from bot.messages import Option
from models import message
from tests.factories import NOW, add_staff
from tests.integration.http.conftest import Customer, problem

JSON = {"Content-Type": "application/json"}


async def test_what_was_said_can_be_fetched(customer: Customer) -> None:
    first = await customer.say("耳机坏了")
    second = await customer.say("在吗")
    assert second > first
    assert await customer.messages() == [
        {
            "id": first,
            "from": "customer",
            "kind": "text",
            "text": "耳机坏了",
            "options": [],
            "attachment_id": None,
            "at": "2026-11-24T02:00:00Z",
        },
        {
            "id": second,
            "from": "customer",
            "kind": "text",
            "text": "在吗",
            "options": [],
            "attachment_id": None,
            "at": "2026-11-24T02:00:00Z",
        },
    ]
    assert [m["id"] for m in await customer.messages(after=first)] == [second]


async def test_the_same_client_id_is_the_same_message(
    customer: Customer, services: Services
) -> None:
    sent = await asyncio.gather(*(customer.say("我要退款", "same") for _ in range(12)))
    assert len(set(sent)) == 1
    count = select(func.count()).select_from(message)
    assert await services.database.read(lambda c: c.execute(count).scalar_one()) == 1


async def test_many_at_once_get_different_ids_and_none_is_lost(customer: Customer) -> None:
    sent = await asyncio.gather(*(customer.say(f"第{i}条") for i in range(40)))
    assert len(set(sent)) == 40
    assert [m["id"] for m in await customer.messages()] == sorted(sent)


async def test_a_picked_option_is_shown_by_its_label(
    customer: Customer, services: Services
) -> None:
    option = Option(id="m1:refund", label="退款 30 元", kind="refund")
    await services.database.write(
        lambda c: outbox.put_reply(
            c,
            conversation_id=customer.conversation_id,
            epoch=0,
            sender="bot",
            text="请选择",
            options=[option],
            now=NOW,
            pushed=False,
        )
    )
    response = await customer.post("messages", json={"client_id": "1", "choice": "m1:refund"})
    assert response.status == 202
    offered, picked = await customer.messages()
    assert offered["options"] == [option.as_dict()]
    assert (picked["kind"], picked["text"]) == ("choice", "退款 30 元")
    waiting = await services.database.read(lambda c: inbox.waiting(c, customer.conversation_id))
    assert [w.choice for w in waiting] == ["m1:refund"]


async def test_an_option_that_was_never_offered_is_taken_all_the_same(customer: Customer) -> None:
    response = await customer.post("messages", json={"client_id": "1", "choice": "m9:gone"})
    assert response.status == 202
    assert [m["text"] for m in await customer.messages()] == [""]


async def test_notes_and_signals_are_not_for_customers(
    customer: Customer, services: Services
) -> None:
    def leave(connection: object) -> None:
        staff_id = add_staff(connection)  # type: ignore[arg-type]
        outbox.put_note(
            connection,  # type: ignore[arg-type]
            conversation_id=customer.conversation_id,
            staff_id=staff_id,
            text="小心",
            now=NOW,
        )
        inbox.put_signal(connection, customer.conversation_id, "k", {}, NOW)  # type: ignore[arg-type]

    await services.database.write(leave)
    assert await customer.messages() == []


@pytest.mark.parametrize("text", ["", " ", "？", " 1", "🙂" * 100, "退" * 200_000, "a\nb\tc"])
async def test_any_text_arrives_as_it_was(customer: Customer, text: str) -> None:
    await customer.say(text, "1")
    assert [m["text"] for m in await customer.messages()] == [text]


async def test_what_no_database_can_hold_is_replaced_not_refused(customer: Customer) -> None:
    body = b'{"client_id": "1\\u0000", "text": "\\u0000 half \\ud83d and whole \\ud83d\\ude00"}'
    customer.headers.update(JSON)
    response = await customer.post("messages", data=body)
    assert response.status == 202
    assert [m["text"] for m in await customer.messages()] == ["\ufffd half \ufffd and whole 😀"]


@pytest.mark.parametrize("size", [1_100_000, 4_000_000, 30_000_000])
async def test_too_much_is_refused_politely(customer: Customer, size: int) -> None:
    response = await customer.post_json("messages", {"client_id": "1", "text": "a" * size})
    details = await problem(response, 413)
    assert details["title"] == "内容太大"
    assert await customer.messages() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "没有编号"}, "client_id"),
        ({"client_id": "", "text": "空编号"}, "client_id"),
        ({"client_id": "x" * 121, "text": "编号太长"}, "client_id"),
        ({"client_id": 7, "text": "编号是数字"}, "client_id"),
        ({"client_id": "1", "text": ["不是文字"]}, "text"),
        ({"client_id": "1", "choice": "x" * 65}, "choice"),
        ({"client_id": "1"}, "body"),
        ({"client_id": "1", "text": "两样", "choice": "都填"}, "body"),
        ([], "body"),
        ("text", "body"),
    ],
)
async def test_a_wrong_field_is_named(customer: Customer, body: object, field: str) -> None:
    details = await problem(await customer.post("messages", json=body), 422)
    assert [error["field"] for error in details["errors"]] == [field]
    assert await customer.messages() == []


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"nope", b"[" * 100_000, b'{"a": 1e'])
async def test_what_is_no_json_is_refused(customer: Customer, body: bytes) -> None:
    customer.headers.update(JSON)
    await problem(await customer.post("messages", data=body), 400)


async def test_a_form_is_no_json(customer: Customer) -> None:
    await problem(await customer.post("messages", data={"client_id": "1", "text": "x"}), 415)


@pytest.mark.parametrize(
    "query", ["wait=31", "wait=-1", "wait=soon", "after=-1", "after=x", f"after={2**40}"]
)
async def test_a_wrong_query_is_named(customer: Customer, query: str) -> None:
    details = await problem(await customer.get(f"messages?{query}"), 422)
    assert [error["field"] for error in details["errors"]] == [query.partition("=")[0]]


async def test_a_long_history_is_fetched_page_by_page(customer: Customer) -> None:
    await asyncio.gather(*(customer.say(json.dumps(i)) for i in range(230)))
    first = await customer.messages()
    rest = await customer.messages(after=first[-1]["id"])
    assert len(first) + len(rest) == 230


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_a_body_that_cannot_be_unpacked_is_refused(
    customer: Customer, encoding: str
) -> None:
    customer.headers.update({**JSON, "Content-Encoding": encoding})
    response = await customer.post("messages", data=b"this was never packed")
    assert response.status in {400, 415}


async def test_a_bomb_is_refused_before_it_fills_the_memory(customer: Customer) -> None:
    customer.headers.update({**JSON, "Content-Encoding": "gzip"})
    bomb = gzip.compress(b'{"client_id": "1", "text": "' + b"a" * (50 << 20) + b'"}')
    await problem(await customer.post("messages", data=bomb), 413)
