"""The report is a page with pictures and every error, and the same as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from nlp.evaluation import evaluate
from nlp.pictures import Axis, Curve, confusion, curves
from nlp.report import DATA, write_report
from nlp.understanding import Understander

LINES = [
    ("付款五天了还不发货", "not_shipped"),
    ("好的", "none"),
    ("收到就碎了", "damaged,courier"),
    ("<b>好的</b>", "fee"),
]


@pytest.fixture
def page(understander: Understander, tmp_path: Path) -> Path:
    """A report on a few lines, one of which is labelled wrongly."""
    file = tmp_path / "few.tsv"
    rows = "\n".join("\t".join(line) for line in LINES)
    file.write_text(f"text\tissues\n{rows}\n", encoding="utf-8")
    return write_report(evaluate(understander, file), file.name, tmp_path / "out")


def test_the_page_has_three_pictures_that_are_well_formed(page: Path) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page.read_text(encoding="utf-8"), re.DOTALL)
    titles = [ET.fromstring(picture).get("aria-label") for picture in pictures]  # noqa: S314  ours
    assert titles == ["可靠性曲线", "阈值曲线", "混淆矩阵"]


def test_the_page_lists_errors_and_lets_no_markup_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;好的&lt;/b&gt;" in text
    assert "<b>好的" not in text
    assert "<script" not in text
    assert "http-equiv" not in text


def test_the_json_beside_it_says_the_same(page: Path) -> None:
    data = json.loads((page.parent / DATA).read_text(encoding="utf-8"))
    assert data["rows"] == len(LINES)
    assert data["source"] == "few.tsv"
    assert [(e["text"], e["issues"]) for e in data["errors"]][-1:] == [("<b>好的</b>", ["fee"])]


def test_a_curve_of_counts_has_ticks_of_counts() -> None:
    picture = curves(
        "学", Axis("条", 0, 500, percent=False), Axis("F1"), [Curve("甲", [(0, 0.5)])]
    )
    assert ">500<" in picture
    assert ">100%<" in picture


def test_the_matrix_tells_the_counts() -> None:
    picture = confusion("混", ["甲", "乙"], {("甲", "甲"): 3, ("甲", "乙"): 1})
    assert "<title>甲 → 乙: 1 / 4</title>" in picture
    assert "乙 → " not in picture
