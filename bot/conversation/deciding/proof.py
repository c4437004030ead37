"""What a customer can show for a sum that the shop was said not to owe; pure."""

from __future__ import annotations

from bot.conversation.deciding.settle import remind
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import HandOver, Say
from bot.conversation.words.at_hand import has_proof
from nlp.labels import TYPE_OF


def take_proof(state: State) -> HandOver | Say | None:
    """A picture for what the shop was said not to owe is for a person; the rules read none."""
    matter, spoke = state.current, state.unanswered
    if matter is None or spoke is None or TYPE_OF.get(matter.issue) != "amount":
        return None
    granted = [matter.remedy.option] if matter.remedy and matter.stage == "ended" else []
    told = any(option["kind"] == "explain" for option in (*matter.offer, *granted))
    if not told or state.picked:
        return None
    if spoke.photos:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    if has_proof(spoke.plain):
        return Say(about="send_photo", wording="send_proof", options=remind(state, matter))
    return None
