"""Thresholds keep what the configuration asks, on lines that the scoring model had not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.calibration import flag_thresholds
from nlp.classifier import Heads
from nlp.config import load_config
from nlp.corpus import Example
from nlp.fitting import assign_folds

HEADS = Heads(issues=(), types=(), flags=("safety", "legal"), intents=())
CONFIG = load_config()
SHARES = st.floats(0, 0.5)


@given(
    probabilities=arrays(np.float64, (40, 2), elements=st.floats(0, 0.99)),
    flagged=arrays(np.bool_, (39, 2)),
    share=SHARES,
)
def test_no_more_lines_than_allowed_get_a_flag_wrongly(
    probabilities: np.ndarray, flagged: np.ndarray, share: float
) -> None:
    has_flag = np.vstack([flagged, [[False, False]]])
    config = replace(CONFIG, flag_false_alarms={"safety": share})
    thresholds = flag_thresholds(probabilities, has_flag, HEADS, config)
    assert list(thresholds) == ["safety"]
    without = probabilities[~has_flag[:, 0], 0]
    allowed = int(share * len(without))
    assert np.sum(without >= thresholds["safety"]) <= allowed
    lower = without[without < thresholds["safety"]].max()
    assert np.sum(without >= lower) > allowed


def test_files_with_a_flag_fall_into_different_folds() -> None:
    def lines(source: str, flag: str | None) -> list[Example]:
        flags = (flag,) if flag else ()
        return [Example(f"{source}{at}", (), "complain", flags, source) for at in range(30)]

    files = [(f"plain{at}", None) for at in range(38)] + [
        ("danger1", "safety"),
        ("danger2", "safety"),
    ]
    examples = [line for source, flag in files for line in lines(source, flag)]
    fold_of = assign_folds(examples, replace(CONFIG, folds=2))
    found = {examples[at].source: fold_of[at] for at in range(len(examples)) if examples[at].flags}
    assert found["danger1"] != found["danger2"]
