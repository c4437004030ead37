"""The shop's page, the console's page, and what they load."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from aiohttp import hdrs, web

from bot.http.problems import Problem
from bot.http.routes import Route

STATIC = Path(__file__).parent / "static"
# Told here, because what the machine believes of .js or .woff2 differs from one to the next.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
# Names carry no version, so browsers ask each time and are mostly told "unchanged".
CACHING = "no-cache"


async def show_shop(_request: web.Request) -> web.FileResponse:
    """Show the shop's page with the customer's chat."""
    return _file("shop/index.html")


async def show_console(_request: web.Request) -> web.FileResponse:
    """Show the staff's page; what it fetches asks for a session."""
    return _file("console/index.html")


async def show_asset(request: web.Request) -> web.FileResponse:
    """Give what a page loads."""
    return _file(request.match_info["path"])


def _file(path: str) -> web.FileResponse:
    try:
        file = (STATIC / path).resolve()
        exists = file.is_relative_to(STATIC) and file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        exists = False
    if not exists:
        raise Problem(404)
    mime = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    headers = {
        hdrs.CACHE_CONTROL: CACHING,
        hdrs.CONTENT_TYPE: mime or "application/octet-stream",
    }
    return web.FileResponse(file, headers=headers)


# Both ways of typing it; what the page loads is named by absolute addresses.
_CONSOLE = [
    Route(method="GET", path=path, handler=show_console, summary="客服台页面", media="text/html")
    for path in ("/console", "/console/")
]
PAGE_ROUTES = (
    Route(method="GET", path="/", handler=show_shop, summary="店铺页面", media="text/html"),
    *_CONSOLE,
    Route(
        method="GET", path="/static/{path:.+}", handler=show_asset, summary="页面资源",
        media="*/*", refuses=(404,),
    ),
)  # fmt: skip
