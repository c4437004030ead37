"""The shop's page, the chat alone for other pages, the console's page, and what they load."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from html import escape
from pathlib import Path

from aiohttp import hdrs, web

from bot.http.headers import let_frame
from bot.http.problems import Problem
from bot.http.routes import Route
from bot.http.services import SERVICES

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
# Every page of the shop's site loads this one, so it is not asked for at each.
SNIPPET_CACHING = "public, max-age=300"


async def show_shop(request: web.Request) -> web.Response:
    """Show the shop's page with the customer's chat."""
    return _page(request, "shop/index.html")


async def show_chat(request: web.Request) -> web.Response:
    """Show the chat alone; the pages of the origins in the settings may frame it."""
    page = _page(request, "shop/alone.html")
    let_frame(page, request.app[SERVICES].settings.embed_origins)
    return page


async def show_snippet(request: web.Request) -> web.Response:
    """Give the script that puts the chat's button into a page of the shop's own."""
    services = request.app[SERVICES]
    told = {"shop": services.shop_name, "origins": services.settings.embed_origins}
    return web.Response(
        text=_filled("shop/embed.js", {"{{settings}}": json.dumps(told, ensure_ascii=False)}),
        headers={
            hdrs.CONTENT_TYPE: TYPES[".js"],
            hdrs.CACHE_CONTROL: SNIPPET_CACHING,
            "Cross-Origin-Resource-Policy": "cross-origin",  # other pages load it
        },
    )


async def show_console(_request: web.Request) -> web.FileResponse:
    """Show the staff's page; what it fetches asks for a session."""
    return _file("console/index.html")


async def show_asset(request: web.Request) -> web.FileResponse:
    """Give what a page loads."""
    return _file(request.match_info["path"])


def _page(request: web.Request, path: str) -> web.Response:
    """Return a page of the shop's with the chat and the shop's name put into their places."""
    services = request.app[SERVICES]
    facts = {
        "{{talk}}": (STATIC / "shop/talk.html").read_text(encoding="utf-8"),
        "{{shop}}": escape(services.shop_name),
        "{{origins}}": escape(" ".join(services.settings.embed_origins)),
    }
    headers = {hdrs.CACHE_CONTROL: CACHING, hdrs.CONTENT_TYPE: TYPES[".html"]}
    return web.Response(text=_filled(path, facts), headers=headers)


def _filled(path: str, facts: Mapping[str, str]) -> str:
    text = (STATIC / path).read_text(encoding="utf-8")
    for place, fact in facts.items():
        text = text.replace(place, fact)
    return text


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
    Route(
        method="GET", path="/chat", handler=show_chat,
        summary="只有对话的页面，可嵌入 JIEFEN_EMBED_ORIGINS 的网页", media="text/html",
    ),
    Route(
        method="GET", path="/embed.js", handler=show_snippet,
        summary="在店铺自己的网页里放一个客服按钮的脚本", media="text/javascript",
    ),
    *_CONSOLE,
    Route(
        method="GET", path="/static/{path:.+}", handler=show_asset, summary="页面资源",
        media="*/*", refuses=(404,),
    ),
)  # fmt: skip
