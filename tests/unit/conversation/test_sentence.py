"""A message in clauses."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("退款，不用换", ["退款", "不用换"]),
        ("好的 那就退吧。", ["好的", "那就退吧"]),
        ("我要那个12.95的, 不是1,299的", ["我要那个12.95的", "不是1,299的"]),
        ("多少钱?能退吗？", ["多少钱?能退吗？"]),
        ("行...就这样~~谢谢", ["行", "就这样", "谢谢"]),
        ("，。 ", []),
        ("", []),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert clauses_of(text) == clauses


@pytest.mark.parametrize("text", ["再看看", "我再看看", "那我再想想吧", "再看一下"])
def test_the_offer_is_looked_at_again(text: str) -> None:
    assert manner.looks_again(text)


@pytest.mark.parametrize("text", ["再看看物流", "看看", "再看看能不能加点", "再看看吧 别退"])
def test_more_than_that_is_said(text: str) -> None:
    assert not manner.looks_again(text)
