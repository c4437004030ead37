"""Cuts a normalised message into words; the only module that knows jieba."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from nlp.lexicon import LEXICON_DIR
from nlp.patterns import protected_spans

with warnings.catch_warnings():
    # jieba 0.42.1 is old: it asks for pkg_resources and holds invalid escapes.
    warnings.simplefilter("ignore")
    import jieba  # type: ignore[import-untyped]  # ships no types

JIEBA_VERSION: Final[str] = jieba.__version__

jieba.setLogLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the normalised text; `kind` is word, or the name of a protected shape."""

    text: str
    start: int
    end: int
    kind: str = "word"


class Segmenter:
    """A jieba of our own, with our lexicon, apart from jieba's global one."""

    def __init__(self, cache_dir: Path | None = None) -> None:
        """Loads the dictionaries (about a second); jieba's cache goes to `cache_dir` or temp."""
        self._jieba = jieba.Tokenizer()
        if cache_dir is not None:
            cache_dir.mkdir(parents=True, exist_ok=True)
            self._jieba.tmp_dir = str(cache_dir)
        self._jieba.initialize()
        for word in (LEXICON_DIR / "userdict.txt").read_text(encoding="utf-8").split():
            self._jieba.add_word(word)  # with just the frequency that keeps it whole

    def segment(self, text: str) -> list[Token]:
        """The words of a normalised text without its spaces, protected shapes whole."""
        tokens: list[Token] = []
        at = 0
        for kind, start, end in protected_spans(text):
            self._cut(text, at, start, tokens)
            tokens.append(Token(text[start:end], start, end, kind))
            at = end
        self._cut(text, at, len(text), tokens)
        return tokens

    def _cut(self, text: str, start: int, end: int, tokens: list[Token]) -> None:
        if start >= end:
            return
        at = start
        for word in self._jieba.cut(text[start:end], HMM=True):
            if not word.isspace():
                tokens.append(Token(word, at, at + len(word)))
            at += len(word)


@cache
def shared_segmenter(cache_dir: Path | None = None) -> Segmenter:
    """One segmenter for all who ask, so that swapping artefacts loads no dictionary twice."""
    return Segmenter(cache_dir)
