"""What to do next: plain conditions in the order in which they matter, read from top to bottom.

Pure: state, policy and the moment in, one step out. The engine carries it out and asks again until
the answer is Wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.deciding import beside
from bot.conversation.deciding.bargain import give_way
from bot.conversation.deciding.find_order import step_to_order, step_to_ownership_told
from bot.conversation.deciding.judging import needs_person
from bot.conversation.deciding.proof import take_proof
from bot.conversation.deciding.reckoned_anew import reckons_anew
from bot.conversation.deciding.reminders import REMINDERS
from bot.conversation.deciding.settle import FOR_GOODS, choice, remind, settle
from bot.conversation.deciding.small_talk import small_talk, tell_unreadable, tell_who
from bot.conversation.deciding.told_beside import told_beside
from bot.conversation.replaying.details import STOPS, stop_sign
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.shapes.steps import HandOver, LeaveQueue, LookUpOrder, Note, Say, Step, Wait
from bot.conversation.words import afterthoughts, consent
from bot.conversation.words.dispatch import asks_to_wait
from bot.conversation.words.exclusions import ruled_out
from bot.conversation.words.named import bare_number
from bot.conversation.words.said_again import DELAYS, claims_way_back, finds_more
from bot.conversation.words.second_thoughts import wants_other
from bot.levels import LEVELS
from bot.order_record import MULTIPLE, OrderRecord
from bot.remedies.assess import SERVES, WISHES
from bot.remedies.facts import ship_promise
from bot.remedies.policy import Policy
from nlp.labels import TYPE_OF

ABUSE_BEFORE_PERSON = 2  # policy §4.3, E7
UNSURE = ("E13", "L1")
NOTED_BEFORE_PERSON = 2  # remarks after the end that nobody could place
SEVERAL_AT_MOST = 3  # orders named in one message that are looked up
SETTLING = FOR_GOODS | {"compensation", "price_difference"}  # by what they are called
WISHED_FOR = frozenset(WISHES.values())
TO_BE_SENT = DELAYS | {"none", "address", "spec"}  # what an order may be about before it leaves


def decide(state: State, policy: Policy, now: datetime) -> Step:
    """Return the next step."""
    if state.owner != "bot":
        return _beside_person(state)
    if state.lost:
        return HandOver(reason="E13", level="L1")
    if state.news:
        return tell_news(state)
    if failed := _failed(state):
        return HandOver(reason="E13", level="L1", matter=failed.id)
    if given_back := state.matter(state.given_back):
        return _back_to_people(state, given_back)
    if state.unanswered is None:
        return _take_up_again(state, policy, now)
    return _in_view(state, _answer(state, policy, now))


def _answer(state: State, policy: Policy, now: datetime) -> Step:
    return (
        _stop(state)
        or tell_unreadable(state)
        or tell_who(state)
        or _person_wanted(state)
        or _several_orders(state)
        or _let_go(state)
        or take_proof(state)
        or _asked_after(state)
        or _raised_again(state)
        or choice(state, policy, now)
        or _matter(state, policy, now)
        or _agrees_with_person(state)
        or _status(state, policy, now)
        or small_talk(state)
    )


def _in_view(state: State, step: Step) -> Step:
    """Put what waits to be confirmed below an answer, so that 确认 still means just that."""
    matter = state.current
    if matter is None or matter.stage != "confirming" or not isinstance(step, Say):
        return step
    return beside.ask_again(state, matter, step) if step.about in beside.KEPT_IN_VIEW else step


def _beside_person(state: State) -> Step:
    """Somebody else speaks: at most one line tells the customer that the wait is noted."""
    if shown := step_to_ownership_told(state):
        return shown
    if state.owner != "queue":
        return Wait()
    if state.news:
        return tell_news(state)
    if state.unanswered is None:
        return Wait()
    if not state.lost and _leaves_queue(state, state.unanswered):
        return LeaveQueue()
    told = state.asked.get(f"{state.active}:queued")
    noted = Wait() if told else Say(about="queued", wording="queued")
    return (
        _worse(state, state.unanswered.heard)
        or _asks_after_all(state)
        or _put_before_person(state)
        or noted
    )


def _leaves_queue(state: State, spoke: ev.CustomerSpoke) -> bool:
    """Tell whether who asked for a person wants none; whom the policy sends to one stays."""
    asked_for = state.queued_for is not None and state.queued_for[0] == "E8"
    return (
        asked_for
        and set(spoke.heard.signs) <= {"human"}
        and afterthoughts.leaves_queue(spoke.plain)
    )


def _worse(state: State, heard: ev.Heard) -> Step | None:
    """A stop sign graver than what the chat waits for: it moves up, and the reason is the sign."""
    sign = stop_sign(heard.signs)
    if sign is None or (state.queued_for and _as_grave(state.queued_for, sign)):
        return None
    return _order_named(state) or HandOver(
        reason=sign[0], level=sign[1], matter=state.repeated or _open_id(state)
    )


def _asks_after_all(state: State) -> Step | None:
    """Whom the bot handed over because it was unsure asks for a person: those are quicker."""
    if not state.wants_human or state.queued_for != UNSURE:
        return None
    return HandOver(reason="E8", level="L1", matter=_open_id(state))


def _as_grave(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether a reason is as grave as another: by its level, then by the order of signs."""
    order = list(STOPS.values())
    if LEVELS.index(one[1]) != LEVELS.index(other[1]):
        return LEVELS.index(one[1]) > LEVELS.index(other[1])
    return one in order and order.index(one) <= order.index(other)


def _put_before_person(state: State) -> Step | None:
    """What comes to light while the chat waits is for the same person, with its order's facts."""
    matter = state.current
    if matter is None or matter.stage != "gathering" or state.queued_for is None:
        return None
    reason, level = state.queued_for
    event = ev.HandedOver(reason=reason, level=level, matter=matter.id)
    return _order_named(state) or Note(event=event)


def tell_news(state: State) -> Say:
    """Return what is said of the oldest result that was not told yet."""
    matter_id, what = state.news[0]
    matter = state.matter(matter_id)
    if matter is not None and matter.damages and what.startswith(MULTIPLE):
        facts = {"matter": matter_id, "remedy": matter.damages[-1]}
        return Say(about=f"news:{what}", wording=f"remedy_{what}", facts=facts,
                   options=remind(state, matter))  # fmt: skip
    if matter is None or matter.remedy is None:
        return Say(about="news:lost", wording="progress_none")
    return Say(about=f"news:{what}", wording=f"remedy_{what}", facts={"matter": matter_id})


def _failed(state: State) -> Matter | None:
    """Return a matter whose remedy the order system refused, until a person has it."""
    return next(
        (m for m in state.matters
         if m.stage == "executing" and m.remedy and m.remedy.state == "failed"),
        None,
    )  # fmt: skip


def _take_up_again(state: State, policy: Policy, now: datetime) -> Step:
    """Go on with an earlier matter once the later one is settled, or after staff refused."""
    matter = state.current
    if matter and matter.stage in TALKING and state.resume:
        return _go_on(state, matter, policy, now) or Wait()
    return Wait()


def _go_on(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """Go on unasked; what people had for the same reason, and gave back, is not theirs again."""
    step = settle(state, matter, policy, now)
    refused = matter.remedy is not None and matter.remedy.state == "refused"
    if isinstance(step, HandOver) and (step.reason, step.level) == matter.escalated:
        return step if refused else None
    return step


def _back_to_people(state: State, matter: Matter) -> Step:
    """Call people again for what only they may decide, with its order's facts."""
    if matter.order_no and matter.order_no not in state.orders:
        return LookUpOrder(order_no=matter.order_no)
    reason, level = matter.escalated or ("E13", "L1")
    return HandOver(reason=reason, level=level, matter=matter.id)


def _agrees_with_person(state: State) -> Step | None:
    """A mere "好的" to what a person said at last, or to the words that they have left."""
    return Say(about="understood", wording="understood") if _assents(state) else None


def _assents(state: State) -> bool:
    spoke = state.unanswered
    if spoke is None or not state.handed_back or spoke.heard.intent == "thank":
        return False
    return afterthoughts.only_agrees(spoke.plain)


def _stop(state: State) -> Step | None:
    heard = state.unanswered.heard if state.unanswered else ev.Heard()
    sign = stop_sign(heard.signs)
    if sign is None:
        return None
    return _order_named(state) or HandOver(
        reason=sign[0], level=sign[1], matter=state.repeated or _open_id(state)
    )


def _order_named(state: State) -> Step | None:
    """Look at the order that was named, so that whoever takes over sees its facts."""
    named = state.unanswered is not None and bool(state.unanswered.heard.order_nos)
    if named and state.order_no and state.order_no not in state.orders:
        return LookUpOrder(order_no=state.order_no)
    return None


def _person_wanted(state: State) -> Step | None:
    if state.wants_human:
        return _order_named(state) or HandOver(reason="E8", level="L1", matter=_open_id(state))
    if state.abuse >= ABUSE_BEFORE_PERSON:
        return HandOver(reason="E7", level="L2", matter=_open_id(state))
    if state.unanswered and state.unanswered.heard.foreign:
        return HandOver(reason="E13", level="L1", matter=_open_id(state))
    return None


def _several_orders(state: State) -> Step | None:
    """Two orders spoken of in one breath: a person keeps them apart, and none is forgotten."""
    heard = state.unanswered.heard if state.unanswered else ev.Heard()
    named = heard.order_nos[:SEVERAL_AT_MOST]
    wishes = heard.demand or heard.intent in {"order_status", "want_expedite", *WISHED_FOR}
    if len(named) < 2 or not (heard.issues or heard.guess or wishes):
        return None
    seen = {bare_number(no): known for no, known in state.orders.items()}
    unseen = next((no for no in named if bare_number(no) not in seen), None)
    if unseen is not None:
        return LookUpOrder(order_no=unseen)
    held = {bare_number(no) for no in named if seen[bare_number(no)].record is not None}
    if len(held) < 2:
        return None
    return HandOver(reason="E13", level="L1", matter=_open_id(state))


def _open_id(state: State) -> str | None:
    """The matter that a person would take over: the current one unless it is settled."""
    matter = state.current
    return matter.id if matter and matter.stage != "ended" else None


def _let_go(state: State) -> Step | None:
    matter = state.current
    if not state.letting_go or matter is None:
        return None
    if matter.stage in TALKING:
        return Note(event=ev.DisputeWithdrawn(matter=matter.id))
    if matter.stage == "approval" and matter.remedy:
        return _take_back(state, matter, matter.remedy.key)
    done = matter.remedy is not None and matter.remedy.state == "done"
    if matter.stage == "executing" or (done and matter.end != "withdrawn"):
        # only a person can still stop it
        return HandOver(reason="E8", level="L1", matter=matter.id)
    if matter.remedy and matter.remedy.state == "withdrawn":
        return Say(about="withdrawn", wording="remedy_withdrawn", facts={"matter": matter.id})
    return Say(about="withdrawn", wording="withdrawn")


def _asked_after(state: State) -> Step | None:
    """What is asked about a remedy on its way or done is answered from that remedy."""
    matter = state.current
    if matter is None or state.unanswered is None or state.unanswered.heard.order_nos:
        return None
    if state.repeated and claims_way_back(matter, state.unanswered.plain):
        return None
    return beside.answer_granted(state, matter)


def _take_back(state: State, matter: Matter, key: str) -> Step:
    """Withdraw what awaits approval; whoever wants something else gets it offered at once.

    Its order is looked up first: the sum is then known to be free again before it is paid back.
    """
    spoke, order = state.unanswered, state.orders.get(matter.order_no or "")
    instead = spoke is not None and wants_other(matter, spoke)
    if instead and order and order.checked_in_turn < state.turn:
        return LookUpOrder(order_no=order.order_no)
    return Note(event=ev.RemedyWithdrawn(matter=matter.id, key=key, instead=instead))


def _raised_again(state: State) -> Step | None:
    """What is said of a settled matter: told once where it stands, then a person looks (E6)."""
    matter = state.matter(state.repeated)
    if matter is None or state.unanswered is None:
        return None
    if claims_way_back(matter, state.unanswered.plain):
        return HandOver(reason="E13", level="L1", matter=matter.id)  # its sum stands on a receipt
    heard = state.unanswered.heard
    if finds_more(matter, state.unanswered):
        return HandOver(reason="E6", level="L2", matter=matter.id)
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
        return HandOver(reason="E13", level="L1", matter=_open_id(state))
    if told:
        return Say(about="noted", wording="noted")
    return Say(about="afterwards", wording="afterwards", facts={"matter": matter.id})


def _wants_amends(matter: Matter, heard: ev.Heard) -> bool:
    """Tell whether something for the trouble is wanted too: 拖了这么久 赔我点利息吧."""
    asked = heard.intent == "want_compensation" or heard.demand == "compensation"
    kind = matter.remedy.option["kind"] if matter.remedy else None
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
    known = state.orders.get(matter.order_no or "")
    if matter.issue not in TO_BE_SENT or known is None or not known.owned:
        return False
    now = state.unanswered.plain if state.unanswered else ""
    told = matter.told.splitlines() if matter.stage == "gathering" else [now]
    return any(map(asks_to_wait, told))


def _offered(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """Return what is done with what is said to a standing offer without taking any of it."""
    if reckons_anew(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if state.declining:
        return give_way(state, matter, policy, now)
    if needs_person(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if afterthoughts.wants_both(state.unanswered.plain if state.unanswered else ""):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    if answer := beside.answer_offer(state, matter):
        return answer
    if _wants_else(state, matter):
        return settle(state, matter, policy, now)
    told = told_beside(state, matter, policy, now)
    return told or _beside_offer(state, matter, policy, now)


def _is_thanked(state: State, matter: Matter) -> bool:
    """Thanks after a person's help are no reason to judge the matter, and to fetch them, again."""
    heard = state.unanswered.heard if state.unanswered else ev.Heard()
    polite = heard.intent in {"greet", "thank"} or _assents(state)
    return matter.escalated is not None and state.question is None and polite


def _wants_else(state: State, matter: Matter) -> bool:
    """Something the offer does not hold was asked for: whether it is due is looked up anew."""
    heard = state.unanswered.heard if state.unanswered else ev.Heard()
    wish = heard.demand if heard.demand in WISHES else None
    told = (matter.verdict or {}).get("demand")
    offered = {str(option["kind"]) for option in matter.offer}
    return wish is not None and wish != told and not offered & {wish, *SERVES.get(wish, ())}


def _beside_offer(state: State, matter: Matter, policy: Policy, now: datetime) -> Step | None:
    """A remark while an offer stands: answer it, and keep the offer in view."""
    text = state.unanswered.plain if state.unanswered else ""
    if matter.stage == "confirming" and (consent.consents(text) or ruled_out(text)):
        return beside.ask_again(state, matter, None)
    if state.wants_status:
        sent = TYPE_OF[matter.issue] == "order_info" and beside.asks_when_sent(text)
        if (sent or _asks_after_parcel(state)) and state.order_no == matter.order_no:
            return replace(_tell_status(state, policy, now), options=remind(state, matter))
        if matter.stage == "confirming":
            return beside.ask_again(state, matter, None)
        return Say(about="progress", wording="progress", facts={"matter": matter.id},
                   options=remind(state, matter))  # fmt: skip
    heard = state.unanswered.heard if state.unanswered else ev.Heard()
    if heard.intent in {"ask_policy", "ask_product", "greet", "thank"}:
        return None
    if state.times_asked("choose") >= REMINDERS:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    return Say(about="choose", wording="choose", options=remind(state, matter))


def _status(state: State, policy: Policy, now: datetime) -> Step | None:
    unsure = state.unanswered is not None and state.unanswered.heard.guess
    if not state.wants_status or (unsure and not state.asked.get("None:issue")):
        return None
    matter = state.current
    if matter and matter.remedy and matter.order_no == state.order_no:
        known = state.orders.get(matter.order_no or "")
        if known and known.checked_in_turn < state.turn:
            return LookUpOrder(order_no=known.order_no)
        if not _asks_after_parcel(state) or not beside.leaves_parcel_alone(matter):
            return Say(about="progress", wording="progress", facts={"matter": matter.id})
    return step_to_order(state, state.order_no, None) or _tell_status(state, policy, now)


def _asks_after_parcel(state: State) -> bool:
    return state.unanswered is not None and beside.asks_after_parcel(state.unanswered.plain)


def _asks_after_remedy(state: State) -> bool:
    """Tell whether what was granted in another chat is asked after: 换货的新杯子啥时候发."""
    return state.unanswered is not None and state.unanswered.heard.demand in SETTLING


def _tell_status(state: State, policy: Policy, now: datetime) -> Say:
    known = state.orders[state.order_no or ""]
    record = OrderRecord.model_validate(known.record)
    ship_by = ship_promise(record, policy.governing(record).defaults)
    facts = {
        "order_no": known.order_no,
        "ship_by": ship_by,
        "late": ship_by is not None and ship_by < now,
        "overdue": (deliver_by := record.promised_deliver_by) is not None and deliver_by < now,
        "history": known.history if _asks_after_remedy(state) else (),
    }
    return Say(about="status", wording="order_status", facts=facts)
