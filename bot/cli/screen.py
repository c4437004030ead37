"""What the command line shows: answers on stdout, progress on a terminal and never in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

Report = Callable[[str, float], None]


def say(line: str = "") -> None:
    """Print one line of the answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def say_json(value: Mapping[str, Any]) -> None:
    """Print one line for a program that reads along."""
    say(json.dumps(value, ensure_ascii=False))


def progress_lines() -> Report:
    """Give a function that says each stage, and each further hundredth, as a line of JSON."""
    last: tuple[str, int] | None = None

    def report(stage: str, share: float) -> None:
        nonlocal last
        if last != (last := (stage, int(share * 100))):
            say_json({"stage": stage, "done": round(share, 2)})

    return report


@contextmanager
def progress_bar(title: str) -> Iterator[Report]:
    """Give a function that takes a stage and the share done, 0–1; quiet unless on a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda stage, share: bar.update(
            task, completed=share, description=f"{title}: {stage}"
        )
