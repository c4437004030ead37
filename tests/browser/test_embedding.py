"""The chat in a frame of a page on another site: the shop's own, and a stranger's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import FrameLocator, Page, Route, expect

from bot.http.identity import sign_identity
from bot.settings import read_settings
from tests.browser.conftest import PHONE, WIDE, Complaints, Demo, NewPage
from tests.browser.people import NOT_COLLECTED

REFUSED = re.compile(r"frame-ancestors|Refused to (frame|display)|chrome-error")
NOT_NAMED = re.compile(r"is not in JIEFEN_EMBED_ORIGINS")
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>青禾家居</title>
<script src="{home}/embed.js" async data-identity="{identity}"></script>
<h1>青禾家居</h1><p>玻璃杯四只装，¥89.00</p>"""
FRAMING = """<!doctype html><meta charset="utf-8"><iframe src="{{home}}{path}"></iframe>"""
# As strict as a shop's page can be: no inline style, no script but this one.
STRICT = (
    "default-src 'none'; script-src {home}; frame-src {home}; require-trusted-types-for 'script'"
)
# Chromium lets a frame of another site keep nothing in a private window, such as a test's are;
# this forbids it to the page itself, too.
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""

Host = Callable[..., Awaitable[str]]


@pytest_asyncio.fixture
async def host(demo: Demo) -> AsyncIterator[Host]:
    """Serve a page of another site; return its address."""
    runners: list[web.AppRunner] = []

    async def serve(page: str, port: int = 0) -> str:
        async def show(request: web.Request) -> web.Response:
            identity = request.query.get("identity", "")
            text = page.format(home=demo.url, identity=identity)
            policy = {"Content-Security-Policy": STRICT.format(home=demo.url)}
            return web.Response(text=text, content_type="text/html", headers=policy)

        async def show_nothing(_request: web.Request) -> web.Response:
            return web.Response(status=204)

        app = web.Application()
        app.router.add_get("/favicon.ico", show_nothing)
        app.router.add_get("/", show)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return f"http://localhost:{runner.addresses[0][1]}/"

    yield serve
    for runner in runners:
        await runner.cleanup()


async def shop_page(host: Host, demo: Demo) -> str:
    """Serve the shop's own page; who is signed in there stands in its address, to be simple."""
    return await host(PAGE, demo.shop_port)


def frame(page: Page) -> FrameLocator:
    """Return the chat within the page."""
    return page.frame_locator("jiefen-chat iframe")


async def open_chat(page: Page) -> FrameLocator:
    """Click the button of the shop's page."""
    await page.get_by_role("button", name="联系客服").click()
    await frame(page).locator(".msg--welcome").wait_for()
    return frame(page)


async def say(chat: FrameLocator, text: str) -> None:
    """Write to the shop, and wait until it has arrived."""
    await chat.locator("#text").fill(text)
    await chat.locator("#text").press("Enter")
    sent = chat.locator(".msg--customer:not(.msg--unsent) .bubble", has_text=text)
    await expect(sent).to_have_count(1)


def answers(chat: FrameLocator) -> Any:
    """Return what the bot said."""
    return chat.locator(".msg--bot:not(.msg--welcome)")


@pytest.mark.parametrize("size", [WIDE, PHONE])
async def test_a_customer_chats_in_the_shops_page_and_finds_the_chat_again(
    new_page: NewPage, demo: Demo, host: Host, size: tuple[int, int]
) -> None:
    page = await new_page(await shop_page(host, demo), size)
    chat = await open_chat(page)
    await expect(chat.locator(".msg--welcome")).to_contain_text("这里是解纷小铺的订单服务台")
    await say(chat, "我买的杯子收到是碎的")
    await expect(answers(chat).first).to_contain_text("订单号")
    await page.reload()
    chat = await open_chat(page)
    await expect(chat.locator(".msg--customer .bubble")).to_have_text(["我买的杯子收到是碎的"])
    await chat.locator("#shut").click()
    await expect(page.locator("jiefen-chat .panel")).to_be_hidden()
    await expect(page.get_by_role("button", name="联系客服")).to_be_focused()


async def test_the_keyboard_opens_and_closes_it(new_page: NewPage, demo: Demo, host: Host) -> None:
    page = await new_page(await shop_page(host, demo))
    button = page.get_by_role("button", name="联系客服")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(frame(page).locator("#text")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")


async def test_an_answer_is_told_while_the_frame_is_shut(
    new_page: NewPage, demo: Demo, host: Host
) -> None:
    may_come = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "GET":
            await may_come.wait()
        await route.continue_()

    page = await new_page("about:blank")
    await page.route("**/api/v1/chat/messages*", hold)
    await page.goto(await shop_page(host, demo))
    chat = await open_chat(page)
    await chat.locator("#text").fill("转人工")
    await chat.locator("#text").press("Enter")
    await expect(chat.locator(".fate")).to_have_text("已发送")
    await chat.locator("#shut").click()
    may_come.set()
    told = page.get_by_role("button", name=re.compile("联系客服，\\d条新回复"))
    await expect(told).to_be_visible()
    await page.reload()  # it is told on the shop's next page, too, before the chat is opened
    await expect(told).to_be_visible()
    await told.click()
    await expect(answers(frame(page)).last).to_be_visible()
    await expect(page.locator("jiefen-chat .count")).to_be_hidden()
    await page.get_by_role("button", name="收起对话").first.click()
    await expect(page.get_by_role("button", name="联系客服", exact=True)).to_be_visible()


async def test_who_is_signed_in_is_not_asked_for_the_phone_and_sees_no_other_chat(
    new_page: NewPage, demo: Demo, host: Host
) -> None:
    shop = await new_page("/")
    card = shop.locator(".card", has_text=NOT_COLLECTED)
    order_no = await card.get_attribute("data-order")
    stories = await shop.evaluate("fetch('/api/v1/shop/stories').then((r) => r.json())")
    (identity,) = [s["identity"] for s in stories["stories"] if s["order_no"] == order_no]

    address = await shop_page(host, demo)
    page = await new_page(f"{address}?identity={identity}")
    chat = await open_chat(page)
    await say(chat, f"{order_no} 一直没有揽收")
    await expect(chat.locator(".option--remedy:enabled").first).to_be_visible()
    # Somebody else signs in on the same computer, then nobody, then the first again.
    for query in (f"?identity={somebody_else(demo)}", ""):
        await page.goto(address + query)
        chat = await open_chat(page)
        await expect(chat.locator(".msg:not(.msg--welcome)")).to_have_count(0)
    await page.goto(f"{address}?identity={identity}")
    chat = await open_chat(page)
    await expect(chat.locator(".option--remedy").first).to_be_visible()


def somebody_else(demo: Demo) -> str:
    """Return another customer's identity, as the shop's server signs it."""
    secret = read_settings({"JIEFEN_HOME": str(demo.home)}).secret
    return sign_identity(secret, "13900001111", "别人", datetime.now(UTC) + timedelta(hours=1))


async def test_a_guest_who_signs_in_goes_on_with_their_chat(
    new_page: NewPage, demo: Demo, host: Host
) -> None:
    address = await shop_page(host, demo)
    page = await new_page(address)
    await say(await open_chat(page), "转人工")
    await page.goto(f"{address}?identity={somebody_else(demo)}")
    chat = await open_chat(page)
    await expect(chat.locator(".msg--customer .bubble")).to_have_text(["转人工"])
    await page.goto(address)  # signed out: it is nobody's business
    chat = await open_chat(page)
    await expect(chat.locator(".msg:not(.msg--welcome)")).to_have_count(0)


async def test_a_browser_that_keeps_nothing_is_told_so_and_chats(
    new_page: NewPage, demo: Demo, host: Host
) -> None:
    page = await new_page("about:blank")
    await page.add_init_script(DENIED)
    await page.goto(await shop_page(host, demo))
    chat = await open_chat(page)
    await expect(chat.locator(".remark")).to_contain_text("没有允许这里保存对话")
    await say(chat, "我买的杯子收到是碎的")
    await expect(answers(chat).first).to_contain_text("订单号")


async def test_a_stranger_gets_no_button(
    new_page: NewPage, host: Host, complaints: Complaints
) -> None:
    complaints.expected.append(NOT_NAMED)
    page = await new_page("about:blank")
    async with page.expect_console_message(lambda said: bool(NOT_NAMED.search(said.text))):
        await page.goto(await host(PAGE))
    await expect(page.locator("jiefen-chat")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "is_shops"),
    [("/chat", False), ("/chat#embedded", False), ("/", True), ("/console", True)],
)
async def test_no_page_is_framed_that_must_not_be(
    new_page: NewPage, demo: Demo, host: Host, complaints: Complaints,
    path: str, is_shops: bool,
) -> None:  # fmt: skip
    complaints.expected.append(REFUSED)
    page = await new_page("about:blank")
    port = demo.shop_port if is_shops else 0
    async with page.expect_console_message(lambda said: bool(REFUSED.search(said.text))):
        await page.goto(await host(FRAMING.format(path=path), port))
    assert [one.url for one in page.frames if one.url.startswith(demo.url)] == []


async def test_a_window_of_its_own_shows_the_chat_alone(new_page: NewPage) -> None:
    page = await new_page("/chat")
    await expect(page.locator(".msg--welcome")).to_be_visible()
    await expect(page.locator("#shut, #back, .card")).to_have_count(0)
    await page.get_by_role("button", name="找人工").click()
    await expect(page.locator(".msg--bot:not(.msg--welcome)").last).to_contain_text("人工")
    await expect(page.get_by_role("button", name="找人工")).to_be_hidden()


def test_the_snippet_is_small() -> None:
    file = Path(__file__).parents[2] / "bot/console/static/shop/embed.js"
    assert len(file.read_bytes()) < 10_000
