"""Floors under the corpus's cross-validation: a change may not make understanding worse.

The corpus holds many near misses on purpose, and whole files are left out together, so these
figures lie below those of easy traffic.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nlp.evaluation import judge
from nlp.must_hold import must_hold_cases
from nlp.promotion import frozen_rows
from nlp.registry import Artefact
from nlp.understanding import Understander

DATA = Path(__file__).resolve().parents[2] / "data"

# Each line is scored by a classifier that has seen no line of its file.
FLOORS = {
    "type_macro_f1": 0.78,
    "issue_macro_f1": 0.71,
    "issue_micro_f1": 0.74,
    "intent_accuracy": 0.71,
    "confident_share": 0.35,
    "confident_type_precision": 0.95,
}


@pytest.mark.parametrize(("figure", "floor"), list(FLOORS.items()))
def test_cross_validation_stays_above(whole_artefact: Artefact, figure: str, floor: float) -> None:
    assert whole_artefact.papers["cross_validation"][figure] >= floor


def test_certainty_is_honest(whole_artefact: Artefact) -> None:
    assert whole_artefact.papers["cross_validation"]["calibration_error"] <= 0.05


def test_what_must_hold_holds(whole_understander: Understander) -> None:
    cases = list(must_hold_cases(DATA / "must_hold"))
    assert [f"{c.place} {c.text}" for c in cases if not c.holds(whole_understander)] == []
    assert len(cases) > 4000


def test_the_frozen_set_is_read_well(whole_understander: Understander) -> None:
    judged = judge(whole_understander, frozen_rows(DATA))
    assert sum(one.is_right for one in judged) / len(judged) >= 0.85


def test_understanding_is_quick(whole_understander: Understander) -> None:
    started = time.perf_counter()
    for _ in range(200):
        whole_understander.understand("付款五天了还不发货,你们是龟速吗")
    assert (time.perf_counter() - started) / 200 < 0.005
