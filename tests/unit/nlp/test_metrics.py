"""Our measures are scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from nlp.metrics import calibration_error, macro_f1, micro_f1

LABELS = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=30))
def test_macro_f1(pairs: list[tuple[str, str]]) -> None:
    gold, predicted = [g for g, _ in pairs], [p for _, p in pairs]
    expected = f1_score(gold, predicted, average="macro", zero_division=0)
    assert macro_f1(gold, predicted) == pytest.approx(expected)


def test_micro_f1_counts_labels_of_all_rows() -> None:
    gold = [frozenset({"a", "b"}), frozenset({"a"}), frozenset()]
    predicted = [frozenset({"a"}), frozenset({"a", "c"}), frozenset()]
    assert micro_f1(gold, predicted) == pytest.approx(2 * 2 / (3 + 3))


def test_calibration_error_is_the_mean_gap() -> None:
    certain = np.asarray([0.95, 0.95, 0.55, 0.55])
    correct = np.asarray([True, True, True, False])
    assert calibration_error(certain, correct) == pytest.approx(0.05)


def test_nothing_measured_is_zero() -> None:
    assert macro_f1([], []) == 0
    assert calibration_error(np.asarray([]), np.asarray([], dtype=bool)) == 0
