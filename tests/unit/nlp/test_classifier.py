"""Scoring straight from the numbers gives what scikit-learn would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from nlp.calibration import sigmoid, softmax
from nlp.corpus import load_corpus
from nlp.features import Features
from nlp.labels import ISSUES, NONE, PRIMARIES
from nlp.lessons import Indexed, Lessons, weigh_many
from nlp.reading import read_features
from nlp.registry import Artefact
from nlp.segment import Segmenter


def test_direct_scores_equal_scikit_learns(small_corpus: Path, segmenter: Segmenter) -> None:
    examples = load_corpus(small_corpus)
    counts = [read_features(example.text, segmenter) for example in examples]
    read = Indexed.of(counts)
    lessons = Lessons(examples, read.names, read.matrix())
    everything = np.arange(len(examples))
    vectoriser, kept = lessons.vectoriser(everything, min_count=2, word_weight=0.5)
    matrix = lessons.weighed(everything, kept, vectoriser)
    wanted = [example.primary == "defect" for example in examples]
    model = LinearSVC(C=0.3, random_state=0).fit(matrix, wanted)
    direct = [
        values @ model.coef_[0].astype(np.float32)[columns] + model.intercept_[0]
        for columns, values in map(vectoriser.weigh, counts)
    ]
    np.testing.assert_allclose(direct, model.decision_function(matrix), atol=1e-5)


def _fifty(corpus: Path, segmenter: Segmenter) -> list[Features]:
    return [read_features(example.text, segmenter) for example in load_corpus(corpus)[:50]]


def test_an_artefact_scores_as_its_matrix_does(
    small_corpus: Path, segmenter: Segmenter, artefact: Artefact
) -> None:
    model = artefact.classifier
    counts = _fifty(small_corpus, segmenter)
    known = model.vectoriser.vocabulary
    columns = [[known[name] for name in row if name in known] for row in counts]
    seen = np.zeros((len(columns), len(known)), dtype=np.float32)
    for at, row in enumerate(columns):
        seen[at, row] = 1
    weights = model.weights * model.steps
    matrix = weigh_many(csr_matrix(seen), model.vectoriser) @ weights + model.bias
    np.testing.assert_allclose([model.score(row) for row in counts], matrix, atol=1e-5)


def test_one_message_is_judged_as_many_are(
    small_corpus: Path, segmenter: Segmenter, artefact: Artefact
) -> None:
    model = artefact.classifier
    rows = _fifty(small_corpus, segmenter)
    scores = model.second.primaries(np.stack([model.score(row) for row in rows]), model.heads.own)
    many = softmax(
        scores * model.calibration.primary_scale + np.asarray(model.calibration.primary_shift)
    )
    one = [list(model.predict(row).primaries.values()) for row in rows]
    np.testing.assert_allclose(one, many, atol=1e-4)


def test_claimed_issues_agree_with_the_primary(
    small_corpus: Path, segmenter: Segmenter, artefact: Artefact
) -> None:
    for example in load_corpus(small_corpus):
        prediction = artefact.classifier.predict(read_features(example.text, segmenter))
        claimed = [issue for issue, _ in artefact.classifier.assert_issues(prediction)]
        others = artefact.classifier.alternatives(prediction, claimed)
        assert not {issue for issue, _ in others} & set(claimed)
        assert [p for _, p in others] == sorted((p for _, p in others), reverse=True)
        assert claimed[:1] == ([] if prediction.primary == NONE else [prediction.primary])
        assert len(claimed) == len(set(claimed))
        assert set(claimed) <= set(ISSUES)
        assert abs(sum(prediction.primaries.values()) - 1) < 1e-9
        assert set(prediction.primaries) == set(PRIMARIES)


def test_probabilities_stay_in_bounds_for_any_score() -> None:
    scores = np.asarray([[-1e9, 0.0, 1e9]])
    assert softmax(scores).sum() == 1
    assert ((sigmoid(scores, 5.0, 0.0) >= 0) & (sigmoid(scores, 5.0, 0.0) <= 1)).all()
