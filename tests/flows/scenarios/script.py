"""What a scenario file says: the order, what the customer says and takes, what must be on record.

The end is written `issue: kind amount freight, state, liable/bearer, E5 L1`, each part only where
it matters; amounts are in yuan. A dispute that must not exist is written by an empty list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.remedies.verdict import RemedyKind
from nlp.labels import TYPE_OF

FOLDER = Path(__file__).parent
KINDS = frozenset(kind.value for kind in RemedyKind)
STATES = frozenset(
    {"open", "offered", "awaiting_approval", "executing", "with_person", "resolved", "rejected",
     "withdrawn"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One whole conversation; `says` are told in order, each when no button helps.

    A line `>kind` presses a button, `=words` says them whatever buttons there are, `+photo` sends
    a picture; `+visit` opens another chat; `+agent words` lets an agent take the chat
    and say them, `+take` without a word, `+return` gives it back to the bot, `+close` ends it;
    `+approve` and `+refuse why` decide on what waits, `+now {is: …}` imports the order anew.
    `other` is an order of theirs that must get no dispute, unless `other_end` tells which.
    """

    id: str
    file: str  # without its ending
    order: Mapping[str, Any]
    other: Mapping[str, Any] | None = None
    says: tuple[str, ...]
    takes: tuple[str, ...] = ()
    item: str = ""  # occurs in the title of the article meant
    photo: bool = True
    signed: bool = False  # into the chat, by the shop
    ends: tuple[Mapping[str, Any], ...] = field(default=())
    other_ends: tuple[Mapping[str, Any], ...] = field(default=())


def load() -> list[Scenario]:
    """Return every scenario of the folder, in the order of the files."""
    files = sorted(FOLDER.glob("*.yaml"))
    return [
        _scenario(file.stem, entry)
        for file in files
        for entry in yaml.safe_load(file.read_text("utf-8"))
    ]


def _scenario(file: str, entry: Mapping[str, Any]) -> Scenario:
    ends = entry["end"] if isinstance(entry["end"], list) else [entry["end"]]
    takes = entry.get("takes", ())
    return Scenario(
        id=entry["id"],
        file=file,
        order=entry["order"],
        other=entry.get("other"),
        says=tuple(entry["says"]),
        takes=(takes,) if isinstance(takes, str) else tuple(takes),
        item=entry.get("item", ""),
        photo=entry.get("photo", True),
        signed=entry.get("signed", False),
        ends=tuple(map(_end, ends)),
        other_ends=(_end(entry["other_end"]),) if "other_end" in entry else (),
    )


def _end(text: str) -> Mapping[str, Any]:
    issue, _, rest = text.partition(":")
    end: dict[str, Any] = {"issue": issue.strip(), "type": TYPE_OF[issue.strip()]}
    for part in filter(None, (p.strip() for p in rest.split(","))):
        end |= _part(part)
    if "kind" in end:
        end = {"amount_fen": 0, "return_freight": "none", "state": "resolved", **end}
    return end


def _part(part: str) -> dict[str, Any]:
    if part in STATES:
        return {"state": part}
    if "/" in part:
        liable, bearer = part.split("/")
        return {"liable": liable, "cost_bearer": bearer}
    first, *rest = part.split()
    if first.startswith("E") and first[1:].isdigit():
        return {"escalated": (first, rest[0])}
    if first == "nothing":  # no remedy stands
        return {"kind": None, "amount_fen": None, "return_freight": None}
    if first not in KINDS:
        raise ValueError(f"{part!r}: no state, no remedy, no escalation, no liable/bearer")
    found: dict[str, Any] = {"kind": first}
    for word in rest:
        if word in {"shop", "customer"}:
            found["return_freight"] = word
        else:
            found["amount_fen"] = round(float(word) * 100)
    return found
