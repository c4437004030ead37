"""The artefact of the whole corpus, trained once for all quality gates."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp import registry, training
from nlp.registry import Artefact
from nlp.segment import shared_segmenter
from nlp.understanding import Understander

CORPUS = Path(__file__).resolve().parents[2] / "data" / "corpus"


@pytest.fixture(scope="session")
def whole_artefact(tmp_path_factory: pytest.TempPathFactory) -> Artefact:
    home = tmp_path_factory.mktemp("quality")
    artefact = training.train(CORPUS, home)
    registry.promote(home, artefact.id)
    return registry.load_current(home)


@pytest.fixture(scope="session")
def whole_understander(whole_artefact: Artefact) -> Understander:
    return Understander(whole_artefact, shared_segmenter())
