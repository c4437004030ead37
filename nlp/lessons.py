"""All that the corpus teaches as one matrix, so that each fold only picks its rows and columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

# Neither of the two ships types.
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from nlp.corpus import Example
from nlp.features import Features, Vectoriser

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Indexed:
    """The features of some texts as numbers: small to keep, and to send between processes."""

    names: Sequence[str]
    columns: NDArray[np.int32]  # places among the names, text after text
    counts: NDArray[np.int32]  # of features, a text each

    @classmethod
    def of(cls, rows: Iterable[Features]) -> Indexed:
        """Gives each name the next place where it first occurs."""
        places: dict[str, int] = {}
        columns: list[int] = []
        counts: list[int] = []
        for row in rows:
            names = dict.fromkeys(row)
            columns += [places.setdefault(name, len(places)) for name in names]
            counts.append(len(names))
        return cls(list(places), np.asarray(columns, np.int32), np.asarray(counts, np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Indexed]) -> Indexed:
        """Several of them as one, as if they had been read together."""
        places: dict[str, int] = {}
        for part in parts:
            for name in part.names:
                places.setdefault(name, len(places))
        columns = [
            np.asarray([places[name] for name in part.names], np.int32)[part.columns]
            for part in parts
        ]
        return cls(
            list(places), np.concatenate(columns), np.concatenate([p.counts for p in parts])
        )

    def digest(self) -> str:
        """The SHA-256 of what was read: another program may read other features in a text."""
        read = sha256("\n".join(self.names).encode())
        read.update(self.columns.tobytes())
        read.update(self.counts.tobytes())
        return read.hexdigest()

    def matrix(self) -> csr_matrix:
        """A row for each text, a column for each name, and a one where a text has a feature."""
        ends = np.concatenate([[0], np.cumsum(self.counts)])
        ones = np.ones(len(self.columns), dtype=np.float32)
        return csr_matrix((ones, self.columns, ends), shape=(len(self.counts), len(self.names)))


@dataclass(frozen=True)
class Lessons:
    """The examples, and what is in them: a row of `features` for each."""

    examples: Sequence[Example]
    names: Sequence[str]
    features: csr_matrix

    def vectoriser(
        self, rows: Rows, *, min_count: int, word_weight: float
    ) -> tuple[Vectoriser, Rows]:
        """The vectoriser of some rows, and which columns it kept: those in `min_count` of them."""
        seen = np.bincount(self.features[rows].indices, minlength=len(self.names))
        kept = np.flatnonzero(seen >= min_count)
        kept = kept[np.argsort(-seen[kept], kind="stable")]
        idf = [1.0 + math.log((1 + len(rows)) / (1 + count)) for count in seen[kept].tolist()]
        vocabulary = {self.names[column]: at for at, column in enumerate(kept.tolist())}
        return Vectoriser(vocabulary, np.asarray(idf, dtype=np.float32), word_weight), kept

    def weighed(self, rows: Rows, kept: Rows, vectoriser: Vectoriser) -> csr_matrix:
        """These rows as the vectoriser weighs each text by itself."""
        return weigh_many(self.features[rows][:, kept], vectoriser)


def weigh_many(features: csr_matrix, vectoriser: Vectoriser) -> csr_matrix:
    """What `Vectoriser.weigh` gives for each row; liblinear computes in double precision."""
    columns, is_word = features.indices, vectoriser.is_word[features.indices]
    of_row = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
    idf = vectoriser.idf.astype(np.float64)[columns]
    place = of_row * 2 + is_word
    squares = np.bincount(place, idf * idf, features.shape[0] * 2)
    values = idf * vectoriser.lengths[is_word] / np.sqrt(squares[place] + 1e-12)
    return csr_matrix((values, columns, features.indptr), shape=features.shape)
