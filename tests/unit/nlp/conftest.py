"""One small artefact for all tests of understanding, trained on a few lines of each class."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nlp import registry, training
from nlp.answers import load_answers
from nlp.registry import Artefact
from nlp.segment import Segmenter, shared_segmenter
from nlp.understanding import Understander

CORPUS = Path(__file__).resolve().parents[3] / "data" / "corpus"
LINES_A_CLASS = 30
FEW_ANSWERS = load_answers(CORPUS.parent / "answers")[::4]


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the first lines of each primary issue, without repetitions."""
    taken: Counter[str] = Counter()
    lines: dict[str, str] = {}
    for path in sorted(CORPUS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            text, issues, *_ = line.split("\t")
            primary = issues.split(",")[0]
            if taken[primary] < LINES_A_CLASS and text.strip() not in lines:
                taken[primary] += 1
                lines[text.strip()] = line
    folder = tmp_path_factory.mktemp("corpus")
    header = "text\tissues\tintent\tflags"
    (folder / "small.tsv").write_text("\n".join([header, *lines.values()]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def home(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one artefact in service."""
    home = tmp_path_factory.mktemp("home")
    artefact = training.train(small_corpus, home, answers=FEW_ANSWERS)
    registry.promote(home, artefact.id)
    return home


@pytest.fixture(scope="session")
def artefact(home: Path) -> Artefact:
    return registry.load_current(home)


@pytest.fixture(scope="session")
def segmenter(home: Path) -> Segmenter:
    return shared_segmenter(home / "cache")


@pytest.fixture(scope="session")
def understander(artefact: Artefact, segmenter: Segmenter) -> Understander:
    return Understander(artefact, segmenter)
