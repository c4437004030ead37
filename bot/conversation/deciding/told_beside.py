"""What is told or shown beside a standing offer, and whether it makes the offer another; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.deciding.judging import judge, judge_offered, looked_up
from bot.conversation.deciding.settle import remind, settle
from bot.conversation.replaying.given_up import gives_up_beside, waiting_wish
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, FAULTLESS
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import HandOver, Say, Step
from bot.conversation.shapes.verdicts import same_options
from bot.conversation.words.matters.traced import fears_beside
from bot.conversation.words.things import sums
from bot.conversation.words.things.intact import tells_gift_kept, tells_spoilt
from bot.conversation.words.things.parcels import says_number_wrong, speaks_of_refusing
from bot.conversation.words.things.verdict_words import promised_if_lost, told_of_refusing
from bot.conversation.words.wishes.afterthoughts import settles_to_wait
from bot.money import yuan
from bot.order_record import OrderRecord
from bot.remedies.policy import Policy
from bot.remedies.verdict import MONEY_KINDS, TOLD
from bot.remedies.wishes import SERVES
from bot.remedies.words import span

_SUMS = SERVES["compensation"] | {"compensation"}  # money for goods that are kept


def told_beside(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """Return what a photo, the goods' state or a wish for money changes; None where it is none."""
    text = state.text
    if matter.issue in {"no_tracking", "slow", "not_received"} and says_number_wrong(text):
        return HandOver(reason="E13", level="L1", matter=matter.id)  # the record may be wrong
    if sums.asks_fee_unpaid(matter.told) and sums.asks_whether_to_pay(text):
        return Say(about="beside", wording="fee_wanted", options=remind(state, matter))
    if refusal := _tell_of_refusing(state, matter, text):
        return refusal
    if settles_to_wait(text) and any(option["kind"] in TOLD for option in matter.offer):
        return Say(about="close", wording="understood")
    if state.unanswered and fears_beside(matter, state.unanswered):
        return tell_if_lost(state, matter, policy)
    if state.unanswered and _tells_of_courier(matter, state.unanswered):
        about = "courier_noted"
        return Say(about=about, wording=about, options=remind(state, matter))
    if _brings_photo(state):
        return _judged_anew(state, matter, policy, now, "photo_added")
    if _tells_state_of_goods(state, matter):
        return _judged_anew(state, matter, policy, now, "goods_noted")
    if _wants_money(state) and _lacks_photo(state, matter, policy, now):
        wording = "photo_for_missing" if matter.issue == "missing_item" else "photo_for_money"
        return Say(about="photo_for_money", wording=wording, options=remind(state, matter))
    return None


def _tells_of_courier(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether nothing but the courier is complained of beside an offer for the parcel."""
    return matter.issue in AWAITS_PARCEL and spoke.heard.issues == ("courier",)


def tell_if_lost(state: State, matter: Matter, policy: Policy) -> Say:
    """Say what comes of a parcel feared lost; of one signed for, the offer's reasons do."""
    order = looked_up(state, matter).record or {}
    lost = promised_if_lost(matter)
    facts: dict[str, object] = {"matter": matter.id, "topic": "why"}
    if order.get("status") != "shipped" or lost or _gives_all(matter):
        return Say(about="beside", wording="beside", facts=facts, options=remind(state, matter))
    looks = any(option["kind"] == "trace" for option in matter.offer)
    facts["lost_after"] = span(
        policy.governing(OrderRecord.from_stored(order)).defaults.lost_hours
    )
    return Say(about="beside", wording="feared_lost_traced" if looks else "feared_lost",
               facts=facts, options=remind(state, matter))  # fmt: skip


def _tell_of_refusing(state: State, matter: Matter, text: str) -> Say | None:
    """Say what comes of a parcel that is turned away; what is on offer stands all the same."""
    order = looked_up(state, matter).record or {}
    if order.get("status") != "shipped" or not speaks_of_refusing(text):
        return None
    wording = "may_refuse" if matter.issue in FAULTLESS else "may_refuse_fault"
    facts = {"matter": matter.id, "told": told_of_refusing(matter)}
    return Say(about="beside", wording=wording, facts=facts, options=remind(state, matter))


def _gives_all(matter: Matter) -> bool:
    """Tell whether the goods, or all of the money, are on offer already."""
    return any(option["kind"] in {"reship", "refund"} for option in matter.offer)


def note_goods_given_up(state: State, matter: Matter) -> Step | None:
    """Say that the price of goods given up beside a sum comes after that, not in its place."""
    spoke = state.unanswered
    if spoke is None or not gives_up_beside(state, spoke) or not waiting_wish(state, matter):
        return None
    sums = [option["amount_fen"] for option in matter.offer if option["amount_fen"]]
    about = "goods_given_up"
    facts = {"amount": yuan(max(sums, default=0))}
    return Say(about=about, wording=about, facts=facts, options=remind(state, matter))


def _judged_anew(state: State, matter: Matter, policy: Policy, now: datetime, noted: str) -> Step:
    """Lay the offer out again where it has become another; else only say that it is noted."""
    if not same_options(judge_offered(state, matter, policy, now).options, matter.offer):
        return settle(state, matter, policy, now)
    return Say(about=noted, wording=noted, options=remind(state, matter))


def _brings_photo(state: State) -> bool:
    return bool(state.unanswered and state.unanswered.photos)


def _tells_state_of_goods(state: State, matter: Matter) -> bool:
    """A return without a fault stands or falls with whether the goods are as they came."""
    spoke = state.unanswered
    if spoke is None or matter.issue not in FAULTLESS:
        return False
    lines = looked_up(state, matter).lines
    titles: dict[bool, list[str]] = {False: [], True: []}
    for line in lines:
        titles[line["paid_fen"] == 0].append(line["title"])
    of_gift = tells_gift_kept(spoke.plain, titles[True], titles[False]) is not None
    of_goods = spoke.heard.unopened is not None or tells_spoilt(spoke.plain) is not None
    return of_gift or of_goods


def _wants_money(state: State) -> bool:
    """Tell whether a sum is wished for goods that are kept: 补我点钱算了."""
    heard = state.heard
    return heard.intent == "want_compensation" or heard.demand in _SUMS


def _lacks_photo(state: State, matter: Matter, policy: Policy, now: datetime) -> bool:
    """Tell whether a photo would bring a sum that is not on offer without one."""
    if matter.has_photo or {str(o["kind"]) for o in matter.offer} & MONEY_KINDS & _SUMS:
        return False
    shown = judge(state, replace(matter, has_photo=True), policy, now)
    return any(o.kind in MONEY_KINDS and str(o.kind) in _SUMS for o in shown.options)
