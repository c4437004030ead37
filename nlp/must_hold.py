"""The messages that every artefact must read rightly, whatever else it has learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.errors import EvaluationError
from nlp.labels import WANT_HUMAN
from nlp.understanding import Understander, Understanding

_ANY: Final = "-"

Check = Callable[[Understanding, list[str]], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One message that must be read rightly, with the cells that say how."""

    place: str
    text: str
    cells: list[str]
    check: Check

    def holds(self, understander: Understander) -> bool:
        """Whether the message is read as it must be."""
        return self.check(understander.understand(self.text), self.cells)


def must_hold_cases(folder: Path) -> Iterator[Case]:
    """The cases of all files of the folder; a mistake is told with file and line."""
    for name, (columns, check) in _FILES.items():
        file = folder / name
        try:
            header, *lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise EvaluationError(f"{file}: {error}") from error
        if header.split("\t") != list(columns):
            raise EvaluationError(f"{file}:1: the header must be {'<TAB>'.join(columns)}")
        for number, line in enumerate(lines, 2):
            text, *cells = line.split("\t")
            if len(cells) != len(columns) - 1:
                raise EvaluationError(f"{file}:{number}: expected {len(columns)} columns")
            yield Case(f"{name}:{number}", text, cells, check)


def _wants_person(seen: Understanding, _cells: list[str]) -> bool:
    return "human" in seen.signs and seen.intent == WANT_HUMAN


def _wants_no_person(seen: Understanding, _cells: list[str]) -> bool:
    return "human" not in seen.signs and seen.intent != WANT_HUMAN


def _shows_sign(seen: Understanding, cells: list[str]) -> bool:
    sign, flag = cells
    return (sign == _ANY or sign in seen.signs) and (flag == _ANY or flag in seen.flags)


def _shows_no_sign(seen: Understanding, _cells: list[str]) -> bool:
    return not seen.signs  # flags may be added by what was learnt, at a measured precision


def _is_about(seen: Understanding, cells: list[str]) -> bool:
    primary, intent = cells
    return primary in {_ANY, seen.primary} and intent in {_ANY, seen.intent}


_FILES: Final[dict[str, tuple[tuple[str, ...], Check]]] = {
    "human_wanted.tsv": (("text",), _wants_person),
    "human_not_wanted.tsv": (("text",), _wants_no_person),
    "stop_signs.tsv": (("text", "sign", "flag"), _shows_sign),
    "no_stop_signs.tsv": (("text",), _shows_no_sign),
    "plain.tsv": (("text", "primary", "intent"), _is_about),
}
