"""Errors of understanding.

NlpError
├── ArtefactError    a trained artefact is missing, altered or of another format
├── CorpusError      a line of the corpus cannot be learnt from
├── EvaluationError  a line of an evaluation file cannot be read
├── LexiconError     a word list is malformed
└── PromotionRefused an artefact does worse than the one in service
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class NlpError(Exception):
    """Something that understanding needs is not as it must be."""


class ArtefactError(NlpError):
    """The trained artefact cannot be used."""


class CorpusError(NlpError):
    """The corpus cannot be learnt from."""


class EvaluationError(NlpError):
    """The evaluation file cannot be read."""


class LexiconError(NlpError):
    """A word list is malformed."""


class PromotionRefused(NlpError):
    """The artefact does worse than the one in service, which stays.

    `figures` is the comparison as a dictionary.
    """

    def __init__(self, message: str, figures: Mapping[str, Any]) -> None:
        """Say why, and keep what was measured."""
        super().__init__(message)
        self.figures = figures
