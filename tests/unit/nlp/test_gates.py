"""A gate never closes on a pattern that would have matched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.extraction import _demands
from nlp.gates import Gate, grams_of, needs_of
from nlp.normalise import normalise
from nlp.rules import _human_rules, _sign_rules

QUALITY = Path(__file__).resolve().parents[2] / "quality"


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("退款", {"退款"}),
        ("退货|换货", {"退货", "换货"}),
        ("过了?期", {"过"}),
        ("[退换]货", {"退货", "换货"}),
        ("(?:退|换)货", {"退货", "换货"}),
        ("[退换]?货", {"货"}),
        ("(?:不给)?退款", {"退款"}),
        (r"\d+元", {"元"}),
        (".*", None),
        (r"退|\d", None),
        ("的[1-3]", {"的1", "的2", "的3"}),
        ("[一-龥]", None),
        ("[^0-9]", None),
        ("(?<!不)退", {"退"}),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: set[str] | None) -> None:
    assert needs_of(pattern) == needs


@given(
    parts=st.lists(
        st.sampled_from(["退款", "退?", "[退换]", "(?:货|款到)", ".", "换+"]), max_size=4
    ),
    text=st.text(alphabet="退换货款到", max_size=8),
)
def test_no_match_is_missed(parts: list[str], text: str) -> None:
    pattern = re.compile("".join(parts))
    if pattern.search(text):
        assert list(Gate([pattern]).open(grams_of(text))) == [0]


def test_no_match_of_our_own_rules_is_missed() -> None:
    patterns = [pattern for _, _, pattern in _sign_rules()[0]]
    patterns += _human_rules()[0]
    patterns += [pattern for _, pattern in _demands()[0]]
    gate = Gate(patterns)
    for path in QUALITY.glob("*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            text = normalise(line.split("\t")[0]).text
            matching = {at for at, pattern in enumerate(patterns) if pattern.search(text)}
            assert matching <= set(gate.open(grams_of(text)))
