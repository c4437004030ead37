"""An agent with many chats finds one by what the customer says of it."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Demo, NewPage
from tests.browser.people import ONLY_ASKS, begin_story, bot_messages, overflow, say, sign_in

NEVER_SAID = "从来没有人说过"


async def shoot(page: Page, name: str) -> None:
    """Keep a picture, where one is asked for."""
    if folder := os.environ.get("JIEFEN_TEST_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_chat_is_found_by_order_tail_and_by_words(new_page: NewPage, demo: Demo) -> None:
    customer = await new_page("/")
    order_no = await begin_story(customer, ONLY_ASKS)
    await say(customer, "我家的猫叫芝麻糊，转人工")
    await expect(bot_messages(customer).last).to_contain_text("人工")
    for name, size in (("desk", WIDE), ("phone", PHONE)):
        agent = await new_page("/console", size)
        await sign_in(agent, demo.login("agent"))
        field, items = agent.locator("#search"), agent.locator(".item")
        await agent.keyboard.press("/")
        await expect(field).to_be_focused()
        await agent.keyboard.type("芝麻糊")
        await expect(items).to_have_count(1)
        await expect(items).to_contain_text("芝麻糊")
        await expect(items).to_contain_text(f"尾号{order_no[-4:]}")
        await expect(agent.locator(".list-head")).to_have_text("找到 1 个会话")
        await shoot(agent, f"found-{name}")
        await field.fill(order_no[-4:])
        await expect(agent.locator(".item", has_text="芝麻糊")).to_be_visible()
        await field.fill(NEVER_SAID)
        await expect(agent.locator(".list-empty")).to_contain_text(f"没有找到“{NEVER_SAID}”")
        await shoot(agent, f"nothing-{name}")
        assert await overflow(agent) == []
        await field.press("Escape")
        await expect(field).to_have_value("")
        await expect(agent.locator(".list-empty")).to_have_count(0)
        await field.fill("芝麻糊")
        await expect(agent.locator(".list-head")).to_have_text("找到 1 个会话")
        await field.press("ArrowDown")
        await agent.keyboard.press("Enter")
        await agent.wait_for_selector("#log .msg")
        await shoot(agent, f"opened-{name}")
