"""Events in rows: what goes in comes out, today and after the next release."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.shapes import events as ev
from bot.conversation.shapes.events import from_row, to_row

KINDS: tuple[type[Any], ...] = get_args(ev.Event)
WORDS = st.text(max_size=20)
PLAIN = st.none() | st.booleans() | st.integers(-(2**31), 2**31) | WORDS
RECORDS = st.dictionaries(WORDS, PLAIN | st.lists(PLAIN, max_size=3), max_size=4)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "tuple[str, ...]": st.lists(WORDS, max_size=3).map(tuple),
    "tuple[tuple[str, float], ...]": st.lists(st.tuples(WORDS, st.floats(0, 1)), max_size=3).map(
        tuple
    ),
    "tuple[int, ...]": st.lists(st.integers(0, 2**31), max_size=3).map(tuple),
    "tuple[dict[str, Any], ...]": st.lists(RECORDS, max_size=3).map(tuple),
    "tuple[dict[str, str], ...]": st.lists(st.dictionaries(WORDS, WORDS), max_size=3).map(tuple),
    "dict[str, Any]": RECORDS,
    "dict[str, Any] | None": st.none() | RECORDS,
    "str": WORDS,
    "str | None": st.none() | WORDS,
    "int": st.integers(0, 2**53),
    "int | None": st.none() | st.integers(0, 2**53),
    "float | None": st.none() | st.floats(0, 1),
    "bool": st.booleans(),
    "bool | None": st.none() | st.booleans(),
}


def built(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return any event of the kind, by the types written at its fields."""
    fields = {name: FIELDS.get(kind_of) for name, kind_of in kind.__annotations__.items()}
    if "heard" in fields:
        fields["heard"] = built(ev.Heard)
    if "parts" in fields:
        fields["parts"] = st.lists(built(ev.Part), max_size=2).map(tuple)
    assert None not in fields.values(), fields
    return st.builds(kind, **{name: s for name, s in fields.items() if s is not None})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_an_event_comes_back_from_its_row_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    event = data.draw(built(kind))
    name, values = to_row(event)
    assert from_row(name, json.loads(json.dumps(values))) == event


@given(built(ev.HandedOver))
def test_what_a_newer_release_adds_is_left_out(event: ev.HandedOver) -> None:
    name, values = to_row(event)
    assert from_row(name, {**values, "mood": "rainy"}) == event


def test_what_an_older_release_did_not_write_takes_its_default() -> None:
    found = from_row("OrderChecked", {"order_no": "JF1", "record": None})
    assert found == ev.OrderChecked(order_no="JF1", record=None, granted_fen=0, locked=False)


def test_every_event_can_be_written_and_read() -> None:
    assert {kind.__name__ for kind in KINDS} == set(ev._KINDS)
