"""Reads the word lists of data/lexicon, and names file and line when one is malformed."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from nlp.errors import LexiconError

LEXICON_DIR = Path(__file__).resolve().parents[1] / "data" / "lexicon"


@cache
def read_table(name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of one tab-separated word list, whose header must be exactly `columns`."""
    path = LEXICON_DIR / name
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != columns:
        raise LexiconError(f"{path}:1: the header must be {' '.join(columns)}")
    return tuple(_row(path, number, line, columns) for number, line in enumerate(lines, 2) if line)


def _row(path: Path, number: int, line: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    cells = tuple(line.split("\t"))
    if len(cells) != len(columns) or not all(cells):
        raise LexiconError(f"{path}:{number}: expected {len(columns)} filled columns")
    return cells


def malformed(name: str, row: tuple[str, ...], why: str) -> LexiconError:
    """The error that names file and line of a row whose cells do not fit together."""
    path = LEXICON_DIR / name
    lines = path.read_text(encoding="utf-8").splitlines()
    number = lines.index("\t".join(row)) + 1
    return LexiconError(f"{path}:{number}: {why}")


def lexicon_hash() -> str:
    """One hash over all word lists, for the papers of an artefact that learnt with them."""
    digest = sha256()
    for path in sorted(LEXICON_DIR.iterdir()):
        if path.suffix in {".tsv", ".txt"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
