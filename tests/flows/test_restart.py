"""What was accepted outlives the process: a chat goes on in the next one."""

from __future__ import annotations

from bot.settings import Settings
from nlp.understanding import Understander
from tests.factories import HandClock
from tests.flows.shop import Customer, running_shop


async def test_a_chat_goes_on_in_the_next_process(
    settings: Settings, understander: Understander, clock: HandClock
) -> None:
    async with running_shop(settings, understander, clock) as first:
        card = first.stories["001"]
        customer = await first.open_chat()
        await customer.say(card["opening"])
        await customer.say(card["phone_tail"])
        refund = customer.options["refund"]
    async with running_shop(settings, understander, clock) as second:
        again = Customer(second.http, customer.conversation_id, customer.headers)
        again.seen = customer.seen
        await again.pick(refund)
        await again.pick(again.options["confirm"])
        await again.hear("已办妥")
        found = await second.agent.dispute(card["order_no"])
    assert (found["state"], found["remedy"]["amount_fen"]) == ("resolved", 19900)


async def test_what_nobody_had_read_yet_is_read_in_the_next_process(
    settings: Settings, understander: Understander, clock: HandClock
) -> None:
    async with running_shop(settings, understander, clock) as first:
        card = first.stories["001"]
        customer = await first.open_chat()
        first.house.worker.stop()  # the web side still accepts
        await customer.send(text=card["opening"])
    async with running_shop(settings, understander, clock) as second:
        again = Customer(second.http, customer.conversation_id, customer.headers)
        await again.hear("后四位")
        found = await second.agent.dispute(card["order_no"])
    assert found["state"] == "open"
