"""A fitted linear model, scored straight from its numbers: no scikit-learn when serving."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.features import Features, Vectoriser
from nlp.labels import NONE, PRIMARIES, TYPE_OF

MOST_ALTERNATIVES: Final = 3
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
    flag_threshold: float
    confident_threshold: float


@dataclass(frozen=True)
class Prediction:
    """Probabilities of one message, by label."""

    issues: Mapping[str, float]
    primaries: Mapping[str, float]
    flags: Mapping[str, float]
    primary: str  # the likeliest of the primaries, or none
    intent: str  # the likeliest intent

    @property
    def type_probability(self) -> float:
        """How likely the type of the primary is: all issues of one type count together."""
        wanted = TYPE_OF[self.primary]
        return sum(p for label, p in self.primaries.items() if TYPE_OF[label] == wanted)


@dataclass(frozen=True)
class Heads:
    """The labels of the score columns, in their order."""

    issues: tuple[str, ...]
    flags: tuple[str, ...]
    intents: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.issues) + len(self.flags) + len(PRIMARIES) + len(self.intents)

    def split(self, scores: Scores) -> tuple[list[float], ...]:
        """The scores of issues, flags, primaries and intents of one message."""
        numbers: list[float] = scores.tolist()
        return tuple(numbers[start:end] for start, end in self.ranges)

    def split_many(self, scores: Scores) -> tuple[Numbers, ...]:
        """The same of many messages, a row each."""
        numbers = scores.astype(np.float64)
        return tuple(numbers[:, start:end] for start, end in self.ranges)

    @cached_property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Where the columns of each head begin and end."""
        sizes = (len(self.issues), len(self.flags), len(PRIMARIES), len(self.intents))
        ends = tuple(accumulate(sizes))
        return tuple((end - size, end) for end, size in zip(ends, sizes, strict=True))


@dataclass(frozen=True)
class Classifier:
    """Vocabulary, coefficients and calibration of one artefact."""

    vectoriser: Vectoriser
    weights: NDArray[np.float32]  # features × columns
    bias: NDArray[np.float32]
    heads: Heads
    calibration: Calibration

    def score(self, row: Features) -> Scores:
        """The raw score of every column."""
        columns, values = self.vectoriser.weigh(row)
        scores: Scores = values @ self.weights[columns] + self.bias
        return scores

    def predict(self, row: Features) -> Prediction:
        """The probabilities of one message."""
        issues, flags, primaries, intents = self.heads.split(self.score(row))
        cal = self.calibration
        choice = _softmax(
            [
                score * cal.primary_scale + shift
                for score, shift in zip(primaries, cal.primary_shift, strict=True)
            ]
        )
        return Prediction(
            issues=self._named(self.heads.issues, issues),
            flags=self._named(self.heads.flags, flags),
            primaries=dict(zip(PRIMARIES, choice, strict=True)),
            primary=PRIMARIES[choice.index(max(choice))],
            intent=self.heads.intents[intents.index(max(intents))],
        )

    def _named(self, labels: tuple[str, ...], scores: list[float]) -> dict[str, float]:
        """What sigmoid gives, without numpy's cost for few numbers."""
        scale, shift = self.calibration.issue_scale, self.calibration.issue_shift
        return {
            label: 1.0 / (1.0 + math.exp(-min(max(score * scale + shift, -30.0), 30.0)))
            for label, score in zip(labels, scores, strict=True)
        }

    def primary_scores(self, row: Features) -> dict[str, float]:
        """The raw scores of the primary issues, for explanations."""
        return dict(zip(PRIMARIES, self.heads.split(self.score(row))[2], strict=True))

    def is_confident(self, prediction: Prediction) -> bool:
        """Whether the type may be acted on without asking back."""
        return prediction.type_probability >= self.calibration.confident_threshold

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


def _softmax(scores: list[float]) -> list[float]:
    """What softmax gives, without numpy's cost for few numbers."""
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def sigmoid(scores: Numbers, scale: float, shift: float) -> Numbers:
    """Scores of independent labels as probabilities."""
    probabilities: Numbers = 1.0 / (1.0 + np.exp(-np.clip(scores * scale + shift, -30, 30)))
    return probabilities


def softmax(scores: Numbers) -> Numbers:
    """Scores of labels of which one holds, as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Numbers = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities
