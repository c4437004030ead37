"""Refuses texts of data/replies that would fail at a customer, or may not be said to one."""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from bot.conversation.saying.known_texts import FACTS_OF
from bot.errors import DataError
from bot.remedies.lint import forbidden_in
from bot.yaml_files import Document

Path = tuple[int | str, ...]

_WITHIN: Final = "handed_over_within"
_REASONS: Final = frozenset(
    key.removeprefix("handed_over.") for key in FACTS_OF if key.startswith("handed_over.")
)
_WATCHED: Final = tuple(
    f"{_WITHIN}.{key.removeprefix('promised.person.')}"
    for key in FACTS_OF
    if key.startswith("promised.person.")
)
_SETTINGS: Final = ("tone", "staff_hours", "shop_name")  # no texts: their readers check them
_SECTIONS: Final = {key.rpartition(".")[0] for key in FACTS_OF} - {""}
_MAY_BE_BLANK: Final = frozenset({"freight.none"})
_WIDE_BRACES: Final = "｛｝"
_ANYWHERE: Final = frozenset({"shop"})  # every text may name the shop, and none must
LONGEST_NAME: Final = 30  # signs; more does not fit over a chat on a phone


def check_shop(file: Document) -> None:
    """Raise DataError for the first text that is unknown or wrong, or for all that are missing."""
    texts = _mapping(file)
    said = {".".join(map(str, path)): (path, value) for path, value in _leaves(texts, ())}
    known = (*FACTS_OF, *_WATCHED)
    for key, (path, value) in said.items():
        if path[0] in _SETTINGS:
            continue
        if key in _WATCHED:
            _check_minutes(file, path, value)
        else:
            _check_text(file, path, value)
    if missing := [key for key in known if key not in said]:
        are = "is" if len(missing) == 1 else "are"
        named = ", ".join(missing)
        raise DataError(f"{file.name}: {named}: {are} missing; every text of the bot stays")


def check_tone(file: Document) -> None:
    """Raise DataError for the first text of a tone that shop.yaml has not, or that is wrong."""
    for path, value in _leaves(_mapping(file), ()):
        _check_text(file, path, value)


def check_answers(file: Document) -> Sequence[Mapping[str, Any]]:
    """Return the answers; raises DataError for the first that could not be given."""
    if not isinstance(file.content, list):
        raise DataError(f"{file.name}: must be a list of entries with words and text")
    for number, entry in enumerate(file.content):
        if not isinstance(entry, dict) or set(entry) != {"words", "text"}:
            wrong(file, (number,), "an entry has words and text, and nothing else")
        words, text = entry["words"], entry["text"]
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            wrong(file, (number, "words"), "expected words in brackets; numbers stand in quotes")
        if not isinstance(text, str) or not text.strip():
            wrong(file, (number, "text"), "expected a text")
        _check_phrases(file, (number, "text"), text)
    return file.content


def check_name(file: Document) -> str:
    """Return the shop's name; raises DataError when it is missing or no name."""
    name = _mapping(file).get("shop_name")
    whole = isinstance(name, str) and name.strip() and name.isprintable()
    if not whole or len(str(name)) > LONGEST_NAME:
        wrong(file, ("shop_name",), f"expected a name of at most {LONGEST_NAME} signs")
    _check_phrases(file, ("shop_name",), str(name))
    return str(name).strip()


def check_on_call(file: Document, reasons: object) -> None:
    """Raise DataError unless they are reasons for which a person is called."""
    if not isinstance(reasons, list) or not all(str(one) in _REASONS for one in reasons):
        wrong(file, ("staff_hours", "on_call"), "expected reasons from E1 to E14 in brackets")


def wrong(file: Document, path: Path, what: str) -> NoReturn:
    """Raise DataError with file, key and line."""
    _, line = file.find(path)
    place = "" if line is None else f" (line {line})"
    raise DataError(f"{file.name}: {'.'.join(map(str, path))}: {what}{place}")


def _mapping(file: Document) -> Mapping[str, Any]:
    if not isinstance(file.content, dict):
        raise DataError(f"{file.name}: must be a mapping")
    return file.content


def _leaves(texts: Mapping[str, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    for key, value in texts.items():
        here = (*above, str(key))
        if isinstance(value, dict) and value:
            yield from _leaves(value, here)
        else:
            yield here, value


def _check_minutes(file: Document, path: Path, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        wrong(file, path, "expected a whole number of minutes, 1 or more")


def _check_text(file: Document, path: Path, value: object) -> None:
    key = ".".join(map(str, path))
    if key in _SECTIONS:
        wrong(file, path, "is no text itself: its texts stand below it, indented")
    if key not in FACTS_OF:
        near = difflib.get_close_matches(key, FACTS_OF, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        wrong(file, path, f"the bot has no such text{meant}")
    if not isinstance(value, str):
        wrong(file, path, "expected a text; a number, date, yes or no stands in double quotes")
    if not value.strip() and key not in _MAY_BE_BLANK:
        wrong(file, path, "says nothing")
    _check_braces(file, path, value, FACTS_OF[key])
    _check_phrases(file, path, value)


def _check_braces(file: Document, path: Path, text: str, known: frozenset[str]) -> None:
    if sign := next((sign for sign in _WIDE_BRACES if sign in text), None):
        wrong(file, path, f"full-width {sign!r}; write the braces {{ and }}")
    try:
        pieces = [piece[1:] for piece in string.Formatter().parse(text) if piece[1] is not None]
    except ValueError as error:
        wrong(file, path, f"a brace is wrong: {error}")
    # A name that comes with an instruction, {name!r} or {name:5}, is none of ours.
    names = {f"{name}{f'!{how}' if how else ''}{f':{form}' if form else ''}"
             for name, form, how in pieces}  # fmt: skip
    allowed = f"allowed: {', '.join(sorted(known))}" if known else "no facts are known here"
    if strange := sorted(names - known - _ANYWHERE):
        wrong(file, path, f"unknown {{{strange[0]}}}; {allowed}")
    if lost := sorted(known - names):
        wrong(file, path, f"{{{lost[0]}}} is left out; the program fills it in, it must stay")


def _check_phrases(file: Document, path: Path, text: str) -> None:
    if phrase := forbidden_in(text):
        wrong(file, path, f"forbidden text {phrase!r}: it is void or unlawful")
