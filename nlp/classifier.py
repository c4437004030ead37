"""A fitted linear model, scored straight from its numbers: no scikit-learn when serving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.features import Features, Vectoriser
from nlp.labels import NONE, OF_TYPE, PRIMARIES, TYPE_OF, WANT_HUMAN

MOST_ALTERNATIVES: Final = 3
FURTHEST: Final = 80.0  # log odds from an even chance; exp of 88 overflows in single precision
_WORTH_ASKING: Final = 0.05  # less likely issues are not even asked about

Scores = NDArray[np.float32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """What turns raw scores into probabilities, fitted on scores of unseen corpus lines."""

    issue_scale: float
    issue_shift: float
    primary_scale: float
    primary_shift: tuple[float, ...]  # moves the corpus's balance towards real traffic's
    issue_threshold: float
    flag_thresholds: Mapping[str, float]  # a flag that is not here is never added
    confident_threshold: float
    person_threshold: float  # from which on a message is a wish for a person


@dataclass(frozen=True)
class Prediction:
    """Probabilities of one message, by label."""

    issues: Mapping[str, float]
    primaries: Mapping[str, float]
    flags: Mapping[str, float]
    primary: str  # the likeliest of the primaries, or none
    intent: str  # the likeliest intent, a wish for a person left aside
    person: float  # how likely it is such a wish, whatever else is said

    @property
    def type_probability(self) -> float:
        """How likely the type of the primary is: all issues of one type count together."""
        return sum(self.primaries[label] for label in OF_TYPE[TYPE_OF[self.primary]])


@dataclass(frozen=True)
class Heads:
    """The labels of the score columns: issues, primaries, types, flags, intents."""

    issues: tuple[str, ...]
    types: tuple[str, ...]
    flags: tuple[str, ...]
    intents: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.ranges[-1][1]

    def split_by_head(self, scores: Scores) -> tuple[Numbers, ...]:
        """The scores of many messages, head by head, a row each."""
        numbers = scores.astype(np.float64)
        return tuple(numbers[:, start:end] for start, end in self.ranges)

    @cached_property
    def own(self) -> slice:
        """The columns of the primaries."""
        return slice(*self.ranges[1])

    @cached_property
    def read_twice(self) -> int:
        """How many columns the second look reads: those of issues, primaries and types."""
        return self.ranges[2][1]

    @cached_property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Where the columns of each head begin and end."""
        labels = (self.issues, PRIMARIES, self.types, self.flags, self.intents)
        sizes = [len(head) for head in labels]
        ends = tuple(accumulate(sizes))
        return tuple((end - size, end) for end, size in zip(ends, sizes, strict=True))


@dataclass(frozen=True)
class SecondLook:
    """One hidden layer over the scores of all heads: what is a complaint, what a question.

    A linear head weighs words; this one weighs what the heads made of them against each other.
    Flags and intents are no help to it, and stand behind the columns that it reads.
    """

    inner: NDArray[np.float32]
    inner_bias: NDArray[np.float32]
    outer: NDArray[np.float32]
    outer_bias: NDArray[np.float32]
    linear: float  # how much the primaries' own scores still count

    def primaries(self, scores: Scores, own: slice) -> Scores:
        """The scores of the primaries, whose own columns are given, of one message or of many."""
        read = scores[..., : len(self.inner)]
        hidden = np.maximum(read @ self.inner + self.inner_bias, 0)
        found: Scores = hidden @ self.outer + self.outer_bias + self.linear * scores[..., own]
        return found


@dataclass(frozen=True)
class _Folded:
    """Steps, biases, both looks and calibration as few products as can be.

    On one message numpy's calls cost more than its arithmetic.
    """

    inner: NDArray[np.float32]
    inner_bias: NDArray[np.float32]
    outer: NDArray[np.float32]
    scale: NDArray[np.float32]  # of each column, from steps to log odds
    shift: NDArray[np.float32]


@dataclass(frozen=True)
class Classifier:
    """Vocabulary, coefficients and calibration of one artefact.

    Weights are whole numbers: half the memory of fractions, and as exact as scores need.
    """

    vectoriser: Vectoriser
    weights: NDArray[np.int16]  # features × columns, in whole steps of their column
    steps: NDArray[np.float32]  # of each column
    bias: NDArray[np.float32]
    heads: Heads
    second: SecondLook
    calibration: Calibration

    def score(self, row: Features) -> Scores:
        """The raw score of every column."""
        return self._in_steps(row) * self.steps + self.bias

    def _in_steps(self, row: Features) -> Scores:
        columns, values = self.vectoriser.weigh(row)
        scores: Scores = values @ self.weights.take(columns, axis=0).astype(np.float32)
        return scores

    def predict(self, row: Features) -> Prediction:
        """The probabilities of one message."""
        folded, heads = self._folded, self.heads
        steps = self._in_steps(row)
        hidden = np.maximum(steps[: heads.read_twice] @ folded.inner + folded.inner_bias, 0)
        log_odds = steps * folded.scale + folded.shift
        log_odds[heads.own] += hidden @ folded.outer
        odds = np.exp(np.minimum(log_odds, FURTHEST))
        choice = odds[heads.own].astype(np.float64)
        primaries = (choice / np.add.reduce(choice)).tolist()
        alone = (odds / (1 + odds)).tolist()  # of labels that do not exclude each other
        of_issues, _, _, of_flags, of_intents = heads.ranges
        intents = dict(zip(heads.intents, alone[slice(*of_intents)], strict=True))
        person = intents.pop(WANT_HUMAN)
        return Prediction(
            issues=dict(zip(heads.issues, alone[slice(*of_issues)], strict=True)),
            flags=dict(zip(heads.flags, alone[slice(*of_flags)], strict=True)),
            primaries=dict(zip(PRIMARIES, primaries, strict=True)),
            primary=PRIMARIES[primaries.index(max(primaries))],
            intent=max(intents, key=intents.__getitem__),
            person=person,
        )

    @cached_property
    def _folded(self) -> _Folded:
        cal, own, second = self.calibration, self.heads.own, self.second
        read = slice(self.heads.read_twice)
        scale = np.full(self.heads.width, cal.issue_scale)
        scale[own] = second.linear * cal.primary_scale
        shift = self.bias * scale + cal.issue_shift
        shift[own] += second.outer_bias * cal.primary_scale + cal.primary_shift - cal.issue_shift
        return _Folded(
            inner=self.steps[read, None] * second.inner,
            inner_bias=second.inner_bias + self.bias[read] @ second.inner,
            outer=second.outer * np.float32(cal.primary_scale),
            scale=(self.steps * scale).astype(np.float32),
            shift=shift.astype(np.float32),
        )

    def primary_scores(self, row: Features) -> dict[str, float]:
        """The raw scores of the primary issues, for explanations."""
        scores = self.second.primaries(self.score(row), self.heads.own)
        return dict(zip(PRIMARIES, scores.tolist(), strict=True))

    def is_confident(self, prediction: Prediction) -> bool:
        """Whether the type may be acted on without asking back."""
        return prediction.type_probability >= self.calibration.confident_threshold

    def wants_person(self, prediction: Prediction) -> bool:
        """Whether the customer asks for a person."""
        return prediction.person >= self.calibration.person_threshold

    def assert_issues(self, prediction: Prediction) -> tuple[tuple[str, float], ...]:
        """The issues claimed, primary first, each with its probability; none claims nothing."""
        primary = prediction.primary
        if primary == NONE:
            return ()
        others = [
            (issue, probability)
            for issue, probability in prediction.issues.items()
            if issue != primary and probability >= self.calibration.issue_threshold
        ]
        others.sort(key=_likeliest_first)
        sure = max(prediction.issues[primary], prediction.primaries[primary])
        return ((primary, sure), *others)

    def alternatives(
        self, prediction: Prediction, claimed: Iterable[str]
    ) -> tuple[tuple[str, float], ...]:
        """The likeliest issues that were not claimed, for asking back."""
        taken = set(claimed)
        others = [
            (issue, probability)
            for issue, probability in prediction.issues.items()
            if probability >= _WORTH_ASKING and issue not in taken
        ]
        return tuple(sorted(others, key=_likeliest_first)[:MOST_ALTERNATIVES])


def _likeliest_first(row: tuple[str, float]) -> float:
    return -row[1]
