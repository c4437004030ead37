"""How often every one of the strangers' conversations ends as it should: pass^k, as of τ-bench."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

from nlp.registry import load_current
from nlp.segment import shared_segmenter
from nlp.understanding import Understander
from tests.factories import NOW, HandClock
from tests.flows.conftest import shop_settings
from tests.flows.scenarios.player import play
from tests.flows.scenarios.script import Scenario, load
from tests.flows.shop import Shop, prepare, running_shop

ROUNDS = 8  # k; the form of the orders' numbers changes with each
AT_A_TIME = 12  # chats


async def report(home: Path) -> None:
    """Play each conversation eight times among others, and print the share that never failed."""
    scenarios = load()
    queue = [(scenario, form) for scenario in scenarios for form in range(ROUNDS)]
    random.Random(0).shuffle(queue)
    understander = Understander(load_current(home), shared_segmenter(home / "cache"))
    with tempfile.TemporaryDirectory() as folder:
        settings = shop_settings(home, f"sqlite:///{folder}/shop.db")
        await prepare(settings, understander, HandClock(NOW))
        async with running_shop(settings, understander, HandClock(NOW)) as shop:
            failed = await _play_all(shop, queue)
    print(f"scenarios: {len(scenarios)} conversations, each {ROUNDS} times")
    print(f"  pass^1 {1 - len(failed) / len(queue):.2%}  (goal 99 %)")
    print(f"  pass^{ROUNDS} {1 - len(set(failed)) / len(scenarios):.2%}  (goal 99 %)")
    for name in sorted(set(failed)):
        print(f"  {name}: failed {failed.count(name)} of {ROUNDS}")


async def _play_all(shop: Shop, queue: list[tuple[Scenario, int]]) -> list[str]:
    gate = asyncio.Semaphore(AT_A_TIME)
    failed: list[str] = []

    async def one(scenario: Scenario, form: int) -> None:
        async with gate:
            try:
                trouble = await play(shop, scenario, form)
            except (AssertionError, TimeoutError) as error:  # no such option, or no answer
                trouble = str(error)
            if trouble:
                failed.append(scenario.id)

    await asyncio.gather(*(one(scenario, form) for scenario, form in queue))
    return failed
