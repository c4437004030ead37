"""Cuts a normalised message into words; the only module that knows jieba."""

from __future__ import annotations

import logging
import math
import warnings
from contextlib import suppress
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from nlp.lexicon import LEXICON_DIR
from nlp.patterns import protected_spans

with warnings.catch_warnings():
    # jieba 0.42.1 is old: it asks for pkg_resources and holds invalid escapes.
    warnings.simplefilter("ignore")
    import jieba  # type: ignore[import-untyped]  # ships no types
    from jieba import finalseg

JIEBA_VERSION: Final[str] = jieba.__version__

jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written is no error of the user's


class Token(NamedTuple):
    """One word of the normalised text; `kind` is word, or the name of a protected shape."""

    text: str
    start: int
    end: int
    kind: str = "word"


class Segmenter:
    """A jieba of our own, with our lexicon, apart from jieba's global one.

    It cuts as `jieba.cut` does, in half the time: logarithms are taken once, and runs of
    unknown characters are remembered.
    """

    def __init__(self, cache_dir: Path | None = None) -> None:
        """Loads the dictionaries (about a second); jieba's cache goes to `cache_dir` or temp."""
        own = jieba.Tokenizer()
        if cache_dir is not None:
            with suppress(OSError):  # read-only, or full: the dictionary is then built in memory
                cache_dir.mkdir(parents=True, exist_ok=True)
            own.tmp_dir = str(cache_dir)
        own.initialize()
        for word in (LEXICON_DIR / "userdict.txt").read_text(encoding="utf-8").split():
            own.add_word(word)  # with just the frequency that keeps it whole
        total = math.log(own.total)
        self._rarest = -total
        # The log probability of each word; 0 for what only begins a word. Common words first, so
        # that what is often looked up lies together.
        by_count = sorted(own.FREQ.items(), key=itemgetter(1), reverse=True)
        self._logs = {word: math.log(count) - total if count else 0.0 for word, count in by_count}

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

    def cut(self, text: str) -> list[str]:
        """The words of a text, as `jieba.lcut` with our lexicon gives them."""
        words: list[str] = []
        for block in _WORDLY.split(text):
            if _WORDLY.match(block):
                self._cut_block(block, words)
            else:
                words += block
        return words

    def _cut(self, text: str, start: int, end: int, tokens: list[Token]) -> None:
        at = start
        for word in self.cut(text[start:end]):
            stop = at + len(word)
            if word != " ":
                tokens.append(Token(word, at, stop))
            at = stop

    def _cut_block(self, text: str, words: list[str]) -> None:
        """The likeliest words; what is left as single characters goes to jieba's HMM."""
        ends = self._best_ends(text)
        at = run = 0
        while at < len(text):
            end = ends[at]
            if end - at > 1:
                self._cut_run(text[run:at], words)
                words.append(text[at:end])
                run = end
            at = end
        self._cut_run(text[run:], words)

    def _best_ends(self, text: str) -> list[int]:
        """For each place the end of its word on the likeliest path; the longest when equal."""
        logs = self._logs
        length = len(text)
        best = [0.0] * (length + 1)
        ends = [0] * length
        for at in range(length - 1, -1, -1):
            top, top_end = -math.inf, 0
            for end in range(at + 1, length + 1):
                log = logs.get(text[at:end])
                if log is None:
                    break
                if log:
                    score = log + best[end]
                    if score >= top:
                        top, top_end = score, end
            if not top_end:
                top, top_end = self._rarest + best[at + 1], at + 1
            best[at], ends[at] = top, top_end
        return ends

    def _cut_run(self, run: str, words: list[str]) -> None:
        if len(run) < 2 or self._logs.get(run):
            words += run
        else:
            words += _guess_words(run)


_WORDLY: Final = jieba.re_han_default


@lru_cache(maxsize=8192)
def _guess_words(run: str) -> tuple[str, ...]:
    """New words that jieba's hidden Markov model sees in single characters."""
    return tuple(finalseg.cut(run))


@cache
def shared_segmenter(cache_dir: Path | None = None) -> Segmenter:
    """One segmenter for all who ask, so that swapping artefacts loads no dictionary twice."""
    return Segmenter(cache_dir)
