"""The artefact of the whole corpus, as all that is tested with it loads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp import registry
from nlp.registry import Artefact
from nlp.understanding import Understander


@pytest.fixture(scope="session")
def whole_artefact(trained_home: Path) -> Artefact:
    return registry.load_current(trained_home)


@pytest.fixture(scope="session")
def whole_understander(understander: Understander) -> Understander:
    return understander
