"""What turns scores of unseen lines into probabilities and thresholds, and measures both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# Neither of the two ships types.
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from nlp.classifier import FURTHEST, Calibration, Heads, Numbers, Scores
from nlp.config import Config
from nlp.corpus import Example
from nlp.labels import INTENTS, ISSUES, NONE, PRIMARIES, TYPE_OF, WANT_HUMAN
from nlp.metrics import calibration_error, macro_f1

_SCALES: Final = (0.3, 30.0)
_EVEN: Final = 0.5 - 1e-9
_PROBABILITIES: Final = np.arange(0.30, 1.0, 0.01)

# The scores of issues, flags, primaries after the second look, and intents.
Split = tuple[Numbers, Numbers, Numbers, Numbers]


def calibrate(
    split: Split, examples: Sequence[Example], heads: Heads, config: Config
) -> Calibration:
    """Scales, shifts and thresholds, from scores that were given to unseen rows."""
    issues, flags, primaries, intents = split
    has_issue = _issue_table(examples)
    scale, shift = _platt(issues, has_issue)
    gold = np.asarray([PRIMARIES.index(row.primary) for row in examples])
    primary_scale = temperature(primaries, gold)
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
        flag_thresholds=flag_thresholds(sigmoid(flags, scale, shift), has_flag, heads, config),
        confident_threshold=_confident_threshold(probabilities, examples, config),
        person_threshold=_person_threshold(
            sigmoid(intents[:, INTENTS.index(WANT_HUMAN)], scale, shift), examples
        ),
    )


def flag_thresholds(
    probabilities: Numbers, has_flag: NDArray[np.bool_], heads: Heads, config: Config
) -> dict[str, float]:
    """For each flag the lowest threshold at which no more lines than configured get it wrongly.

    A row for each line, a column for each of the heads' flags. Flags are rare and told in endless
    ways: asked for a precision among near misses, they would be found too seldom.
    """
    found = {}
    for at, flag in enumerate(heads.flags):
        if flag in config.flag_false_alarms:
            without = np.sort(probabilities[~has_flag[:, at], at])[::-1]
            first_spared = without[int(config.flag_false_alarms[flag] * len(without))]
            found[flag] = float(np.nextafter(first_spared, 1))
    return found


def sigmoid(scores: Numbers | Scores, scale: float, shift: float) -> Numbers:
    """Scores of independent labels as probabilities."""
    bounded = np.clip(scores * scale + shift, -FURTHEST, FURTHEST)
    probabilities: Numbers = 1.0 / (1.0 + np.exp(-bounded))
    return probabilities


def softmax(scores: Numbers | Scores) -> Numbers:
    """Scores of labels of which one holds, as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Numbers = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def _issue_table(examples: Sequence[Example]) -> NDArray[np.bool_]:
    return np.asarray([[issue in row.issues for issue in ISSUES] for row in examples])


def _platt(scores: Numbers, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """One sigmoid for all independent labels: many have too few lines for their own."""
    model = LogisticRegression(C=1e4).fit(scores.reshape(-1, 1), wanted.ravel())
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def temperature(scores: Numbers, gold: NDArray[np.int64]) -> float:
    """The scale at which the probabilities of what was true are highest."""
    rows = np.arange(len(gold))

    def loss(scale: float) -> float:
        return float(-np.log(softmax(scores * scale)[rows, gold] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=_SCALES, method="bounded").x)


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


def _person_threshold(probabilities: Numbers, examples: Sequence[Example]) -> float:
    """Where wishes for a person are told from their near misses with the best F1.

    Never where a wish is less likely than none: in a chat of many turns that would cut in.
    """
    at_least = _PROBABILITIES[_PROBABILITIES >= _EVEN]
    wished = np.asarray([row.intent == WANT_HUMAN for row in examples])
    found = [
        2 * (wished & (probabilities >= at)).sum()
        / max(1, wished.sum() + (probabilities >= at).sum())
        for at in at_least
    ]  # fmt: skip
    return round(float(at_least[int(np.argmax(found))]), 2)


def _types(probabilities: Numbers) -> tuple[list[str], Numbers]:
    """The type of each row's best primary, and how likely that type is."""
    type_of = np.asarray([TYPE_OF[label] for label in PRIMARIES])
    types = type_of[probabilities.argmax(axis=1)]
    certainty: Numbers = (probabilities * (type_of[None, :] == types[:, None])).sum(axis=1)
    return types.tolist(), certainty


def _precise_threshold(
    probabilities: Numbers, correct: NDArray[np.bool_], weight: Numbers, wanted: float
) -> float:
    """The lowest threshold that keeps the wanted precision; just under 1 when none does."""
    for threshold in _PROBABILITIES:
        above = probabilities >= threshold
        if above.any() and np.average(correct[above], weights=weight[above]) >= wanted:
            return round(float(threshold), 2)
    return round(float(_PROBABILITIES[-1]), 2)


def measure(split: Split, examples: Sequence[Example], calibration: Calibration) -> dict[str, Any]:
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
