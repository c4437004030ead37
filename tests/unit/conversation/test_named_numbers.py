"""A number that is put right, and goods that were sent wrong."""

from __future__ import annotations

import pytest

from bot.conversation.words.named import only_corrects_number


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("发错了 是SO-2026-000007", True),
        ("刚才发错了，2611200000000009", True),
        ("不好意思 单号发错了 是DD20261120000004", True),
        ("说错了 应该是XS202600000007", True),
        ("发错货了 SO-2026-000007", False),
        ("颜色发错了 SO-2026-000007", False),
        ("SO-2026-000007发错了一件", False),
        ("发错了", False),
        ("SO-2026-000007", False),
        ("SO-2026-000007你们发错了", False),
    ],
)
def test_only_another_number(text: str, *, only: bool) -> None:
    assert only_corrects_number(text) is only
