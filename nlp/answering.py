"""Learns what short answers mean: a linear model of their own, measured on writers left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.answers import Answer, AnswerReader
from nlp.calibration import temperature
from nlp.classifier import Numbers
from nlp.config import Config
from nlp.features import Vectoriser
from nlp.labels import MEANINGS
from nlp.lessons import Lessons, Rows
from nlp.linear import fit_choice

_SHARES = 3  # each costs a fit


def learn_answers(
    answers: Sequence[Answer], lessons: Lessons, config: Config
) -> tuple[AnswerReader, float]:
    """The reader of all answers, and how many of a left-out writer's it reads rightly.

    `lessons` holds the features of each answer's text, in their order.
    """
    if not answers:
        return AnswerReader.untaught(), 0.0
    gold = np.asarray([MEANINGS.index(one.meaning) for one in answers])
    scores = np.zeros((len(answers), len(MEANINGS)))
    everything = np.arange(len(answers))
    for rows in _folds(answers):
        seen = np.setdiff1d(everything, rows)
        vectoriser, kept, weights, bias = _fit(answers, lessons, seen, config)
        scores[rows] = lessons.weighed(rows, kept, vectoriser) @ weights + bias
    scale = temperature(scores, gold)
    right = scores.argmax(axis=1) == gold
    vectoriser, _, weights, bias = _fit(answers, lessons, everything, config)
    reader = AnswerReader(
        vectoriser, weights.astype(np.float32), bias.astype(np.float32), scale, MEANINGS
    )
    return reader, float(right.mean())


def _fit(
    answers: Sequence[Answer], lessons: Lessons, rows: Rows, config: Config
) -> tuple[Vectoriser, Rows, Numbers, Numbers]:
    vectoriser, kept = lessons.vectoriser(
        rows, min_count=config.answer_min_count, word_weight=config.word_weight
    )
    matrix = lessons.weighed(rows, kept, vectoriser)
    chosen = [answers[at].meaning for at in rows]
    weights, bias = fit_choice(matrix, chosen, MEANINGS, config.penalty["answer"], config)
    return vectoriser, kept, weights.T, bias


def _folds(answers: Sequence[Answer]) -> list[NDArray[np.int64]]:
    """The rows of some of the writers: another's answers are harder to read than one's own.

    Of a single writer every third line is left out in turn.
    """
    writers = sorted({one.source for one in answers})
    places = {writer: at for at, writer in enumerate(writers)}
    groups = np.asarray(
        [places[one.source] if len(writers) > 1 else at for at, one in enumerate(answers)]
    )
    shares = (np.flatnonzero(groups % _SHARES == share) for share in range(_SHARES))
    return [rows for rows in shares if len(rows)]
