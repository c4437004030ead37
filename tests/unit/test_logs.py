"""What reaches the log: ours from INFO on, of the libraries what went wrong, nothing personal."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.logs import configure


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Leave the process's logging as it was."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


@pytest.mark.parametrize(
    ("name", "level", "is_shown"),
    [
        ("bot.channels.telegram.health", logging.INFO, True),
        ("bot.channels.telegram.health", logging.DEBUG, False),
        ("aiohttp.access", logging.INFO, False),
        ("bottle", logging.INFO, False),
        ("aiohttp.server", logging.WARNING, True),
    ],
)
def test_what_is_shown(
    capsys: pytest.CaptureFixture[str], name: str, level: int, *, is_shown: bool
) -> None:
    configure()
    logging.getLogger(name).log(level, "a parcel for 13812345678")
    shown = capsys.readouterr().err
    assert ("138****5678" in shown) is is_shown
    assert "13812345678" not in shown
