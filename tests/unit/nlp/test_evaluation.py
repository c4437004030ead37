"""An evaluation file is measured as a whole and without its ambiguous rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.errors import EvaluationError
from nlp.evaluation import evaluate
from nlp.understanding import Understander


def write(folder: Path, *lines: str) -> Path:
    path = folder / "eval.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_report_has_all_figures(understander: Understander, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "id\ttext\tissues\tambiguous",
        "1\t付款五天了还不发货\tnot_shipped\t0",
        "2\t好的\tnone\t0",
        "3\t收到就碎了\tdamaged,courier\t1",
    )
    report = evaluate(understander, file).as_dict()
    assert report["rows"] == 3
    assert report["unambiguous"]["rows"] == 2
    assert report["unambiguous"]["none_f1"] == 1
    assert report["classes"]["none"]["rows"] == 1
    assert set(report) >= {
        "type_macro_f1", "issue_macro_f1", "issue_micro_f1", "none_f1", "confident_share",
        "confident_type_precision", "calibration_error", "artefact",
    }  # fmt: skip


def test_without_the_column_there_is_one_report(
    understander: Understander, tmp_path: Path
) -> None:
    file = write(tmp_path, "text\tissues", "还不发货\tnot_shipped")
    assert evaluate(understander, file).as_dict()["unambiguous"] is None


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["text\tlabel", "a\tnone"], r"eval\.tsv:1: the header"),
        (["text\tissues", "a"], r"eval\.tsv:2: expected 2 columns, found 1"),
        (["text\tissues", "a\tnone", "b\tbroken"], r"eval\.tsv:3: unknown issue 'broken'"),
        (["text\tissues"], "there are no rows"),
    ],
)
def test_a_bad_file_is_named(
    understander: Understander, tmp_path: Path, lines: list[str], complaint: str
) -> None:
    with pytest.raises(EvaluationError, match=complaint):
        evaluate(understander, write(tmp_path, *lines))


def test_a_missing_file_is_named(understander: Understander, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such file"):
        evaluate(understander, tmp_path / "nothing.tsv")


def test_a_file_that_is_no_utf8_is_named(understander: Understander, tmp_path: Path) -> None:
    (tmp_path / "eval.tsv").write_bytes("text\tissues\n坏了\tdefect\n".encode("gb18030"))
    with pytest.raises(EvaluationError, match=r"eval\.tsv:2: not UTF-8"):
        evaluate(understander, tmp_path / "eval.tsv")
