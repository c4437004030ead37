"""Errors of understanding.

NlpError
├── ArtefactError    a trained artefact is missing, altered or of another format
├── CorpusError      a line of the corpus cannot be learnt from
├── EvaluationError  a line of an evaluation file cannot be read
├── LexiconError     a word list is malformed
└── PromotionRefused an artefact does worse than the one in service
"""


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
    """The artefact does worse than the one in service, which stays."""
