"""What a customer can show for a sum that the shop was said not to owe; pure."""

from __future__ import annotations

import re

from bot.conversation.deciding.settle import remind
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import OFFERED, Matter, State
from bot.conversation.shapes.steps import HandOver, Say
from bot.conversation.words.answers.meant import says_promised
from bot.conversation.words.sentence.manner import asks
from bot.conversation.words.things.at_hand import (
    claims_paid,
    claims_promise,
    claims_sum,
    has_no_evidence,
    has_proof,
)
from bot.conversation.words.things.verdict_words import asks_for_picture
from bot.remedies.verdict import TOLD
from nlp.labels import TYPE_OF

_FREE = re.compile(r"[包免]邮|[包免]运费|邮费|运费")


def take_proof(state: State) -> HandOver | Say | None:
    """A picture for what the shop was said not to owe is for a person; the rules read none."""
    matter, spoke = state.current, state.unanswered
    if matter is None or spoke is None or state.picked:
        return None
    if word := _take_word(state, matter, spoke):
        return word
    if not _was_told(matter):
        return None
    if spoke.photos:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    if has_proof(spoke.plain):
        return Say(about="send_photo", wording="send_proof", options=remind(state, matter))
    promised = _claims_promise(matter, spoke)
    if not (promised or _insists(state, matter)) or asks(spoke.plain):
        return None
    if state.times_asked("send_picture"):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    wording = "send_promise" if promised else "send_picture"
    return Say(about="send_picture", wording=wording, options=remind(state, matter))


def _take_word(state: State, matter: Matter, spoke: CustomerSpoke) -> HandOver | Say | None:
    """What the shop's page or people are said to have promised can be shown; a person reads it.

    Where it is what is complained of, the offer is for that already. Whoever has nothing to show
    gets the person at once: the shop's own record may hold it.
    """
    if not (matter.stage in OFFERED or _ended_in_words(matter)):
        return None
    if spoke.heard.order_nos:
        return None
    shown = spoke.photos or has_no_evidence(spoke.plain)
    if shown and state.times_asked("send_word"):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    of_sum = claims_sum(spoke.plain)
    held = TYPE_OF[matter.issue] in {"quality", "logistics"} or _pays_freight(matter, spoke)
    told = (held and not of_sum) or _claims_promise(matter, spoke)
    if told or not (of_sum or says_promised(spoke.heard, spoke.plain)):
        return None
    if state.times_asked("send_word"):
        denied = of_sum or _ended_in_words(matter) or any(o["kind"] in TOLD for o in matter.offer)
        return HandOver(reason="E13", level="L1", matter=matter.id) if denied else None
    return Say(about="send_word", wording="send_word", options=remind(state, matter))


def _pays_freight(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the very freight is offered back that was said to be free: 页面写包邮啊."""
    offered = any(option["kind"] == "freight" for option in matter.offer)
    return offered and bool(_FREE.search(spoke.plain))


def _was_told(matter: Matter) -> bool:
    """Tell whether it was explained that nothing is owed, and a picture could say otherwise."""
    told = _ended_in_words(matter) or any(option["kind"] in TOLD for option in matter.offer)
    return told and (TYPE_OF.get(matter.issue) == "amount" or asks_for_picture(matter))


def _ended_in_words(matter: Matter) -> bool:
    """Tell whether the matter ended with an explanation or a refusal."""
    remedy = matter.remedy
    return remedy is not None and matter.stage == "ended" and remedy.option["kind"] in TOLD


def _insists(state: State, matter: Matter) -> bool:
    """Tell whether the money is said once more to be missing, of which the record knows nothing.

    银行说没收到, after the refund; 微信扣了我58块, of an order that is not paid for.
    """
    spoke, order = state.unanswered, state.order_of(matter)
    if spoke is None or order is None or not order.record or spoke.heard.demand == "expedite":
        return False
    ended = matter.stage == "ended" and matter.issue == "refund_delay"
    unpaid = order.record["status"] == "unpaid"
    if unpaid and asks_for_picture(matter) and claims_paid(spoke.plain):
        return True
    again = bool(set(spoke.heard.issues) & set(matter.issues)) and not spoke.heard.order_nos
    return again and (ended or unpaid)


def _claims_promise(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether a discount that is not on record is said to have been promised."""
    of_discount = matter.issue == "discount" and asks_for_picture(matter)
    return of_discount and not spoke.heard.order_nos and claims_promise(spoke.plain)
