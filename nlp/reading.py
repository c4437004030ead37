"""Reads the texts of the corpus into features, on all processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from joblib import Parallel, delayed  # type: ignore[import-untyped]  # ships no types

from nlp.features import Features, name_features
from nlp.lessons import Indexed
from nlp.normalise import normalise
from nlp.segment import Segmenter, shared_segmenter

_CHUNK: Final = 5000  # texts; each chunk names its features anew, so that few are quicker joined


def read_texts(
    texts: list[str], cache: Path, progress: Callable[[float], None] = lambda _share: None
) -> Indexed:
    """The features of each text, read on all processors."""
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    parts: list[Indexed] = []
    read = delayed(_read_chunk)
    for part in Parallel(n_jobs=-1, return_as="generator")(read(c, cache) for c in chunks):
        parts.append(part)
        progress(len(parts) / len(chunks))
    return Indexed.joined(parts)


def _read_chunk(texts: Sequence[str], cache: Path) -> Indexed:
    segmenter = shared_segmenter(cache)
    return Indexed.of(read_features(text, segmenter) for text in texts)


def read_features(text: str, segmenter: Segmenter) -> Features:
    """The raw features of one text."""
    return name_features(segmenter.segment(normalise(text).text))
