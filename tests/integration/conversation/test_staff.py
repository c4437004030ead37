"""What people do in a conversation, and how the bot keeps out of their way."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import in_shop_zone
from bot.conversation import store
from bot.conversation.replaying.replay import replay
from bot.delivery import ledger
from bot.desk import cases
from bot.desk.permissions import Role
from bot.desk.staff import Staff
from bot.errors import NotAllowed
from bot.reports.figures import read_figures
from models import audit, dispute
from tests.conftest import Race
from tests.factories import NOW, HandClock
from tests.integration.conversation.conftest import (
    LATE,
    STALLED,
    Chat,
    Room,
    kinds_and_states,
)


async def do(room: Room, deed: str, *arguments: Any, **more: Any) -> Any:
    """Let staff do something now."""
    act = getattr(room.commands, deed)
    return await room.database.write(lambda c: act(c, *arguments, room.clock(), **more))


async def taken(room: Room) -> tuple[Chat, Staff]:
    """Return a chat with an offer, which an agent has taken."""
    chat, agent = await room.chat().offered(), await room.hire("小王")
    await do(room, "take", agent, chat.id)
    return chat, agent


async def awaiting(room: Room) -> tuple[Chat, int]:
    """Return a chat whose remedy of ¥65.60 awaits approval, and the remedy's id."""
    chat = await room.chat().granted(
        "compensation", order_no=STALLED, issue="no_tracking", tail="6079"
    )
    return chat, (await room.dispute(STALLED))["remedy"]["id"]


async def raise_level(room: Room, level: str) -> None:
    """Let the dispute need approval higher up."""
    await room.database.write(lambda c: c.execute(update(dispute).values(escalated_level=level)))


async def test_what_awaits_approval_is_laid_before_people_with_its_grounds(room: Room) -> None:
    chat, remedy_id = await awaiting(room)
    (found,) = await room.database.read(cases.awaiting_approval)
    grounds = found["grounds"]
    assert (found["id"], grounds["told"]) == (remedy_id, f"投诉{STALLED}")
    assert grounds["articles"]
    assert (grounds["granted_fen"], grounds["paid_fen"] > 0) == (0, True)
    assert grounds["reasons"]
    assert NOW.isoformat() < grounds["answer_by"] <= found["expires_at"]
    summary = (await room.conversation(chat))["summary"]
    assert (summary["order_no"], summary["last_words"]) == (STALLED, f"投诉{STALLED}")
    assert summary["reasons"] == grounds["reasons"]


async def test_what_the_bot_grants_alone_is_laid_before_nobody(room: Room) -> None:
    chat = await room.chat().granted()
    assert (await room.conversation(chat))["summary"] is None


async def test_who_takes_a_chat_is_its_owner_and_the_customer_is_told(room: Room) -> None:
    chat, _ = await taken(room)
    found = await room.conversation(chat)
    assert (found["state"], found["owner"]) == (
        "with_person",
        {"kind": "agent", "name": "小王"},
    )
    assert "小王已接入" in (await chat.said())[-1]
    assert (await room.dispute(LATE))["state"] == "with_person"


async def test_the_bot_is_silent_while_a_person_holds_the_chat(room: Room) -> None:
    chat, _ = await taken(room)
    room.ear.learn("起火了", "defect", signs=("fire",))
    assert [await chat.say(text) for text in ("在吗", "起火了", "转人工")] == [[], [], []]


async def test_the_lists_show_the_latest_words_and_what_became_graver(room: Room) -> None:
    chat, agent = room.chat(), await room.hire("小王")
    await chat.say("在吗")
    found = await room.conversation(chat)
    assert (found["reason"], found["last_message"]["text"]) == (None, "在吗")
    await do(room, "take", agent, chat.id)
    for text, *signs in (("打12315", "regulator"), ("起火了", "fire"), ("报警", "regulator")):
        room.ear.learn(text, signs=tuple(signs))
        await chat.say(text)
    await do(room, "reply", agent, chat.id, "您好")
    (listed,) = await room.database.read(
        lambda c: cases.conversations(c, NOW, state="with_person")
    )
    assert (listed["reason"], listed["level"]) == ("E1", "S")
    assert listed["last_message"]["text"] == "报警"


async def test_the_lists_show_what_a_dispute_was_raised_for_until_it_is_decided(
    room: Room,
) -> None:
    chat, remedy_id = await awaiting(room)
    found = await room.conversation(chat)
    assert (found["state"], found["reason"], found["level"]) == ("bot", "E5", "L1")
    await do(room, "approve", await room.hire("小王"), remedy_id)
    await room.settle()
    assert (await room.conversation(chat))["reason"] is None


async def test_a_turn_under_way_is_dropped_when_a_person_takes_the_chat(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    await chat.press("refund")
    before = len(await chat.said())

    async def take() -> None:
        await do(room, "take", agent, chat.id)

    room.book.before["find"] = take  # while the facts are looked at once more
    await chat.press("confirm")
    assert (await chat.said())[before:] == ["小王已接入，为您服务。"]
    assert (await room.dispute(LATE))["remedies"] == []


async def test_a_reply_reaches_the_customer(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "reply", agent, chat.id, "我帮您查一下")
    last = (await chat.messages())[-1]
    assert (last["from"], last["text"]) == ("agent", "我帮您查一下")


async def test_the_same_client_id_is_the_same_reply(room: Room) -> None:
    chat, agent = await taken(room)
    reply = partial(room.commands.reply, client_id="r1")
    ids = [
        await room.database.write(lambda c: reply(c, agent, chat.id, "您好", NOW))
        for _ in range(2)
    ]
    assert (ids[0], (await chat.said()).count("您好")) == (ids[1], 1)


async def test_a_reply_written_before_a_newer_message_was_seen_is_refused(room: Room) -> None:
    chat, agent = await taken(room)
    seen = (await chat.messages())[-1]["id"]
    await chat.send("等等，我找到了")
    reply = partial(room.commands.reply, seen=seen)
    with pytest.raises(NotAllowed, match="又来了1条新消息"):
        await room.database.write(lambda c: reply(c, agent, chat.id, "那我关了", NOW))


async def test_a_note_is_for_staff_only(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "note", agent, chat.id, "老客户，注意语气")
    found = await room.conversation(chat)
    assert "老客户，注意语气" in [m["text"] for m in found["messages"]]
    assert "老客户，注意语气" not in await chat.said()


async def test_a_note_sent_again_is_the_same_note(room: Room) -> None:
    chat, agent = await taken(room)
    for client_id in ("n1", "n1", "n2"):
        await do(room, "note", agent, chat.id, "老客户", client_id=client_id)
    found = await room.conversation(chat)
    assert [m["text"] for m in found["messages"]].count("老客户") == 2


async def test_a_sign_of_any_level_that_a_person_is_told_shows_in_the_lists(room: Room) -> None:
    chat, agent = room.chat(), await room.hire("小王")
    await chat.say("在吗")
    await do(room, "take", agent, chat.id)
    for text, sign, why in (
        ("我奶奶不会弄", "vulnerable", ("E9", "L1")),
        ("气死我了", "furious", ("E7", "L2")),
    ):
        room.ear.learn(text, signs=(sign,))
        await chat.say(text)
        found = await room.conversation(chat)
        assert (found["reason"], found["level"]) == why


async def test_only_the_owner_may_reply(room: Room) -> None:
    chat, _ = await taken(room)
    other = await room.hire("小李")
    with pytest.raises(NotAllowed, match="小王"):
        await do(room, "reply", other, chat.id, "我来说")


async def test_nobody_replies_in_a_chat_that_nobody_took(room: Room) -> None:
    chat, agent = await room.chat().offered(), await room.hire("小王")
    with pytest.raises(NotAllowed, match="请先接管"):
        await do(room, "reply", agent, chat.id, "您好")


async def test_an_agent_cannot_take_another_agents_chat_but_a_supervisor_can(room: Room) -> None:
    chat, _ = await taken(room)
    with pytest.raises(NotAllowed):
        await do(room, "take", await room.hire("小李"), chat.id)
    await do(room, "take", await room.hire("李主管", Role.SUPERVISOR), chat.id)
    assert (await room.conversation(chat))["owner"]["name"] == "李主管"


async def test_a_returned_chat_is_the_bots_again_and_its_offer_comes_anew(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "return_to_bot", agent, chat.id)
    room.ear.learn("继续吧", intent="inform")
    assert "全额退款 ¥199.00" in (await chat.say("继续吧"))[0]
    assert (await room.conversation(chat))["state"] == "bot"


async def test_a_closed_chat_settles_what_the_person_held(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "close", agent, chat.id)
    assert (await room.conversation(chat))["state"] == "closed"
    assert (await room.dispute(LATE))["state"] == "resolved"
    assert "本次服务已结束" in (await chat.said())[-1]


async def test_a_closed_chat_opens_again_when_the_customer_writes(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "close", agent, chat.id)
    room.ear.learn("你好", intent="greet")
    assert len(await chat.say("你好")) == 1
    assert (await room.conversation(chat))["state"] == "bot"


async def test_a_chat_closed_right_after_its_return_stays_closed(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "reply", agent, chat.id, "已经为您处理好了")
    await do(room, "return_to_bot", agent, chat.id)
    await do(room, "close", agent, chat.id)
    before = await room.conversation(chat)
    await room.settle()
    after = await room.conversation(chat)
    assert (after["state"], after["epoch"]) == ("closed", before["epoch"])
    assert "本次服务已结束" in (await chat.said())[-1]


async def test_a_chat_taken_right_after_its_return_stays_the_persons(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "return_to_bot", agent, chat.id)
    await do(room, "take", await room.hire("小李"), chat.id)
    said = await chat.said()
    await room.settle()
    assert await chat.complain_again() == []
    assert await chat.said() == said
    state = await room.database.read(lambda c: replay(store.read_events(c, chat.id)))
    assert (state.owner, state.owner_name) == ("agent", "小李")


async def test_a_remedy_carried_out_after_the_close_is_told_and_opens_nothing(room: Room) -> None:
    chat, agent = await room.chat().granted(), await room.hire("小王")
    await do(room, "take", agent, chat.id)
    await do(room, "close", agent, chat.id)
    await room.settle()
    assert "已办妥" in (await chat.said())[-1]
    assert (await room.conversation(chat))["state"] == "closed"


async def test_a_refusal_after_the_close_opens_the_chat_for_what_is_offered(room: Room) -> None:
    chat, remedy_id = await awaiting(room)
    agent = await room.hire("小王")
    await do(room, "take", agent, chat.id)
    await do(room, "close", agent, chat.id)
    await do(room, "refuse", agent, remedy_id, "不符合")
    await room.settle()
    assert "①" in (await chat.said())[-1]
    assert (await room.conversation(chat))["state"] == "bot"


async def test_the_same_complaint_after_the_close_goes_to_a_person(room: Room) -> None:
    chat, agent = await taken(room)
    await do(room, "close", agent, chat.id)
    await chat.complain_again()
    found = await room.conversation(chat)
    assert (found["state"], found["reason"]) == ("queued", "E6")


async def test_a_remedy_in_flight_goes_on_while_a_person_holds_the_chat(room: Room) -> None:
    chat, agent = await room.chat().granted(), await room.hire("小王")
    await do(room, "take", agent, chat.id)
    await room.settle()
    assert kinds_and_states(await room.dispute(LATE)) == [("refund", "done")]
    assert "已办妥" not in "".join(await chat.said())
    await do(room, "return_to_bot", agent, chat.id)
    room.ear.learn("好了吗", intent="order_status")
    assert "已办妥" in "".join(await chat.say("好了吗"))


@pytest.mark.parametrize(
    ("role", "level"),
    [
        (Role.AGENT, "L1"),
        (Role.SUPERVISOR, "L1"),
        (Role.SUPERVISOR, "L2"),
        (Role.ADMIN, "L2"),
        (Role.SUPERVISOR, "S"),
    ],
)
async def test_who_may_approve_releases_the_remedy(room: Room, role: Role, level: str) -> None:
    chat, remedy_id = await awaiting(room)
    await raise_level(room, level)
    await do(room, "approve", await room.hire("某", role), remedy_id)
    await room.settle()
    dispute = await room.dispute(STALLED)
    assert (dispute["state"], kinds_and_states(dispute)) == (
        "resolved",
        [("compensation", "done")],
    )
    assert "已办妥：补偿 ¥65.60" in (await chat.said())[-1]


@pytest.mark.parametrize("level", ["L2", "S"])
@pytest.mark.parametrize("deed", ["approve", "refuse"])
async def test_an_agent_may_not_decide_higher_up(room: Room, deed: str, level: str) -> None:
    _, remedy_id = await awaiting(room)
    await raise_level(room, level)
    agent = await room.hire("小王")
    words = ("理由",) if deed == "refuse" else ()
    with pytest.raises(NotAllowed):
        await do(room, deed, agent, remedy_id, *words)
    assert (await room.dispute(STALLED))["remedy"]["state"] == "awaiting_approval"


async def test_asking_for_a_person_does_not_lower_who_must_approve(room: Room) -> None:
    chat, _ = await awaiting(room)
    room.ear.learn("转人工", intent="want_human", signs=("human",))
    await chat.say("转人工")
    dispute = await room.dispute(STALLED)
    assert (dispute["state"], dispute["escalated"]) == (
        "awaiting_approval",
        {"reason": "E5", "level": "L1"},
    )
    assert (await room.conversation(chat))["state"] == "queued"


async def test_nothing_is_carried_out_before_it_is_approved(room: Room) -> None:
    await awaiting(room)
    await room.settle()
    assert await room.book.history(STALLED) == []


async def test_two_who_approve_at_once_release_it_once(room: Room, race: Race) -> None:
    _, remedy_id = await awaiting(room)
    pair = [await room.hire("小王"), await room.hire("小李")]
    results = race(
        *(partial(room.commands.approve, staff=s, remedy_id=remedy_id, now=NOW) for s in pair)
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotAllowed"]
    await room.settle()
    assert len(await room.book.history(STALLED)) == 1


async def test_a_refused_remedy_is_explained_and_what_is_left_is_offered(room: Room) -> None:
    chat, remedy_id = await awaiting(room)
    before = len(await chat.said())
    await do(room, "refuse", await room.hire("小王"), remedy_id, "包裹已在派送")
    await room.settle()
    told, offer = (await chat.said())[before:]
    dispute = await room.dispute(STALLED)
    assert "包裹已在派送" in told
    assert "①" in offer
    assert "补偿" not in offer
    assert (dispute["state"], kinds_and_states(dispute)) == (
        "offered",
        [("compensation", "declined")],
    )


async def test_what_was_refused_gives_its_money_back(room: Room) -> None:
    _, remedy_id = await awaiting(room)
    await do(room, "refuse", await room.hire("小王"), remedy_id, "不符合")
    await room.settle()
    assert await room.database.read(lambda c: ledger.granted_fen(c, STALLED)) == 0


async def test_a_refusal_while_a_person_holds_the_chat_is_told_after_its_return(
    room: Room,
) -> None:
    chat, remedy_id = await awaiting(room)
    agent = await room.hire("小王")
    await do(room, "take", agent, chat.id)
    await do(room, "refuse", agent, remedy_id, "不符合")
    await room.settle()
    silent = "不符合" not in "".join(await chat.said())
    await do(room, "return_to_bot", agent, chat.id)
    room.ear.learn("怎么样了", intent="order_status")
    await chat.say("怎么样了")
    assert (silent, "不符合" in "".join(await chat.said())) == (True, True)


@pytest.mark.parametrize(
    ("deed", "entry"), [("approve", "remedy.approved"), ("refuse", "remedy.refused")]
)
async def test_each_decision_is_on_the_record(room: Room, deed: str, entry: str) -> None:
    _, remedy_id = await awaiting(room)
    words = ("理由",) if deed == "refuse" else ()
    await do(room, deed, await room.hire("小王"), remedy_id, *words)
    deeds = await room.database.read(lambda c: c.execute(select(audit.c.deed)).scalars().all())
    assert entry in deeds


async def test_the_log_of_a_chat_with_people_replays(room: Room, clock: HandClock) -> None:
    chat, agent = await taken(room)
    await do(room, "reply", agent, chat.id, "您好")
    clock.advance(minutes=1)
    await do(room, "return_to_bot", agent, chat.id)
    await chat.say("继续")
    state = await room.database.read(lambda c: replay(store.read_events(c, chat.id)))
    assert (state.owner, state.matters[0].stage) == ("bot", "offered")


@pytest.mark.parametrize(("answered", "state"), [(True, "resolved"), (False, "left_unanswered")])
async def test_the_report_counts_as_solved_only_what_was_answered(
    room: Room, answered: bool, state: str
) -> None:
    """Closed with nothing given and the customer's last words unanswered, nobody solved it."""
    chat, agent = await taken(room)
    if answered:
        await do(room, "reply", agent, chat.id, "已经给您催了，今天会更新")
    await do(room, "close", agent, chat.id)
    today = in_shop_zone(NOW).date()
    found = await room.database.read(lambda c: read_figures(c, today, today))
    assert [row["state"] for row in found.rows] == [state]
    assert (await room.dispute(LATE))["state"] == "resolved"
