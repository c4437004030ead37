"""What short answers mean: wrong lines are refused, and the rest is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp import registry
from nlp.answering import learn_answers
from nlp.answers import AnswerReader, load_answers
from nlp.config import load_config
from nlp.errors import CorpusError
from nlp.labels import MEANINGS
from nlp.lessons import Lessons
from nlp.reading import read_texts
from nlp.registry import Artefact
from nlp.understanding import Understander

ANSWERS = Path(__file__).resolve().parents[3] / "data" / "answers"


def write(folder: Path, *lines: str) -> Path:
    (folder / "some.tsv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["text", "好的\tyes"], "some.tsv:1: the header must be text<TAB>meaning"),
        (["text\tmeaning", "好的"], "some.tsv:2: expected 2 columns, found 1"),
        (["text\tmeaning", "好的\tyes", "拦吧\tstop"], "some.tsv:3: unknown meaning 'stop'"),
        (["text\tmeaning", "好的\tyes", "好的\tno"], "some.tsv:3: duplicate"),
        (["text\tmeaning", " \tyes"], "some.tsv:2: the text is empty"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, lines: list[str], told: str) -> None:
    with pytest.raises(CorpusError, match=told.replace("(", r"\(")):
        load_answers(write(tmp_path, *lines))


def test_a_frozen_answer_must_not_be_learnt(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"some.tsv:3: it stands in the frozen set"):
        load_answers(write(tmp_path, "text\tmeaning", "好的\tyes", "拦吧\tintercept"), {"拦吧"})


def test_the_shipped_answers_are_many_and_of_every_meaning() -> None:
    answers = load_answers(ANSWERS)
    counts = {name: sum(one.meaning == name for one in answers) for name in MEANINGS}
    assert len(answers) >= 4500
    assert min(counts.values()) >= 80


def test_a_folder_without_files_teaches_nothing(tmp_path: Path) -> None:
    assert load_answers(tmp_path) == []
    assert AnswerReader.untaught().read(["Wok", "o"]) == ()


def test_what_was_learnt_is_read_likeliest_first(understander: Understander) -> None:
    meanings = understander.understand("那就退货退款吧", as_answer=True).meanings
    assert meanings[0][0] == "return"
    assert sum(p for _, p in meanings) <= 1.001
    assert [p for _, p in meanings] == sorted((p for _, p in meanings), reverse=True)


def test_nobody_pays_for_it_who_does_not_ask(understander: Understander) -> None:
    assert understander.understand("那就退货退款吧").meanings == ()


@pytest.mark.parametrize("text", ["", "。", "😀", "x" * 5000])
def test_any_text_may_be_read(understander: Understander, text: str) -> None:
    assert len(understander.understand(text, as_answer=True).meanings) <= len(MEANINGS)


def test_it_is_kept_with_the_artefact(home: Path, artefact: Artefact) -> None:
    again = registry.load(home, artefact.id).answers
    assert again.meanings == artefact.answers.meanings == MEANINGS
    assert (again.weights == artefact.answers.weights).all()
    assert 0.5 < artefact.papers["answers"]["right"] < 1


def test_the_answers_of_a_single_writer_can_be_learnt(home: Path) -> None:
    one = [answer for answer in load_answers(ANSWERS) if answer.source == "writer_a"]
    read = read_texts([answer.text for answer in one], home / "cache")
    reader, right = learn_answers(one, Lessons((), read.names, read.matrix()), load_config())
    assert reader.meanings == MEANINGS
    assert right > 0.5
