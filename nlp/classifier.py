"""A fitted linear model, scored straight from its numbers: no scikit-learn when serving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.features import Features, Vectoriser
from nlp.labels import NONE, PRIMARIES, TYPE_OF

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

    def split(self, scores: Scores) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The columns of issues, flags, primaries and intents."""
        ends = np.cumsum([len(self.issues), len(self.flags), len(PRIMARIES)])
        issues, flags, primaries, intents = np.split(scores.astype(np.float64), ends, axis=-1)
        return issues, flags, primaries, intents


@dataclass(frozen=True)
class Classifier:
    """Vocabulary, coefficients and calibration of one artefact."""

    vectoriser: Vectoriser
    weights: NDArray[np.float32]  # features × columns
    bias: NDArray[np.float32]
    heads: Heads
    calibration: Calibration

    def score(self, counts: Features) -> Scores:
        """The raw score of every column."""
        columns, values = self.vectoriser.weigh(counts)
        scores: Scores = values @ self.weights[columns] + self.bias
        return scores

    def predict(self, counts: Features) -> Prediction:
        """The probabilities of one message."""
        issues, flags, primaries, intents = self.heads.split(self.score(counts))
        cal = self.calibration
        choice = softmax(primaries * cal.primary_scale + np.asarray(cal.primary_shift))
        return Prediction(
            issues=_named(self.heads.issues, sigmoid(issues, cal.issue_scale, cal.issue_shift)),
            flags=_named(self.heads.flags, sigmoid(flags, cal.issue_scale, cal.issue_shift)),
            primaries=_named(PRIMARIES, choice),
            primary=PRIMARIES[int(choice.argmax())],
            intent=self.heads.intents[int(intents.argmax())],
        )

    def primary_scores(self, counts: Features) -> dict[str, float]:
        """The raw scores of the primary issues, for explanations."""
        return _named(PRIMARIES, self.heads.split(self.score(counts))[2])

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
        others.sort(key=lambda row: -row[1])
        sure = max(prediction.issues[primary], prediction.primaries[primary])
        return ((primary, sure), *others)


def _named(labels: tuple[str, ...], probabilities: Numbers) -> dict[str, float]:
    return dict(zip(labels, probabilities.tolist(), strict=True))


def sigmoid(scores: Numbers, scale: float, shift: float) -> Numbers:
    """Scores of independent labels as probabilities."""
    probabilities: Numbers = 1.0 / (1.0 + np.exp(-np.clip(scores * scale + shift, -30, 30)))
    return probabilities


def softmax(scores: Numbers) -> Numbers:
    """Scores of labels of which one holds, as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Numbers = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities
