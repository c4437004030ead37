"""Fits and calibrates the classifier; the only module that imports scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# None of the three ships types.
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from nlp.classifier import (
    Calibration,
    Classifier,
    Heads,
    Numbers,
    Scores,
    SecondLook,
    sigmoid,
    softmax,
)
from nlp.config import Config
from nlp.corpus import Example
from nlp.features import Features, Vectoriser
from nlp.labels import FLAGS, INTENTS, ISSUES, NONE, PRIMARIES, TYPE_OF, TYPES
from nlp.metrics import calibration_error, macro_f1

_BATCH = 256
_NEVER = -10.0  # the score of a label that the corpus does not hold
_SCALES = np.geomspace(0.3, 30, 60)
_PROBABILITIES = np.arange(0.30, 1.0, 0.01)


@dataclass(frozen=True)
class Measured:
    """What cross-validation found: the second look, the calibration, the scores for the papers."""

    second: SecondLook
    calibration: Calibration
    scores: dict[str, Any]


@dataclass(frozen=True)
class Material:
    """The examples with their features; `copies` are the features of their dressed copies."""

    examples: Sequence[Example]
    counts: Sequence[Features]
    copies: Sequence[Features]

    def pick(self, rows: Sequence[int]) -> Material:
        """The material of some examples only."""
        return Material(
            [self.examples[at] for at in rows],
            [self.counts[at] for at in rows],
            [self.copies[at] for at in rows],
        )

    def lessons(self) -> tuple[list[Example], list[Features]]:
        """What is learnt from: each example twice, plain and dressed."""
        return [*self.examples, *self.examples], [*self.counts, *self.copies]


def fit_classifier(material: Material, config: Config, measured: Measured) -> Classifier:
    """The classifier of all examples, with what only unseen lines could teach found before."""
    heads = heads_of(material.examples, config)
    examples, counts = material.lessons()
    vectoriser = _fit_vectoriser(counts, config)
    weights, bias = _fit_weights(to_matrix(vectoriser, counts), examples, heads, config)
    return Classifier(vectoriser, weights, bias, heads, measured.second, measured.calibration)


def heads_of(examples: Sequence[Example], config: Config) -> Heads:
    """All issues and intents, and the flags that have lines enough to be learnt."""
    counts = Counter(flag for example in examples for flag in example.flags)
    flags = tuple(flag for flag in FLAGS if counts[flag] >= config.flag_min_lines)
    return Heads(ISSUES, TYPES, flags, INTENTS)


def _fit_vectoriser(counts: Sequence[Features], config: Config) -> Vectoriser:
    return Vectoriser.fit(counts, min_count=config.min_count, block_weights=config.block_weights)


def to_matrix(vectoriser: Vectoriser, rows: Sequence[Features]) -> csr_matrix:
    """The weighed features of many texts as scikit-learn wants them."""
    weighed = [vectoriser.weigh(row) for row in rows]
    ends = np.cumsum([0, *(len(columns) for columns, _ in weighed)])
    columns = np.concatenate([columns for columns, _ in weighed])
    # liblinear computes in double precision, and would convert anew for each label.
    values = np.concatenate([values for _, values in weighed]).astype(np.float64)
    return csr_matrix((values, columns, ends), shape=(len(rows), len(vectoriser.vocabulary)))


def _fit_weights(
    matrix: csr_matrix, examples: Sequence[Example], heads: Heads, config: Config
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients of all columns, in the order of the heads."""
    of_issues, of_primary, of_intent, of_type = (
        config.penalty[name] for name in ("issues", "primary", "intent", "type")
    )
    held = [{TYPE_OF[issue] for issue in row.issues} for row in examples]
    targets = [([issue in row.issues for row in examples], of_issues) for issue in heads.issues]
    targets += [([row.primary == label for row in examples], of_primary) for label in PRIMARIES]
    targets += [([label in types for types in held], of_type) for label in heads.types]
    targets += [([flag in row.flags for row in examples], of_issues) for flag in heads.flags]
    targets += [([row.intent == label for row in examples], of_intent) for label in heads.intents]
    # Not in threads: liblinear draws from C's one random sequence, and results would vary.
    parts = [_fit_binary(matrix, *target, config.seed) for target in targets]
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


def _fit_binary(
    matrix: csr_matrix, wanted: list[bool], penalty: float, seed: int
) -> tuple[Numbers, Numbers]:
    if len(set(wanted)) < 2:  # a label that never occurs can never win
        return np.zeros((1, matrix.shape[1])), np.asarray([_NEVER])
    model = LinearSVC(C=penalty, random_state=seed).fit(matrix, wanted)
    return model.coef_, model.intercept_


def cross_validate(
    material: Material, config: Config, progress: Callable[[float], None]
) -> Measured:
    """Scores each example by a model that has not seen it, calibrates and measures on that."""
    examples = material.examples
    heads = heads_of(examples, config)
    scores: Scores = np.zeros((len(examples), heads.width), dtype=np.float32)
    fold_of = assign_folds([example.primary for example in examples], config)
    for fold in range(config.folds):
        progress(fold / config.folds)
        _score_fold(scores, fold_of == fold, material, heads, config)
    targets = np.asarray([PRIMARIES.index(example.primary) for example in examples])
    issues, _, _, flags, intents = heads.split_many(scores)
    split = (issues, flags, _look_again(scores, targets, fold_of, heads, config), intents)
    calibration = _calibrate(split, examples, heads, config)
    return Measured(
        second=_fit_second(scores, targets, heads, config),
        calibration=calibration,
        scores=_measure(split, examples, calibration),
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


def assign_folds(labels: Sequence[str], config: Config) -> NDArray[np.int64]:
    """A fold for each row, each label spread evenly over all folds."""
    order = np.random.default_rng(config.seed).permutation(len(labels))
    folds = np.zeros(len(labels), dtype=np.int64)
    seen: Counter[str] = Counter()
    for at in order:
        folds[at] = seen[labels[at]] % config.folds
        seen[labels[at]] += 1
    return folds


def _score_fold(
    scores: Scores,
    held_out: NDArray[np.bool_],
    material: Material,
    heads: Heads,
    config: Config,
) -> None:
    """Fills in the scores of the held-out rows."""
    unseen = np.flatnonzero(held_out).tolist()
    examples, counts = material.pick(np.flatnonzero(~held_out).tolist()).lessons()
    vectoriser = _fit_vectoriser(counts, config)
    weights, bias = _fit_weights(to_matrix(vectoriser, counts), examples, heads, config)
    matrix = to_matrix(vectoriser, [material.counts[at] for at in unseen])
    scores[unseen] = matrix @ weights + bias


# The scores of issues, flags, primaries after the second look, and intents.
Split = tuple[Numbers, Numbers, Numbers, Numbers]


def _calibrate(
    split: Split, examples: Sequence[Example], heads: Heads, config: Config
) -> Calibration:
    issues, flags, primaries, _ = split
    has_issue = _issue_table(examples)
    scale, shift = _platt(issues, has_issue)
    gold = np.asarray([PRIMARIES.index(row.primary) for row in examples])
    primary_scale = _temperature(primaries, gold)
    primary_shift = _shift_none(examples, config)
    probabilities = softmax(primaries * primary_scale + primary_shift)
    has_flag = np.asarray([[flag in row.flags for flag in heads.flags] for row in examples])
    return Calibration(
        issue_scale=scale,
        issue_shift=shift,
        primary_scale=primary_scale,
        primary_shift=tuple(primary_shift.tolist()),
        issue_threshold=_best_issue_threshold(
            sigmoid(issues, scale, shift), probabilities, has_issue
        ),
        flag_threshold=_precise_threshold(
            sigmoid(flags, scale, shift).ravel(), has_flag.ravel(), None, config.flag_precision
        ),
        confident_threshold=_confident_threshold(probabilities, examples, config),
    )


def _issue_table(examples: Sequence[Example]) -> NDArray[np.bool_]:
    return np.asarray([[issue in row.issues for issue in ISSUES] for row in examples])


def _platt(scores: Numbers, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """One sigmoid for all independent labels: many have too few lines for their own."""
    model = LogisticRegression(C=1e4).fit(scores.reshape(-1, 1), wanted.ravel())
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _temperature(scores: Numbers, gold: NDArray[np.int64]) -> float:
    """The scale at which the probabilities of what was true are highest."""
    rows = np.arange(len(gold))
    losses = [-np.log(softmax(scores * scale)[rows, gold] + 1e-12).mean() for scale in _SCALES]
    return float(_SCALES[int(np.argmin(losses))])


def _shift_none(examples: Sequence[Example], config: Config) -> Numbers:
    """Log odds from the corpus's share of none to real traffic's."""
    share = sum(row.primary == NONE for row in examples) / len(examples)
    shift = np.zeros(len(PRIMARIES))
    if 0 < share < 1:
        real = config.none_share
        shift[PRIMARIES.index(NONE)] = np.log(real / (1 - real)) - np.log(share / (1 - share))
    return shift


def _best_issue_threshold(
    issues: Numbers, primaries: Numbers, has_issue: NDArray[np.bool_]
) -> float:
    scores = [_micro(has_issue, _asserted(issues, primaries, at)) for at in _PROBABILITIES]
    return round(float(_PROBABILITIES[int(np.argmax(scores))]), 2)


def _asserted(issues: Numbers, primaries: Numbers, threshold: float) -> NDArray[np.bool_]:
    """What Classifier.assert_issues asserts, for many rows at once."""
    best = primaries.argmax(axis=1)
    claimed: NDArray[np.bool_] = (issues >= threshold) | (
        best[:, None] == np.arange(len(ISSUES))[None, :]
    )
    # None stands last among the primaries, and claims nothing.
    claimed &= (best < len(ISSUES))[:, None]
    return claimed


def _micro(gold: NDArray[np.bool_], claimed: NDArray[np.bool_]) -> float:
    return float(2 * (gold & claimed).sum() / max(gold.sum() + claimed.sum(), 1))


def _confident_threshold(
    probabilities: Numbers, examples: Sequence[Example], config: Config
) -> float:
    """The lowest probability above which the type is right as often as the configuration asks."""
    gold = [TYPE_OF[row.primary] for row in examples]
    types, certainty = _types(probabilities)
    correct = np.asarray([t == g for t, g in zip(types, gold, strict=True)])
    share = max(gold.count(NONE) / len(gold), 1e-9)
    of_none, of_rest = config.none_share / share, (1 - config.none_share) / (1 - share)
    weight = np.asarray([of_none if label == NONE else of_rest for label in gold])
    return _precise_threshold(certainty, correct, weight, config.type_precision)


def _types(probabilities: Numbers) -> tuple[list[str], Numbers]:
    """The type of each row's best primary, and how likely that type is."""
    type_of = np.asarray([TYPE_OF[label] for label in PRIMARIES])
    types = type_of[probabilities.argmax(axis=1)]
    certainty: Numbers = (probabilities * (type_of[None, :] == types[:, None])).sum(axis=1)
    return types.tolist(), certainty


def _precise_threshold(
    probabilities: Numbers, correct: NDArray[np.bool_], weight: Numbers | None, wanted: float
) -> float:
    """The lowest threshold that keeps the wanted precision; just under 1 when none does."""
    weight = np.ones(len(correct)) if weight is None else weight
    for threshold in _PROBABILITIES:
        above = probabilities >= threshold
        if above.any() and np.average(correct[above], weights=weight[above]) >= wanted:
            return round(float(threshold), 2)
    return round(float(_PROBABILITIES[-1]), 2)


def _measure(
    split: Split, examples: Sequence[Example], calibration: Calibration
) -> dict[str, Any]:
    """The scores of the papers, on lines that the scoring model had not seen."""
    issues, _, primaries, intents = split
    chosen = softmax(primaries * calibration.primary_scale + np.asarray(calibration.primary_shift))
    platt = sigmoid(issues, calibration.issue_scale, calibration.issue_shift)
    gold = [row.primary for row in examples]
    best = [PRIMARIES[at] for at in chosen.argmax(axis=1)]
    gold_types = [TYPE_OF[g] for g in gold]
    types, certainty = _types(chosen)
    right = np.asarray([g == t for g, t in zip(gold_types, types, strict=True)])
    sure = certainty >= calibration.confident_threshold
    asserted = _asserted(platt, chosen, calibration.issue_threshold)
    return {
        "type_macro_f1": round(macro_f1(gold_types, types), 4),
        "issue_macro_f1": round(macro_f1(gold, best), 4),
        "issue_micro_f1": round(_micro(_issue_table(examples), asserted), 4),
        "intent_accuracy": round(_intent_accuracy(intents, examples), 4),
        "confident_share": round(float(sure.mean()), 4),
        "confident_type_precision": round(float(right[sure].mean()) if sure.any() else 0.0, 4),
        "calibration_error": round(
            calibration_error(chosen.max(axis=1), np.asarray(gold) == np.asarray(best)), 4
        ),
    }


def _intent_accuracy(intents: Numbers, examples: Sequence[Example]) -> float:
    hits = [
        INTENTS[at] == row.intent for at, row in zip(intents.argmax(axis=1), examples, strict=True)
    ]
    return float(np.mean(hits))
