"""Reads the YAML of a policy and names the first mistake by file, rule and key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import PolicyError
from bot.remedies.files import RulesFile
from bot.remedies.rulebook import Rule

P = TypeVar("P", bound=BaseModel)
# liability：x, and [a，b]
_FULL_WIDTH: Final = re.compile(
    r"^\s*(?:- +)?[a-z_]+(：)|[\[{] *[a-z][\w.]*(?:, *[a-z][\w.]*)*([，、])[ a-z]"
)
DEEPEST: Final = 50  # levels of nesting; a policy has six


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version's files come from, and what was read of them so far."""

    read: Callable[[str], str]
    prefix: str = ""  # of the names in messages
    files: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the file's text; raises PolicyError when it cannot be read."""
        if name not in self.files:
            self.files[name] = self.read(name)
        return self.files[name]


@dataclass(frozen=True, slots=True)
class _Document:
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
    """Return the file's text; raises PolicyError when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PolicyError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error


def _check_signs(where: str, text: str) -> None:
    """Raise PolicyError for a full-width sign where YAML's own belongs.

    Only beside ASCII names: a sentence may hold as many as it likes.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _FULL_WIDTH.search(line):
            sign = found[1] or found[2]
            ours = unicodedata.normalize("NFKC", sign)
            raise PolicyError(f"{where}:{number}: full-width {sign!r}; write {ours!r} and a blank")


def _yaml(source: Source, name: str) -> _Document:
    _check_signs(f"{source.prefix}{name}", source.text(name))
    try:
        loader = _Loader(source.text(name))
        tree = loader.get_single_node()
        content = None if tree is None else loader.construct_document(tree)
    except yaml.YAMLError as error:
        where = f"{source.prefix}{name}{_line_of(error)}"
        raise PolicyError(f"{where}: {_problem_of(error)}") from error
    return _Document(source.prefix + name, content, tree)


def read_file(model: type[P], source: Source, name: str) -> P:
    """Return the file as its model; raises PolicyError naming the first mistake."""
    document = _yaml(source, name)
    return _parse(model, document.content, document, document.name, ())


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem_of(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).replace("\n", " ")


def read_rules(source: Source, name: str) -> list[Rule]:
    """Return the rules of a file, in order; raises PolicyError naming rule and key."""
    document = _yaml(source, name)
    content = document.content
    if not isinstance(content, dict) or set(content) != set(RulesFile.model_fields):
        raise PolicyError(f"{document.name}: expected one key, rules")
    if not isinstance(content["rules"], list):
        raise PolicyError(f"{document.name}: key rules: expected a list of rules")
    return [_rule(raw, document, place) for place, raw in enumerate(content["rules"])]


def _rule(raw: Any, document: _Document, place: int) -> Rule:
    named = raw.get("id") if isinstance(raw, dict) else None
    where = f"{document.name}, rule {named or f'no. {place + 1}'}"
    return _parse(Rule, raw, document, where, ("rules", place))


def _parse(
    model: type[P], raw: Any, document: _Document, where: str, inside: tuple[int | str, ...]
) -> P:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            message = f"unknown key; allowed: {', '.join(_keys_at(model, first['loc'][:-1]))}"
        # Pydantic's path also names what it tried there, which is no key of the file's.
        path, line = document.find((*inside, *first["loc"]))
        if first["type"] == "missing":
            path.append(first["loc"][-1])
        key = ".".join(map(str, path[len(inside) :])) or "(whole)"
        place = "" if line is None else f" (line {line})"
        raise PolicyError(f"{where}: key {key}: {message}{place}") from error


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    for part in path:
        known = model.model_fields.get(str(part))
        inner = _model_in(known.annotation) if known else None
        model = inner or model
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found), None)
