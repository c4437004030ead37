"""How a picked remedy is asked to be confirmed: each yes and no is good for just that; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.deciding.find_order import next_ids
from bot.conversation.shapes.state import Button, Matter, State
from bot.conversation.words.sentence.consent import takes_this


def confirm_buttons(state: State, matter: Matter) -> tuple[Button, Button]:
    """Return yes and no to what was picked, each good for just that."""
    yes, no = next_ids(state, 2)
    asked = _asked_of(matter)
    return (
        Button(id=yes, label="确认", kind="confirm", matter=matter.id, value=asked),
        Button(id=no, label="再看看", kind="deny", matter=matter.id, value=asked),
    )


def confirmation_of(option: Mapping[str, Any]) -> str:
    """Return what a confirmation is of: an older one, of another address, confirms nothing."""
    return f"{option['id']} {option['detail'].get('correction') or ''}".rstrip()


def how_to_confirm(state: State, matter: Matter, *, plain: bool = True) -> str:
    """Return how what was picked is asked to be confirmed: by any yes, or by an express one.

    An express yes that was asked for stays asked for, however often a mild one comes.
    """
    asked = state.question
    before = asked is not None and asked.what == "confirm_expressly"
    same = asked is not None and _asked_of(matter) in {b.value for b in asked.buttons}
    return "confirm" if plain and not (before and same) else "confirm_expressly"


def _asked_of(matter: Matter) -> str:
    return confirmation_of(matter.offered(matter.picked) or {"id": "", "detail": {}})


def is_mere_yes(state: State, button: Button) -> bool:
    """Tell whether it was picked by a yes to what the bot named, and not by its number or name."""
    asked, spoke = state.question, state.unanswered
    named = asked is not None and asked.named == button.id
    return named and spoke is not None and not spoke.choices and takes_this(spoke.plain)
