"""An offer of all the money that is left, beside a sum that still awaits approval; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.deciding.find_order import step_to_order
from bot.conversation.deciding.judging import judge_offered
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Note, Step
from bot.conversation.shapes.verdicts import same_options
from bot.remedies.policy import Policy


def leaves_out_undecided(option: Mapping[str, Any]) -> bool:
    """Tell whether the option gives all that is left but for a sum nobody has decided on."""
    return bool(option["detail"].get("pending_fen"))


def clear_the_way(state: State, matter: Matter) -> Step | None:
    """Return what comes before all the money goes back: the sum that awaits approval is dropped.

    Who takes the whole price back gets it in one sum, and nothing is left to be refused later.
    The order is looked up first, so that it is known whose sums are undecided.
    """
    step = step_to_order(state, matter.order_no, matter.id)
    if step is not None:
        return step
    for other in state.matters:
        here = other.id != matter.id and other.order_no == matter.order_no
        if (
            here
            and other.stage == "approval"
            and other.remedy
            and other.remedy.option["amount_fen"]
        ):
            event = ev.RemedyWithdrawn(matter=other.id, key=other.remedy.key)
            return Note(event=event)
    return None


def is_out_of_date(
    state: State, matter: Matter, option: Mapping[str, Any], policy: Policy, now: datetime
) -> bool:
    """Tell whether the undecided sum was decided on since: the option's own is then another."""
    return not any(
        same_options([judged], [option])
        for judged in judge_offered(state, matter, policy, now).options
    )
