"""The console: an agent at work, and the customer who sees it without reloading."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Complaints, Demo, NewPage
from tests.browser.people import (
    LATE_ARRIVAL,
    NOT_COLLECTED,
    ONLY_ASKS,
    ROTTEN_BERRIES,
    STUCK,
    begin_story,
    bot_messages,
    open_conversation,
    overflow,
    pick,
    say,
    send_photo,
    sign_in,
)

REFUSED = re.compile(r"status of 409")


async def _customer_who_wants_a_person(new_page: NewPage, story: str = ONLY_ASKS) -> Page:
    customer = await new_page("/")
    await begin_story(customer, story)
    await say(customer, "转人工")
    await expect(bot_messages(customer).last).to_contain_text(re.compile("转接人工|主管|排"))
    return customer


async def _agent(new_page: NewPage, demo: Demo, role: str = "agent") -> Page:
    page = await new_page("/console")
    await sign_in(page, demo.login(role))
    return page


async def _take(agent: Page) -> None:
    await open_conversation(agent, "queued", "转人工")
    await agent.click('[data-deed="take"]')
    await agent.wait_for_selector('[data-deed="return"]')


async def test_a_wrong_password_is_refused_in_words(new_page: NewPage, demo: Demo) -> None:
    page = await new_page("/console")
    await page.fill("#name", demo.login("agent")[0])
    await page.fill("#password", "wrong")
    await page.press("#password", "Enter")
    await expect(page.locator("#gate-error")).to_have_text("用户名或密码不正确。")


async def test_an_agent_takes_answers_and_returns(new_page: NewPage, demo: Demo) -> None:
    customer = await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    await _take(agent)
    name = demo.login("agent")[0]
    await expect(customer.locator("#log")).to_contain_text(f"{name}已接入")

    await say(agent, "您好，我来处理。")
    answer = customer.locator(".msg--agent")
    await expect(answer.locator(".bubble")).to_have_text("您好，我来处理。")
    await expect(answer.locator(".who")).to_have_text(f"人工客服 {name}")
    await say(customer, "好的，等您消息")
    await expect(agent.locator(".msg--customer").last).to_contain_text("好的，等您消息")

    await agent.get_by_text("内部备注", exact=True).click()
    await say(agent, "仓库今晚补货")
    await expect(agent.locator(".msg--note")).to_contain_text("仓库今晚补货")
    await agent.click('[data-deed="return"]')
    await expect(customer.locator("#log")).to_contain_text("交还给我")
    await expect(customer.locator("#log")).not_to_contain_text("仓库今晚补货")
    await expect(agent.locator('[data-deed="take"]')).to_be_visible()


async def test_the_hand_over_shows_what_is_known(new_page: NewPage, demo: Demo) -> None:
    await _customer_who_wants_a_person(new_page, STUCK)
    agent = await _agent(new_page, demo)
    await open_conversation(agent, "queued", "转人工")
    facts = agent.locator("#facts-body")
    await expect(facts.locator(".summary")).to_contain_text("物流不更新")
    order = facts.locator("[data-order]")
    await expect(order).to_contain_text("运输中")
    # Personal data stay hidden until the chat is one's own.
    await expect(order).to_contain_text("****")
    await agent.click('[data-deed="take"]')
    await expect(order).not_to_contain_text("****")


async def test_a_new_customer_in_the_queue_is_announced(new_page: NewPage, demo: Demo) -> None:
    agent = await _agent(new_page, demo)
    await agent.click("#tab-bot")
    await _customer_who_wants_a_person(new_page)
    await expect(agent.locator("#alert")).to_contain_text("新的顾客在排队")
    await expect(agent).to_have_title(re.compile("新的排队"))
    await agent.click("#alert")
    await expect(agent.locator("#tab-queued")).to_have_attribute("aria-selected", "true")
    await expect(agent.locator("#alert")).to_be_hidden()


async def test_a_remedy_above_the_bots_limit_waits_for_approval(
    new_page: NewPage, demo: Demo
) -> None:
    await _customer_who_wants_a_person(new_page)
    supervisor = await _agent(new_page, demo, "supervisor")
    await open_conversation(supervisor, "queued", "转人工")
    customer = await new_page("/")
    order_no = await begin_story(customer, ROTTEN_BERRIES)
    await send_photo(customer)
    await pick(customer, "partial_refund")
    await pick(customer, "confirm")
    await expect(bot_messages(customer).last).to_contain_text("人工复核")

    await expect(supervisor.locator("#tab-approvals .tab-count")).not_to_have_text("0")
    await supervisor.click("#tab-approvals")
    await expect(supervisor.locator(".approval").first).to_have_attribute("aria-current", "true")
    card = supervisor.locator(".approval", has_text=order_no)
    await expect(card).to_contain_text("¥64.00")
    await _has_its_grounds_and_its_chat_beside_it(supervisor, card)
    await _is_asked_for_a_reason(card)
    await card.get_by_role("button", name="批准").click()
    await expect(card).to_have_count(0)
    await expect(customer.locator("#log")).to_contain_text("已办妥")


async def _has_its_grounds_and_its_chat_beside_it(supervisor: Page, card: Locator) -> None:
    """Nobody approves on another customer's facts: without its own chat it has no buttons."""
    grounds = (
        "十二盒里有四盒都烂了",
        "12盒装 ×1",
        "约占33%",
        "¥128.00",
        "¥0.00",
        "签收",
        "答复",
        "有效期",
    )
    for told in grounds:
        await expect(card.locator(".rows")).to_contain_text(told)
    approve, look = card.get_by_role("button", name="批准"), card.get_by_text("查看并审批")
    await supervisor.evaluate("location.hash = ''")
    await expect(look).to_be_visible()
    await expect(approve).to_have_count(0)
    await look.click()
    await expect(approve).to_be_visible()
    await expect(supervisor.locator("#log")).to_contain_text("人工复核")
    await expect(supervisor.locator(".summary")).to_contain_text("十二盒里有四盒都烂了")


async def _is_asked_for_a_reason(card: Locator) -> None:
    """Nothing is refused without a reason; whoever thinks better of it may still approve."""
    await card.get_by_role("button", name="拒绝", exact=True).click()
    reason = card.locator("textarea")
    missing = card.locator(".refusal").get_by_text("请写明拒绝的理由，顾客会看到。")
    await expect(missing).to_be_hidden()
    for none in ("", " \n"):
        await reason.fill(none)
        await expect(missing).to_be_hidden()
        await card.get_by_role("button", name="确认拒绝").click()
        await expect(missing).to_be_visible()
        await expect(reason).to_be_focused()
        await expect(reason).to_have_attribute("aria-invalid", "true")
    await card.get_by_role("button", name="取消").click()


async def test_an_agent_finds_who_is_liable_and_exports_the_case(
    new_page: NewPage, demo: Demo
) -> None:
    customer = await new_page("/")
    order_no = await begin_story(customer, NOT_COLLECTED)
    agent = await _agent(new_page, demo)
    await agent.click("#tab-bot")
    await agent.locator(".item").first.click()
    card = agent.locator("[data-dispute]", has_text=order_no)
    await card.get_by_role("button", name="改判责任").click()
    await card.locator("select[name=cost_bearer]").select_option("carrier")
    await card.locator("textarea").fill("快递当天没有来揽收")
    await card.get_by_role("button", name="确认改判").click()
    await expect(card).to_contain_text("快递当天没有来揽收")
    await expect(card).to_contain_text(f"由{demo.login('agent')[0]}改判")
    async with agent.expect_download() as download:
        await card.get_by_text("导出卷宗").click()
    page = (await (await download.value).path()).read_text(encoding="utf-8")
    assert order_no in page
    assert "快递当天没有来揽收" in page


async def test_a_supervisor_grants_damages_beyond_the_price_and_an_agent_cannot(
    new_page: NewPage, demo: Demo
) -> None:
    customer = await new_page("/")
    order_no = await begin_story(customer, LATE_ARRIVAL)
    cards = []
    for role in ("agent", "supervisor"):
        staff = await _agent(new_page, demo, role)
        await staff.click("#tab-bot")
        await staff.locator(".item").first.click()
        cards.append(staff.locator("[data-dispute]", has_text=order_no))
    await expect(cards[0].get_by_role("button", name="改判责任")).to_be_visible()
    await expect(cards[0].get_by_role("button", name="倍数赔偿")).to_have_count(0)
    card = cards[1]
    await card.get_by_role("button", name="倍数赔偿").click()
    await expect(card.locator(".sums-of-law")).to_contain_text("整单实付")
    await card.locator("input[name=amount]").fill("1")
    await expect(card.get_by_role("status")).to_contain_text("低于按整单算的法定最低额")
    await card.locator("input[name=amount]").fill("500")
    await card.locator("textarea").fill("虚假发货，经法务同意按最低500元")
    await card.get_by_role("button", name="确认放行").click()
    await expect(card).to_contain_text("¥500.00")
    await expect(card).to_contain_text("放行理由：虚假发货，经法务同意按最低500元")
    await expect(card.locator(".deed-form")).to_have_count(0)
    await expect(card.get_by_role("button", name="改判责任")).to_be_visible()
    await expect(card.get_by_role("button", name="倍数赔偿")).to_have_count(0)
    await expect(customer.locator("#log")).to_contain_text("¥500.00")
    # They come on top of what was offered, which can still be picked.
    await expect(customer.locator(".option--remedy:enabled").first).to_be_visible()


async def _latest_chat_about(agent: Page, order_no: str) -> int:
    """Return the latest chat about the order: the shop of these tests is not theirs alone."""
    found = await agent.request.get(f"/api/v1/disputes?order_no={order_no}")
    return max(one["conversation_id"] for one in (await found.json())["disputes"])


async def test_what_is_written_about_one_chat_goes_when_another_is_opened(
    new_page: NewPage, demo: Demo
) -> None:
    orders = [await begin_story(await new_page("/"), one) for one in (STUCK, NOT_COLLECTED)]
    agent = await _agent(new_page, demo)
    first, second = [await _latest_chat_about(agent, order_no) for order_no in orders]
    await agent.goto(f"/console#c{first}")
    card = agent.locator("[data-dispute]", has_text=orders[0])
    await card.get_by_role("button", name="改判责任").click()
    await card.locator("textarea").fill("写到一半的理由")
    await agent.evaluate(f"location.hash = 'c{second}'")
    await expect(agent.locator("[data-dispute]", has_text=orders[1])).to_be_visible()
    await expect(card).to_have_count(0)
    await expect(agent.locator(".deed-form")).to_have_count(0)


async def test_by_keyboard_a_chat_is_a_few_steps_away(new_page: NewPage, demo: Demo) -> None:
    for _ in range(3):
        await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    await agent.click("#tab-queued")
    stops = agent.locator('.item[tabindex="0"]')
    await expect(agent.locator(".item").nth(2)).to_be_visible()
    await expect(stops).to_have_count(1)
    await agent.keyboard.press("Tab")
    await expect(stops).to_be_focused()
    await agent.keyboard.press("ArrowDown")
    await expect(agent.locator(".item").nth(1)).to_be_focused()
    await expect(stops).to_have_count(1)
    await agent.focus("#tab-queued")
    await agent.keyboard.press("Alt+ArrowDown")
    await expect(agent.locator("#talk-title")).to_be_focused()
    await agent.keyboard.press("Tab")
    await expect(agent.locator('[data-deed="take"]')).to_be_focused()


async def test_a_click_and_the_focus_outlive_what_is_pushed_meanwhile(
    new_page: NewPage, demo: Demo
) -> None:
    customer = await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    item = agent.locator(".item", has_text="转人工").last
    number = await item.get_attribute("data-id")
    item = agent.locator(f'.item[data-id="{number}"]')
    await item.scroll_into_view_if_needed()  # others may wait above it
    box = await item.bounding_box()
    assert box
    await agent.mouse.move(box["x"] + 30, box["y"] + 15)
    await agent.mouse.down()
    async with agent.expect_response(re.compile("state=queued")):
        await say(customer, "还在吗")
    await agent.wait_for_timeout(500)  # the list would have been drawn anew by now
    await agent.mouse.up()
    await expect(agent.locator("#talk-inner")).to_be_visible()
    assert await agent.evaluate("location.hash") == f"#c{number}"

    await item.focus()
    await say(customer, "有人吗")
    await expect(item).to_contain_text("有人吗")
    await expect(item).to_be_focused()


async def test_nothing_is_written_before_the_chat_is_there_nor_blamed_on_another(
    new_page: NewPage, demo: Demo, complaints: Complaints
) -> None:
    complaints.expected += [re.compile("status of 404"), re.compile("net::ERR_")]
    for _ in range(2):
        await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    await _take(agent)
    mine = await agent.evaluate("location.hash")
    await agent.route("**/reply", lambda route: route.abort())
    await say(agent, "您好")
    wrong = agent.locator("#talk-error")
    await expect(wrong).to_contain_text("没有发出")
    await agent.click("#tab-queued")
    await agent.locator(".item").first.click()
    await expect(agent.locator('[data-deed="take"]')).to_be_visible()
    await expect(wrong).to_be_hidden()
    await agent.evaluate(f"location.hash = '{mine}'")
    await expect(wrong).to_contain_text("没有发出")
    await expect(agent.locator("#text")).to_have_value("您好")
    await agent.evaluate("location.hash = '#c99999'")
    await expect(wrong).to_have_text("没有这个会话。")
    await expect(agent.locator("#talk-title")).to_have_text("会话 99999")
    await expect(agent.locator("#text")).to_be_disabled()


async def test_a_notice_moves_nothing(new_page: NewPage, demo: Demo) -> None:
    agent = await _agent(new_page, demo)
    tabs = agent.locator("#tabs")
    before = await tabs.bounding_box()
    await agent.evaluate("document.getElementById('notice').hidden = false")
    assert await tabs.bounding_box() == before


async def test_what_is_to_be_followed_up_has_a_tab(new_page: NewPage, demo: Demo) -> None:
    agent = await _agent(new_page, demo)
    await agent.click("#tab-follow")
    await expect(agent.locator("#list")).to_contain_text("快到期和超时的承诺")
    await expect(agent.locator("#list")).to_contain_text("可以追偿的费用")


async def test_a_draft_outlives_another_agents_take_over(
    new_page: NewPage, demo: Demo, complaints: Complaints
) -> None:
    complaints.expected.append(REFUSED)
    customer = await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    await _take(agent)
    await agent.fill("#text", "写到一半的回复")
    supervisor = await _agent(new_page, demo, "supervisor")
    await supervisor.goto(f"/console{await agent.evaluate('location.hash')}")
    await supervisor.click('[data-deed="take"]')
    await supervisor.wait_for_selector('[data-deed="return"]')

    await expect(agent.locator("#talk-error")).to_contain_text("接管了这个会话")
    await expect(agent.locator("#composer-hint")).to_contain_text("您只能写备注")
    await agent.press("#text", "Enter")
    await expect(agent.locator("#send")).to_be_disabled()
    await expect(agent.locator("#text")).to_have_value("写到一半的回复")
    await agent.reload()
    await expect(agent.locator("#text")).to_have_value("写到一半的回复")
    await expect(customer.locator("#log")).not_to_contain_text("写到一半的回复")


async def test_nothing_is_wider_than_a_phone(new_page: NewPage, demo: Demo) -> None:
    await _customer_who_wants_a_person(new_page)
    page = await new_page("/console", PHONE)
    assert await overflow(page) == []
    await sign_in(page, demo.login("agent"))
    await page.wait_for_selector(".item")
    assert await overflow(page) == []
    await open_conversation(page, "queued", "转人工")
    await expect(page.locator("#text")).to_be_in_viewport()
    assert await overflow(page) == []
    await page.click("#to-facts")
    await page.wait_for_selector(".summary")
    assert await overflow(page) == []
    await page.click("#facts-back")
    await page.click("#to-list")
    await expect(page.locator(".item").first).to_be_visible()


async def test_the_end_over_unanswered_words_is_asked_about_first(
    new_page: NewPage, demo: Demo
) -> None:
    """One click closes a chat only where the customer's last words were answered."""
    await _customer_who_wants_a_person(new_page)
    agent = await _agent(new_page, demo)
    await _take(agent)
    await agent.click('[data-deed="close"]')
    await expect(agent.locator("#talk-error")).to_contain_text("还没有人回复")
    await agent.get_by_role("button", name="先不结束").click()
    await expect(agent.locator("#talk-error")).to_be_hidden()
    await say(agent, "您好，查到了，今天会派送。")
    await expect(agent.locator(".msg--agent")).to_be_visible()
    await agent.click('[data-deed="close"]')
    await expect(agent.locator("#talk-state")).to_contain_text("已关闭")
