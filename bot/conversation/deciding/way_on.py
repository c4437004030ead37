"""What can still be done after a refusal or an explanation: 那怎么办; pure."""

from __future__ import annotations

from bot.conversation.deciding.find_order import human_button
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import Say
from bot.conversation.words.answers.more_wanted import asks_way_on
from bot.remedies.policy import Policy
from bot.remedies.verdict import TOLD

TOLD_AT_MOST = 2  # times; then it goes the way of whatever is not understood


def tell_way_on(state: State, policy: Policy) -> Say | None:
    """Return what would change an answer that was only told, and the way to a person."""
    matter, spoke = state.current, state.unanswered
    if matter is None or spoke is None or matter.remedy is None or matter.stage != "ended":
        return None
    told = matter.remedy.option["kind"] in TOLD and matter.end != "withdrawn"
    if not told or spoke.heard.order_nos or not asks_way_on(spoke.plain):
        return None
    if state.times_asked("way_on") >= TOLD_AT_MOST:
        return None
    opens = policy.texts.would_change.partition("{text}")[0]
    reasons = matter.reasons
    change = "".join(reason for reason in reasons if opens and reason.startswith(opens))
    facts = {"change": change, "person": policy.texts.way_to_person}
    return Say(about="way_on", wording="way_on", facts=facts, options=(human_button(state),))
