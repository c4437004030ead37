"""An agent with many chats finds one by what the customer says of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Demo, NewPage
from tests.browser.people import (
    NO_HOT_AIR,
    ONLY_ASKS,
    begin_story,
    bot_messages,
    overflow,
    pick,
    say,
    send_photo,
    sign_in,
)

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


async def test_an_approval_says_what_the_sum_is_of_and_a_made_up_order_is_no_order(
    new_page: NewPage, demo: Demo
) -> None:
    customer = await new_page("/")
    await begin_story(customer, NO_HOT_AIR)
    await send_photo(customer)
    await pick(customer, "partial_refund")
    await pick(customer, "confirm")
    await expect(bot_messages(customer).last).to_contain_text("人工复核")
    stranger = await new_page("/chat")
    await say(stranger, "订单JF99999999999的货坏了，退钱")
    await expect(bot_messages(stranger).last).to_contain_text("没有查到订单")
    await say(stranger, "转人工")
    await expect(bot_messages(stranger).last).to_contain_text("人工")
    for name, size in (("desk", WIDE), ("phone", PHONE)):
        boss = await new_page("/console", size)
        await sign_in(boss, demo.login("supervisor"))
        await boss.fill("#search", "JF99999999999")
        await expect(boss.locator(".list-head")).to_have_text("找到 1 个会话")
        row = boss.locator(".item")
        await expect(row).to_contain_text("尾号9999 · 没查到这个订单")
        await shoot(boss, f"unknown-row-{name}")
        await row.click()
        await expect(boss.locator("#talk-state")).to_contain_text("没查到这个订单")
        if size == WIDE:
            summary = boss.locator(".summary")
            await expect(summary).to_contain_text("JF99999999999（没查到这个订单）")
        else:
            await boss.click("#to-facts")
        await shoot(boss, f"unknown-{name}")
        if size == PHONE:
            await boss.click("#facts-back")
            await boss.click("#to-list")
        await boss.click("#tab-approvals")
        card = boss.locator(".approval").first
        await expect(card).to_contain_text(re.compile(r"是(这些商品|整单)实付 ¥[\d.]+ 的 [\d.]+%"))
        await expect(card).to_contain_text("有照片")
        await shoot(boss, f"approval-{name}")
        assert await overflow(boss) == []
