"""Whether an artefact may take over: compared line by line with the one in service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path
from typing import Any, Final

from nlp import registry
from nlp.answers import Answer, read_answers
from nlp.errors import ArtefactError, PromotionRefused
from nlp.evaluation import Row, judge, read_rows
from nlp.must_hold import must_hold_cases
from nlp.segment import shared_segmenter
from nlp.understanding import Understander

FROZEN: Final = Path("frozen") / "lines.tsv"
FROZEN_ANSWERS: Final = Path("frozen") / "answers.tsv"
MUST_HOLD: Final = "must_hold"
# The artefact loses when so few coin tosses would be as one-sided against it.
LOSES_BELOW: Final = 0.05
_SHOWN: Final = 3

Put = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some rows each of two artefacts reads rightly, and where they differ."""

    rows: int
    candidate_right: int
    current_right: int
    lost: int  # rows that only the one in service reads rightly
    won: int  # rows that only the candidate reads rightly

    @classmethod
    def of(cls, candidate: Sequence[bool], current: Sequence[bool]) -> Tally:
        """The tally of both artefacts' rows, in the same order."""
        pairs = list(zip(candidate, current, strict=True))
        return cls(
            rows=len(pairs),
            candidate_right=sum(candidate),
            current_right=sum(current),
            lost=sum(old and not new for new, old in pairs),
            won=sum(new and not old for new, old in pairs),
        )

    @property
    def p_value(self) -> float:
        """How likely so many lost rows are among the differing ones, were both equally good."""
        return sign_test(self.lost, self.won)

    @property
    def loses(self) -> bool:
        """Whether the candidate does worse by more than chance."""
        return self.lost > self.won and self.p_value < LOSES_BELOW


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a candidate did on what is frozen beside the artefact in service.

    Where that one cannot be read, the candidate is judged alone, on what must hold.
    """

    candidate: str
    current: str | None
    lines: Tally  # what messages are about
    answers: Tally  # what answers to an offer mean
    broken: tuple[str, ...]  # must-hold cases that the candidate loses

    @property
    def loses(self) -> bool:
        """Whether the candidate must not take over."""
        return bool(self.broken) or self.lines.loses or self.answers.loses

    def __str__(self) -> str:
        """The figures in one line."""
        told = [
            f"frozen set of {self._told(self.lines, 'messages')}",
            self._told(self.answers, "answers"),
        ]
        if self.current is None:
            told.append("compared with none, for the one in service cannot be read")
        if self.broken:
            shown = ", ".join(self.broken[:_SHOWN])
            told.append(f"breaks {len(self.broken)} must-hold cases ({shown})")
        return "; ".join(told)

    def as_dict(self) -> dict[str, Any]:
        """The figures for another program; counts are of rows, `current` is None as above."""
        return {
            "candidate": self.candidate,
            "current": self.current,
            "lines": asdict(self.lines),
            "answers": asdict(self.answers),
            "broken": list(self.broken),
        }

    def _told(self, tally: Tally, what: str) -> str:
        alone = f"{tally.rows} {what}: {self.candidate} reads {tally.candidate_right} rightly"
        if self.current is None:
            return alone
        return (
            f"{alone}, {self.current} (in service) {tally.current_right}; won {tally.won}, "
            f"lost {tally.lost}, sign test p = {tally.p_value:.3f}"
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
        raise PromotionRefused(
            f"{artefact_id} is not put into service: {comparison}", comparison.as_dict()
        )
    put(home, artefact_id)
    return comparison


def _load_current(home: Path) -> registry.Artefact | None:
    """The artefact in service, or None where this program cannot read it."""
    try:
        return registry.load_current(home)
    except ArtefactError:
        return None


def compare(candidate: Understander, current: Understander | None, data_dir: Path) -> Comparison:
    """Both artefacts on what is frozen and on the must-hold cases of the data folder."""
    rows, answers = frozen_rows(data_dir), frozen_answers(data_dir)
    return Comparison(
        candidate=candidate.artefact.id,
        current=current.artefact.id if current else None,
        lines=Tally.of(_rightly_read(candidate, rows), _rightly_read(current or candidate, rows)),
        answers=Tally.of(
            [means(candidate, one) for one in answers],
            [means(current or candidate, one) for one in answers],
        ),
        broken=tuple(
            case.place
            for case in must_hold_cases(data_dir / MUST_HOLD)
            if not case.holds(candidate) and (current is None or case.holds(current))
        ),
    )


def _rightly_read(understander: Understander, rows: list[Row]) -> list[bool]:
    return [row.is_right for row in judge(understander, rows)]


def means(understander: Understander, answer: Answer) -> bool:
    """Whether the likeliest meaning of an answer is the labelled one."""
    meanings = understander.understand(answer.text, as_answer=True).meanings
    return bool(meanings) and meanings[0][0] == answer.meaning


def frozen_rows(data_dir: Path) -> list[Row]:
    """The frozen set, which nothing may be trained on."""
    return list(read_rows(data_dir / FROZEN))


def frozen_answers(data_dir: Path) -> list[Answer]:
    """The frozen answers, which nothing may be trained on."""
    return read_answers([data_dir / FROZEN_ANSWERS])
