"""Addresses as OpenAPI writes them, and declarations that cannot lie."""

from __future__ import annotations

import pytest
from aiohttp import web
from pydantic import BaseModel

from bot.http.openapi import document, plain_path
from bot.http.routes import NUMBER, Route


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/healthz", "/healthz"),
        ("/x/{id}", "/x/{id}"),
        (f"/x/{{id:{NUMBER}}}/take", "/x/{id}/take"),
        ("/static/{path:.+}", "/static/{path}"),
        (r"/{a:\d{1,2}}/{b}", "/{a}/{b}"),
    ],
)
def test_regular_expressions_are_left_out(path: str, plain: str) -> None:
    assert plain_path(path) == plain


class Asked(BaseModel):
    """What is asked."""

    text: str
    note: str | None = None


class Found(BaseModel):
    """What is found."""

    id: int


async def _handle(_request: web.Request) -> Found:
    return Found(id=1)


def test_one_declaration_becomes_one_operation() -> None:
    route = Route(
        method="POST",
        path=f"/api/v1/things/{{id:{NUMBER}}}",
        handler=_handle,
        summary="找",
        body=Asked,
        status=201,
        gives=Found,
        refuses=(404,),
    )
    operation = document([route])["paths"]["/api/v1/things/{id}"]["post"]
    assert operation["tags"] == ["things"]
    assert operation["operationId"] == "post_things_id"
    assert operation["requestBody"]["required"] is True
    assert [(p["name"], p["schema"]) for p in operation["parameters"]] == [
        ("id", {"type": "integer"})
    ]
    assert set(operation["responses"]) >= {"201", "400", "404", "413", "415", "422"}


def test_a_body_without_required_fields_may_be_absent() -> None:
    class Optional(BaseModel):
        """Nothing is required."""

        identity: str | None = None

    route = Route(
        method="POST", path="/x", handler=_handle, summary="开", body=Optional, gives=Found
    )
    assert document([route])["paths"]["/x"]["post"]["requestBody"]["required"] is False
