"""No message can hold the process up: no pattern tries ever so many ways of cutting one text."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from functools import cache
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import bot
import nlp
from nlp.segment import Token
from nlp.small_talk import small_talk_intent
from tests.unit.ambiguity import ELSE, cut_in_two_ways

CAP = 0.5  # seconds of the processor's own time: a healthy pattern needs microseconds
ROUNDS = 60
LEFT_OUT = re.compile(r"\.(?:__main__|migrations)\b")


def _patterns_in(value: Any, depth: int = 4) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict) and depth:
        yield from _patterns_in((*value, *value.values()), depth - 1)
    elif isinstance(value, tuple | list | set | frozenset) and depth:
        for item in value:
            yield from _patterns_in(item, depth - 1)


def _modules() -> Iterator[ModuleType]:
    for package in (bot, nlp):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not LEFT_OUT.search(info.name):
                yield importlib.import_module(info.name)


@cache
def _all_patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Each pattern of a module, or made once out of the lexicon, and a name for it."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for module in _modules():
        for name, value in list(vars(module).items()):
            made = hasattr(value, "cache_info") and value.__module__ == module.__name__
            if made and not inspect.signature(value).parameters:
                value = value()
            for pattern in _patterns_in(value):
                found.setdefault(pattern.pattern, (f"{module.__name__}.{name}", pattern))
    return found


class _TooLongError(BaseException):
    pass


def _ends(look: Callable[[], object]) -> bool:
    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, CAP)
    try:
        look()
    except _TooLongError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def _freezes(pattern: re.Pattern[str]) -> str | None:
    """Return a text on which, said over and over, a pattern does not come to an end."""
    for lead, pump in sorted(cut_in_two_ways(pattern.pattern)):
        text = lead + pump * ROUNDS + ELSE
        if not _ends(lambda text=text: (pattern.fullmatch(text), pattern.search(text))):
            return lead + pump
    return None


@pytest.mark.parametrize(
    ("pattern", "freezes"),
    [
        ("(?:还|是|还是)*。", True), ("(?:还|是)*。", False), ("(?:嗯+|哦)*。", True),
        ("(?:(?:谢|多谢)(?:你|您)?谢?)*。", True), ("(?:[啊呀]*[~，]+)*。", False),
        ("(?:[啊~]*[~，]+)*。", True), (r"(?:\d+(?:\.\d+)?元?|。)+a", True),
        ("(?>还|是|还是)++。", False), ("(?:可以?|(?<!可)以内|内)*。", False),
        ("(?:那|那么|么?)*。", True), ("(?:(?:你好){1,3}啊?)+。", True),
    ],
)  # fmt: skip
def test_what_freezes_is_found(pattern: str, freezes: bool) -> None:
    assert bool(_freezes(re.compile(pattern))) == freezes


def test_every_pattern_comes_to_an_end() -> None:
    patterns = _all_patterns()
    assert len(patterns) > 1000
    frozen = {name: text for name, one in patterns.values() if (text := _freezes(one))}
    assert not frozen


def test_no_pattern_has_what_gives_nothing_back() -> None:
    """Python 3.11 before 3.11.5 matches atomic groups and possessive loops wrongly."""
    trees = ((name, repr(parser.parse(text))) for text, (name, _) in _all_patterns().items())
    assert not [name for name, tree in trees if "ATOMIC_GROUP" in tree or "POSSESSIVE" in tree]


@pytest.mark.parametrize("phrase", ["好", "嗯嗯", "好了", "没有", "谢谢你", "在不在"])
def test_small_talk_said_over_and_over_is_read_at_once(phrase: str) -> None:
    words = Token(phrase * 300 + "龘", 0, len(phrase) * 300 + 1)
    assert _ends(lambda: small_talk_intent([words]))
