"""What a refused poll says of itself, however oddly."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.polling import PollRefused


@pytest.mark.parametrize(
    ("answer", "code", "wait"),
    [
        ({"error_code": 429, "parameters": {"retry_after": 7}}, 429, 7.0),
        ({"error_code": 409}, 409, 0.0),
        ({"ok": False, "parameters": [1]}, None, 0.0),
        ({"error_code": 502, "parameters": "soon"}, 502, 0.0),
        ({"error_code": [409], "parameters": {"retry_after": "soon"}}, None, 0.0),
        ({"error_code": "409", "parameters": {"retry_after": None}}, None, 0.0),
        ([], None, 0.0),
        (None, None, 0.0),
    ],
)
def test_a_refusal_is_read(answer: Any, code: int | None, wait: float) -> None:
    refused = PollRefused(answer)
    assert (refused.code, refused.wait_seconds) == (code, wait)
