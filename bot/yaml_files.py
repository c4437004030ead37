"""Reads the shop's YAML files: strictly, and with the line of every piece.

What is wrong raises DataError that names file and line, in words for people who write no programs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.errors import DataError

# liability：x, and [a，b]
_FULL_WIDTH: Final = re.compile(
    r"^\s*(?:- +)?[a-z_]+(：)|[\[{] *[a-z][\w.]*(?:, *[a-z][\w.]*)*([，、])[ a-z]"
)
# A line below which a text of several lines stands, indented deeper than its key or its dash.
_BLOCK: Final = re.compile(r"( *)((?:- +)*)(?!#)(.*: +)?[|>][-+1-9]*(?: +#.*)?\s*\Z")
DEEPEST: Final = 50  # levels of nesting; a policy has six

# What people most likely did where YAML's own words say little.
_HINTS: Final = {
    "mapping values are not allowed": "a text that contains ': ' stands in double quotes",
    "could not find expected ':'": "a key ends with a colon and a blank; a text of several lines "
    "is indented below '|-'",
    r"'\t' that cannot start any token": "indent with blanks, not with tabs",
    "cannot start any token": "a text that begins with this sign stands in double quotes",
    "unexpected end of stream": "a quote or bracket that is opened is closed, too",
    "expected ',' or '}'": "a text with braces stands in double quotes",
    "expected <block end>": "indent as the lines around; a text that goes on after a closing "
    "quote stands in quotes as a whole",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content, and the tree that says on which line each piece of it stands."""

    name: str
    content: Any
    tree: yaml.Node | None

    def find(self, path: Iterable[int | str]) -> tuple[list[int | str], int | None]:
        """Return how far the path leads in the file, and the line where it ends there."""
        found: list[int | str] = []
        node, line = self.tree, self.tree.start_mark.line + 1 if self.tree else None
        for part in path:
            step = _child(node, part)
            if step is not None:
                found.append(part)
                node, line = step
        return found, line


def _child(node: yaml.Node | None, part: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    return None


class _Loader(yaml.SafeLoader):
    """YAML as its authors mean it: no key twice, and numbers only as people write them.

    YAML 1.1 takes 48:00 for 2880, 0120 for 80 and `on` for true; here these are words, which no
    place for a number lets pass.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next piece, or raise with its line where pieces are nested without end."""
        if self.depth == DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "nested too deeply", mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return what the node says, or raise with its line: no date has a thirteenth month."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise _wrong(node, f"{node.value!r}: {error}") from error
        except (AttributeError, LookupError, TypeError) as error:  # of a !!tag that does not fit
            raise _wrong(node, f"{node.value!r} is no {node.tag.rpartition(':')[2]}") from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping, or raise with the line of the second key."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(key, "a key is one word; a text with braces stands in double quotes")
            if key.value in seen:
                raise _wrong(key, f"key {key.value!r} is given twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _wrong(node: yaml.Node, what: str) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark)


def _plain_numbers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return by first character what an unmarked word may be: YAML 1.2's plain forms alone."""
    replaced = {f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float")}
    known = {
        first: [(tag, form) for tag, form in forms if tag not in replaced]
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    for name, firsts, form in (
        ("bool", "tTfF", r"true|True|TRUE|false|False|FALSE"),
        ("int", "-+0123456789", r"[-+]?(?:0|[1-9][0-9]*)"),
        ("float", "-+.0123456789",
         r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
         r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
    ):  # fmt: skip
        for first in firsts:
            entry = (f"tag:yaml.org,2002:{name}", re.compile(rf"(?:{form})\Z"))
            known.setdefault(first, []).append(entry)
    return known


_Loader.yaml_implicit_resolvers = _plain_numbers()


def read_text(path: Path) -> str:
    """Return the file's text; raises DataError when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error


def read_yaml(where: str, text: str) -> Document:
    """Return what the text of that file holds; raises DataError naming line and mistake."""
    _check_signs(where, text)
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        content = None if tree is None else loader.construct_document(tree)
    except yaml.YAMLError as error:
        raise DataError(f"{where}{_line_of(error)}: {_problem_of(error)}") from error
    return Document(where, content, tree)


def _check_signs(where: str, text: str) -> None:
    """Raise DataError for a full-width sign where YAML's own belongs.

    Only beside ASCII names: a sentence may hold as many as it likes.
    """
    for number, line in _outside_blocks(text):
        if found := _FULL_WIDTH.search(line):
            sign = found[1] or found[2]
            ours = unicodedata.normalize("NFKC", sign)
            raise DataError(f"{where}:{number}: full-width {sign!r}; write {ours!r} and a blank")


def _outside_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are no part of a text of several lines, each with its number."""
    above: int | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        indent = len(line) - len(line.lstrip(" "))
        if above is not None and (indent > above or not line.strip()):
            continue
        opened = _BLOCK.match(line)
        above = _depth(opened) if opened else None
        yield number, line


def _depth(opened: re.Match[str]) -> int:
    """Return how deep the key stands that the text belongs to; without one, its dash."""
    blanks, dashes, key = opened.groups()
    return len(blanks) + (len(dashes) if key else max(len(dashes.rstrip()) - 1, 0))


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem_of(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", None) or error).replace("\n", " ")
    hint = next((hint for part, hint in _HINTS.items() if part in problem), None)
    return f"{problem}: {hint}" if hint else problem
