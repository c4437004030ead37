"""The texts of data/replies, checked at load, and the times that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.clock import OpeningHours
from bot.conversation.saying.checked_texts import (
    check_answers,
    check_name,
    check_on_call,
    check_shop,
    check_tone,
    wrong,
)
from bot.conversation.saying.order_words import moment
from bot.yaml_files import Document, read_text, read_yaml

APPROVAL_WITHIN = {"L1": timedelta(minutes=30), "L2": timedelta(hours=4), "S": timedelta(hours=4)}
LONGEST_SPAN = timedelta(hours=4)  # that staff are given for anything; more means a night
_SHOP = re.compile(r"(?<!\{)\{shop\}(?!\})")
TONES = ("neutral", "empathetic", "formal")  # the first is how shop.yaml itself speaks


@dataclass(frozen=True, slots=True)
class Replies:
    """The shop's texts, checked at load."""

    texts: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]
    staff_hours: OpeningHours
    shop_name: str

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

    Raises DataError naming file, key and line of the first mistake.
    """
    shop = _read(folder / "shop.yaml")
    check_shop(shop)
    answers = check_answers(_read(folder / "answers.yaml"))
    name = check_name(shop)
    texts = _naming(_in_tone(folder, shop), name.replace("{", "{{").replace("}", "}}"))
    return Replies(texts, answers, _staff_hours(shop), name)


def _staff_hours(shop: Document) -> OpeningHours:
    try:
        told = shop.content["staff_hours"]
        hours = OpeningHours(
            opens=time.fromisoformat(told["opens"]), closes=time.fromisoformat(told["closes"])
        )
        on_call = told["on_call"]
    except (KeyError, TypeError, ValueError):
        wrong(shop, ("staff_hours",), "expected opens and closes ('09:00'), on_call ([E1, …])")
    if hours.opens >= hours.closes:
        wrong(shop, ("staff_hours",), "opens must be before closes")
    check_on_call(shop, on_call)
    return hours


def _in_tone(folder: Path, shop: Document) -> Mapping[str, Any]:
    """Return the texts with those that the chosen tone words otherwise."""
    texts: Mapping[str, Any] = shop.content
    tone = texts.get("tone", TONES[0])
    if tone not in TONES:
        wrong(shop, ("tone",), f"unknown {tone!r}; allowed: {', '.join(TONES)}")
    if tone == TONES[0]:
        return texts
    changes = _read(folder / f"tone_{tone}.yaml")
    check_tone(changes)
    return _reworded(texts, changes.content)


def _reworded(texts: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put each changed text in its place."""
    return {
        key: _reworded(text, changes.get(key, {}))
        if isinstance(text, dict)
        else changes.get(key, text)
        for key, text in texts.items()
    }


def _naming(texts: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Put the shop's name where a text says {shop}; the other facts are filled in when said."""
    return {
        key: _naming(text, name)
        if isinstance(text, dict)
        else _SHOP.sub(lambda _: name, text)
        if isinstance(text, str)
        else text
        for key, text in texts.items()
    }


def _read(file: Path) -> Document:
    return read_yaml(str(file), read_text(file))
