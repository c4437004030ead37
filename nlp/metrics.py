"""The measures of the papers and reports, with scikit-learn's meaning but without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one label, with its number of gold rows."""

    precision: float
    recall: float
    f1: float
    rows: int


def class_scores(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, ClassScore]:
    """The scores of each label that is gold or predicted somewhere."""
    pairs = list(zip(gold, predicted, strict=True))
    return {
        label: _class_score(
            sum(g == label and p == label for g, p in pairs),
            sum(p == label for p in predicted),
            sum(g == label for g in gold),
        )
        for label in sorted({*gold, *predicted})
    }


def _class_score(hits: int, predicted: int, gold: int) -> ClassScore:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * hits / (predicted + gold) if predicted + gold else 0.0
    return ClassScore(precision, recall, f1, gold)


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean F1 of the labels that are gold or predicted somewhere."""
    scores = class_scores(gold, predicted)
    return sum(score.f1 for score in scores.values()) / len(scores) if scores else 0.0


def micro_f1(gold: Sequence[frozenset[str]], predicted: Sequence[frozenset[str]]) -> float:
    """F1 over all asserted labels of all rows."""
    pairs = list(zip(gold, predicted, strict=True))
    hits = sum(len(g & p) for g, p in pairs)
    total = sum(len(g) + len(p) for g, p in pairs)
    return 2 * hits / total if total else 0.0


def calibration_error(
    probabilities: NDArray[np.float64], correct: NDArray[np.bool_], bins: int = 10
) -> float:
    """Expected calibration error: the mean gap between claimed and true certainty."""
    if not len(probabilities):
        return 0.0
    places = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [
        abs(probabilities[places == place].mean() - correct[places == place].mean())
        * (places == place).mean()
        for place in np.unique(places)
    ]
    return float(sum(gaps))
