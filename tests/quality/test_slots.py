"""Hand-written messages with every detail they hold: one floor under the whole, none left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlp.extraction import Slots, extract
from nlp.normalise import normalise

NOW = date(2026, 11, 24)  # a Tuesday
F1_FLOOR = 0.97
Details = set[tuple[str, str]]


def cases() -> list[tuple[str, Details]]:
    """Each text with its details: `slot=value,value slot=value`, or a dash for none."""
    lines = (Path(__file__).parent / "slots.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [_case(*line.split("\t")) for line in lines]


def _case(text: str, slots: str) -> tuple[str, Details]:
    pairs = (pair.split("=") for pair in slots.split() if pair != "-")
    return text, {(slot, value) for slot, values in pairs for value in values.split(",")}


def _details(slots: Slots) -> Details:
    several = {
        "order_no": slots.order_nos,
        "tracking_no": slots.tracking_nos,
        "amount_fen": slots.amounts_fen,
        "date": slots.dates,
    }
    single = {
        "carrier": slots.carrier,
        "duration_days": None if slots.duration_days is None else f"{slots.duration_days:g}",
        "quantity": slots.quantity,
        "phone_tail": slots.phone_tail,
        "phone": slots.phone,
        "demand": slots.demand,
    }
    found = {(slot, str(value)) for slot, values in several.items() for value in values}
    return found | {(slot, str(value)) for slot, value in single.items() if value is not None}


def test_details_are_found_and_nothing_else() -> None:
    right = wrong = missed = 0
    mistakes = []
    for text, wanted in cases():
        found = _details(extract(normalise(text), NOW))
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
        if found != wanted:
            mistakes.append((text, sorted(found ^ wanted)))
    assert 2 * right / (2 * right + wrong + missed) >= F1_FLOOR, mistakes


def test_there_are_enough_cases_of_each_slot() -> None:
    texts = [text for text, _ in cases()]
    assert len(texts) == len(set(texts)) >= 400
    told = [slot for _, details in cases() for slot, _ in details]
    for slot in ("order_no", "tracking_no", "amount_fen", "date", "duration_days", "demand"):
        assert told.count(slot) >= 30, slot
    assert sum(not details for _, details in cases()) >= 40


@pytest.mark.parametrize("before", ["亲 ", "你好，", "　😡　", "請問一下:"])
def test_every_detail_moves_with_what_is_put_before_it(before: str) -> None:
    for text, _ in cases():
        if normalise(text).text.startswith(("1024", "是", "应该", "我的是")):
            continue  # a bare answer is an answer only when it stands alone
        plain = [(row.slot, row.start, row.end) for row in extract(normalise(text), NOW).found]
        moved = extract(normalise(before + text), NOW).found
        assert [(m.slot, m.start - len(before), m.end - len(before)) for m in moved] == plain, text
