"""A customer who knows the contract and nothing of our wording: options are told by kind alone."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import yaml

from bot.http.identity import sign_identity
from bot.order_record import OrderRecord
from tests.flows.scenarios.orders import order
from tests.flows.scenarios.script import Scenario
from tests.flows.shop import Customer, Shop, transcript

STEPS = 20  # more exchanges than any scenario needs
SETTLES_WITHIN = 60.0  # seconds; the machine may be busy with many chats
NEVER_REACHED = 400_000  # orders away: a number of the same form that nobody has
# What staff do: take, give back or close the chat, decide on a remedy, import the order anew.
STAFF = ("+agent", "+take", "+return", "+close", "+approve", "+refuse", "+now")
# Numbers such as other shops' systems give out.
FORMS = ("DD20261120{:06d}", "26112{:011d}", "SO-2026-{:06d}", "XS2026{:08d}")
_numbers = itertools.count(1)


@dataclass
class Player:
    """One run of a scenario."""

    shop: Shop
    scenario: Scenario
    record: OrderRecord
    facts: Mapping[str, str]
    customer: Customer
    lines: list[str]
    read: int = 0  # messages of the house that were reacted to
    pressed: str = ""  # the kind pressed last
    chats: list[Customer] = field(default_factory=list)

    @property
    def signed_in(self) -> str | None:
        """The phone that the shop vouches for, or None of a stranger."""
        return self.record.customer.phone if self.scenario.signed else None

    async def play(self) -> list[dict[str, Any]]:
        """Talk until there is nothing left to say or press; return the disputes on record."""
        for _ in range(STEPS):
            if not await self._act():
                break
            if self.pressed:  # what words alone set going is waited for at the end
                await self._until_carried_out()
        await self._until_carried_out()
        return await self._disputes()

    async def _act(self) -> bool:
        options = self._options()
        line = self.lines[0] if self.lines else ""
        if line.startswith(">") and line[1:] in options:
            self.lines.pop(0)
            return await self._press(options, line[1:])
        if line.startswith(("=", *STAFF)):
            return await self._say_on()
        if "confirm" in options and not line.startswith(">"):
            return await self._press(options, "confirm")
        for kind in self.scenario.takes:
            if kind in options and kind != self.pressed:
                return await self._press(options, kind)
        if "evidence" in options and self.scenario.photo:
            self._have_read()
            await self.customer.show()
            await self._until_answered()
            return self._reacted("evidence")
        if "evidence" in options:
            return await self._press(options, "deny")
        if "order" in options and self.pressed != "order":
            return await self._press(options, "order")
        return await self._say_on()

    def _reacted(self, kind: str) -> bool:
        self.pressed = kind
        return True

    async def _press(self, options: Mapping[str, Any], kind: str) -> bool:
        self._have_read()
        await self.customer.pick(options[kind])
        await self._until_answered()
        return self._reacted(kind)

    async def _say_on(self) -> bool:
        if not self.lines:
            return False
        line = self.lines.pop(0).removeprefix("=")
        self._have_read()
        self.pressed = ""
        if line == "+photo":
            await self.customer.show()
            await self._until_answered()
        elif line == "+visit":
            self.chats.append(self.customer)
            self.customer, self.read = await _enter(self.shop, self.signed_in), 0
        elif line.startswith("+agent "):
            await self._by_agent("take")
            await self._by_agent("reply", {"text": line.removeprefix("+agent ")})
        elif line.startswith(STAFF):
            await self._by_staff(*line.removeprefix("+").partition(" ")[::2])
            await self._until_answered()
        elif line.startswith(">"):
            raise AssertionError(f"no {line[1:]} to press: {transcript(self.customer)}")
        elif await self.shop.state(self.customer) in {"bot", "closed"}:
            await self.customer.say(line.format(**self.facts))
            await self._until_answered()
        else:  # nobody answers who waits for a person
            await self.customer.send(text=line.format(**self.facts))
            await self.shop.has_taken_in(self.customer)
        return True

    async def _by_agent(self, deed: str, words: Mapping[str, str] | None = None) -> None:
        """Let an agent do something in the chat; taking it twice changes nothing."""
        here = f"conversations/{self.customer.conversation_id}"
        answer = await self.shop.agent.post(f"{here}/{deed}", words)
        assert answer.status < 300, (deed, answer.status)

    async def _by_staff(self, deed: str, words: str) -> None:
        """Let staff do something in the chat, with its order, or with what waits for approval."""
        if deed == "now":
            tail, spec = self.facts["tail"], yaml.safe_load(words)
            record = order(self.record.order_no, tail, spec, self.shop.house.clock())
            await self.shop.house.orders.put([record])
        elif deed in {"approve", "refuse"}:
            waiting = [d for d in await self._disputes() if d["state"] == "awaiting_approval"]
            body = {"reason": words} if words else None
            path = f"remedies/{waiting[-1]['remedy']['id']}/{deed}"
            answer = await self.shop.supervisor.post(path, body)
            assert answer.status < 300, (deed, answer.status)
            await self._until_carried_out()
        else:
            await self._by_agent(deed)

    def _have_read(self) -> None:
        self.read = len(self.customer.heard)

    def _options(self) -> dict[str, Any]:
        """The buttons shown since the last reaction, by kind; of articles the one meant."""
        shown = [o for m in self.customer.heard[self.read :] for o in m["options"]]
        meant = [o for o in shown if o["kind"] != "order" or self.scenario.item in o["label"]]
        return {o["kind"]: o for o in reversed(meant or shown)}

    async def _disputes(self) -> list[dict[str, Any]]:
        return await self.shop.agent.disputes(self.record.order_no)

    async def _all_disputes(self) -> list[dict[str, Any]]:
        other = self.facts["other"]
        return await self._disputes() + (await self.shop.agent.disputes(other) if other else [])

    async def _until_answered(self) -> None:
        """Wait for the turn itself: what came first may be news of a remedy sent before."""
        await self.shop.has_taken_in(self.customer)
        await self._catch_up()

    async def _catch_up(self) -> None:
        self.customer.log += (new := await self.customer.fetch(after=self.customer.seen))
        self.customer.seen = new[-1]["id"] if new else self.customer.seen

    async def _until_carried_out(self) -> None:
        """Let the order system finish, and read what the house says of it."""
        async with asyncio.timeout(SETTLES_WITHIN):
            while any(d["state"] == "executing" for d in await self._all_disputes()):
                await self.customer.fetch(after=self.customer.seen, wait=1)
        await self._catch_up()


async def play(shop: Shop, scenario: Scenario, form: int = 0) -> str:
    """Play a scenario on an order of its own; return what is wrong with its end, or nothing.

    Its number is written in one of `FORMS`, which a failure must not hang on, nor a run choose.
    """
    number = next(_numbers)
    tail = f"{4000 + number * 37 % 5999}"
    order_no = _order_no(number, form)
    record = order(order_no, tail, scenario.order, shop.house.clock())
    await shop.house.orders.put([record])
    other_no = _order_no(next(_numbers), form + 1) if scenario.other else ""
    if scenario.other:
        await shop.house.orders.put([order(other_no, tail, scenario.other, shop.house.clock())])
    facts = {
        "no": order_no,
        "spaced": _spaced(order_no),
        "tail": tail,
        "other": other_no,
        "wrong": _order_no(number + NEVER_REACHED, form),
        "phone": record.customer.phone,
    }
    customer = await _enter(shop, record.customer.phone if scenario.signed else None)
    player = Player(shop, scenario, record, facts, customer, list(scenario.says))
    found = [_essence(dispute) for dispute in await player.play()]
    wrong = _differences(scenario.ends, found)
    if scenario.other:
        of_other = [_essence(dispute) for dispute in await shop.agent.disputes(other_no)]
        if differs := _differences(scenario.other_ends, of_other):
            wrong += f" of the other order: {differs}"
    return (
        wrong
        and f"{scenario.id}: {wrong}\n{''.join(map(transcript, [*player.chats, player.customer]))}"
    )


async def _enter(shop: Shop, phone: str | None) -> Customer:
    customer = await shop.open_chat(_signed(shop, phone) if phone else None)
    customer.patience = 0.1
    return customer


def _signed(shop: Shop, phone: str) -> str:
    """Return the identity that the shop gives its page for this customer."""
    house = shop.house
    return sign_identity(house.settings.secret, phone, "沈若溪", house.clock() + timedelta(days=1))


def _order_no(number: int, form: int) -> str:
    return FORMS[form % len(FORMS)].format(number)


def _spaced(order_no: str) -> str:
    """Return the number with blanks in its long runs of digits, as it is read off a screen."""
    blanks = re.sub(r"\d{4}(?=\d)", lambda found: f"{found[0]} ", order_no)
    return re.sub(r"(?<=[A-Z])(?=\d)", " ", blanks)


def _essence(dispute: Mapping[str, Any]) -> dict[str, Any]:
    remedy, escalated = dispute["remedy"] or {}, dispute["escalated"]
    return {
        **{name: dispute[name] for name in ("type", "issue", "state", "liable", "cost_bearer")},
        **{name: remedy.get(name) for name in ("kind", "amount_fen", "return_freight")},
        "escalated": (escalated["reason"], escalated["level"]) if escalated else None,
    }


def _differences(ends: tuple[Mapping[str, Any], ...], found: list[dict[str, Any]]) -> str:
    if len(found) != len(ends):
        return f"{len(found)} disputes, not {len(ends)}: {found}"
    wrong = [
        f"{name} is {got[name]!r}, not {wanted!r}"
        for end, got in zip(ends, found, strict=True)
        for name, wanted in {"escalated": None, **end}.items()
        if got[name] != wanted
    ]
    return "; ".join(wrong)
