"""What to do next: plain conditions in the order in which they matter, read from top to bottom.

Pure: state, policy and the moment in, one step out. The engine carries it out and asks again until
the answer is Wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.deciding import beside
from bot.conversation.deciding.asked_behind import with_answer
from bot.conversation.deciding.bargain import give_way
from bot.conversation.deciding.find_order import look_anew, look_for_own
from bot.conversation.deciding.given_before import FOR_GOODS
from bot.conversation.deciding.judging import needs_person
from bot.conversation.deciding.news import failed_remedy, tell_news
from bot.conversation.deciding.order_status import (
    asks_after_parcel,
    asks_when_sent,
    status,
    tell_status,
)
from bot.conversation.deciding.proof import take_proof
from bot.conversation.deciding.reckoned_anew import reckons_anew
from bot.conversation.deciding.refused import pleaded, refused_again
from bot.conversation.deciding.remarks import answer_remark, tell_not_offered, tell_what_is_left
from bot.conversation.deciding.reminders import REMINDERS, ask_right_value
from bot.conversation.deciding.settle import choice, remind, settle
from bot.conversation.deciding.settled_beside import keep_order, settled_beside
from bot.conversation.deciding.small_talk import small_talk, tell_unreadable, tell_who
from bot.conversation.deciding.to_person import (
    UNSURE,
    back_to_people,
    beside_person,
    left_by_agent,
    open_id,
    person_wanted,
    promised_by_person,
    reply_lost,
    several_orders,
    stop_at_sign,
)
from bot.conversation.deciding.told_beside import note_goods_given_up, told_beside
from bot.conversation.deciding.way_back import take_way_back
from bot.conversation.deciding.way_on import tell_way_on
from bot.conversation.replaying.beyond_told import wishes_beyond_told
from bot.conversation.replaying.other_piece import tells_of_rest
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.issue_groups import DELAYS, OF_SENT_PARCEL
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.shapes.steps import Ask, HandOver, LookUpOrder, Note, Say, Step, Wait
from bot.conversation.words.matters import traced
from bot.conversation.words.matters.arrival import asks_whether_sent
from bot.conversation.words.matters.facts_changed import facts_changed
from bot.conversation.words.sentence import consent
from bot.conversation.words.things.dispatch import asks_to_wait
from bot.conversation.words.wishes import afterthoughts, bargaining
from bot.conversation.words.wishes.demands import wants_pieces_sent, wants_sent
from bot.conversation.words.wishes.exclusions import ruled_out
from bot.conversation.words.wishes.said_again import claims_way_back, finds_more, takes_in_receipt
from bot.conversation.words.wishes.second_thoughts import wants_goods_besides, wants_other
from bot.order_record import ENDS_ORDER
from bot.remedies.policy import Policy
from bot.remedies.wishes import INTENT_OF, serves

TO_FIND_ORDER = frozenset({"order_no", "phone_tail"})  # questions that no photo answers
NOTED_BEFORE_PERSON = 2  # remarks after the end that nobody could place
TO_BE_SENT = DELAYS | {"none", "address", "spec"}  # what an order may be about before it leaves


def decide(state: State, policy: Policy, now: datetime) -> Step:
    """Return the next step."""
    if state.owner != "bot":
        return beside_person(state)
    if state.lost:
        return HandOver(reason="E13", level="L1")
    if state.reply_lost:
        return reply_lost(state)
    if state.news:
        return tell_news(state)
    if failed := failed_remedy(state):
        return look_anew(state, failed) or HandOver(reason="E13", level="L1", matter=failed.id)
    if given_back := state.matter(state.given_back):
        return back_to_people(state, given_back)
    if state.unanswered is None:
        return _take_up_again(state, policy, now)
    return _in_view(state, _once(state, _answer(state, policy, now)))


def _once(state: State, step: Step) -> Step:
    """Ask nothing again, and call nobody, for a photo that its sender spoke of before it came."""
    asked = state.question.what if state.question else None
    if not state.photo_late or asked not in TO_FIND_ORDER:
        return step
    again = isinstance(step, HandOver) or (isinstance(step, Ask) and step.what == asked)
    return Say(about="photo_came", wording="photo_came") if again else step


def _answer(state: State, policy: Policy, now: datetime) -> Step:
    return (
        stop_at_sign(state)
        or tell_unreadable(state)
        or tell_who(state)
        or person_wanted(state)
        or several_orders(state)
        or _let_go(state)
        or keep_order(state)
        or take_way_back(state)
        or left_by_agent(state)
        or promised_by_person(state)
        or take_proof(state)
        or tell_way_on(state, policy)
        or pleaded(state)
        or _asked_after(state)
        or _raised_again(state)
        or with_answer(state, choice(state, policy, now))
        or _matter(state, policy, now)
        or _agrees_with_person(state)
        or look_for_own(state)
        or status(state, policy, now)
        or small_talk(state)
    )


def _in_view(state: State, step: Step) -> Step:
    """Put what waits to be confirmed below an answer, so that 确认 still means just that."""
    matter = state.current
    if matter is None or matter.stage != "confirming" or not isinstance(step, Say):
        return step
    return beside.ask_again(state, matter, step) if step.about in beside.KEPT_IN_VIEW else step


def _take_up_again(state: State, policy: Policy, now: datetime) -> Step:
    """Go on with an earlier matter once the later one is settled, or after staff refused."""
    matter = state.current
    if matter and matter.stage in TALKING and state.resume:
        if other := settled_beside(state, matter):
            return Note(event=ev.DisputeWithdrawn(matter=matter.id, settled_by=other.id))
        return _go_on(state, matter, policy, now) or Wait()
    return Wait()


def _go_on(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """Go on unasked; what people had for the same reason, and gave back, is not theirs again."""
    step = settle(state, matter, policy, now)
    refused = matter.remedy is not None and matter.remedy.state == "refused"
    if isinstance(step, HandOver) and (step.reason, step.level) == matter.escalated:
        return step if refused else None
    return step


def _agrees_with_person(state: State) -> Step | None:
    """A mere "好的" to what a person said at last, or to the words that they have left."""
    return Say(about="understood", wording="understood") if _assents(state) else None


def _assents(state: State) -> bool:
    spoke = state.unanswered
    if spoke is None or not state.handed_back or spoke.heard.intent == "thank":
        return False
    return afterthoughts.only_agrees(spoke.plain)


def _let_go(state: State) -> Step | None:
    matter = state.current
    if not state.letting_go or matter is None:
        return None
    found = state.unanswered is not None and traced.is_found(matter, state.unanswered)
    if matter.stage in TALKING or state.left or found:
        return Note(event=ev.DisputeWithdrawn(matter=matter.id))
    if matter.stage == "approval" and matter.remedy:
        return _take_back(state, matter, matter.remedy.key)
    done = matter.remedy is not None and matter.remedy.state == "done"
    if matter.stage == "executing" or (done and matter.end != "withdrawn"):
        # only a person can still stop it
        return HandOver(reason="E8", level="L1", matter=matter.id)
    if matter.remedy and matter.remedy.state == "withdrawn":
        return Say(about="withdrawn", wording="remedy_withdrawn", facts={"matter": matter.id})
    found = state.unanswered is not None and afterthoughts.is_good_news(state.unanswered.plain)
    wording = "found" if found and matter.issue in OF_SENT_PARCEL else "withdrawn"
    return Say(about="withdrawn", wording="order_kept" if _keeps_order(matter) else wording)


def _keeps_order(matter: Matter) -> bool:
    """Tell whether no more was talked of than that the order should end, and now it goes on."""
    ends = (
        o["kind"] in {"cancel", "intercept"} or o["detail"].get(ENDS_ORDER) for o in matter.offer
    )
    return matter.issue == "none" and any(ends)


def _asked_after(state: State) -> Step | None:
    """What is asked about a remedy on its way or done is answered from that remedy."""
    matter = state.current
    if matter is None or state.unanswered is None or state.unanswered.heard.order_nos:
        return None
    if state.repeated and traced.fears_in_vain(matter, state.unanswered):
        return beside.tell_if_in_vain(state, matter)
    if state.repeated and claims_way_back(matter, state.unanswered.plain):
        return None
    return beside.answer_granted(state, matter)


def _take_back(state: State, matter: Matter, key: str) -> Step:
    """Withdraw what awaits approval; whoever wants something else gets it offered at once.

    Its order is looked up first: the sum is then known to be free again before it is paid back.
    """
    spoke, order = state.unanswered, state.order_of(matter)
    instead = spoke is not None and wants_other(matter, spoke)
    if instead and order and order.checked_in_turn < state.turn:
        return LookUpOrder(order_no=order.order_no)
    return Note(event=ev.RemedyWithdrawn(matter=matter.id, key=key, instead=instead))


def _raised_again(state: State) -> Step | None:
    """What is said of a settled matter: told once where it stands, then a person looks (E6)."""
    matter = state.matter(state.repeated)
    if matter is None or state.unanswered is None:
        return None
    if why := _only_people_can(state, matter, state.unanswered):
        return HandOver(reason=why[0], level=why[1], matter=matter.id)
    heard = state.unanswered.heard
    if takes_in_receipt(matter, state.text):
        return Say(about="close", wording="close")
    told = state.asked.get(f"{matter.id}:afterwards", 0)
    clearly = bool(heard.issues) and heard.confident and not heard.demand
    again = bool(heard.order_nos) or bool(told and clearly)
    if again and matter.stage != "ended":
        return Say(about="progress", wording="progress", facts={"matter": matter.id})
    text = state.unanswered.plain
    wrong = afterthoughts.still_wrong(text) and (told or not afterthoughts.asks_after(text))
    if again or (matter.stage == "ended" and (wrong or _wants_amends(matter, heard))):
        return HandOver(reason="E6", level="L2", matter=matter.id)
    noted = state.asked.get(f"{matter.id}:noted", 0)
    if noted and heard.guess and not state.asked.get("None:issue"):
        return None  # told twice: it may be another matter, and is asked about
    if noted >= NOTED_BEFORE_PERSON:
        return HandOver(reason="E13", level="L1", matter=open_id(state))
    if told:
        return Say(about="noted", wording="noted")
    return Say(about="afterwards", wording="afterwards", facts={"matter": matter.id})


def _only_people_can(
    state: State, matter: Matter, spoke: ev.CustomerSpoke
) -> tuple[str, str] | None:
    """Return why only people can go on with a settled matter, or None."""
    # Its sum stands on a receipt; the pieces kept are spoken of; what was done is not wanted.
    if claims_way_back(matter, spoke.plain):
        return UNSURE
    if tells_of_rest(state, matter, spoke):
        return UNSURE
    if finds_more(matter, spoke) or wants_goods_besides(matter, spoke):
        return "E6", "L2"
    return UNSURE if facts_changed(matter, spoke) else None


def _wants_amends(matter: Matter, heard: ev.Heard) -> bool:
    """Tell whether something for the trouble is wanted too: 拖了这么久 赔我点利息吧."""
    asked = heard.intent == "want_compensation" or heard.demand == "compensation"
    kind = matter.granted_kind
    paid = kind in FOR_GOODS and matter.end == "resolved" and matter.issue != "none"
    return asked and paid


def _matter(state: State, policy: Policy, now: datetime) -> Step | None:
    matter = state.current
    if matter is None or matter.stage not in TALKING:
        return None
    if _is_to_wait(state, matter):
        return HandOver(reason="E13", level="L1", matter=matter.id)  # nothing here serves that
    if matter.stage == "gathering":
        if _is_thanked(state, matter):
            return _go_on(state, matter, policy, now) if state.resume else None
        return settle(state, matter, policy, now)
    return _offered(state, matter, policy, now)


def _is_to_wait(state: State, matter: Matter) -> bool:
    """Tell whether an order shown to be the customer's is to be sent later than it would be."""
    known = state.order_of(matter)
    if matter.issue not in TO_BE_SENT or known is None or not known.owned:
        return False
    now = state.text
    told = matter.told.splitlines() if matter.stage == "gathering" else [now]
    return any(map(asks_to_wait, told))


def _only_pieces_wanted(matter: Matter, text: str) -> bool:
    """Tell whether pieces are to be sent and nothing goes back, and no such thing is on offer.

    Of what is missing nothing can go back.
    """
    sent = any(option["kind"] == "reship" for option in matter.offer)
    lacks = matter.issue == "missing_item" and wants_sent(text)
    return not sent and (lacks or wants_pieces_sent(text))


def _offered(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """Return what is done with what is said to a standing offer without taking any of it."""
    if told := refused_again(state, matter) or ask_right_value(state, matter):
        return told
    spoke = state.unanswered
    if spoke and (wishes_beyond_told(state, spoke) or _only_pieces_wanted(matter, spoke.plain)):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    if reckons_anew(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if noted := note_goods_given_up(state, matter):
        return noted
    text = state.text
    if state.declining and not bargaining.only_asks_why(text):
        return give_way(state, matter, policy, now)
    if needs_person(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if afterthoughts.wants_both(text):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    if answer := tell_what_is_left(state, matter) or beside.answer_offer(state, matter):
        return answer
    if _wants_else(state, matter):
        return settle(state, matter, policy, now)
    told = told_beside(state, matter, policy, now) or tell_not_offered(state, matter, policy, now)
    return told or _beside_offer(state, matter, policy, now)


def _is_thanked(state: State, matter: Matter) -> bool:
    """Thanks after a person's help are no reason to judge the matter, and to fetch them, again."""
    heard = state.heard
    called_for = matter.agreed is not None and matter.agreed == matter.demand
    polite = heard.intent in {"greet", "thank"} or (_assents(state) and not called_for)
    return matter.escalated is not None and state.question is None and polite


def _wants_else(state: State, matter: Matter) -> bool:
    """Something the offer does not hold was asked for: whether it is due is looked up anew."""
    heard = state.heard
    wish = heard.demand if heard.demand in INTENT_OF else None
    told = (matter.verdict or {}).get("demand")
    if wish is None or wish == told:
        return False
    return not any(serves(wish, o["kind"], o["promise"]) for o in matter.offer)


def _enough_asked(state: State, matter: Matter, times: int) -> HandOver | None:
    """Call a person once an express yes was asked for so many times in vain."""
    if state.times_asked("confirm_expressly") < times:
        return None
    return HandOver(reason="E13", level="L1", matter=matter.id)


def _beside_offer(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """A remark while an offer stands: answer it, and keep the offer in view."""
    text = state.text
    if bargaining.only_asks_why(text):
        return beside.tell_why(state, matter)
    if matter.stage == "confirming" and (consent.consents(text) or ruled_out(text)):
        # Who says yes and yes again is asked longer than who says something else.
        return _enough_asked(state, matter, 2 * REMINDERS) or beside.ask_again(state, matter, None)
    if state.wants_status:
        sent = asks_when_sent(state, matter) or asks_after_parcel(state)
        sent = sent or asks_whether_sent(text)
        if sent and state.order_no == matter.order_no:
            return replace(tell_status(state, policy, now), options=remind(state, matter))
        if matter.stage == "confirming":
            return beside.ask_again(state, matter, None)
        return Say(about="progress", wording="progress", facts={"matter": matter.id},
                   options=remind(state, matter))  # fmt: skip
    heard = state.heard
    if heard.intent in {"ask_policy", "ask_product", "greet", "thank"}:
        return None
    kept = matter.stage == "confirming" and not beside.names_another(state, matter)
    if kept:
        return _enough_asked(state, matter, REMINDERS) or beside.keep_in_view(state, matter)
    return answer_remark(state, matter)
