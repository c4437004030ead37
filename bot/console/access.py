"""Who of the staff is asking, and whether they may: by API token or by the console's cookie."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import Connection

from bot.desk import staff as accounts
from bot.desk.permissions import Permission, may
from bot.desk.staff import Staff
from bot.http.chat_sessions import bearer_token
from bot.http.origin import is_https
from bot.http.problems import Problem
from bot.http.routes import Guard
from bot.http.services import SERVICES

COOKIE = "jiefen_staff"


def staff_may(permission: Permission) -> Guard:
    """Return the guard of a route that needs this permission."""

    async def admit(request: web.Request) -> Staff:
        staff = await access_staff(request)
        if not may(staff.role, permission):
            raise Problem(403, "您的权限不足，请联系主管或管理员。")
        return staff

    return Guard(("staff", "console"), admit, refuses=(401, 403))


async def access_staff(request: web.Request) -> Staff:
    """Return who is asking, or refuse with 401; a token, once shown, is the only thing read."""
    token, cookie = bearer_token(request), request.cookies.get(COOKIE, "")
    shown = token or cookie
    now = request.app[SERVICES].clock()

    def find(connection: Connection) -> Staff | None:
        if token:
            return accounts.staff_by_token(connection, token)
        return accounts.staff_by_session(connection, cookie, now)

    found = None
    if shown and shown.isascii():
        found = await request.app[SERVICES].database.read(find)
    if found is None:
        raise Problem(401, "请重新登录。", headers={"WWW-Authenticate": "Bearer"})
    return found


def set_cookie(request: web.Request, response: web.Response, session: str) -> None:
    """Hand the session to the browser, out of reach of its scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        session,
        max_age=int(accounts.SESSION_LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=is_https(request),
    )
