"""The OpenAPI document says what the application does: no more, no less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.http import openapi

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


async def fetch(client: TestClient[Any, Any]) -> dict[str, Any]:
    response = await client.get("/api/v1/openapi.json")
    assert response.content_type == "application/json"
    document: dict[str, Any] = await response.json()
    return document


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Go through every object of the document."""
    if isinstance(part, dict):
        yield part
    for below in part.values() if isinstance(part, dict) else part:
        if isinstance(below, dict | list):
            yield from walk(below)


async def test_every_route_is_in_it_and_nothing_else(client: TestClient[Any, Any]) -> None:
    served = {
        (route.method, route.resource.canonical)
        for route in client.app.router.routes()
        if route.method in METHODS and route.resource is not None
    }
    written = {
        (method.upper(), path)
        for path, operations in (await fetch(client))["paths"].items()
        for method in operations
    }
    assert written == served
    assert ("GET", "/api/v1/conversations/{id}") in written


async def test_every_number_that_is_taken_has_a_bound(client: TestClient[Any, Any]) -> None:
    document = await fetch(client)
    operations = [one for path in document["paths"].values() for one in path.values()]
    taken = [parameter for one in operations for parameter in one.get("parameters", ())]
    for one in operations:
        for media in one.get("requestBody", {}).get("content", {}).values():
            name = media["schema"].get("$ref", "").rpartition("/")[2]
            taken.append(document["components"]["schemas"].get(name, media))
    boundless = [
        part
        for part in walk(taken)
        if part.get("type") in ("integer", "number") and "maximum" not in part
    ]
    assert boundless == [{"type": "integer"}] * len(boundless)  # ids of addresses, of few digits


async def test_what_is_no_problem_when_it_fails_is_told_as_it_is(
    client: TestClient[Any, Any],
) -> None:
    paths = (await fetch(client))["paths"]
    assert list(paths["/readyz"]["get"]["responses"]["503"]["content"]) == ["application/json"]
    plain = await client.get("/api/v1/chat/ws")  # no upgrade, and nobody admitted
    assert str(plain.status) in paths["/api/v1/chat/ws"]["get"]["responses"]
    assert "400" in paths["/api/v1/chat/ws"]["get"]["responses"]


async def test_every_reference_resolves(client: TestClient[Any, Any]) -> None:
    document = await fetch(client)
    references = [part["$ref"] for part in walk(document) if isinstance(part.get("$ref"), str)]
    assert references
    for reference in references:
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert isinstance(found, dict)


async def test_it_is_openapi_as_far_as_its_shape_goes(client: TestClient[Any, Any]) -> None:
    document = await fetch(client)
    assert document["openapi"].startswith("3.1")
    assert document["info"].keys() >= {"title", "version"}
    schemes = document["components"]["securitySchemes"]
    names = []
    for path, operations in document["paths"].items():
        assert path.startswith("/")
        for operation in operations.values():
            names.append(operation["operationId"])
            assert operation["summary"]
            placeholders = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert all(f"{{{name}}}" in path for name in placeholders)
            assert len(placeholders) == path.count("{")
            assert any(status < "400" for status in operation["responses"])
            assert all(answer["description"] for answer in operation["responses"].values())
            assert all(name in schemes for one in operation.get("security", ()) for name in one)
    assert len(names) == len(set(names))


async def test_the_contracts_fields_are_in_it(client: TestClient[Any, Any]) -> None:
    schemas = (await fetch(client))["components"]["schemas"]
    assert schemas["Session"]["properties"].keys() == {"token", "conversation_id"}
    message = schemas["MessageView"]["properties"]
    assert message.keys() >= {"id", "from", "text", "options", "at"}
    assert schemas["OptionView"]["properties"].keys() == {"id", "label", "kind"}
    assert schemas["Dispute"]["properties"].keys() >= {
        "id", "conversation_id", "order_no", "type", "issue", "issues", "state", "liable",
        "cost_bearer", "cause", "remedy", "remedies", "escalated",
    }  # fmt: skip
    assert schemas["Remedy"]["properties"].keys() >= {
        "id", "kind", "amount_fen", "return_freight", "state", "rule", "policy_version",
    }  # fmt: skip


async def test_it_is_made_once(
    client: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    real = openapi.document
    monkeypatch.setattr(openapi, "document", lambda routes: made.append(0) or real(routes))
    texts = {await (await client.get("/api/v1/openapi.json")).text() for _ in range(3)}
    assert (len(texts), len(made)) == (1, 1)
