"""Wordings that must be caught, and near misses that must not, whatever the classifier learns."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.normalise import normalise
from nlp.rules import read_signs, wants_human

FOLDER = Path(__file__).resolve().parents[2] / "data" / "must_hold"


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def texts(name: str) -> list[str]:
    return [row[0] for row in rows(name)]


def test_there_are_enough_wordings() -> None:
    assert len(set(texts("human_wanted.tsv"))) >= 550
    assert len(set(texts("human_not_wanted.tsv"))) >= 500
    assert len({row[0] for row in rows("stop_signs.tsv")}) >= 500
    assert len(set(texts("no_stop_signs.tsv"))) >= 350


@pytest.mark.parametrize("text", texts("human_wanted.tsv"))
def test_a_person_is_wanted(text: str) -> None:
    assert wants_human(normalise(text))


@pytest.mark.parametrize("text", texts("human_not_wanted.tsv"))
def test_no_person_is_wanted(text: str) -> None:
    assert not wants_human(normalise(text))


@pytest.mark.parametrize(("text", "sign", "flag"), rows("stop_signs.tsv"))
def test_a_stop_sign_is_seen(text: str, sign: str, flag: str) -> None:
    found = read_signs(normalise(text))
    assert sign == "-" or sign in found.signs
    assert flag == "-" or flag in found.flags


@pytest.mark.parametrize("text", texts("no_stop_signs.tsv"))
def test_no_stop_sign_is_seen(text: str) -> None:
    found = read_signs(normalise(text))
    assert (found.flags, found.signs) == ((), ())
