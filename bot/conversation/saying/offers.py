"""What is said when remedies are offered, granted, or passed to a person; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.saying.opening import opening
from bot.conversation.saying.options import CIRCLED, change_to, option_label, within
from bot.conversation.saying.order_words import moment
from bot.conversation.saying.progress import remedy_facts
from bot.conversation.saying.replies import Replies
from bot.conversation.saying.wording import wording
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Grant, HandOver, Offer
from bot.conversation.shapes.verdicts import option_dict, same_options
from bot.remedies.verdict import TOLD, RemedyOption

OFFER_STANDS = timedelta(hours=24)


def offer_text(replies: Replies, step: Offer, matter: Matter, state: State, now: datetime) -> str:
    """Return the whole offer: fact, responsibility, options, one ask, deadline."""
    options = step.verdict.options
    lines = [
        f"{CIRCLED[place]} {_option_line(replies, option)}" for place, option in enumerate(options)
    ]
    asked = "offer_ask_many" if len(options) > 1 else "offer_ask_one"
    ask = replies.text(asked, deadline=moment(now + OFFER_STANDS))
    again = bool(matter.declined or matter.concessions) and not step.again
    differs = step.again and not same_options(options, matter.offer)
    anew = _reckoned_anew(replies, matter, state) if differs else ""
    key = "offer_more" if matter.concessions and not step.again else "offer_again"
    return replies.text(
        key if again else "offer",
        acknowledge=anew or _taken_back(replies, matter) or opening(replies, matter, state),
        reasons="\n".join(step.verdict.reasons),
        responsibility=step.verdict.responsibility,
        options="\n".join(lines),
        ask=ask,
    )


def _reckoned_anew(replies: Replies, matter: Matter, state: State) -> str:
    """Return that the sums are others now, and which sum was dropped so that all can go back."""
    undecided = {option["detail"].get("pending_fen") for option in matter.offer} - {None}
    dropped = next(
        (m for m in state.matters if m.order_no == matter.order_no and m.end == "withdrawn"
         and m.remedy and m.remedy.option["amount_fen"] in undecided),
        None,
    )  # fmt: skip
    if dropped is None:
        return replies.text("reckoned_anew")
    return replies.text("all_at_once", **remedy_facts(replies, dropped.remedy))


def _taken_back(replies: Replies, matter: Matter) -> str:
    """Return that the remedy before was taken back, at the first offer after it."""
    fresh = matter.stage == "gathering" and matter.remedy is not None
    if not fresh or matter.remedy is None or matter.remedy.state != "withdrawn":
        return ""
    return replies.text("taken_back", **remedy_facts(replies, matter.remedy))


def _option_line(replies: Replies, option: RemedyOption) -> str:
    """Return what an option gives, by when, and what comes with it."""
    note = option.detail.get("note")
    label = option_label(replies, option_dict(option))
    if option.kind in TOLD:
        return label
    line = f"{label}，{within(replies, option)}"
    return f"{line}（{note}）" if note else line


def grant_text(replies: Replies, step: Grant, matter: Matter, state: State, now: datetime) -> str:
    """Return what is said when a remedy is granted, told, or sent for approval."""
    if step.option.kind in TOLD:
        picked = matter.offered(matter.picked)
        if picked and picked["kind"] in TOLD:
            return replies.text("understood")  # the reasons were read in the offer
        return replies.text(
            "told",
            acknowledge=_not_any_more(replies, picked)
            if picked
            else opening(replies, matter, state),
            reasons="\n".join(step.verdict.reasons),
        )
    granted = option_dict(step.option)
    label = option_label(replies, granted) + change_to(replies, granted)
    answer = wording(replies, step.answer, state) if step.answer else ""
    if step.option.tier == "bot":
        return f"{replies.text('granted', option=label)}\n{answer}".strip()
    deadline = answer_by(replies, step.option.tier, now)
    told = replies.text("granted_approval", option=label, deadline=deadline)
    return f"{told}\n{answer}".strip()


def _not_any_more(replies: Replies, picked: Mapping[str, Any]) -> str:
    """Return that what was confirmed is no longer to be had: the order changed meanwhile."""
    return replies.text("not_any_more", option=option_label(replies, picked))


def answer_by(replies: Replies, tier: str, now: datetime) -> str:
    """Return by when a remedy is approved or refused, as told; nothing where nobody need look."""
    return "" if tier == "bot" else moment(replies.approval_due(tier, now))


def hand_over_text(
    replies: Replies, step: HandOver, ahead: int, now: datetime, *, reply_lost: bool = False
) -> str:
    """Return what is said when a person takes over; `ahead` is how many wait before."""
    place = replies.text("place_nth", ahead=ahead) if ahead else replies.text("place_first")
    if not replies.staff_hours.open_at(now):
        hours = replies.staff_hours
        closed = replies.text(
            "place_closed", opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}"
        )
        place = closed + place
    within = replies.soon(replies.person_due(step.reason, now), now)
    usual = "reply_lost" if reply_lost else f"handed_over.{step.reason}"
    return replies.text(step.wording or usual, place=place, within=within)
