"""One message in, what it is about out; whatever the message."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.classifier import MOST_ALTERNATIVES
from nlp.labels import FLAGS, INTENTS, PRIMARIES, SIGNS, TYPE_OF
from nlp.registry import Artefact
from nlp.segment import Segmenter
from nlp.understanding import Understander

KEYS = [
    "text", "tokens", "issues", "primary", "primary_type", "probability", "confident", "intent",
    "flags", "signs", "slots", "artefact",
]  # fmt: skip


def test_the_contract_of_classify(understander: Understander) -> None:
    found = understander.understand("JF20261101001付款五天了还不发货,转人工", date(2026, 11, 24))
    row = found.as_dict()
    assert list(row) == KEYS
    assert row["primary"] == row["issues"][0]["issue"] == "not_shipped"
    assert row["primary_type"] == row["issues"][0]["type"] == "logistics"
    assert row["intent"] == "want_human"
    assert row["slots"]["order_no"] == "JF20261101001"
    assert {"order_no", "amount_fen", "phone_tail", "dates"} <= set(row["slots"])
    assert row["artefact"] == understander.artefact.id
    json.dumps(row)


@pytest.mark.parametrize("text", ["", " ", "🦄", "\x00", "\ud800", "。", "a", "啊" * 100_000])
def test_garbage_is_calm(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.text == text
    assert found.primary in PRIMARIES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\t ",
        "\x00",
        "\x1b[31m",
        "\u200b\u200d\ufeff",
        "😀😀",
        "❤️👍🏽",
        "。。。",
        "?????",
        "\x07" * 50,
    ],
)
def test_what_says_nothing_is_none(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert (found.primary, found.issues) == ("none", ())
    assert (found.flags, found.signs) == ((), ())


@pytest.mark.parametrize("sign", ["快递还没到 ", "😀", "\x00\x01", "a1"], ids=ascii)
def test_a_megabyte_is_understood_in_seconds(understander: Understander, sign: str) -> None:
    text = sign * (1_000_000 // len(sign.encode()))
    began = time.monotonic()
    assert understander.understand(text).primary in PRIMARIES
    assert len(understander.explain(text)) <= 5
    assert time.monotonic() - began < 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_understood_within_the_labels(understander: Understander, text: str) -> None:
    found = understander.understand(text)
    assert found.primary_type == TYPE_OF[found.primary]
    assert found.intent in INTENTS
    assert set(found.flags) <= set(FLAGS)
    assert set(found.signs) <= set(SIGNS)
    assert 0 <= found.probability <= 1
    assert [row.issue for row in found.issues[:1]] == [found.primary] * bool(found.issues)


def test_an_explanation_names_the_weighty_words(understander: Understander) -> None:
    words = [word for word, _ in understander.explain("你好,付款五天了还不发货")]
    assert "不发货" in words[:2]
    assert understander.explain("") == []


@pytest.mark.parametrize(
    "text",
    [
        "订单JF26120101042的蓝莓烂了,尾号1024",
        "我的单号是JF26120101042,手机尾号5678,杯子碎了",
        "昨天10:30到的,花了35.5元,三只杯子都碎了!!",
        "13812345678是我的电话,2026-11-30买的,没收到货",
    ],
)
def test_no_number_and_no_particle_is_a_reason(understander: Understander, text: str) -> None:
    words = [word for word, _ in understander.explain(text)]
    assert words
    assert not [word for word in words if any(letter.isdigit() for letter in word)]
    assert not {"的", "了", "是", "我", ",", "!", "订单", "单号", "尾号"} & set(words)


def test_rules_cannot_be_overruled(understander: Understander) -> None:
    found = understander.understand("好的,吃完拉肚子,再不处理12315见")
    assert {"safety", "legal"} <= set(found.flags)


def test_what_was_not_claimed_can_be_asked_about(understander: Understander) -> None:
    found = understander.understand("付款五天了还不发货")
    rows = found.alternatives
    assert len(rows) <= MOST_ALTERNATIVES
    assert not {row.issue for row in rows} & {row.issue for row in found.issues}
    assert [row.probability for row in rows] == sorted(
        (row.probability for row in rows), reverse=True
    )
    assert all(0.05 <= row.probability <= 1 and row.type == TYPE_OF[row.issue] for row in rows)
    assert understander.understand("好的").alternatives == ()


@pytest.mark.parametrize(("thresholds", "flags"), [({"safety": 0.0}, ("safety",)), ({}, ())])
def test_the_classifier_adds_only_flags_that_it_has_a_threshold_for(
    artefact: Artefact,
    segmenter: Segmenter,
    thresholds: dict[str, float],
    flags: tuple[str, ...],
) -> None:
    classifier = artefact.classifier
    (_,) = classifier.heads.flags  # the small corpus teaches one; it goes by any name
    renamed = replace(
        classifier,
        heads=replace(classifier.heads, flags=("safety",)),
        calibration=replace(classifier.calibration, flag_thresholds=thresholds),
    )
    found = Understander(replace(artefact, classifier=renamed), segmenter).understand("开关有点松")
    assert (found.flags, found.signs) == (flags, ())
