"""Wordings that must be caught, and near misses that must not, whatever the classifier learns."""

from __future__ import annotations

from pathlib import Path

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


def test_a_person_is_wanted() -> None:
    unheard = [text for text in texts("human_wanted.tsv") if not wants_human(normalise(text))]
    assert unheard == []


def test_no_person_is_wanted() -> None:
    misheard = [text for text in texts("human_not_wanted.tsv") if wants_human(normalise(text))]
    assert misheard == []


def test_every_stop_sign_is_seen() -> None:
    unseen = []
    for text, sign, flag in rows("stop_signs.tsv"):
        found = read_signs(normalise(text))
        if not (sign in {"-", *found.signs} and flag in {"-", *found.flags}):
            unseen.append((text, sign, flag))
    assert unseen == []


def test_no_stop_sign_is_seen() -> None:
    seen = {text: read_signs(normalise(text)) for text in texts("no_stop_signs.tsv")}
    assert {text: found for text, found in seen.items() if found.flags or found.signs} == {}
