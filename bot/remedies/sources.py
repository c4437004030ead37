"""Reads the YAML of a policy and names the first mistake by file, rule and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import PolicyError
from bot.remedies.files import RulesFile
from bot.remedies.rulebook import Rule

P = TypeVar("P", bound=BaseModel)


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


class _UniqueKeys(yaml.SafeLoader):
    """YAML that refuses a key given twice, where the first would be lost silently."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return what the node says, or raise with its line: no date has a thirteenth month."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            why = f"{node.value!r}: {error}"
            raise yaml.constructor.ConstructorError(None, None, why, node.start_mark) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping, or raise with the line of the second key."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} is given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_text(path: Path) -> str:
    """Return the file's text; raises PolicyError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error


def _yaml(source: Source, name: str) -> Any:
    try:
        return yaml.load(source.text(name), _UniqueKeys)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        where = f"{source.prefix}{name}{_line_of(error)}"
        raise PolicyError(f"{where}: {_problem_of(error)}") from error


def read_file(model: type[P], source: Source, name: str) -> P:
    """Return the file as its model; raises PolicyError naming the first mistake."""
    return _parse(model, _yaml(source, name), source.prefix + name)


def _line_of(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem_of(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).replace("\n", " ")


def read_rules(source: Source, name: str) -> list[Rule]:
    """Return the rules of a file, in order; raises PolicyError naming rule and key."""
    content, named = _yaml(source, name), source.prefix + name
    if not isinstance(content, dict) or set(content) != set(RulesFile.model_fields):
        raise PolicyError(f"{named}: expected one key, rules")
    if not isinstance(content["rules"], list):
        raise PolicyError(f"{named}: key rules: expected a list of rules")
    return [_rule(raw, f"{named}, rule", number) for number, raw in enumerate(content["rules"], 1)]


def _rule(raw: Any, where: str, number: int) -> Rule:
    named = raw.get("id") if isinstance(raw, dict) else None
    return _parse(Rule, raw, f"{where} {named or f'no. {number}'}")


def _parse(model: type[P], raw: Any, where: str) -> P:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise PolicyError(f"{where}: {_first_of(model, error)}") from error


def _first_of(model: type[BaseModel], error: ValidationError) -> str:
    """Return one line for the first mistake: the key, what is wrong and what is allowed."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "(whole)"
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = f"unknown key; allowed: {', '.join(_keys_at(model, first['loc'][:-1]))}"
    return f"key {key}: {message}"


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
