"""The texts of data/replies, checked at load, and the times that they name."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.clock import OpeningHours
from bot.conversation.saying.order_words import moment
from bot.errors import DataError

APPROVAL_WITHIN = {"L1": timedelta(minutes=30), "L2": timedelta(hours=4), "S": timedelta(hours=4)}
LONGEST_SPAN = timedelta(hours=4)  # that staff are given for anything; more means a night
TONES = ("neutral", "empathetic", "formal")  # the first is how shop.yaml itself speaks


@dataclass(frozen=True, slots=True)
class Replies:
    """The shop's texts, checked at load."""

    texts: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]
    staff_hours: OpeningHours

    def text(self, key: str, **facts: object) -> str:
        """Return the text of the key ("progress.done"), filled; raises KeyError when unknown."""
        entry: Any = self.texts
        for part in key.split("."):
            entry = entry[part]
        filled = str(entry).format(**facts)
        return "\n".join(line for line in filled.splitlines() if line.strip())

    def person_due(self, reason: str, now: datetime) -> datetime | None:
        """Return by when a person answers who was called for the reason; None: no time is named.

        Dangers are answered around the clock (`on_call`); everything else in staff's hours.
        """
        minutes = self.texts["handed_over_within"].get(reason)
        if minutes is None:
            return None
        term = timedelta(minutes=minutes)
        on_call = reason in self.texts["staff_hours"]["on_call"]
        return now + term if on_call else self.staff_hours.after(now, term)

    def approval_due(self, tier: str, now: datetime) -> datetime:
        """Return by when staff decide about a remedy that the bot may not release."""
        return self.staff_hours.after(now, APPROVAL_WITHIN[tier])

    def soon(self, due_at: datetime | None, now: datetime) -> str:
        """Return a deadline as said now: "4小时内", or the moment when a night lies between."""
        if due_at is None:
            return ""
        minutes = round((due_at - now).total_seconds() / 60)
        hours, rest = divmod(minutes, 60)
        if due_at > now + LONGEST_SPAN or (hours and rest):
            return self.text("by_moment", moment=moment(due_at))
        return f"{minutes}分钟内" if rest else f"{hours}小时内"


def load_replies(folder: Path) -> Replies:
    """Read the shop's texts in the tone that it chose.

    Raises DataError naming file and key of the first mistake.
    """
    texts = _read(folder / "shop.yaml")
    answers = _read(folder / "answers.yaml")
    if not isinstance(texts, dict) or not isinstance(answers, list):
        raise DataError(f"{folder}: shop.yaml must be a mapping and answers.yaml a list")
    _check_braces(folder / "shop.yaml", texts, "")
    return Replies(_in_tone(folder, texts), answers, _staff_hours(folder / "shop.yaml", texts))


def _staff_hours(file: Path, texts: Mapping[str, Any]) -> OpeningHours:
    try:
        told = texts["staff_hours"]
        hours = OpeningHours(
            opens=time.fromisoformat(told["opens"]), closes=time.fromisoformat(told["closes"])
        )
        frozenset(told["on_call"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{file}: staff_hours: opens and closes ('09:00'), on_call (E1, …): {error}"
        ) from error
    if hours.opens >= hours.closes:
        raise DataError(f"{file}: staff_hours: opens must be before closes")
    return hours


def _in_tone(folder: Path, texts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the texts with those that the chosen tone words otherwise."""
    tone = texts.get("tone", TONES[0])
    if tone not in TONES:
        allowed = ", ".join(TONES)
        raise DataError(f"{folder / 'shop.yaml'}: tone: unknown {tone!r}; allowed: {allowed}")
    if tone == TONES[0]:
        return texts
    file = folder / f"tone_{tone}.yaml"
    changes = _read(file)
    if not isinstance(changes, dict):
        raise DataError(f"{file}: must be a mapping")
    _check_braces(file, changes, "")
    return _reworded(file, texts, changes, "")


def _reworded(
    file: Path, texts: Mapping[str, Any], changes: Mapping[str, Any], path: str
) -> dict[str, Any]:
    """Put each changed text in its place; it must be there, and carry no other facts."""
    told = dict(texts)
    for key, text in changes.items():
        here = f"{path}{key}"
        if key not in texts or isinstance(texts[key], dict) != isinstance(text, dict):
            raise DataError(f"{file}: {here}: shop.yaml has no such text")
        if isinstance(text, dict):
            told[key] = _reworded(file, texts[key], text, f"{here}.")
            continue
        if strange := sorted(_names(text) - _names(texts[key])):
            raise DataError(f"{file}: {here}: unknown {{{strange[0]}}}")
        told[key] = text
    return told


def _names(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{file}: {error}") from error


def _check_braces(file: Path, texts: Mapping[str, Any], path: str) -> None:
    for key, value in texts.items():
        here = f"{path}{key}"
        if isinstance(value, dict):
            _check_braces(file, value, f"{here}.")
            continue
        try:
            list(string.Formatter().parse(str(value)))
        except ValueError as error:
            raise DataError(f"{file}: {here}: {error}") from error
