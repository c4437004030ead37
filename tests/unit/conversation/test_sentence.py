"""A message in clauses."""

from __future__ import annotations

import pytest

from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.sentence.feelings import is_upset


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


@pytest.mark.parametrize(
    ("text", "upset"),
    [
        ("你们这不是骗人吗", True), ("好无语", True), ("这质量也太差了吧", True),
        ("白等了一星期", True),
        ("真是服了你们", True), ("气死我了", True), ("太离谱了", True),
        ("没骗人", False), ("我不生气", False), ("才戴了一次", False), ("你别生气", False),
        ("吊牌上写的聚酯纤维", False), ("都四天了", False),
    ],
)  # fmt: skip
def test_who_is_upset_says_so(text: str, upset: bool) -> None:
    assert is_upset(text) is upset
