"""Fits the classifier, and scores each line of the corpus by one that has not seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# None of the four ships types; joblib and threadpoolctl come with scikit-learn.
from joblib import Parallel, delayed  # type: ignore[import-untyped]
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.calibration import calibrate, measure
from nlp.classifier import Calibration, Classifier, Heads, Numbers, Scores, SecondLook
from nlp.config import Config
from nlp.corpus import Example
from nlp.features import Vectoriser
from nlp.labels import FLAGS, INTENTS, ISSUES, NONE, PRIMARIES, TYPE_OF, TYPES
from nlp.lessons import Lessons, Rows

_BATCH = 256
_FILES_A_FOLD = 10
_TASKS = 8
_NEVER = -10.0  # the score of a label that the corpus does not hold


@dataclass(frozen=True)
class Measured:
    """What cross-validation found: the second look, the calibration, the scores for the papers."""

    second: SecondLook
    calibration: Calibration
    scores: dict[str, Any]


@dataclass(frozen=True)
class Linear:
    """What is learnt from some examples: vocabulary, which columns it kept, coefficients."""

    vectoriser: Vectoriser
    kept: Rows
    weights: NDArray[np.float32]  # kept features × columns of the heads
    bias: NDArray[np.float32]


def fit_classifier(lessons: Lessons, config: Config, measured: Measured) -> Classifier:
    """The classifier of all examples, with what only unseen lines could teach found before."""
    heads = heads_of(lessons.examples, config)
    linear = _fit_linear(lessons, np.arange(len(lessons.examples)), heads, config)
    return Classifier(
        linear.vectoriser,
        *in_steps(linear.weights),
        linear.bias,
        heads,
        measured.second,
        measured.calibration,
    )


def in_steps(
    weights: NDArray[np.float32],
) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """Each weight in whole steps of its column, and how large those are.

    A column's largest weight has the most steps, so that none is off by more than half of one.
    """
    largest = np.abs(weights).max(axis=0)
    steps = np.maximum(largest / np.iinfo(np.int16).max, np.finfo(np.float32).tiny)
    return np.rint(weights / steps).astype(np.int16), steps


def heads_of(examples: Sequence[Example], config: Config) -> Heads:
    """All issues and intents, and the flags that have lines enough to be learnt."""
    counts = Counter(flag for example in examples for flag in example.flags)
    flags = tuple(flag for flag in FLAGS if counts[flag] >= config.flag_min_lines)
    return Heads(ISSUES, TYPES, flags, INTENTS)


def _fit_linear(lessons: Lessons, rows: Rows, heads: Heads, config: Config) -> Linear:
    picked = [lessons.examples[at] for at in rows]
    vectoriser, kept = lessons.vectoriser(
        rows, min_count=config.min_count, word_weight=config.word_weight
    )
    matrix = lessons.weighed(rows, kept, vectoriser)
    return Linear(vectoriser, kept, *_fit_weights(matrix, picked, heads, config))


def _fit_weights(
    matrix: csr_matrix, examples: Sequence[Example], heads: Heads, config: Config
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients of all columns, in the order of the heads."""
    of_issues, of_primary, of_intent, of_type = (
        config.penalty[name] for name in ("issues", "primary", "intent", "type")
    )
    held = [{TYPE_OF[issue] for issue in row.issues} for row in examples]
    several = [([issue in row.issues for row in examples], of_issues) for issue in heads.issues]
    several += [([label in types for types in held], of_type) for label in heads.types]
    several += [([flag in row.flags for row in examples], of_issues) for flag in heads.flags]
    # Processes, not threads: liblinear draws from C's one random sequence, and results would vary.
    # Few tasks, the longest first: each is sent the whole matrix.
    one, some = delayed(_fit_choice), delayed(_fit_some)
    primary, intent, *found = Parallel(n_jobs=-1)(
        [
            one(matrix, [row.primary for row in examples], PRIMARIES, of_primary, config),
            one(matrix, [row.intent for row in examples], heads.intents, of_intent, config),
            *(some(matrix, several[at::_TASKS], config) for at in range(_TASKS)),
        ]
    )
    of_each = [found[at % _TASKS][at // _TASKS] for at in range(len(several))]
    of_issue, of_rest = of_each[: len(heads.issues)], of_each[len(heads.issues) :]
    parts = [*of_issue, primary, *of_rest, intent]
    weights = np.concatenate([part[0] for part in parts])
    bias = np.concatenate([part[1] for part in parts])
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


def _fit_choice(
    matrix: csr_matrix, chosen: list[str], labels: Sequence[str], penalty: float, config: Config
) -> tuple[Numbers, Numbers]:
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
) -> list[tuple[Numbers, Numbers]]:
    return [_fit_binary(matrix, *target, config) for target in targets]


def _fit_binary(
    matrix: csr_matrix, wanted: list[bool], penalty: float, config: Config
) -> tuple[Numbers, Numbers]:
    if len(set(wanted)) < 2:  # a label that never occurs can never win
        return np.zeros((1, matrix.shape[1])), np.asarray([_NEVER])
    model = _svm(penalty, config).fit(matrix, wanted)
    return model.coef_, model.intercept_


def _svm(penalty: float, config: Config) -> LinearSVC:
    # Left to itself, scikit-learn takes the primal where lines outnumber features: far slower.
    return LinearSVC(C=penalty, dual=True, tol=config.tolerance, random_state=config.seed)


def cross_validate(
    lessons: Lessons, config: Config, progress: Callable[[float], None]
) -> Measured:
    """Scores each example by a model that has not seen it, calibrates and measures on that."""
    examples = lessons.examples
    heads = heads_of(examples, config)
    scores: Scores = np.zeros((len(examples), heads.width), dtype=np.float32)
    fold_of = assign_folds(examples, config)
    for fold in range(config.folds):
        progress(fold / config.folds)
        _score_fold(scores, fold_of == fold, lessons, heads, config)
    targets = np.asarray([PRIMARIES.index(example.primary) for example in examples])
    issues, _, _, flags, intents = heads.split_by_head(scores)
    split = (issues, flags, _look_again(scores, targets, fold_of, heads, config), intents)
    calibration = calibrate(split, examples, heads, config)
    return Measured(
        second=_fit_second(scores, targets, heads, config),
        calibration=calibration,
        scores=measure(split, examples, calibration),
    )


def _look_again(
    scores: Scores,
    targets: NDArray[np.int64],
    fold_of: NDArray[np.int64],
    heads: Heads,
    config: Config,
) -> Numbers:
    """The second look at each row, by one that was fitted on other rows."""
    primaries = np.zeros((len(scores), len(PRIMARIES)))
    for fold in range(config.folds):
        held_out = fold_of == fold
        second = _fit_second(scores[~held_out], targets[~held_out], heads, config)
        primaries[held_out] = second.primaries(scores[held_out], heads.own)
    return primaries


def _fit_second(
    scores: Scores, targets: NDArray[np.int64], heads: Heads, config: Config
) -> SecondLook:
    """A hidden layer over scores that were given to unseen rows."""
    wanted = config.second
    read = scores[:, : heads.read_twice]
    model = MLPClassifier(
        (int(wanted["units"]),),
        alpha=wanted["penalty"],
        batch_size=min(_BATCH, len(scores)),
        random_state=config.seed,
    )
    epochs = -(-int(wanted["steps"]) * _BATCH // len(scores))
    # One pass a call: fit would warn that so few passes leave it unfinished, which they shall.
    # One thread: on products this small, threads wait for each other longer than they work.
    with threadpool_limits(limits=1):
        for _ in range(epochs):
            model.partial_fit(read, targets, classes=np.arange(len(PRIMARIES)))
    (inner, outer), (inner_bias, outer_bias) = model.coefs_, model.intercepts_
    return SecondLook(
        inner=inner.astype(np.float32),
        inner_bias=inner_bias.astype(np.float32),
        outer=outer.astype(np.float32),
        outer_bias=outer_bias.astype(np.float32),
        linear=wanted["linear"],
    )


def assign_folds(examples: Sequence[Example], config: Config) -> NDArray[np.int64]:
    """A fold for each row, each primary and each flag spread evenly over all folds.

    Lines of one file stay together, as far as there are files enough: a writer's other lines are
    easier to read than a stranger's, and would make the classifier think too well of itself.
    """
    rows_of: dict[str, list[int]] = {}
    few = len({example.source for example in examples}) < _FILES_A_FOLD * config.folds
    for at, example in enumerate(examples):
        rows_of.setdefault(str(at) if few else example.source, []).append(at)
    folds = np.zeros(len(examples), dtype=np.int64)
    held = [Counter[str]() for _ in range(config.folds)]
    for rows in sorted(rows_of.values(), key=len, reverse=True):
        labels = Counter(examples[at].primary for at in rows)
        labels.update(flag for at in rows for flag in examples[at].flags)
        fold = min(
            range(config.folds),
            key=lambda fold: (
                sum(held[fold][k] * n for k, n in labels.items()),
                held[fold].total(),
            ),
        )
        held[fold] += labels
        folds[rows] = fold
    return folds


def _score_fold(
    scores: Scores,
    held_out: NDArray[np.bool_],
    lessons: Lessons,
    heads: Heads,
    config: Config,
) -> None:
    """Fills in the scores of the held-out rows."""
    unseen = np.flatnonzero(held_out)
    linear = _fit_linear(lessons, np.flatnonzero(~held_out), heads, config)
    matrix = lessons.weighed(unseen, linear.kept, linear.vectoriser)
    scores[unseen] = matrix @ linear.weights + linear.bias
