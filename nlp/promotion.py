"""Whether an artefact may take over: compared line by line with the one in service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import comb
from pathlib import Path
from typing import Final

from nlp import registry
from nlp.errors import ArtefactError, EvaluationError, PromotionRefused
from nlp.evaluation import Row, judge, read_rows
from nlp.labels import WANT_HUMAN
from nlp.segment import shared_segmenter
from nlp.understanding import Understander, Understanding

FROZEN: Final = Path("frozen") / "lines.tsv"
MUST_HOLD: Final = "must_hold"
# The artefact loses when so few coin tosses would be as one-sided against it.
LOSES_BELOW: Final = 0.05
_SHOWN: Final = 3
_ANY: Final = "-"

Check = Callable[[Understanding, list[str]], bool]
Put = Callable[[Path, str], None]


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a candidate did on the frozen set beside the artefact in service.

    Where that one cannot be read, the candidate is judged alone, on what must hold.
    """

    candidate: str
    current: str | None
    rows: int
    candidate_right: int
    current_right: int
    lost: int  # rows that only the one in service reads rightly
    won: int  # rows that only the candidate reads rightly
    broken: tuple[str, ...]  # must-hold cases that the candidate loses

    @property
    def p_value(self) -> float:
        """How likely so many lost rows are among the differing ones, were both equally good."""
        return sign_test(self.lost, self.won)

    @property
    def loses(self) -> bool:
        """Whether the candidate must not take over."""
        return bool(self.broken) or (self.lost > self.won and self.p_value < LOSES_BELOW)

    def __str__(self) -> str:
        """The figures in one line."""
        broken = f"; breaks {len(self.broken)} must-hold cases" if self.broken else ""
        shown = ", ".join(self.broken[:_SHOWN])
        beside = (
            f"{self.current} (in service) {self.current_right}; won {self.won}, lost {self.lost}, "
            f"sign test p = {self.p_value:.3f}"
            if self.current
            else "compared with none, for the one in service cannot be read"
        )
        return (
            f"frozen set of {self.rows}: {self.candidate} reads {self.candidate_right} rightly, "
            f"{beside}{broken}{f' ({shown})' if shown else ''}"
        )


def sign_test(lost: int, won: int) -> float:
    """The chance of at least `lost` heads in `lost + won` tosses (McNemar's exact test)."""
    tosses = lost + won
    ways = sum(comb(tosses, heads) for heads in range(lost, tosses + 1))
    return float(ways / 2**tosses)


def promote(
    home: Path, artefact_id: str, data_dir: Path, put: Put = registry.promote
) -> Comparison | None:
    """Puts an artefact into service unless it does worse; None when none was in service.

    `put` does so, once it is clear that it may be done.

    Raises PromotionRefused with the figures in one line, and the one in service stays.
    """
    candidate = registry.load(home, artefact_id)
    if registry.current_id(home) in {None, artefact_id}:
        put(home, artefact_id)
        return None
    current = _load_current(home)
    segmenter = shared_segmenter(home / "cache")
    comparison = compare(
        Understander(candidate, segmenter),
        Understander(current, segmenter) if current else None,
        data_dir,
    )
    if comparison.loses:
        raise PromotionRefused(f"{artefact_id} is not put into service: {comparison}")
    put(home, artefact_id)
    return comparison


def _load_current(home: Path) -> registry.Artefact | None:
    """The artefact in service, or None where this program cannot read it."""
    try:
        return registry.load_current(home)
    except ArtefactError:
        return None


def compare(candidate: Understander, current: Understander | None, data_dir: Path) -> Comparison:
    """Both artefacts on the frozen set and on the must-hold cases of the data folder."""
    rows = list(read_rows(data_dir / FROZEN))
    ours = [row.is_right for row in judge(candidate, rows)]
    theirs = [row.is_right for row in judge(current, rows)] if current else ours
    pairs = list(zip(ours, theirs, strict=True))
    return Comparison(
        candidate=candidate.artefact.id,
        current=current.artefact.id if current else None,
        rows=len(rows),
        candidate_right=sum(ours),
        current_right=sum(theirs),
        lost=sum(old and not new for new, old in pairs),
        won=sum(new and not old for new, old in pairs),
        broken=tuple(
            case.place
            for case in must_hold_cases(data_dir / MUST_HOLD)
            if not case.holds(candidate) and (current is None or case.holds(current))
        ),
    )


def frozen_rows(data_dir: Path) -> list[Row]:
    """The frozen set, which nothing may be trained on."""
    return list(read_rows(data_dir / FROZEN))


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
