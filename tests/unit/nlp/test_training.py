"""Training is deterministic, tells its progress, and leaves papers."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from nlp import training
from nlp.fitting import in_steps
from nlp.labels import INTENTS
from nlp.lessons import Indexed
from nlp.reading import read_features
from nlp.registry import Artefact
from nlp.segment import shared_segmenter
from tests.unit.nlp.conftest import FEW_ANSWERS


def test_the_same_corpus_gives_the_same_artefact(
    small_corpus: Path, artefact: Artefact, tmp_path: Path
) -> None:
    stages: list[tuple[str, float]] = []
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    again = training.train(
        small_corpus,
        tmp_path,
        lambda *row: stages.append(row),
        trained_at=moment,
        answers=FEW_ANSWERS,
    )
    assert again.id == artefact.id
    np.testing.assert_array_equal(again.classifier.weights, artefact.classifier.weights)
    assert again.papers["trained_at"] == "2026-11-24T00:00:00+00:00"
    shares = [share for _, share in stages]
    assert shares == sorted(shares)
    assert stages[-1] == ("done", 1.0)


def test_a_program_that_reads_the_corpus_otherwise_makes_another_artefact() -> None:
    one = Indexed.of([["还没", "发货"], ["碎"]])
    parts = [Indexed.of([["还没", "发货"]]), Indexed.of([["碎"]])]
    assert one.digest() == Indexed.joined(parts).digest()
    others = ([["还没发货"], ["碎"]], [["还没", "发货", "碎"]], [["还没"], ["发货", "碎"]])
    assert one.digest() not in {Indexed.of(rows).digest() for rows in others}


@given(
    arrays(
        np.float32,
        array_shapes(min_dims=2, max_dims=2),
        elements=st.floats(-8, 8, width=32, allow_subnormal=False),
    )
)
def test_no_weight_is_off_by_more_than_half_a_step(weights: NDArray[np.float32]) -> None:
    whole, steps = in_steps(weights)
    assert whole.dtype == np.int16
    assert np.all(np.abs(whole * steps - weights) <= steps * 0.51)


@pytest.mark.parametrize("held", [("want_human", "complain"), INTENTS[:5]])
def test_labels_that_the_corpus_lacks_never_win(
    small_corpus: Path, tmp_path: Path, held: tuple[str, ...]
) -> None:
    """Of two labels liblinear learns one boundary, of several one for each."""
    header, *lines = (small_corpus / "small.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    kept = [
        "\t".join([text, issues, held[at % len(held)], flags])
        for at, (text, issues, _, flags) in enumerate(rows)
    ]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "some.tsv").write_text("\n".join([header, *kept]), encoding="utf-8")
    classifier = training.train(tmp_path / "corpus", tmp_path / "home").classifier
    segmenter = shared_segmenter(tmp_path / "home" / "cache")
    start, end = classifier.heads.ranges[4]
    for text in ("买的灯不亮", "什么时候发货", "", "一二三"):
        scores = classifier.score(read_features(text, segmenter))[start:end]
        assert INTENTS[int(scores.argmax())] in held


def test_papers_tell_what_it_was_made_of(artefact: Artefact) -> None:
    papers = artefact.papers
    assert papers["data"]["lines"] > 500
    assert {"numpy", "scikit-learn", "jieba"} <= set(papers["versions"])
    assert 0 < papers["cross_validation"]["issue_macro_f1"] < 1
    assert papers["config"]["seed"]


def test_serving_loads_no_scikit_learn(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "import nlp.training, nlp.evaluation\n"
        "from nlp.understanding import load_understander\n"
        f"load_understander(Path({str(home)!r})).understand('还没发货')\n"
        "sys.exit(bool({'sklearn', 'scipy'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
