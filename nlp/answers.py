"""What a short answer to the shop means: which remedy is taken, what is asked, yes or no."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.corpus import read_utf8
from nlp.errors import CorpusError
from nlp.features import Features, Vectoriser
from nlp.labels import MEANINGS

HEADER: Final = ("text", "meaning")
_WORTH_TELLING: Final = 0.05


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled answer; `source` is the file that it came from: one writer's lines."""

    text: str
    meaning: str
    source: str = field(default="", compare=False)


# Meanings of one answer with their probabilities, the likeliest first.
Meanings = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class AnswerReader:
    """Vocabulary and coefficients of the answers that an artefact was trained on.

    Trained on none it knows no meaning, and reads nothing.
    """

    vectoriser: Vectoriser
    weights: NDArray[np.float32]  # features × meanings
    bias: NDArray[np.float32]
    scale: float  # from scores to log odds
    meanings: tuple[str, ...]

    @classmethod
    def untaught(cls) -> AnswerReader:
        """The reader of an artefact that was trained without answers."""
        none = np.zeros(0, dtype=np.float32)
        return cls(Vectoriser({}, none, 1.0), none.reshape(0, 0), none, 1.0, ())

    def read(self, row: Features) -> Meanings:
        """What a text with these features may mean; nothing where nothing was learnt."""
        if not self.meanings:
            return ()
        columns, values = self.vectoriser.weigh(row)
        scores = (values @ self.weights.take(columns, axis=0) + self.bias) * self.scale
        odds = np.exp(scores - scores.max())
        likely = zip(self.meanings, (odds / odds.sum()).tolist(), strict=True)
        told = [(name, round(p, 3)) for name, p in likely if p >= _WORTH_TELLING]
        return tuple(sorted(told, key=lambda pair: -pair[1]))


def load_answers(folder: Path, apart: Collection[str] = ()) -> list[Answer]:
    """All answers of the folder's tsv files; the texts that stay `apart` must not be among them.

    A folder without files holds none: a shop may train on its corpus alone. Raises CorpusError
    with each mistake's file and line.
    """
    return read_answers(sorted(folder.glob("*.tsv")), apart)


def read_answers(files: Sequence[Path], apart: Collection[str] = ()) -> list[Answer]:
    """The answers of these files; raises CorpusError with each mistake's file and line."""
    answers: dict[str, Answer] = {}
    mistakes: list[str] = []
    for place, source, cells in _rows(files):
        if len(cells) != len(HEADER):
            mistakes.append(f"{place}: expected {len(HEADER)} columns, found {len(cells)}")
            continue
        text, meaning = (cell.strip() for cell in cells)
        if meaning not in MEANINGS:
            mistakes.append(f"{place}: unknown meaning {meaning!r}")
        if not text:
            mistakes.append(f"{place}: the text is empty")
        if text in apart:
            mistakes.append(f"{place}: it stands in the frozen set, which only judges")
        if text in answers:
            mistakes.append(f"{place}: duplicate of a line in {answers[text].source}.tsv")
        answers.setdefault(text, Answer(text, meaning, source))
    if mistakes:
        raise CorpusError("\n".join(mistakes[:20]))
    return list(answers.values())


def _rows(files: Sequence[Path]) -> Iterator[tuple[str, str, list[str]]]:
    for path in files:
        try:
            header, *lines = read_utf8(path).split("\n")
        except (OSError, ValueError) as error:
            raise CorpusError(str(error)) from error
        if tuple(header.split("\t")) != HEADER:
            raise CorpusError(f"{path}:1: the header must be {'<TAB>'.join(HEADER)}")
        for number, line in enumerate(lines, 2):
            if line:
                yield f"{path}:{number}", path.stem, line.split("\t")


def answers_hash(answers: Sequence[Answer]) -> str:
    """The SHA-256 of what was learnt, for the papers."""
    return sha256("\n".join(f"{one.text}\t{one.meaning}" for one in answers).encode()).hexdigest()
