"""Wrong usage is one line on stderr and exit code 2."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from bot.__main__ import main, of_machine

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


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "/x: No space left on device"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system"),
        (
            OperationalError("INSERT …", {}, sqlite3.OperationalError("disk is full\nmore")),
            "the database failed: disk is full",
        ),
        (
            DataError("INSERT …", {}, Exception("value too long for type\nLINE 1")),
            "the database failed: value too long for type",
        ),
        (IntegrityError("INSERT …", {}, sqlite3.IntegrityError("UNIQUE")), None),
        (KeyError("a fault of ours"), None),
    ],
)
def test_what_the_machine_lacks_is_one_line(error: Exception, line: str | None) -> None:
    assert of_machine(error) == line


def test_several_mistakes_are_all_told_and_the_first_is_the_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orders.jsonl"
    file.write_text('{"order_no": "A1"}\n', encoding="utf-8")
    assert main(["orders", "import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out.count(f"{file}:1: ") == len(out.splitlines()) > 3
    assert err.count("\n") == 1
    assert err.startswith(f"jiefen: {out.splitlines()[0]}")
