"""A corpus that would teach something wrong is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.corpus import Example, corpus_hash, load_corpus, merge
from nlp.errors import CorpusError
from nlp.labels import PRIMARIES

HEADER = "text\tissues\tintent\tflags"
GOOD = [f"文字{at}{label}\t{label}\tcomplain\t-" for label in PRIMARIES for at in range(2)]


def corpus(folder: Path, *lines: str, header: str = HEADER) -> Path:
    (folder / "a.tsv").write_text("\n".join([header, *GOOD, *lines]) + "\n", encoding="utf-8")
    return folder


def test_a_good_corpus_is_read(tmp_path: Path) -> None:
    row = "开线了,没人理\tdefect,no_response\tcomplain\tanger,legal"
    example = load_corpus(corpus(tmp_path, row), min_lines=2)[-1]
    assert example.issues == ("defect", "no_response")
    assert example.primary == "defect"
    assert example.flags == ("anger", "legal")


def test_what_judges_never_teaches(tmp_path: Path) -> None:
    row = "开线了,没人理\tdefect\tcomplain\t-"
    folder = corpus(tmp_path, row)
    with pytest.raises(CorpusError, match=rf"a\.tsv:{len(GOOD) + 2}: it stands in the frozen set"):
        load_corpus(folder, min_lines=2, apart={"开线了,没人理"})


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = corpus(tmp_path) / "b.tsv"
    file.write_bytes(f"{HEADER}\n坏了\tdefect\tcomplain\t-\n".encode("gbk"))
    with pytest.raises(CorpusError, match=r"b\.tsv:2: not UTF-8; save the file as UTF-8"):
        load_corpus(tmp_path, min_lines=2)


def test_none_has_no_issues(tmp_path: Path) -> None:
    last = load_corpus(corpus(tmp_path), min_lines=2)[-1]
    assert (last.issues, last.primary) == ((), "none")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("坏了\tdefekt\tcomplain\t-", "unknown issue 'defekt'"),
        ("坏了\tnone,defect\tcomplain\t-", "'none' stands alone"),
        ("坏\x00了\tdefect\tcomplain\t-", "a control character"),
        ("坏了\tdefect,defect\tcomplain\t-", "stands twice"),
        ("坏了\tdefect\tshout\t-", "unknown intent 'shout'"),
        ("坏了\tdefect\tcomplain\tangry", "unknown flag 'angry'"),
        ("坏了\tdefect\tcomplain", "expected 4 columns, found 3"),
        (" \tdefect\tcomplain\t-", "the text is empty"),
        ("文字0defect\tdefect\tcomplain\t-", "duplicate"),
        ("文字0defect\tdamaged\tcomplain\t-", "the same text with other labels"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    number = len(GOOD) + 2
    with pytest.raises(CorpusError, match=rf"a\.tsv:{number}: .*{complaint}"):
        load_corpus(corpus(tmp_path, line), min_lines=2)


def test_a_thin_class_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="attitude: 2 lines as primary, at least 3"):
        load_corpus(corpus(tmp_path), min_lines=3)


def test_another_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"a\.tsv:1: the header"):
        load_corpus(corpus(tmp_path, header="text\tlabel"))


def test_what_people_accepted_counts_above_the_corpus() -> None:
    known = [Example("坏了", ("defect",), "complain", ()), Example("你好", (), "greet", ())]
    mended = Example("坏了", ("damaged",), "complain", ())
    assert merge(known, [mended, Example("新的", (), "other", ())]) == [
        mended,
        known[1],
        Example("新的", (), "other", ()),
    ]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.tsv files"):
        load_corpus(tmp_path)


def test_the_hash_knows_labels_but_not_file_names(tmp_path: Path) -> None:
    examples = load_corpus(corpus(tmp_path), min_lines=2)
    assert corpus_hash(examples) == corpus_hash(examples[::-1])
    assert corpus_hash(examples) != corpus_hash(examples[1:])


def test_windows_line_ends_and_a_mark_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    plain = corpus(tmp_path / "plain", "包裹还没到\tslow\tcomplain\t-")
    marked = tmp_path / "marked"
    marked.mkdir()
    for file in plain.glob("*.tsv"):
        text = file.read_bytes().replace(b"\n", b"\r\n")
        (marked / file.name).write_bytes(b"\xef\xbb\xbf" + text)
    assert load_corpus(marked, min_lines=0) == load_corpus(plain, min_lines=0)
