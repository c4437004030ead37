"""The shop page: a customer's chat from the first click to the remedy."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import expect

from tests.browser.conftest import PHONE, Complaints, Demo, NewPage
from tests.browser.people import (
    BROKEN_CUPS,
    CHEAPER_NOW,
    NOT_COLLECTED,
    NOT_SHIPPED,
    NOT_SHIPPED_FOR_A_WEEK,
    begin_story,
    bot_messages,
    overflow,
    pick,
    say,
    send_photo,
)

ENDED_LINE = re.compile(r"status of 401 .*/chat/")
LOST_LINE = re.compile(r"net::ERR_")


async def test_a_story_is_settled_by_the_bot(new_page: NewPage) -> None:
    page = await new_page("/")
    await begin_story(page, NOT_SHIPPED)
    label = await pick(page, "refund")
    await pick(page, "confirm")
    await expect(page.locator("#log")).to_contain_text("已办妥")
    # What was on offer stays on the page, but can no longer be picked.
    await expect(page.locator(".option:enabled")).to_have_count(0)
    await expect(page.locator('.option[aria-pressed="true"]').first).to_have_attribute(
        "aria-label", label
    )
    await expect(bot_messages(page).first.locator(".who")).to_have_text("智能客服 · AI")


async def test_stories_can_be_filtered_by_type(new_page: NewPage) -> None:
    page = await new_page("/")
    await page.click('.chip[data-type="amount"]')
    await expect(page.locator('.card:not([data-type="amount"])')).to_have_count(0)
    await expect(page.locator(".card").first).to_be_visible()


async def test_a_photo_is_sent_and_shown(new_page: NewPage) -> None:
    page = await new_page("/")
    await begin_story(page, BROKEN_CUPS)
    await send_photo(page)
    await expect(page.locator(".option--remedy:enabled").first).to_be_visible()
    await page.click(".msg--customer .photo")
    await expect(page.locator("dialog.viewer canvas")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.viewer")).to_have_count(0)


async def test_what_is_no_photo_is_refused_in_words(new_page: NewPage) -> None:
    page = await new_page("/")
    file = {"name": "note.png", "mimeType": "image/png", "buffer": b"not a photo"}
    await page.set_input_files("#files", [file])  # type: ignore[list-item]
    await expect(page.locator("#composer-error")).to_contain_text("不是能打开的照片")
    await expect(page.locator("#previews canvas")).to_have_count(0)


async def test_a_reload_keeps_the_chat(new_page: NewPage) -> None:
    page = await new_page("/")
    await begin_story(page, NOT_SHIPPED_FOR_A_WEEK)
    await page.wait_for_selector(".option--remedy:enabled")
    before = await page.locator("#log .msg .bubble").all_inner_texts()
    await page.reload()
    await page.wait_for_selector(".option--remedy:enabled")
    assert await page.locator("#log .msg .bubble").all_inner_texts() == before


async def test_what_was_not_sent_arrives_once_after_a_reload(
    new_page: NewPage, complaints: Complaints
) -> None:
    complaints.expected.append(LOST_LINE)
    page = await new_page("/")
    await begin_story(page, NOT_COLLECTED)
    await page.route("**/api/v1/chat/messages", lambda route: route.abort())
    await say(page, "还有一件事想问")
    await expect(page.locator("#line")).to_contain_text("正在重连")
    await expect(page.locator(".msg--unsent .bubble")).to_have_text("还有一件事想问")
    await page.unroute("**/api/v1/chat/messages")
    await page.reload()
    arrived = page.locator(".msg--customer:not(.msg--unsent) .bubble", has_text="还有一件事想问")
    await expect(arrived).to_have_count(1)
    await expect(page.locator(".msg--unsent")).to_have_count(0)


async def test_the_chat_goes_on_after_a_restart_of_the_server(
    new_page: NewPage, demo: Demo, complaints: Complaints
) -> None:
    complaints.expected.append(LOST_LINE)
    page = await new_page("/")
    await begin_story(page, NOT_COLLECTED)
    demo.stop()
    await say(page, "转人工")
    await expect(page.locator("#line")).to_contain_text("正在重连")
    await asyncio.to_thread(demo.start)
    await expect(page.locator("#line")).to_be_hidden()
    await expect(bot_messages(page).last).to_contain_text("转接人工")


async def test_a_chat_that_has_ended_is_followed_by_another_and_no_word_is_lost(
    new_page: NewPage, complaints: Complaints
) -> None:
    complaints.expected.append(ENDED_LINE)
    page = await new_page("/")
    await begin_story(page, NOT_SHIPPED_FOR_A_WEEK)
    await page.wait_for_selector(".option--remedy:enabled")
    await page.fill("#text", "还没写完的话")
    await page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.getItem("jiefen.chat"));
          const unsent = [{ client_id: "left", choice: "1", label: "转人工", at: new Date() }];
          const chat = JSON.stringify({ ...kept, token: "ended", unsent });
          localStorage.setItem("jiefen.chat", chat);
        }"""
    )
    await page.reload()
    await expect(page.locator("#log")).to_contain_text("之前的对话已过期")
    await expect(page.locator("#text")).to_have_value("还没写完的话")
    arrived = page.locator(".msg--customer:not(.msg--unsent) .bubble")
    await expect(arrived).to_have_text(["转人工"])
    await expect(bot_messages(page).last).to_contain_text("人工")


async def test_a_new_chat_forgets_the_old_one(new_page: NewPage) -> None:
    page = await new_page("/")
    await begin_story(page, NOT_COLLECTED)
    await page.click("#new-chat")
    await expect(page.locator("#log .msg:not(.msg--welcome)")).to_have_count(0)
    await page.reload()
    await expect(page.locator("#log .msg--welcome")).to_be_visible()
    await expect(page.locator("#log .msg:not(.msg--welcome)")).to_have_count(0)


async def test_enter_of_an_input_method_does_not_send(new_page: NewPage) -> None:
    page = await new_page("/")
    await page.fill("#text", "wo yao tui")
    await page.dispatch_event("#text", "compositionstart")
    await page.dispatch_event("#text", "keydown", {"key": "Enter", "isComposing": True})
    await page.press("#text", "Shift+Enter")
    await expect(page.locator("#text")).to_have_value("wo yao tui\n")
    await expect(page.locator(".msg--customer")).to_have_count(0)


async def test_text_is_never_markup(new_page: NewPage) -> None:
    page = await new_page("/")
    await say(page, '<img src="x" onerror="alert(1)"><b>粗</b>')
    sent = page.locator(".msg--customer:not(.msg--unsent) .bubble")
    await expect(sent).to_have_text('<img src="x" onerror="alert(1)"><b>粗</b>')
    await expect(sent.locator("img, b")).to_have_count(0)


async def test_the_keyboard_is_enough(new_page: NewPage) -> None:
    page = await new_page("/")
    await page.locator(".card", has_text=CHEAPER_NOW).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".option--remedy:enabled")
    await expect(page.locator("#text")).to_be_focused()
    for _ in range(30):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.matches('.option--remedy')"):
            break
    await page.keyboard.press("Enter")
    await expect(page.locator(".option--confirm:enabled")).to_be_visible()


async def test_nothing_is_wider_than_a_phone(new_page: NewPage) -> None:
    page = await new_page("/", PHONE)
    await page.wait_for_selector(".card")
    assert await overflow(page) == []
    await expect(page.locator("#text")).to_be_in_viewport()
    await begin_story(page, BROKEN_CUPS)
    await send_photo(page)
    await page.wait_for_selector(".option--remedy:enabled")
    assert await overflow(page) == []
    await page.click("#back")
    await expect(page.locator(".card").first).to_be_visible()
