"""The OpenAPI 3.1 document, made from the same declarations as the routing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.http.problems import TITLES, ProblemDetails
from bot.http.routes import API, ROUTES, Route
from bot.http.services import in_thread

REF = "#/components/schemas/{model}"
PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}")
NO_BRACES = str.maketrans("", "", "{}")
SCHEMES: Mapping[str, Mapping[str, str]] = {
    "customer": {"type": "http", "scheme": "bearer", "description": "顾客会话的 token"},
    "customer_protocol": {"type": "apiKey", "in": "header", "name": "Sec-WebSocket-Protocol"},
    "customer_parameter": {"type": "apiKey", "in": "query", "name": "token"},
    "staff": {"type": "http", "scheme": "bearer", "description": "客服的 API token"},
    "console": {"type": "apiKey", "in": "cookie", "name": "jiefen_staff"},
}

Mode = Literal["validation", "serialization"]


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the document of these routes."""
    routes = tuple(routes)
    schemas, definitions = models_json_schema(_models(routes), ref_template=REF)
    references = {(model, mode): schema for (model, mode), schema in schemas.items()}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, references)
        paths.setdefault(plain_path(route.path), {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "解纷 Jiefen", "version": "1"},
        "paths": paths,
        "components": {"schemas": definitions.get("$defs", {}), "securitySchemes": SCHEMES},
    }


def plain_path(path: str) -> str:
    """Return the path as OpenAPI writes it, without aiohttp's regular expressions."""
    return PLACEHOLDER.sub(r"{\1}", path)


class Document:
    """The text of an application's document: its routes never change, so it is made once."""

    def __init__(self) -> None:
        """Begin without it: most programs are never asked."""
        self._text: str | None = None
        self._lock = asyncio.Lock()

    async def text(self, request: web.Request) -> str:
        """Return the text, made beside the loop when it is asked for first."""
        async with self._lock:
            if self._text is None:
                routes = request.app[ROUTES]
                made = await in_thread(request, document, routes)
                self._text = json.dumps(made)
            return self._text


DOCUMENT = web.AppKey("document", Document)


async def _show(request: web.Request) -> web.Response:
    text = await request.app[DOCUMENT].text(request)
    return web.json_response(text=text)


DOCUMENT_ROUTE = Route(
    method="GET",
    path=f"{API}/openapi.json",
    handler=_show,
    summary="本接口文档（OpenAPI 3.1）",
)


def _models(routes: tuple[Route, ...]) -> list[tuple[type[BaseModel], Mode]]:
    wanted: dict[tuple[type[BaseModel], Mode], None] = {(ProblemDetails, "serialization"): None}
    for route in routes:
        if route.body is not None:
            wanted[route.body, "validation"] = None
        if route.gives is not None:
            wanted[route.gives, "serialization"] = None
    return list(wanted)


def _operation(route: Route, references: Mapping[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "tags": [_tag(route)],
        "operationId": _operation_id(route),
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, references),
    }
    if route.guard is not None:
        operation["security"] = [{scheme: []} for scheme in route.guard.schemes]
    if route.body is not None:
        content = {"application/json": {"schema": references[route.body, "validation"]}}
        operation["requestBody"] = {"required": _has_required(route.body), "content": content}
    if route.file is not None:
        operation["requestBody"] = _upload(route.file)
    return operation


def _operation_id(route: Route) -> str:
    path = plain_path(route.path).removeprefix(API).translate(NO_BRACES)
    return route.method.lower() + re.sub(r"\W+", "_", path)


def _tag(route: Route) -> str:
    found = re.search(r"\w+", plain_path(route.path).removeprefix(API))
    return found[0] if found else "shop"


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if pattern.startswith(r"\d") else "string"},
        }
        for name, pattern in PLACEHOLDER.findall(route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _responses(route: Route, references: Mapping[Any, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": HTTPStatus(route.status).phrase}
    if route.gives is not None:
        good["content"] = {
            "application/json": {"schema": references[route.gives, "serialization"]}
        }
    elif route.status not in {101, 204}:
        good["content"] = {route.media: {}}
    problem = {"application/problem+json": {"schema": references[ProblemDetails, "serialization"]}}
    refused = {
        str(status): {"description": TITLES[status], "content": problem}
        for status in _refusals(route)
    }
    if route.gives_failing is not None:
        schema = references[route.gives_failing, "serialization"]
        refused["503"]["content"] = {"application/json": {"schema": schema}}
    return {str(route.status): good, **refused}


def _refusals(route: Route) -> list[int]:
    statuses = {*route.refuses, 500, 503}
    if route.guard is not None:
        statuses.update(route.guard.refuses)
    if route.method not in {"GET", "HEAD"} or route.status == HTTPStatus.SWITCHING_PROTOCOLS:
        statuses.add(403)  # from another site
    if route.body is not None or route.file is not None:
        statuses.update({400, 408, 413, 415, 422})
    if route.query is not None:
        statuses.add(422)
    if route.limits:
        statuses.add(429)
    return sorted(statuses)


def _has_required(model: type[BaseModel]) -> bool:
    return any(field.is_required() for field in model.model_fields.values())


def _upload(field: str) -> dict[str, Any]:
    part = {"type": "string", "contentMediaType": "application/octet-stream"}
    schema = {"type": "object", "properties": {field: part}, "required": [field]}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
