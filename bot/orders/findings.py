"""What is found wrong with a file of orders, in the names that the file itself uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import OrderImportError

Location = tuple[str | int, ...]  # e.g. ("lines", 0, "category")
Namer = Callable[[Location], str]  # what a file calls a place in the record


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where in the record, and what is wrong and what is allowed."""

    location: Location
    text: str


def dotted(location: Location) -> str:
    """Return a location as JSON's readers write it: lines[0].category."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "order"


@dataclass(slots=True)
class OrderFile:
    """The file being read, what it calls things, and every mistake and doubt found so far."""

    path: Path
    name: Namer = dotted
    errors: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)

    def report(self, line: int, name: str, text: str) -> None:
        """Keep a mistake: nothing of the file comes in."""
        self.errors.append((line, f"{self.path}:{line}: {name}: {text}"))

    def doubt(self, line: int, problem: Problem) -> None:
        """Keep what may be a mistake: the order comes in."""
        name = self.name(problem.location)
        self.doubts.append((line, f"{self.path}:{line}: {name}: {problem.text}"))

    def refuse(self, text: str) -> OrderImportError:
        """Return the error for a file that is not read at all."""
        return OrderImportError([f"{self.path}:1: file: {text}"])
