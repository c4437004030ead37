"""A message in clauses."""

from __future__ import annotations

import pytest

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
