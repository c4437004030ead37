"""Where an order stands, for whoever asks; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.deciding import beside
from bot.conversation.deciding.find_order import human_button, step_to_order
from bot.conversation.deciding.given_before import FOR_GOODS
from bot.conversation.saying.order_words import ReturnTerm
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import LookUpOrder, Say, Step
from bot.conversation.words.matters import arrival
from bot.conversation.words.things import way_back
from bot.order_record import TO_COME, UNSENT, OrderRecord, Return
from bot.remedies.facts import ship_promise
from bot.remedies.policy import Policy
from bot.remedies.rulebook import Defaults
from bot.remedies.words import term

SETTLING = FOR_GOODS | {"compensation", "price_difference"}  # by what they are called


def status(state: State, policy: Policy, now: datetime) -> Step | None:
    """Return the answer to who asks where an order is, or what became of a remedy on it."""
    unsure = state.unanswered is not None and state.unanswered.heard.guess
    if not state.wants_status or (unsure and not state.asked.get("None:issue")):
        return None
    matter = state.current
    if matter and matter.remedy and matter.order_no == state.order_no:
        known = state.order_of(matter)
        if known and known.checked_in_turn < state.turn:
            return LookUpOrder(order_no=known.order_no)
        of_parcel = asks_after_parcel(state) or asks_when_sent(state, matter)
        explained = matter.granted_kind == "explain" and _asks_of_return(state, matter)
        if not explained and (not of_parcel or not beside.leaves_parcel_alone(matter)):
            return Say(about="progress", wording="progress", facts={"matter": matter.id})
    return step_to_order(state, state.order_no, None) or tell_status(state, policy, now)


def asks_after_parcel(state: State) -> bool:
    """Tell whether the parcel is asked after, and not the remedy."""
    text = state.text
    return (
        _asks_when_here(state)
        or arrival.asks_after_parcel(text)
        or arrival.asks_courier_phone(text)
        or arrival.asks_in_parcels(text)
    )


def _asks_when_here(state: State) -> bool:
    """Tell whether it is asked when the parcel comes; 还要几天 is of a remedy once given."""
    text = state.text
    given = state.current is not None and state.current.remedy is not None
    return arrival.asks_when_here(text) or (not given and arrival.asks_how_long_still(text))


def asks_when_sent(state: State, matter: Matter) -> bool:
    """Tell whether it is asked when the matter's order goes out, which it has not done yet."""
    known = state.order_of(matter)
    waits = known is not None and known.record is not None and known.record["status"] in UNSENT
    text = state.text
    return waits and arrival.asks_when_sent(text, matter.granted_kind)


def _asks_of_return(state: State, matter: Matter) -> bool:
    """Tell whether it is asked when the money arrives that is on its way for a return."""
    known = state.order_of(matter)
    return way_back.asks_of_return(state.text, (known.record if known else None) or {})


def _asks_after_remedy(state: State) -> bool:
    """Tell whether what was granted in another chat is asked after: 换货的新杯子啥时候发."""
    return state.unanswered is not None and state.unanswered.heard.demand in SETTLING


def _term(entry: Return, terms: Defaults, now: datetime) -> ReturnTerm:
    """Return by when a return that was asked for is looked at, or one received is paid back."""
    asked = entry.state == "requested"
    name = "return_approve_hours" if asked else "return_review_hours"
    hours = terms.number(name)
    since = entry.requested_at if asked else entry.received_at
    due = since + timedelta(hours=hours) if since else None
    return ReturnTerm(due=due, late=due is not None and due < now, hours=term(name, hours))


def tell_status(state: State, policy: Policy, now: datetime) -> Say:
    """Return where the order spoken of last stands, or when it comes if that is asked.

    It must have been looked up.
    """
    known = state.orders[state.order_no or ""]
    record = OrderRecord.from_stored(known.record)
    ship_by = ship_promise(record, policy.governing(record).defaults)
    facts = {
        "order_no": known.order_no,
        "ship_by": ship_by,
        "late": ship_by is not None and ship_by < now,
        "overdue": (deliver_by := record.promised_deliver_by) is not None and deliver_by < now,
        "returns": [_term(entry, policy.governing(record).defaults, now)
                    for entry in record.returns],
        "history": known.history if _asks_after_remedy(state) else (),
    }  # fmt: skip
    text = state.text
    if way_back.tells_sent_off(text, known.record or {}):
        return Say(about="status", wording="return_sent_off", facts=facts)
    if way_back.asks_of_return(text, known.record or {}):
        return Say(about="status", wording="return_status", facts=facts)
    if arrival.asks_in_parcels(text):
        return Say(about="status", wording="in_parcels", facts=facts)
    if record.status not in TO_COME:
        return Say(about="status", wording="order_status", facts=facts)
    if arrival.asks_courier_phone(text):
        return Say(about="status", wording="courier_phone", facts=facts)
    told, before = state.times_asked("arrival"), state.times_asked("status")
    hurried = state.heard.intent == "want_expedite"
    sent_again = arrival.asks_when_sent(text) and (told or before)
    if _asks_when_here(state) or hurried or sent_again:
        # Never the same twice in a row: of the status, the promise is a part.
        again = (told + bool(hurried and before)) % 2
        wording = "arrival_again" if again else "arrival"
        options = (human_button(state),) if told else ()
        return Say(about="arrival", wording=wording, facts=facts, options=options)
    return Say(about="status", wording="order_status", facts=facts)
