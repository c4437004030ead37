"""One declaration a route: what it takes, what it gives, who may call it, and how often.

The application is built from these declarations and so is its OpenAPI document; what a handler
returns is checked against the declared model on its way out, so the document cannot lie.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from bot.http.bodies import check, read_json
from bot.http.limits import Limit, check_limits
from bot.http.problems import Handler

API = "/api/v1"
# No address may upset a database: a row's id has 64 bits, a message's number in its chat 32.
NUMBER = r"\d{1,15}"
MESSAGE_NUMBER = r"\d{1,9}"
MESSAGE_AT_MOST = 2**31 - 1

Given = BaseModel | Mapping[str, Any] | web.StreamResponse


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may call: `admit` returns the caller, handed to the handler, or raises a Problem."""

    schemes: tuple[str, ...]  # names of security schemes in the document; any one is enough
    admit: Callable[[web.Request], Awaitable[Any]]
    refuses: tuple[int, ...] = (401,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route: its handler is called with the request, then the caller, then body or query."""

    method: str
    path: str
    handler: Callable[..., Awaitable[Given]]
    summary: str
    guard: Guard | None = None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    file: str | None = None  # the form field of an upload, which the handler reads itself
    status: int = 200
    gives: type[BaseModel] | None = None
    media: str = "application/json"  # of an answer that is no model
    gives_failing: type[BaseModel] | None = None  # with 503, in place of a problem
    refuses: tuple[int, ...] = ()  # beyond what guard, body, query and limits refuse
    limits: tuple[Limit, ...] = ()


ROUTES = web.AppKey("routes", tuple[Route, ...])


def register(app: web.Application, routes: Iterable[Route]) -> None:
    """Build the application's routing from the declarations."""
    app[ROUTES] = tuple(routes)
    for route in app[ROUTES]:
        handler = _handler(route)
        app.router.add_route(route.method, route.path, handler)
        if route.method == "GET" and route.gives is None and route.status == HTTPStatus.OK:
            app.router.add_route("HEAD", route.path, handler)


def number(request: web.Request, name: str = "id") -> int:
    """Return a number of the address."""
    return int(request.match_info[name])


def answer(model: BaseModel, status: int = 200) -> web.Response:
    """Return a model as JSON."""
    body = model.model_dump_json().encode()
    return web.Response(status=status, body=body, content_type="application/json", charset="utf-8")


def _handler(route: Route) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        check_limits(request, route.limits)
        arguments: list[Any] = []
        if route.guard is not None:
            arguments.append(await route.guard.admit(request))
        if route.body is not None:
            arguments.append(await read_json(request, route.body))
        if route.query is not None:
            arguments.append(check(route.query, dict(request.query)))
        return _answer(route, await route.handler(request, *arguments))

    return handle


def _answer(route: Route, given: Given) -> web.StreamResponse:
    if isinstance(given, web.StreamResponse):
        return given
    if route.gives is None:
        raise TypeError(f"{route.method} {route.path} gives a model but declares none")
    model = given if isinstance(given, route.gives) else route.gives.model_validate(given)
    return answer(model, route.status)
