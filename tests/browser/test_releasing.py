"""An agent who holds a chat releases a remedy from the dispute's card, by keyboard alone."""

from __future__ import annotations

import re

from playwright.async_api import Route, expect

from tests.browser.conftest import Complaints, Demo, NewPage
from tests.browser.people import (
    WRONG_COLOUR,
    begin_story,
    bot_messages,
    open_conversation,
    overflow,
    say,
    sign_in,
)

DESKTOP = (1440, 900)


async def test_an_agent_releases_what_the_policy_allows_by_keyboard(
    new_page: NewPage, demo: Demo, complaints: Complaints
) -> None:
    complaints.expected.append(re.compile("status of 409"))
    customer = await new_page("/")
    order_no = await begin_story(customer, WRONG_COLOUR)
    await say(customer, "转人工")
    await expect(bot_messages(customer).last).to_contain_text("转接人工")
    agent = await new_page("/console", size=DESKTOP)
    await sign_in(agent, demo.login("agent"))
    await open_conversation(agent, "queued", "转人工")
    card = agent.locator("[data-dispute]", has_text=order_no)
    open_it = card.get_by_role("button", name="办理方案")
    await expect(card).to_be_visible()
    await expect(open_it).to_have_count(0)  # not held yet
    await agent.click('[data-deed="take"]')

    await open_it.focus()
    await agent.keyboard.press("Enter")
    radios = card.locator("input[type=radio]")
    await expect(radios.first).to_be_focused()
    await expect(radios.nth(1)).to_be_visible()
    await expect(card.locator(":checked")).to_have_count(0)
    await agent.keyboard.press("Space")
    await expect(radios.first).to_be_checked()
    await expect(card.locator(".beware").first).to_contain_text("由您的判断代替凭证")
    assert await overflow(agent) == []
    await agent.keyboard.press("Tab")
    await expect(card.locator("textarea")).to_be_focused()
    await agent.keyboard.press("Tab")
    await expect(card.get_by_role("button", name="确认放行")).to_be_focused()
    await agent.keyboard.press("Enter")
    await expect(card.locator("textarea")).to_be_focused()  # a reason is wanted first
    await agent.keyboard.type("顾客在视频里给我看过")

    # A message that the agent has not seen stops it, in words; the form stays as it was.
    await agent.route("**/grant", _as_if_no_message_was_shown)
    await agent.keyboard.press("Tab")
    await agent.keyboard.press("Enter")
    await expect(card.get_by_role("alert")).to_contain_text("新消息，请看过再发")
    await agent.unroute("**/grant")
    await card.get_by_role("button", name="确认放行").focus()
    await agent.keyboard.press("Enter")
    await expect(card.locator(".deed-form")).to_have_count(0)
    await expect(card.locator(".remedies")).to_contain_text("换货")
    await expect(customer.locator(".msg--agent")).to_contain_text("已为您提交")
    await expect(customer.locator("#log")).to_contain_text("已办妥")
    await expect(agent.locator('[data-deed="return"]')).to_be_visible()  # still theirs


async def _as_if_no_message_was_shown(route: Route) -> None:
    await route.continue_(post_data={**route.request.post_data_json, "seen": 0})
