"""An artefact takes over only when it does no worse on the frozen set and breaks no case."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from nlp import registry
from nlp.answers import AnswerReader
from nlp.errors import ArtefactError, EvaluationError, PromotionRefused
from nlp.must_hold import must_hold_cases
from nlp.promotion import Tally, promote, sign_test
from nlp.registry import Artefact

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(home / "artefacts", tmp_path / "artefacts")
    return tmp_path


def dulled(home: Path, artefact: Artefact) -> Artefact:
    """Store a twin of the artefact that has forgotten most of what it learnt."""
    weights = artefact.classifier.weights.copy()
    weights[::2] = 0
    weights[1::3] = 0
    classifier = replace(artefact.classifier, weights=weights)
    return registry.save(home, "dull", classifier, artefact.answers, dict(artefact.papers))


def test_an_equal_artefact_may_take_over(own_home: Path, artefact: Artefact) -> None:
    registry.save(own_home, "twin", artefact.classifier, artefact.answers, dict(artefact.papers))
    comparison = promote(own_home, "twin", DATA)
    assert comparison is not None
    assert (comparison.lines.won, comparison.lines.lost, comparison.broken) == (0, 0, ())
    assert (comparison.answers.won, comparison.answers.lost) == (0, 0)
    assert registry.current_id(own_home) == "twin"


def test_a_worse_artefact_is_refused_with_figures(own_home: Path, artefact: Artefact) -> None:
    dulled(own_home, artefact)
    with pytest.raises(PromotionRefused) as refused:
        promote(own_home, "dull", DATA)
    line = str(refused.value)
    assert "\n" not in line
    assert f"{artefact.id} (in service)" in line
    assert "sign test p = 0.0" in line
    assert registry.current_id(own_home) == artefact.id


def test_one_that_reads_answers_worse_is_refused(own_home: Path, artefact: Artefact) -> None:
    weights = artefact.answers.weights.copy()
    weights[::2] = 0
    answers = replace(artefact.answers, weights=weights)
    registry.save(own_home, "deaf", artefact.classifier, answers, dict(artefact.papers))
    with pytest.raises(PromotionRefused, match=r"messages: .* won 0, lost 0, .* answers: deaf"):
        promote(own_home, "deaf", DATA)
    assert registry.current_id(own_home) == artefact.id


def test_one_without_answers_does_not_follow_one_with(own_home: Path, artefact: Artefact) -> None:
    untaught = AnswerReader.untaught()
    registry.save(own_home, "deaf", artefact.classifier, untaught, dict(artefact.papers))
    with pytest.raises(PromotionRefused, match=r"658 answers: deaf reads 0 rightly"):
        promote(own_home, "deaf", DATA)


def test_a_better_artefact_may_take_over(own_home: Path, artefact: Artefact) -> None:
    dulled(own_home, artefact)
    registry.promote(own_home, "dull")
    comparison = promote(own_home, artefact.id, DATA)
    assert comparison is not None
    assert comparison.lines.won > comparison.lines.lost
    assert registry.current_id(own_home) == artefact.id


def test_one_broken_case_is_enough(own_home: Path, artefact: Artefact, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA / "must_hold", data / "must_hold")
    freeze_one_line(data)
    dulled(own_home, artefact)
    with pytest.raises(PromotionRefused, match=r"lost 0, .* breaks \d+ must-hold cases"):
        promote(own_home, "dull", data)


def test_the_first_one_is_compared_with_nobody(own_home: Path, artefact: Artefact) -> None:
    (registry.artefacts_dir(own_home) / "current").unlink()
    assert promote(own_home, artefact.id, DATA) is None
    assert registry.current_id(own_home) == artefact.id


def freeze_one_line(data: Path) -> None:
    """Write a frozen set that no artefact can lose: its line is read by rule."""
    frozen = data / "frozen"
    frozen.mkdir(parents=True)
    (frozen / "lines.tsv").write_text("text\tissues\n谢谢\tnone\n", encoding="utf-8")
    (frozen / "answers.tsv").write_text("text\tmeaning\n", encoding="utf-8")


def few_cases(folder: Path, plain: str) -> Path:
    """Make a data folder with one frozen line, read by rule, and one case that must hold."""
    freeze_one_line(folder)
    shutil.copytree(DATA / "must_hold", folder / "must_hold")
    for file in (folder / "must_hold").glob("*.tsv"):
        header = file.read_text(encoding="utf-8").splitlines()[0]
        case = f"\n{plain}" if file.name == "plain.tsv" else ""
        file.write_text(f"{header}{case}\n", encoding="utf-8")
    return folder


def test_beside_one_that_cannot_be_read_a_good_one_may_take_over(
    own_home: Path, artefact: Artefact, tmp_path: Path
) -> None:
    registry.save(own_home, "twin", artefact.classifier, artefact.answers, dict(artefact.papers))
    (registry.artefacts_dir(own_home) / artefact.id / "weights.npz").write_bytes(b"")
    comparison = promote(own_home, "twin", few_cases(tmp_path / "data", "谢谢\tnone\tthank"))
    assert "cannot be read" in str(comparison)
    assert registry.current_id(own_home) == "twin"


def test_beside_one_that_cannot_be_read_a_bad_one_is_refused(
    own_home: Path, artefact: Artefact, tmp_path: Path
) -> None:
    dulled(own_home, artefact)
    (registry.artefacts_dir(own_home) / artefact.id / "weights.npz").write_bytes(b"")
    data = few_cases(tmp_path / "data", "谢谢\tdamaged\t-")
    with pytest.raises(PromotionRefused, match=r"cannot be read; breaks 1 must-hold"):
        promote(own_home, "dull", data)
    assert registry.current_id(own_home) == artefact.id


def test_an_unreadable_candidate_is_refused(own_home: Path) -> None:
    with pytest.raises(ArtefactError, match="there is no artefact 'other'"):
        promote(own_home, "other", DATA)


@pytest.mark.parametrize(
    ("lost", "won", "p"),
    [(0, 0, 1.0), (5, 0, 1 / 32), (0, 5, 1.0), (1, 1, 0.75), (8, 2, 56 / 1024)],
)
def test_the_sign_test(lost: int, won: int, p: float) -> None:
    assert sign_test(lost, won) == pytest.approx(p)


def test_a_few_rows_more_lost_than_won_are_chance() -> None:
    tally = Tally(100, 88, 90, lost=6, won=4)
    assert not tally.loses
    assert replace(tally, lost=12).loses
    assert not replace(tally, won=12).loses


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("text\tissue\na\tnone", r"plain\.tsv:1: the header"),
        ("text\tprimary\tintent\na\tnone", r"plain\.tsv:2: expected 3 columns"),
    ],
)
def test_a_bad_case_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    shutil.copytree(DATA / "must_hold", tmp_path / "must_hold")
    (tmp_path / "must_hold" / "plain.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=complaint):
        list(must_hold_cases(tmp_path / "must_hold"))
