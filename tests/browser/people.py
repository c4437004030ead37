"""What customers and staff do on the pages, for every test of them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image
from playwright.async_api import Locator, Page

# Titles of stories. What is granted on an order stays granted: tests that settle one share none.
NOT_SHIPPED = "付款三天还没发货"
NOT_SHIPPED_FOR_A_WEEK = "一周不发货，怀疑没货"
NOT_COLLECTED = "显示已发货，快递一直没揽收"
LATE_ARRIVAL = "说好前天到，现在还在路上"
STUCK = "快递在中转站停了三天多"
# No dispute: however many tests begin with it, nobody comes back with an old one.
ONLY_ASKS = "只想问问快递到哪了"
BROKEN_CUPS = "收到的玻璃杯碎了两只"
ROTTEN_BERRIES = "蓝莓烂了三分之一"  # more than the bot may grant alone
NO_HOT_AIR = "吹风机十二天就不出热风"  # its part of the price is more than the bot may grant
WRONG_COLOUR = "买黑色发来粉色"
CHEAPER_NOW = "刚买五天就降一百"


def photo() -> dict[str, str | bytes]:
    """Return a small photo as the file chooser takes it."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), (180, 160, 140)).save(file, "PNG")
    return {"name": "cup.png", "mimeType": "image/png", "buffer": file.getvalue()}


async def begin_story(page: Page, title: str) -> str:
    """Click a story's card and wait until the bot has answered; return the order's number."""
    card = page.locator(".card", has_text=title)
    order_no = await card.get_attribute("data-order")
    await card.click()
    await bot_messages(page).first.wait_for()
    return order_no or ""


async def say(page: Page, text: str) -> None:
    """Write to the shop."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def pick(page: Page, *kinds: str) -> str:
    """Click the first active button of one of these kinds; return its label."""
    wanted = ", ".join(f'.option[data-kind="{kind}"]:enabled' for kind in kinds)
    button = page.locator(wanted).first
    label = await button.get_attribute("aria-label")
    await button.click()
    return label or ""


async def send_photo(page: Page) -> None:
    """Answer the question for a photo with one."""
    async with page.expect_file_chooser() as chooser:
        await pick(page, "evidence")
    await (await chooser.value).set_files([photo()])  # type: ignore[list-item]
    await page.wait_for_selector(".previews canvas")
    await page.click("#send")
    await page.wait_for_selector(".msg--customer:not(.msg--unsent) .photo canvas")


async def sign_in(page: Page, login: tuple[str, str]) -> None:
    """Sign in to the console."""
    await page.fill("#name", login[0])
    await page.fill("#password", login[1])
    await page.click("#sign-in button")
    await page.wait_for_selector("#console:not([hidden]) .tab")


async def open_conversation(page: Page, tab: str, words: str) -> None:
    """Open the newest conversation of a tab whose line has these words."""
    await page.click(f"#tab-{tab}")
    await page.locator(".item", has_text=words).last.click()
    await page.wait_for_selector("#log .msg")


def bot_messages(page: Page) -> Locator:
    """Return what the bot said, without the page's own welcome."""
    return page.locator(".msg--bot:not(.msg--welcome)")


async def overflow(page: Page) -> Sequence[int]:
    """Return how far the page and each scrolling part are wider than they should be."""
    return await page.evaluate(
        """() => [...document.querySelectorAll("html, #desk, #log, #list, #facts")]
            .filter((part) => part.clientWidth)
            .map((part) => part.scrollWidth - part.clientWidth)
            .filter((more) => more > 0)"""
    )
