"""Reads the labelled corpus, and refuses lines that would teach something wrong."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from nlp.errors import CorpusError
from nlp.labels import FLAGS, INTENTS, NONE, PRIMARIES, TYPE_OF

HEADER: Final = ("text", "issues", "intent", "flags")
MIN_LINES: Final = 20  # a class with fewer cannot be told apart, nor measured
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message; `issues` is empty for none, the primary stands first.

    `source` is the file that it came from: one writer's lines on one subject.
    """

    text: str
    issues: tuple[str, ...]
    intent: str
    flags: tuple[str, ...]
    source: str = field(default="", compare=False)

    @property
    def primary(self) -> str:
        """The first issue, or none."""
        return self.issues[0] if self.issues else NONE


def load_corpus(
    folder: Path, *, min_lines: int = MIN_LINES, apart: Collection[str] = ()
) -> list[Example]:
    """All examples of the folder's tsv files; every mistake is told with file and line.

    A text that must stay `apart`, because it judges what was learnt, is one of them.
    """
    examples: dict[str, Example] = {}
    places: dict[str, str] = {}
    mistakes: list[str] = []
    for place, source, line in _lines(folder):
        try:
            example = _example(line, source)
        except ValueError as error:
            mistakes.append(f"{place}: {error}")
            continue
        if example.text in apart:
            mistakes.append(f"{place}: it stands in the frozen set, which only judges")
        known = examples.get(example.text)
        if known is None:
            examples[example.text], places[example.text] = example, place
        else:
            kind = "duplicate" if known == example else "the same text with other labels"
            mistakes.append(f"{place}: {kind}, see {places[example.text]}")
    mistakes += _thin_classes(list(examples.values()), min_lines)
    if mistakes:
        raise CorpusError(_summary(mistakes))
    return list(examples.values())


def merge(corpus: Sequence[Example], accepted: Sequence[Example]) -> list[Example]:
    """The corpus with accepted examples; of one text labelled in two ways, people's way counts."""
    merged = {example.text: example for example in corpus}
    merged.update((example.text, example) for example in accepted)
    return list(merged.values())


def _lines(folder: Path) -> Iterator[tuple[str, str, str]]:
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder")
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise CorpusError(f"{folder}: no .tsv files")
    for path in files:
        try:
            header, *lines = read_utf8(path).split("\n")
        except (OSError, ValueError) as error:
            raise CorpusError(str(error)) from error
        if tuple(header.split("\t")) != HEADER:
            raise CorpusError(f"{path}:1: the header must be {'<TAB>'.join(HEADER)}")
        for number, line in enumerate(lines, 2):
            if line:
                yield f"{path}:{number}", path.stem, line


def read_utf8(path: Path) -> str:
    """The file's text, a line feed after each line, whatever the editor put there.

    Raises ValueError with file and line where it is in another encoding.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error


def _example(line: str, source: str) -> Example:
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise ValueError(f"expected {len(HEADER)} columns, found {len(cells)}")
    text, issues, intent, flags = (cell.strip() for cell in cells)
    if not text:
        raise ValueError("the text is empty")
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise ValueError("the text holds a control character")
    if intent not in INTENTS:
        raise ValueError(f"unknown intent {intent!r}")
    return Example(text, parse_issues(issues), intent, _parse_flags(flags), source)


def parse_issues(cell: str) -> tuple[str, ...]:
    """The issues of a comma-separated cell, primary first; `none` stands alone and is empty."""
    issues = tuple(part.strip() for part in cell.split(","))
    if issues == (NONE,):
        return ()
    if NONE in issues:
        raise ValueError(f"{NONE!r} stands alone, and not beside an issue as in {cell!r}")
    for issue in issues:
        if issue not in TYPE_OF:
            raise ValueError(f"unknown issue {issue!r}")
    if len(set(issues)) != len(issues):
        raise ValueError(f"an issue stands twice in {cell!r}")
    return issues


def _parse_flags(cell: str) -> tuple[str, ...]:
    flags = () if cell == "-" else tuple(part.strip() for part in cell.split(","))
    for flag in flags:
        if flag not in FLAGS:
            raise ValueError(f"unknown flag {flag!r}")
    return flags


def _thin_classes(examples: list[Example], min_lines: int) -> list[str]:
    counts = Counter(example.primary for example in examples)
    return [
        f"{label}: {counts[label]} lines as primary, at least {min_lines} are needed"
        for label in PRIMARIES
        if counts[label] < min_lines
    ]


def _summary(mistakes: list[str]) -> str:
    more = [f"… and {len(mistakes) - _SHOWN} more"] if len(mistakes) > _SHOWN else []
    return "\n".join([*mistakes[:_SHOWN], *more])


def corpus_hash(examples: list[Example]) -> str:
    """One hash over what was learnt from, whatever the files were called."""
    digest = sha256()
    for example in sorted(examples, key=lambda row: row.text):
        cells = (example.text, *example.issues, "|", example.intent, *example.flags)
        digest.update("\t".join(cells).encode() + b"\n")
    return digest.hexdigest()
