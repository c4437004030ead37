"""What names no matter by itself is none, with the intent it carries."""

from __future__ import annotations

import pytest

from nlp.understanding import Understander


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("好的", "confirm"), ("嗯嗯", "confirm"), ("可以", "confirm"), ("行吧", "confirm"),
        ("OK", "confirm"), ("不行", "deny"), ("不用了", "deny"), ("谢谢", "thank"),
        ("好的谢谢", "thank"), ("你好", "greet"), ("在吗", "greet"),
        ("哎 在不在", "greet"), ("老板在不", "greet"), ("诶，掌柜的在线吗", "greet"),
        ("谢谢亲", "thank"), ("谢谢老板", "thank"), ("好的 谢谢亲亲", "thank"), ("亲", "greet"),
        ("老板", "greet"), ("在吗亲", "greet"), ("亲 谢谢", "thank"), ("不用了亲", "deny"),
        ("JF20261101001", "inform"),
        ("订单号是JF20261101001", "inform"), ("1234", "inform"), ("手机尾号1234", "inform"),
        ("在吗\n订单JF20261101001", "inform"), ("你好 JF20261101001 谢谢", "inform"),
        ("13812345678", "inform"), ("[订单x]", "inform"), ("", "other"), ("。。。", "other"),
        ("🦄🦄", "other"), ("\u200b", "other"), ("\x00\x01", "other"),
    ],
)  # fmt: skip
def test_no_matter(understander: Understander, text: str, intent: str) -> None:
    found = understander.understand(text)
    assert (found.primary, found.issues, found.intent) == ("none", (), intent)


def test_small_talk_before_a_matter_hides_nothing(understander: Understander) -> None:
    assert understander.understand("你好,付款五天了还不发货").primary == "not_shipped"
