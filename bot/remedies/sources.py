"""Reads the YAML of a policy and names the first mistake by file, rule and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot import yaml_files
from bot.errors import DataError, PolicyError
from bot.remedies.files import RulesFile
from bot.remedies.rulebook import Rule
from bot.yaml_files import Document, read_yaml

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


def read_text(path: Path) -> str:
    """Return the file's text; raises PolicyError when it cannot be read."""
    try:
        return yaml_files.read_text(path)
    except DataError as error:
        raise PolicyError(str(error)) from error


def _yaml(source: Source, name: str) -> Document:
    text = source.text(name)
    try:
        return read_yaml(f"{source.prefix}{name}", text)
    except DataError as error:
        raise PolicyError(str(error)) from error


def read_file(model: type[P], source: Source, name: str) -> P:
    """Return the file as its model; raises PolicyError naming the first mistake."""
    document = _yaml(source, name)
    return _parse(model, document.content, document, document.name, ())


def read_rules(source: Source, name: str) -> list[Rule]:
    """Return the rules of a file, in order; raises PolicyError naming rule and key."""
    document = _yaml(source, name)
    content = document.content
    if not isinstance(content, dict) or set(content) != set(RulesFile.model_fields):
        raise PolicyError(f"{document.name}: expected one key, rules")
    if not isinstance(content["rules"], list):
        raise PolicyError(f"{document.name}: key rules: expected a list of rules")
    return [_rule(raw, document, place) for place, raw in enumerate(content["rules"])]


def _rule(raw: Any, document: Document, place: int) -> Rule:
    named = raw.get("id") if isinstance(raw, dict) else None
    where = f"{document.name}, rule {named or f'no. {place + 1}'}"
    return _parse(Rule, raw, document, where, ("rules", place))


def _parse(
    model: type[P], raw: Any, document: Document, where: str, inside: tuple[int | str, ...]
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
