"""Wrong usage is one line on stderr and exit code 2."""

from __future__ import annotations

import pytest

from bot.__main__ import main

WRONG = [
    ["serve", "--port", "99999"],
    ["serve", "--port", "0"],
    ["demo", "--port", "-1"],
    ["serve", "--port", "http"],
    ["dossier", "one", "--out", "x.html"],
    ["fly"],
    ["report", "--from", "9999-12-31", "--to", "9999-12-31", "--out", "x"],
    ["report", "--from", "0001-01-01", "--to", "2026-12-31", "--out", "x"],
    ["report", "--from", "1.12.2026", "--to", "2026-12-31", "--out", "x"],
    ["classify", "还没发货", "--file", "x.txt"],
    [],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("jiefen")


def test_a_port_that_is_none_is_named_with_the_ports_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--port", "99999"])
    assert "'99999' is no port: choose 1 to 65535" in capsys.readouterr().err
