"""Measures an understander on a labelled file, and tells class by class where it errs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from nlp.corpus import parse_issues, read_utf8
from nlp.errors import EvaluationError
from nlp.labels import NONE, TYPE_OF
from nlp.metrics import ClassScore, calibration_error, class_scores, macro_f1, micro_f1
from nlp.understanding import Understander, Understanding

_FIGURES: Final = (
    "type_macro_f1", "issue_macro_f1", "issue_micro_f1", "none_f1", "confident_share",
    "confident_type_precision", "calibration_error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an evaluation file."""

    text: str
    issues: tuple[str, ...]
    ambiguous: bool

    @property
    def primary(self) -> str:
        """The first issue, or none."""
        return self.issues[0] if self.issues else NONE


@dataclass(frozen=True, slots=True)
class Judged:
    """One row, and what was understood of it."""

    row: Row
    seen: Understanding

    @property
    def is_right(self) -> bool:
        """Whether the primary issue is the row's."""
        return self.seen.primary == self.row.primary

    @property
    def is_right_type(self) -> bool:
        """Whether the type of the primary issue is the row's."""
        return self.seen.primary_type == TYPE_OF[self.row.primary]


@dataclass(frozen=True)
class Measures:
    """The figures of one set of rows."""

    rows: int
    type_macro_f1: float
    issue_macro_f1: float
    issue_micro_f1: float
    none_f1: float
    confident_share: float
    confident_type_precision: float
    calibration_error: float
    classes: dict[str, ClassScore]

    def as_dict(self) -> dict[str, Any]:
        """The figures as JSON holds them, rounded to four places."""
        figures = {name: round(getattr(self, name), 4) for name in _FIGURES}
        table = {
            label: {
                "precision": round(score.precision, 4),
                "recall": round(score.recall, 4),
                "f1": round(score.f1, 4),
                "rows": score.rows,
            }
            for label, score in self.classes.items()
        }
        return {"rows": self.rows, **figures, "classes": table}


@dataclass(frozen=True)
class Report:
    """All rows, and, where the file says so, those without the ambiguous ones."""

    artefact: str
    all: Measures
    unambiguous: Measures | None
    judged: tuple[Judged, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as `jiefen evaluate --json` prints it."""
        return {
            "artefact": self.artefact,
            **self.all.as_dict(),
            "unambiguous": self.unambiguous.as_dict() if self.unambiguous else None,
        }


def evaluate(understander: Understander, file: Path) -> Report:
    """Understands every row of the file and compares."""
    judged = judge(understander, read_rows(file))
    clear = [one for one in judged if not one.row.ambiguous]
    return Report(
        artefact=understander.artefact.id,
        all=_measure(judged),
        unambiguous=_measure(clear) if len(clear) < len(judged) else None,
        judged=judged,
    )


def judge(understander: Understander, rows: Iterable[Row]) -> tuple[Judged, ...]:
    """Understands every row, in their order."""
    return tuple(Judged(row, understander.understand(row.text)) for row in rows)


def read_rows(file: Path) -> Iterator[Row]:
    """The rows of an evaluation file; a mistake is told with file and line."""
    try:
        header, *lines = read_utf8(file).split("\n")
    except OSError as error:
        raise EvaluationError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise EvaluationError(str(error)) from error
    names = header.rstrip("\r").split("\t")
    if not {"text", "issues"} <= set(names):
        raise EvaluationError(f"{file}:1: the header needs the columns text and issues")
    rows = 0
    for number, line in enumerate(lines, 2):
        if line.strip():
            rows += 1
            yield _row(f"{file}:{number}", names, line.rstrip("\r"))
    if not rows:
        raise EvaluationError(f"{file}: there are no rows")


def _row(place: str, names: list[str], line: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(names):
        raise EvaluationError(f"{place}: expected {len(names)} columns, found {len(cells)}")
    row = dict(zip(names, cells, strict=True))
    if not row["text"].strip():
        raise EvaluationError(f"{place}: the text is empty")
    try:
        issues = parse_issues(row["issues"])
    except ValueError as error:
        raise EvaluationError(f"{place}: {error}") from error
    return Row(row["text"], issues, row.get("ambiguous") == "1")


def _measure(judged: Sequence[Judged]) -> Measures:
    pairs = [(one.row, one.seen) for one in judged]
    gold = [row.primary for row, _ in pairs]
    primary = [seen.primary for _, seen in pairs]
    gold_types = [TYPE_OF[label] for label in gold]
    types = [seen.primary_type for _, seen in pairs]
    right_type = np.asarray([g == t for g, t in zip(gold_types, types, strict=True)], dtype=bool)
    sure = np.asarray([seen.confident for _, seen in pairs], dtype=bool)
    certainty = np.asarray([seen.probability for _, seen in pairs], dtype=np.float64)
    right = np.asarray([g == p for g, p in zip(gold, primary, strict=True)], dtype=bool)
    classes = class_scores(gold, primary)
    return Measures(
        rows=len(pairs),
        type_macro_f1=macro_f1(gold_types, types),
        issue_macro_f1=macro_f1(gold, primary),
        issue_micro_f1=micro_f1(
            [frozenset(row.issues) for row, _ in pairs],
            [frozenset(score.issue for score in seen.issues) for _, seen in pairs],
        ),
        none_f1=classes[NONE].f1 if NONE in classes else 0.0,
        confident_share=float(sure.mean()) if len(pairs) else 0.0,
        confident_type_precision=float(right_type[sure].mean()) if sure.any() else 0.0,
        calibration_error=calibration_error(certainty, right),
        classes=classes,
    )
