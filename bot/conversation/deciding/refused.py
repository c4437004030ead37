"""What is answered to who does not accept that something was refused; pure."""

from __future__ import annotations

from bot.conversation.deciding.find_order import human_button
from bot.conversation.deciding.settle import remind
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import HandOver, Say, Step
from bot.conversation.words.answers.bids import insists_on_refused
from bot.conversation.words.answers.meant import topic_meant
from bot.conversation.words.matters.after_refusal import pleads
from bot.conversation.words.wishes import afterthoughts
from bot.conversation.words.wishes.exclusions import ruled_out


def pleaded(state: State) -> Step | None:
    """Say once that a return stays refused to who asks for an exception; then a person decides."""
    matter, spoke = state.current, state.unanswered
    if matter is None or matter.end != "rejected" or matter.issue not in FAULTLESS:
        return None
    if spoke is None or spoke.choices or spoke.heard.order_nos or not pleads(spoke.plain):
        return None
    if state.times_asked("refusal_stands"):
        return HandOver(reason="E6", level="L2", matter=matter.id)
    return Say(about="refusal_stands", wording="refusal_stands", options=(human_button(state),))


def refused_again(state: State, matter: Matter) -> Step | None:
    """Say once more why staff refused what is still wanted; the next time a person comes."""
    spoke = state.unanswered
    if spoke is None or matter.stage != "offered" or not _objects_to_refusal(matter, spoke):
        return None
    if state.times_asked("refused_again"):
        return HandOver(reason="E6", level="L2", matter=matter.id)
    return Say(about="refused_again", wording="remedy_refused_again",
               facts={"matter": matter.id}, options=remind(state, matter))  # fmt: skip


def _objects_to_refusal(matter: Matter, spoke: ev.CustomerSpoke) -> bool:
    """Tell whether it is insisted on or asked after, all else ruled out, or the reason asked."""
    if matter.remedy is None or matter.remedy.state != "refused" or spoke.choices:
        return False
    left = {str(option["kind"]) for option in matter.offer} - {"handover"}
    none = bool(left) and left <= ruled_out(spoke.plain)
    why = topic_meant(spoke.heard, spoke.plain) == "why"
    after = afterthoughts.asks_after(spoke.plain)  # 我的补偿呢
    return none or why or after or insists_on_refused(matter, spoke.plain)
