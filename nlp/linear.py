"""Fits the linear heads: what a vocabulary and some examples teach, on all processors."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

# None of the three ships types; joblib comes with scikit-learn.
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from nlp.classifier import Heads, Numbers
from nlp.config import Config
from nlp.corpus import Example
from nlp.features import Vectoriser
from nlp.labels import NONE, PRIMARIES, TYPE_OF
from nlp.lessons import Lessons, Rows

_SHARES = 8  # of the labels that do not exclude each other; each is sent the whole matrix
_TASKS = _SHARES + 2
_NEVER = -10.0  # the score of a label that the corpus does not hold

# A row of coefficients for each label, and as many biases.
Fitted = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Linear:
    """What is learnt from some examples: vocabulary, which columns it kept, coefficients."""

    vectoriser: Vectoriser
    kept: Rows
    weights: NDArray[np.float32]  # kept features × columns of the heads
    bias: NDArray[np.float32]


def fit_each(
    lessons: Lessons, subsets: Sequence[Rows], heads: Heads, config: Config
) -> Iterator[Linear]:
    """What each of some sets of rows teaches, in their order, as soon as it is known.

    All are learnt in one go: no processor waits while what is found in one is looked at.
    """
    ready: deque[tuple[Vectoriser, Rows]] = deque()

    def tasks() -> Iterator[Any]:
        for rows in subsets:
            vectoriser, kept = lessons.vectoriser(
                rows, min_count=config.min_count, word_weight=config.word_weight
            )
            ready.append((vectoriser, kept))
            matrix = lessons.weighed(rows, kept, vectoriser)
            yield from _tasks(matrix, [lessons.examples[at] for at in rows], heads, config)

    # Processes, not threads: liblinear draws from C's one random sequence, and results would vary.
    done = Parallel(n_jobs=-1, return_as="generator")(tasks())
    for _ in subsets:
        parts = list(islice(done, _TASKS))
        yield Linear(*ready.popleft(), *_joined(parts, heads, config))


def _tasks(
    matrix: csr_matrix, examples: Sequence[Example], heads: Heads, config: Config
) -> Iterator[Any]:
    """The calls that fit all heads, the longest first."""
    of_issues, of_primary, of_intent, of_type = (
        config.penalty[name] for name in ("issues", "primary", "intent", "type")
    )
    one, some = delayed(fit_choice), delayed(_fit_some)
    yield one(matrix, [row.primary for row in examples], PRIMARIES, of_primary, config)
    yield one(matrix, [row.intent for row in examples], heads.intents, of_intent, config)
    held = [{TYPE_OF[issue] for issue in row.issues} for row in examples]
    several = [([issue in row.issues for row in examples], of_issues) for issue in heads.issues]
    several += [([label in types for types in held], of_type) for label in heads.types]
    several += [([flag in row.flags for row in examples], of_issues) for flag in heads.flags]
    for at in range(_SHARES):
        yield some(matrix, several[at::_SHARES], config)


def _joined(
    parts: Sequence[Any], heads: Heads, config: Config
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients and biases of all columns, in the order of the heads."""
    primary, intent, *shares = parts
    several = len(heads.issues) + len(heads.types) + len(heads.flags)
    of_each = [shares[at % _SHARES][at // _SHARES] for at in range(several)]
    of_issue, of_rest = of_each[: len(heads.issues)], of_each[len(heads.issues) :]
    ordered = [*of_issue, primary, *of_rest, intent]
    weights = np.concatenate([part[0] for part in ordered])
    bias = np.concatenate([part[1] for part in ordered])
    _blend(weights, bias, heads, config.issue_share)
    return np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32)


def _blend(weights: Numbers, bias: Numbers, heads: Heads, share: float) -> None:
    """Adds to each primary a share of its issue's own score: the issue is learnt from more lines.

    None has no such score, and takes more of its own so that the balance stays.
    """
    start = heads.own.start
    for at, label in enumerate(PRIMARIES):
        source = start + at if label == NONE else heads.issues.index(label)
        weights[start + at] += share * weights[source]
        bias[start + at] += share * bias[source]


def fit_choice(
    matrix: csr_matrix, chosen: list[str], labels: Sequence[str], penalty: float, config: Config
) -> Fitted:
    """A row for each of labels of which one holds: liblinear reads the matrix once for all."""
    weights = np.zeros((len(labels), matrix.shape[1]))
    bias = np.full(len(labels), _NEVER)
    held = [label for label in labels if label in set(chosen)]
    if len(held) > 2:
        codes = {label: at for at, label in enumerate(held)}
        model = _svm(penalty, config).fit(matrix, [codes[label] for label in chosen])
        rows = [labels.index(label) for label in held]
        weights[rows], bias[rows] = model.coef_, model.intercept_
        return weights, bias
    # Of two classes liblinear learns one boundary for both.
    targets = [([one == label for one in chosen], penalty) for label in labels]
    each = _fit_some(matrix, targets, config)
    return np.concatenate([part[0] for part in each]), np.concatenate([part[1] for part in each])


def _fit_some(
    matrix: csr_matrix, targets: Sequence[tuple[list[bool], float]], config: Config
) -> list[Fitted]:
    return [_fit_binary(matrix, *target, config) for target in targets]


def _fit_binary(matrix: csr_matrix, wanted: list[bool], penalty: float, config: Config) -> Fitted:
    if len(set(wanted)) < 2:  # a label that never occurs can never win
        return np.zeros((1, matrix.shape[1])), np.asarray([_NEVER])
    model = _svm(penalty, config).fit(matrix, wanted)
    return model.coef_, model.intercept_


def _svm(penalty: float, config: Config) -> LinearSVC:
    # Left to itself, scikit-learn takes the primal where lines outnumber features: far slower.
    return LinearSVC(C=penalty, dual=True, tol=config.tolerance, random_state=config.seed)
