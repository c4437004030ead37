"""What judges the classifier is nobody's lesson: no corpus line is like it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from pathlib import Path

from nlp.corpus import load_corpus
from nlp.labels import PRIMARIES
from nlp.promotion import frozen_rows
from tests.quality.test_flags import ROWS as FLAGGED
from tests.quality.test_person import ROWS as WISHES
from tests.quality.test_strangers import ROWS as STRANGERS

DATA = Path(__file__).resolve().parents[2] / "data"
ALIKE = 0.7  # Jaccard of character pairs: above it one text is the other with a word changed
ROWS = frozen_rows(DATA)
APART = [*(row.text for row in ROWS), *(text for text, _ in (*FLAGGED, *STRANGERS, *WISHES))]


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, without spaces and punctuation."""
    bare = re.sub(r"\W", "", text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset({bare})


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def test_near_duplicates_are_recognised() -> None:
    assert alike(pairs_of("少发了一件衣服!"), pairs_of("少发了一件 衣服")) == 1
    assert alike(pairs_of("少发了一件衣服"), pairs_of("少发一件衣服")) > 0.5
    assert alike(pairs_of("少发了一件衣服"), pairs_of("发票开错了")) < 0.1


def test_no_line_is_nearly_in_the_corpus() -> None:
    corpus = [(example.text, pairs_of(example.text)) for example in load_corpus(DATA / "corpus")]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for at, (_, pairs) in enumerate(corpus):
        for pair in pairs:
            having[pair].append(at)
    found = []
    for text in APART:
        own = pairs_of(text)
        # Who is alike has at least one of so many, whichever they are: the rarest are quickest.
        enough = len(own) - math.ceil(ALIKE * len(own)) + 1
        rarest = sorted(own, key=lambda pair: len(having[pair]))[:enough]
        near = {at for pair in rarest for at in having[pair]}
        found += [(text, corpus[at][0]) for at in near if alike(own, corpus[at][1]) >= ALIKE]
    assert found == []


def test_no_two_lines_are_nearly_the_same() -> None:
    pairs = [pairs_of(row.text) for row in ROWS]
    found = [
        (ROWS[at].text, ROWS[other].text)
        for at in range(len(ROWS))
        for other in range(at)
        if alike(pairs[at], pairs[other]) >= ALIKE
    ]
    assert found == []


def test_every_label_has_its_lines() -> None:
    counts = Counter(row.primary for row in ROWS)
    assert min(counts[label] for label in PRIMARIES) >= 10
    assert counts["none"] >= 80
    assert sum(len(row.issues) > 1 for row in ROWS) >= 20
