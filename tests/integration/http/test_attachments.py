"""Uploads: judged by content, bounded, stored once, and given back only to who may see them."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from aiohttp import FormData
from PIL import Image
from sqlalchemy import func, select

from bot.delivery import inbox
from bot.http.services import Services
from models import attachment, message
from tests.integration.http.conftest import Colleague, Customer, open_chat, problem


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """Take a photo."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind)
    return out.getvalue()


def form(
    content: bytes, *, name: str = "a.jpg", mime: str = "image/jpeg", **fields: str
) -> FormData:
    """Fill in the form as a browser does."""
    data = FormData()
    for key, value in fields.items():
        data.add_field(key, value)
    data.add_field("file", io.BytesIO(content), filename=name, content_type=mime)
    return data


async def stored(services: Services) -> tuple[int, int]:
    """Count files and messages."""
    count = select(
        select(func.count(attachment.c.id)).scalar_subquery(),
        select(func.count()).select_from(message).scalar_subquery(),
    )
    return tuple(await services.database.read(lambda c: c.execute(count).one()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_photo_is_a_message_by_itself(customer: Customer, kind: str) -> None:
    content = photo(kind)
    response = await customer.post("attachments", data=form(content))
    assert response.status == 201
    sent = (await response.json())["id"]
    (shown,) = await customer.messages()
    assert (shown["id"], shown["kind"], shown["text"]) == (sent, "photo", "")
    given = await customer.get(f"attachments/{shown['id']}")
    assert await given.read() == content
    assert given.content_type == f"image/{kind.lower()}"
    assert given.headers["Content-Disposition"].startswith("inline")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]


async def test_a_pdf_is_a_file_that_is_saved_not_shown(customer: Customer) -> None:
    content = b"%PDF-1.7\n<script>alert(1)</script>"
    response = await customer.post("attachments", data=form(content, name="x.html"))
    assert response.status == 201
    (shown,) = await customer.messages()
    assert shown["kind"] == "file"
    given = await customer.get(f"attachments/{shown['id']}")
    assert given.content_type == "application/pdf"
    assert given.headers["Content-Disposition"].startswith("attachment")


def png_of_size(width: int, height: int) -> bytes:
    """Claim to be huge in a few bytes."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, data, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


BAD = {
    "a script": b"<script>alert(1)</script>",
    "an svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "a program": b"MZ" + b"\0" * 500,
    "an archive": b"PK\x03\x04" + b"\0" * 500,
    "only a jpeg's first bytes": b"\xff\xd8\xff\xe0" + b"not a photo" * 50,
    "only a png's first bytes": b"\x89PNG\r\n\x1a\n" + b"not a photo" * 50,
    "half a photo": photo(size=(400, 400))[:3000],
    "half a png": photo("PNG", size=(400, 400))[:3000],
    "an iPhone's heic": b"\0\0\0\x18ftypheic" + b"\0" * 100,
    "a bitmap": b"BM" + b"\0" * 100,
    "a bomb": png_of_size(50_000, 50_000),
    "a smaller bomb": png_of_size(9_000, 9_000),
    "a bomb that makes Pillow warn": png_of_size(10_000, 10_000),
    "nothing": b"",
    "text": "我的照片".encode(),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
async def test_what_only_pretends_to_be_a_photo_is_not_stored(
    customer: Customer, services: Services, content: bytes
) -> None:
    response = await customer.post("attachments", data=form(content))
    details = await problem(response, 415)
    assert "照片" in details["detail"] or "文件" in details["detail"]
    assert await stored(services) == (0, 0)


@pytest.mark.parametrize("size", [(10 << 20) + 1, 30 << 20])
async def test_too_large_a_file_is_refused_after_it_was_read(
    customer: Customer, services: Services, size: int
) -> None:
    response = await customer.post("attachments", data=form(photo() + b"\0" * size))
    details = await problem(response, 413)
    assert "10 MB" in details["detail"]
    assert await stored(services) == (0, 0)
    assert (await customer.post("attachments", data=form(photo()))).status == 201


async def test_a_large_photo_within_the_limit_is_taken(customer: Customer) -> None:
    content = photo("PNG", size=(3000, 1000))
    assert 2 << 20 < len(content) < 10 << 20
    assert (await customer.post("attachments", data=form(content))).status == 201


async def test_the_same_upload_twice_is_one_message(
    customer: Customer, services: Services
) -> None:
    ids = set()
    for _ in range(3):
        response = await customer.post("attachments", data=form(photo(), client_id="p1"))
        ids.add((await response.json())["id"])
    assert len(ids) == 1
    assert await stored(services) == (1, 1)


async def test_uploads_without_a_name_of_theirs_are_all_taken(
    customer: Customer, services: Services
) -> None:
    for _ in range(2):
        await customer.post("attachments", data=form(photo()))
    assert await stored(services) == (2, 2)


async def test_a_form_without_the_file_names_the_field(customer: Customer) -> None:
    wrong = FormData({"photo": io.BytesIO(photo())})
    details = await problem(await customer.post("attachments", data=wrong), 422)
    assert details["errors"] == [{"field": "file", "message": "必填"}]


PART = b"--x\r\nContent-Disposition: form-data; name=file"


async def test_what_is_no_form_is_refused(customer: Customer) -> None:
    await problem(await customer.post("attachments", json={"file": "x"}), 415)
    await problem(await customer.post("attachments"), 415)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n",
        b"--y\r\n\r\n--y--",
        PART + b"\r\n\r\nhalf",
        PART + b"\r\nContent-Length: 9\r\n\r\nab\r\n--x--",
        PART + b"\r\nContent-Transfer-Encoding: nonsense\r\n\r\nab\r\n--x--",
        b"--x\r\n" + b"A" * 20_000,
    ],
)
async def test_a_broken_form_is_refused(
    customer: Customer, services: Services, body: bytes
) -> None:
    customer.headers["Content-Type"] = "multipart/form-data; boundary=x"
    response = await customer.post("attachments", data=body)
    assert response.status in {400, 415, 422}
    await problem(response, response.status)
    assert await stored(services) == (0, 0)


async def test_a_form_without_a_boundary_is_refused(customer: Customer) -> None:
    customer.headers["Content-Type"] = "multipart/form-data"
    await problem(await customer.post("attachments", data=b"x"), 400)


async def test_only_its_customer_and_staff_see_a_file(
    customer: Customer, agent: Colleague
) -> None:
    await customer.post("attachments", data=form(photo()))
    (shown,) = await customer.messages()
    path = f"attachments/{shown['attachment_id']}"
    stranger = await open_chat(customer.client)
    await problem(await stranger.get(f"attachments/{shown['id']}"), 404)
    await problem(await customer.client.get(f"/api/v1/{path}"), 401)
    await problem(await customer.get("attachments/999999999999999"), 404)
    await problem(await agent.get(path), 403)  # who may take the chat, and sees it then
    await agent.post(f"conversations/{customer.conversation_id}/take")
    given = await agent.get(path)
    assert given.status == 200
    assert given.content_type == "image/jpeg"


async def test_staff_find_the_file_by_the_id_that_the_customer_was_told(
    customer: Customer, agent: Colleague
) -> None:
    await customer.say("杯子碎了")  # so that message and file have different numbers
    content = photo()
    response = await customer.post("attachments", data=form(content))
    sent = (await response.json())["id"]
    detail = await (await agent.get(f"conversations/{customer.conversation_id}")).json()
    (shown,) = [one for one in detail["messages"] if one["id"] == sent]
    assert shown["attachment"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert (shown["attachment"]["size"], shown["from"]) == (len(content), "customer")
    await agent.post(f"conversations/{customer.conversation_id}/take")
    given = await customer.client.get(shown["attachment"]["url"], headers=agent.headers)
    assert await given.read() == content


async def test_an_agent_cannot_use_a_customers_door_nor_the_other_way_round(
    customer: Customer, agent: Colleague
) -> None:
    headers: dict[str, Any] = agent.headers
    await problem(await customer.client.get("/api/v1/chat/messages", headers=headers), 401)
    await problem(
        await customer.client.get("/api/v1/conversations", headers=customer.headers), 401
    )


async def test_one_chat_cannot_fill_the_disk(
    customer: Customer, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = photo()
    monkeypatch.setattr(inbox, "FILES_AT_MOST", 2)
    for name in ("one", "two"):
        assert (
            await customer.post("attachments", data=form(content, client_id=name))
        ).status == 201
    refused = await customer.post("attachments", data=form(content, client_id="three"))
    assert "这一个没有收下" in (await problem(refused, 413))["detail"]
    # Sent again, what is here is still here.
    assert (await customer.post("attachments", data=form(content, client_id="two"))).status == 201
    assert await stored(services) == (2, 2)
    monkeypatch.setattr(inbox, "FILES_AT_MOST", 9)
    monkeypatch.setattr(inbox, "FILES_SIZE_AT_MOST", 3 * len(content) - 1)
    await problem(await customer.post("attachments", data=form(content)), 413)
    other = await open_chat(customer.client)
    assert (await other.post("attachments", data=form(content))).status == 201


@pytest.mark.parametrize(
    "fields",
    [
        {f"f{number}": "x" for number in range(9)},
        {"f": "x" * (65 << 10)},
        {"f": "x" * (40 << 10), "g": "x" * (40 << 10)},
    ],
    ids=("many", "long", "long together"),
)
async def test_a_form_has_few_and_short_fields(
    customer: Customer, services: Services, fields: dict[str, str]
) -> None:
    await problem(await customer.post("attachments", data=form(photo(), **fields)), 422)
    assert await stored(services) == (0, 0)


async def test_a_form_may_have_some_fields(customer: Customer) -> None:
    fields = {f"f{number}": "x" for number in range(8)}
    assert (await customer.post("attachments", data=form(photo(), **fields))).status == 201
