"""What the bot took a message for, an agent who puts it right, and the review of it."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Demo, NewPage
from tests.browser.people import ONLY_ASKS, begin_story, open_conversation, overflow, say, sign_in

ODD = "我订的电热毯 给我寄来一箱猫砂 电话13812345678"


async def _complaint(new_page: NewPage, text: str) -> None:
    customer = await new_page("/")
    await begin_story(customer, ONLY_ASKS)
    await say(customer, text)
    await say(customer, "转人工")
    await expect(customer.locator("#log")).to_contain_text("转接人工")


async def _staff(new_page: NewPage, demo: Demo, role: str, size: tuple[int, int] = WIDE) -> Page:
    page = await new_page("/console", size=size)
    await sign_in(page, demo.login(role))
    return page


async def test_an_agent_sees_why_and_corrects_and_an_admin_reviews(
    new_page: NewPage, demo: Demo
) -> None:
    await _complaint(new_page, ODD)
    agent = await _staff(new_page, demo, "agent")
    await expect(agent.locator("#tab-samples")).to_be_hidden()
    await open_conversation(agent, "queued", "转人工")
    message = agent.locator(".msg--customer", has_text="猫砂").last
    await message.get_by_role("button", name="识别").click()
    await expect(message.locator(".lesson strong")).not_to_be_empty()
    await expect(message.locator(".lesson .word").first).to_be_visible()
    await message.get_by_label("其实是").select_option("wrong_item")
    await message.get_by_role("button", name="提交纠正").click()
    await expect(message.get_by_role("status")).to_have_text("已记下“发错货”，等待复核。")
    assert await overflow(agent) == []

    admin = await _staff(new_page, demo, "admin")
    await admin.click("#tab-samples")
    await expect(admin.locator(".learning")).to_contain_text("在用模型")
    card = admin.locator("[data-sample]", has_text="猫砂")
    await expect(card).to_contain_text("13000000000")
    await expect(card).to_contain_text(f"{demo.login('agent')[0]}纠正")
    await expect(card.get_by_label("主要问题")).to_have_value("wrong_item")
    await card.get_by_label("另有问题").select_option("no_response")
    assert await overflow(admin) == []
    await card.get_by_role("button", name="采纳", exact=True).click()
    await expect(card).to_be_hidden()
    await expect(admin.locator(".learning")).to_contain_text("已采纳 1 条")


async def test_the_review_fits_a_phone(new_page: NewPage, demo: Demo) -> None:
    await _complaint(new_page, "台灯调光旋钮转到底还是那么暗")
    page = await _staff(new_page, demo, "supervisor", PHONE)
    await open_conversation(page, "queued", "转人工")
    message = page.locator(".msg--customer", has_text="旋钮").last
    await message.get_by_role("button", name="识别").click()
    await message.get_by_label("其实是").select_option("none")
    await message.get_by_role("button", name="提交纠正").click()
    await expect(message.get_by_role("status")).to_contain_text("等待复核")
    assert await overflow(page) == []
    await page.click("#to-list")
    await page.click("#tab-samples")
    card = page.locator("[data-sample]", has_text="旋钮")
    await expect(card.get_by_label("主要问题")).to_have_value("none")
    await expect(page.locator("#train")).to_have_count(0)
    assert await overflow(page) == []
    await card.get_by_role("button", name="不采纳").click()
    await expect(card).to_be_hidden()
