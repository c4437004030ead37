"""Learns an artefact from the corpus: deterministic, calibrated, with papers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp import registry
from nlp.answers import Answer, AnswerReader, answers_hash
from nlp.config import Config, load_config
from nlp.corpus import Example, corpus_hash, load_corpus, merge
from nlp.lexicon import lexicon_hash
from nlp.registry import Artefact

# Told what is being done and which share of the whole is behind us.
Progress = Callable[[str, float], None]


def _silent(_stage: str, _share: float) -> None:
    pass


def train(
    corpus_dir: Path,
    home: Path,
    progress: Progress = _silent,
    *,
    config: Config | None = None,
    trained_at: datetime | None = None,
    accepted: Sequence[Example] = (),
    apart: Collection[str] = (),
    answers: Sequence[Answer] = (),
) -> Artefact:
    """Trains, measures and stores an artefact; it is not in service until promoted.

    `accepted` are examples from the shop's own chats, beside the corpus; the texts that stay
    `apart` must not be in it. `answers` teach what short answers mean.
    """
    # scikit-learn takes a second and 100 MB: programs that only serve must not load it.
    from nlp.answering import learn_answers
    from nlp.fitting import learn
    from nlp.lessons import Lessons
    from nlp.reading import read_texts

    config = config or load_config()
    progress("reading the corpus", 0.0)
    examples = merge(load_corpus(corpus_dir, apart=apart), accepted)
    texts = [example.text for example in examples]
    read = read_texts(texts, home / "cache", lambda share: progress("reading", 0.25 * share))
    lessons = Lessons(examples, read.names, read.matrix())
    classifier, measured = learn(
        lessons, config, lambda share: progress("learning", 0.25 + 0.7 * share)
    )
    progress("learning answers", 0.95)
    replied = read_texts([one.text for one in answers], home / "cache") if answers else None
    reader, right = (
        learn_answers(answers, Lessons((), replied.names, replied.matrix()), config)
        if replied
        else (AnswerReader.untaught(), 0.0)
    )
    progress("storing", 0.97)
    papers = _papers(examples, config, measured, trained_at) | {
        "features_sha256": read.digest(),
        "answers": {
            "lines": len(answers),
            "sha256": answers_hash(answers),
            "features_sha256": replied.digest() if replied else None,
            "right": right,
        },
    }
    artefact = registry.save(home, _artefact_id(papers), classifier, reader, papers)
    progress("done", 1.0)
    return artefact


def _papers(
    examples: list[Example], config: Config, scores: dict[str, Any], trained_at: datetime | None
) -> dict[str, Any]:
    return {
        "trained_at": trained_at.isoformat() if trained_at else None,
        "data": {"lines": len(examples), "sha256": corpus_hash(examples)},
        "lexicon_sha256": lexicon_hash(),
        "config": asdict(config),
        "versions": registry.library_versions(),
        "calibrated_on": "out-of-fold scores of the curated corpus, moved to none_share",
        "cross_validation": scores,
    }


def _artefact_id(papers: dict[str, Any]) -> str:
    """The same data, read in the same way, configuration and libraries give the same id."""
    made_of = ("data", "answers", "features_sha256", "lexicon_sha256", "config", "versions")
    kept = {key: papers[key] for key in made_of}
    return sha256(repr((registry.FORMAT, kept)).encode()).hexdigest()[:12]
