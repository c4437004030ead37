"""Every refusal and failure as RFC 9457 problem details, with a title that people can read."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import JiefenError, NotAllowed, StaleOwner

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TITLES: Mapping[int, str] = {
    400: "请求格式有误",
    401: "身份没有确认",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种请求方式",
    408: "等待太久，请重试",
    409: "现在不能这样做",
    413: "内容太大",
    415: "不支持的内容格式",
    422: "填写的内容有误",
    429: "操作太频繁，请稍后再试",
    500: "系统出错了，请稍后再试",
    503: "系统正忙，请稍后再试",
}
STALE = "会话已由其他人接手，这次操作没有生效。请刷新后再看。"
RETRY_AFTER_FAILURE = "5"  # seconds

_log = logging.getLogger(__name__)


class FieldError(BaseModel):
    """One field that was filled in wrongly."""

    field: str
    message: str


class ProblemDetails(BaseModel):
    """The body of every answer that is not a success (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[FieldError] | None = Field(default=None, description="字段级错误")


class Problem(Exception):
    """Refuses the request with this status; the detail is one Chinese sentence."""

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        *,
        title: str | None = None,
        errors: list[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """The title is the usual one of the status unless another is given."""
        super().__init__(detail or title or TITLES.get(status, ""))
        self.headers = headers or {}
        self.details = ProblemDetails(
            title=title or _title(status), status=status, detail=detail, errors=errors
        )

    def response(self) -> web.Response:
        """Return the answer."""
        return web.Response(
            status=self.details.status,
            body=self.details.model_dump_json(exclude_none=True).encode(),
            headers={**self.headers, "Content-Type": "application/problem+json; charset=utf-8"},
        )


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever was raised into problem details; nothing of a failure's inside is shown."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _of_aiohttp(error).response()
    except Exception as error:
        return _of(error, request).response()


def _of(error: Exception, request: web.Request) -> Problem:
    match error:
        case Problem():
            return error
        case NotAllowed():
            return Problem(409, str(error))
        case StaleOwner():
            return Problem(409, STALE)
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout | JiefenError):
        # Nothing was accepted, so the client may simply try again.
        return Problem(503, headers={"Retry-After": RETRY_AFTER_FAILURE})
    return Problem(500)


def _of_aiohttp(error: web.HTTPException) -> Problem:
    kept: dict[str, Any] = {
        name: error.headers[name] for name in ("Allow",) if name in error.headers
    }
    return Problem(error.status, headers=kept)


def _title(status: int) -> str:
    return TITLES.get(status) or HTTPStatus(status).phrase
