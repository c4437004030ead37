"""Learns the classifier, and scores each line of the corpus by one that has not seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Neither of the two ships types; threadpoolctl comes with scikit-learn.
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.calibration import calibrate, measure
from nlp.classifier import Classifier, Heads, Numbers, Scores, SecondLook
from nlp.config import Config
from nlp.corpus import Example
from nlp.labels import FLAGS, INTENTS, ISSUES, PRIMARIES, TYPES
from nlp.lessons import Lessons
from nlp.linear import Linear, fit_each

_BATCH = 256
_FILES_A_FOLD = 10


def learn(
    lessons: Lessons, config: Config, progress: Callable[[float], None]
) -> tuple[Classifier, dict[str, Any]]:
    """The classifier of all examples, and its scores in cross-validation for the papers.

    The second look and the calibration are fitted on scores that each example was given by a model
    that had not seen it.
    """
    examples = lessons.examples
    heads, fold_of = heads_of(examples, config), assign_folds(examples, config)
    unseen = [np.flatnonzero(fold_of == fold) for fold in range(config.folds)]
    everything = np.arange(len(examples))
    fits = fit_each(
        lessons, [*(np.delete(everything, rows) for rows in unseen), everything], heads, config
    )
    scores: Scores = np.zeros((len(examples), heads.width), dtype=np.float32)
    for at, rows in enumerate(unseen, 1):
        scores[rows] = _score(lessons, rows, next(fits))
        progress(at / (len(unseen) + 2))
    targets = np.asarray([PRIMARIES.index(example.primary) for example in examples])
    issues, _, _, flags, intents = heads.split_by_head(scores)
    split = (issues, flags, _look_again(scores, targets, fold_of, heads, config), intents)
    calibration = calibrate(split, examples, heads, config)
    second = _fit_second(scores, targets, heads, config)
    measured = measure(split, examples, calibration)
    linear = next(fits)
    progress(1.0)
    return Classifier(
        linear.vectoriser, *in_steps(linear.weights), linear.bias, heads, second, calibration
    ), measured


def _score(lessons: Lessons, rows: NDArray[np.int64], linear: Linear) -> Scores:
    matrix = lessons.weighed(rows, linear.kept, linear.vectoriser)
    found: Scores = matrix @ linear.weights + linear.bias
    return found


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
