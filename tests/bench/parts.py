"""What part of a turn is jieba, the classifier, the decision: medians over the demo's openings."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba

from bot.clock import utc_now
from bot.orders.demo import demo_orders, demo_stories
from bot.remedies.assess import assess
from bot.remedies.claim import Claim
from bot.remedies.policy import load_policy
from bot.settings import DATA_DIR
from nlp.understanding import load_understander

ROUNDS = 20


def report(home: Path) -> None:
    """Print each part's median in milliseconds, and understanding as a multiple of jieba."""
    texts = [story.opening for story in demo_stories()]
    understander = load_understander(home)
    jieba.setLogLevel(60)
    jieba.initialize()
    cut = _median(jieba.lcut, texts)
    understand = _median(understander.understand, texts)
    print(f"jieba.lcut    {cut:6.2f} ms a message")
    print(f"understand    {understand:6.2f} ms, {understand / cut:.1f}x jieba")
    policy, now = load_policy(DATA_DIR / "policy"), utc_now()
    orders = demo_orders(now)
    claim = Claim(issue="not_shipped", issues=("not_shipped",))
    judged = _median(lambda order: assess(policy, order, claim, now), orders)
    print(f"assess        {judged:6.2f} ms")


def _median(work: Callable[[Any], object], pieces: list[Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        for piece in pieces:
            began = time.perf_counter()
            work(piece)
            times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000
