"""Speed and macro-F1 beside the usual small classifiers, all taught the same corpus.

Judged on a labelled file of one's own (`--gold`), or on the frozen set. fastText and SnowNLP come
with the extra `bench`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from bot.settings import DATA_DIR
from nlp.corpus import Example, load_corpus
from nlp.evaluation import Row, read_rows
from nlp.labels import TYPE_OF
from nlp.metrics import macro_f1
from nlp.promotion import FROZEN
from nlp.understanding import load_understander

Predict = Callable[[str], str]  # a text's primary issue, or none
TIMED = 400  # texts


def report(home: Path, gold: Path | None) -> None:
    """Print a line for each classifier: macro-F1 of type and issue, and microseconds a message."""
    jieba.setLogLevel(60)
    jieba.initialize()
    corpus = load_corpus(DATA_DIR / "corpus")
    rows = list(read_rows(gold or DATA_DIR / FROZEN))
    print(f"peers         taught {len(corpus)} lines, judged on {len(rows)} rows of "
          f"{'the given file' if gold else 'the frozen set'}")  # fmt: skip
    understander = load_understander(home)
    _line("jiefen", lambda text: understander.understand(text).primary, rows)
    _line("TF-IDF + ComplementNB", _complement_nb(corpus), rows)
    for name, build in (("fastText", _fasttext), ("SnowNLP Bayes", _snownlp)):
        try:
            predict = build(corpus)
        except ImportError as missing:
            print(f"{name:22} left out: {missing}; make bench installs it")
            continue
        _line(name, predict, rows)
    cut = statistics.median(_times(jieba.lcut, rows)) * 1e6
    print(f"{'(bare jieba.lcut)':22} {'':19} {cut:8.0f} µs a message")


def _line(name: str, predict: Predict, rows: Sequence[Row]) -> None:
    found = [predict(row.text) for row in rows]
    gold = [row.primary for row in rows]
    types = macro_f1([TYPE_OF[label] for label in gold], [TYPE_OF[label] for label in found])
    micro = statistics.median(_times(predict, rows)) * 1e6
    print(
        f"{name:22} type {types:.3f} issue {macro_f1(gold, found):.3f} {micro:7.0f} µs a message"
    )


def _times(work: Callable[[str], object], rows: Sequence[Row]) -> list[float]:
    times = []
    for row in rows[:TIMED]:
        began = time.perf_counter()
        work(row.text)
        times.append(time.perf_counter() - began)
    return times


def _complement_nb(corpus: Sequence[Example]) -> Predict:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import ComplementNB
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(
        tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )
    model = make_pipeline(words, ComplementNB(alpha=0.3))
    model.fit([one.text for one in corpus], [one.primary for one in corpus])
    return lambda text: str(model.predict([text])[0])


def _fasttext(corpus: Sequence[Example]) -> Predict:
    import fasttext

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"__label__{one.primary} {_cut(one.text)}\n" for one in corpus)
        file.flush()
        model = fasttext.train_supervised(
            file.name, lr=0.5, epoch=25, dim=100, wordNgrams=2, minn=1, maxn=3, thread=2, verbose=0
        )

    def predict(text: str) -> str:
        # Its Python face breaks on NumPy 2; what it calls does not.
        ((_, label),) = model.f.predict(_cut(text) + "\n", 1, 0.0, "strict")
        return str(label).removeprefix("__label__")

    return predict


def _cut(text: str) -> str:
    return " ".join(jieba.lcut(text.replace("\n", " ")))


def _snownlp(corpus: Sequence[Example]) -> Predict:
    from snownlp import normal, seg
    from snownlp.classification.bayes import Bayes

    model = Bayes()
    model.train([(normal.filter_stop(seg.seg(one.text)), one.primary) for one in corpus])
    return lambda text: str(model.classify(normal.filter_stop(seg.seg(text)))[0])
