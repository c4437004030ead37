"""Signing in and out of the console."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from bot.console.access import COOKIE, access_staff, set_cookie
from bot.desk import audit
from bot.desk import staff as accounts
from bot.desk.permissions import ALLOWED
from bot.desk.staff import Staff
from bot.http.bodies import Words
from bot.http.limits import by_address
from bot.http.problems import Problem
from bot.http.routes import API, Guard, Route, answer
from bot.http.services import SERVICES

STAFF = f"{API}/staff"
ANYBODY = Guard(("staff", "console"), access_staff)


class Credentials(BaseModel):
    """Who signs in, and their password."""

    name: Annotated[Words, Field(min_length=1, max_length=64)]
    password: Annotated[Words, Field(min_length=1, max_length=256)]


class Me(BaseModel):
    """Who is signed in, and what they may do."""

    id: int
    name: str
    role: str
    permissions: list[str]


async def sign_in(request: web.Request, body: Credentials) -> web.Response:
    """Open a session for the right password; nothing tells a wrong name from a wrong password."""
    services = request.app[SERVICES]
    # The slow check of the password runs beside the loop and holds no write connection.
    found = await services.database.read(
        lambda c: accounts.sign_in(c, body.name.strip(), body.password)
    )
    if found is None:
        raise Problem(401, "用户名或密码不正确。")
    now = services.clock()
    session = await services.database.write(lambda c: _open_session(c, found, now))
    response = answer(_me(found))
    set_cookie(request, response, session)
    return response


async def sign_out(request: web.Request) -> web.Response:
    """End the session, whether or not it still was one."""
    session = request.cookies.get(COOKIE, "")
    if session.isascii():
        await request.app[SERVICES].database.write(lambda c: accounts.close_session(c, session))
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/")
    return response


async def show_me(_request: web.Request, staff: Staff) -> Me:
    """Say who is asking."""
    return _me(staff)


def _open_session(connection: Connection, staff: Staff, now: datetime) -> str:
    audit.record(connection, staff.id, "staff.signed_in", f"staff:{staff.id}", {}, now)
    return accounts.open_session(connection, staff.id, now)


def _me(staff: Staff) -> Me:
    allowed = sorted(permission.value for permission in ALLOWED[staff.role])
    return Me(id=staff.id, name=staff.name, role=staff.role.value, permissions=allowed)


SIGN_IN_ROUTES = (
    Route(
        method="POST", path=f"{STAFF}/sign-in", handler=sign_in, summary="登录客服台",
        body=Credentials, gives=Me, refuses=(401,), limits=(by_address("sign-in", "20/minute"),),
    ),
    Route(
        method="POST", path=f"{STAFF}/sign-out", handler=sign_out, summary="退出登录", status=204,
    ),
    Route(
        method="GET", path=f"{STAFF}/me", handler=show_me, summary="我是谁", guard=ANYBODY,
        gives=Me,
    ),
)  # fmt: skip
