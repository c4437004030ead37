"""What is answered to a remark beside a standing offer that takes none of it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.deciding.judging import judge
from bot.conversation.deciding.reminders import REMINDERS
from bot.conversation.deciding.settle import remind
from bot.conversation.deciding.told_beside import tell_if_lost
from bot.conversation.shapes.issue_groups import DELAYS, WAITS
from bot.conversation.shapes.state import WHICH_ONE, Matter, State
from bot.conversation.shapes.steps import HandOver, Say, Step
from bot.conversation.words.answers.corrections import is_question
from bot.conversation.words.sentence import consent
from bot.conversation.words.sentence.feelings import is_upset
from bot.conversation.words.wishes.demands import gives
from bot.conversation.words.wishes.exclusions import rules_out_a_part
from bot.remedies.policy import Policy
from bot.remedies.verdict import TOLD
from bot.remedies.wishes import INTENT_OF

# Intents in which something is told of what is wrong, and nothing is wished for.
_TELLS = frozenset({"complain", "inform"})


def tell_what_is_left(state: State, matter: Matter) -> Say | None:
    """Name what an offer still holds when only a part of it is ruled out: 退货太麻烦了."""
    if not rules_out_a_part(matter, state.text) or state.times_asked("left_over") >= REMINDERS:
        return None
    return _name_left(state, matter, "left_over")


def tell_not_offered(state: State, matter: Matter, policy: Policy, now: datetime) -> Say | None:
    """Say that something wished for is not to be had as things are; None where it is, or was told.

    What may be due by itself is looked up, and laid out, elsewhere. A parcel is sent anew once
    it counts as lost, and when that is so is told.
    """
    wish = state.heard.demand
    if matter.stage != "offered" or wish is None or wish in INTENT_OF:
        return None
    if any(gives(wish, option) for option in matter.offer):
        return None
    if wish == "reship" and matter.issue in DELAYS and not state.times_asked("beside"):
        return tell_if_lost(state, matter, policy)
    reasons = judge(state, matter, policy, now).reasons
    told = "".join(reason for reason in reasons if reason not in matter.reasons)
    if not told or state.times_asked("not_offered"):
        return None
    return Say(about="not_offered", wording="not_offered", facts={"told": told},
               options=remind(state, matter))  # fmt: skip


def answer_remark(state: State, matter: Matter) -> Step:
    """Take note of a remark, and keep the offer in view; a person comes when that was in vain."""
    if state.times_asked("choose") + state.times_asked(WHICH_ONE) >= REMINDERS:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    facts: dict[str, object] = {"matter": matter.id}
    if consent.consents(state.text):
        told = _name_left(state, matter, "choose")
        if told and matter.offer[0]["kind"] in matter.unwanted:
            return told
        facts["option"] = matter.offer[0]
        return Say(about=WHICH_ONE, wording=WHICH_ONE, facts=facts, options=remind(state, matter))
    return Say(about="choose", wording=_remark(state, matter), facts=facts,
               options=remind(state, matter))  # fmt: skip


def _not_ruled_out(matter: Matter) -> Sequence[Mapping[str, Any]]:
    """Return the options that were not ruled out, without what is only told."""
    kinds = {*matter.unwanted, *TOLD, "handover"}
    return [option for option in matter.offer if option["kind"] not in kinds]


def _name_left(state: State, matter: Matter, about: str) -> Say | None:
    """List what is left, by its places in the offer: these are what a number means."""
    left = [str(option["id"]) for option in _not_ruled_out(matter)]
    if not left:
        return None
    wording = "left_over" if len(left) > 1 else "left_over_one"
    return Say(about=about, wording=wording, facts={"matter": matter.id, "still_offered": left},
               options=remind(state, matter))  # fmt: skip


def _remark(state: State, matter: Matter) -> str:
    """Return what is said to it: to who is upset, to who tells more, or to what nobody read."""
    heard, text = state.heard, state.text
    if is_upset(text):
        return "choose_upset"
    if heard.intent in _TELLS and heard.demand is None and not is_question(text):
        return "choose_waiting" if matter.issue in WAITS else "choose_noted"
    return "choose"
