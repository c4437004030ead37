"""What becomes of the matters when somebody else speaks from here on; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.replaying.details import WORST_FIRST, stop_sign, worse
from bot.conversation.shapes.events import AgentReplied, CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, FAULTS
from bot.conversation.shapes.state import TALKING, Matter, Stage, State, is_left
from bot.conversation.words.answers import after_person
from bot.conversation.words.sentence import manner
from bot.conversation.words.wishes import afterthoughts
from bot.conversation.words.wishes.demands import DEMANDED
from bot.conversation.words.wishes.second_thoughts import wants_other
from bot.order_record import MULTIPLE

BY_SUM = ("E5", "S")  # for damages beyond the price, but also for a sum that few may release
# A remedy that ended in one of these left its matter undecided.
UNDONE = frozenset({"refused", "failed"})


def owner_changed(state: State, owner: str, name: str) -> State:
    """Return the state with somebody else to speak: bot, agent, or nobody (closed)."""
    if owner == "closed":
        return _closed(state)
    if owner == "bot":
        return _returned(state)
    state = replace(state, owner=owner, owner_name=name)
    if owner != "agent":
        return state
    taken = each(state, lambda m: replace(m, stage="with_person") if m.stage in TALKING else m)
    return replace(taken, lost=None, given_back=None, reply_lost=False)


def told_to_person(state: State, signs: tuple[str, ...]) -> State:
    """Put on record what an agent was told, so that their return does not undo it.

    That is a stop sign, or the wish for something else than what awaits approval.
    """
    sign, matter = stop_sign(signs), state.current
    if matter is not None and state.unanswered and wants_other(matter, state.unanswered):
        return state.with_matter(replace(matter, wished_of_agent=True))
    if sign is None or matter is None or sign[1] == "L1":
        return state
    sign = worse(matter.escalated if is_stop(matter) else None, sign)
    stage: Stage = "with_person" if matter.stage == "ended" else matter.stage
    return state.with_matter(replace(matter, stage=stage, escalated=sign))


def agent_replied(state: State, event: AgentReplied) -> State:
    """Note that an agent spoke in whatever is open: the bot cannot tell what they agreed on.

    在的, 稍等 agrees on nothing, and answers nothing.
    """
    if event.only_receives:
        return state

    def spoken_in(matter: Matter) -> Matter:
        agreed = event.remedy if matter.id == state.active else None
        return replace(matter, by_agent=True, agreed=agreed) if _is_open(matter) else matter

    spoken = each(state, spoken_in)
    return replace(spoken, unanswered=None, letting_go=False)


def is_stop(matter: Matter) -> bool:
    """Tell whether the matter was raised for a stop sign of the levels S and L2 (policy §3.2)."""
    why = matter.escalated
    if why is None or why[1] == "L1":
        return False
    return matter.multiples if why == BY_SUM else why in WORST_FIRST


def stays_with_people(matter: Matter) -> bool:
    """Tell whether only people may go on with a matter: the bot names no sum in it.

    Raised for a stop sign, or left unanswered when it waited for approval. An agent's greeting
    changes nothing in that; it is settled by closing the chat.
    """
    expired = matter.remedy is not None and matter.remedy.state == "expired"
    return matter.stage != "ended" and (expired or is_stop(matter))


def turn_to_waiting(state: State) -> State:
    """Take up an earlier matter again when the one talked about is settled.

    What was told along with that one, before it was clear of which order, is of the same.
    """
    waiting = [m for m in state.matters if m.stage in TALKING]
    if not waiting:
        return state
    last = replace(waiting[-1], order_no=waiting[-1].order_no or state.order_no)
    return replace(state.with_matter(last), active=last.id, resume=True)


def each(state: State, change: Callable[[Matter], Matter]) -> State:
    """Return the state with every matter changed."""
    return replace(state, matters=tuple(map(change, state.matters)))


def _returned(state: State) -> State:
    """The bot speaks again: about what people must go on with, or about what is still open."""
    if state.owner == "bot":
        return state  # heard twice
    # Every order is looked up again: a person took their time.
    state = replace(
        each(state, _look_again), owner="bot", owner_name="", question=None,
        handed_back=True, turn=state.turn + 1,
    )  # fmt: skip
    unpaid = _unpaid(state)
    kept = [m for m in state.matters if stays_with_people(m) or m.id in unpaid]
    if kept:
        return replace(state, given_back=min(kept, key=_gravity).id)
    if answered := _wish_answered(state):
        return replace(state, given_back=answered.id)
    state = each(state, lambda m: replace(m, wished_of_agent=False))
    state = _turn_to_left(state)
    current = state.current
    if current is None or current.stage not in TALKING:
        return turn_to_waiting(state)
    # What was asked before a person came is asked anew, and an answer to it is understood.
    asked = {key: n for key, n in state.asked.items() if not key.startswith(f"{current.id}:")}
    return replace(state, asked=asked, resume=not afterthoughts.lets_go(_last_words(current)))


def _wish_answered(state: State) -> Matter | None:
    """Return the matter in which an agent answered a wish for something else: 好的.

    What they meant to do about it is in their words alone. One that nobody answered is heard now.
    """
    if state.letting_go:
        return None
    return next((m for m in state.matters if m.wished_of_agent), None)


def _turn_to_left(state: State) -> State:
    """Leave at rest what an agent spoke in, unless the customer's last words to them take it up.

    A yes was one to the agent; anything else that was not answered is heard now.
    """
    left = [m for m in state.matters if is_left(m)]
    if not left:
        return state
    if state.current is None or not _is_open(state.current):
        state = replace(state, active=left[-1].id)
    text = state.text
    if (
        state.left
        and not state.left.agreed
        and (after_person.only_consents(text) or afterthoughts.lets_go(text))
    ):
        return replace(state, unanswered=None)
    return taken_up_anew(state, text)


def taken_up_anew(state: State, text: str, choices: tuple[str, ...] = ()) -> State:
    """Take up again what an agent left, where the customer plainly wishes for it.

    What they wish for is kept while they tell it to the agent, too. A button of what was offered
    before is such a wish, unless the agent agreed to something else.
    """
    matter = state.current
    if matter is None or not matter.by_agent or matter.stage != "with_person":
        return state
    demand = after_person.demand_told(text) or _pressed(state, matter, choices)
    if demand is None and state.times_asked("left"):
        demand = after_person.demand_answered(text)
    if demand is None and after_person.calls_for_it(text):
        demand = matter.agreed
    goes_on = state.left is not None and bool(demand or after_person.goes_on(text))
    stage: Stage = "gathering" if goes_on else "with_person"
    return state.with_matter(replace(matter, stage=stage, demand=demand or matter.demand))


def _pressed(state: State, matter: Matter, choices: tuple[str, ...]) -> str | None:
    """Return the remedy whose old button was pressed in what an agent gave back, or None."""
    button = state.buttons.get(choices[-1]) if choices and state.left else None
    if button is None or button.matter != matter.id or button.kind not in DEMANDED:
        return None
    return button.kind if matter.agreed in {None, button.kind} else None


def tells_new_trouble(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether goods that came meanwhile are found bad, where an agent spoke of their wait.

    What they said of the parcel cannot have settled that: it is a matter of its own.
    """
    left, heard = state.left, spoke.heard
    if left is None or not heard.confident or manner.asks(spoke.plain):
        return False
    waited = set(left.issues) <= AWAITS_PARCEL
    return waited and bool(heard.issues) and heard.issues[0] in FAULTS


def turn_to_named(state: State, heard: Heard) -> State:
    """Turn to what an agent left behind another matter, once its order or its trouble is named."""
    if state.left or (state.current and state.current.stage in TALKING):
        return state
    number = heard.order_nos[-1] if heard.order_nos else None
    told = set(heard.issues) if heard.confident and not number else set()
    meant = [
        m.id
        for m in state.matters
        if is_left(m) and (m.order_no == number if number else told & set(m.issues))
    ]
    return replace(state, active=meant[-1]) if meant else state


def _is_open(matter: Matter) -> bool:
    return matter.stage in {*TALKING, "with_person"}


def _unpaid(state: State) -> set[str]:
    """Return the matters whose damages came to nothing while a person held the chat."""
    return {matter for matter, what in state.news if what == f"{MULTIPLE}_failed"}


def _gravity(matter: Matter) -> int:
    """Return the place of the matter's reason among the stop signs, worst first."""
    known = matter.escalated in WORST_FIRST
    return WORST_FIRST.index(matter.escalated) if known and matter.escalated else len(WORST_FIRST)


def _last_words(matter: Matter) -> str:
    return matter.told.rpartition("\n")[2]


def _look_again(matter: Matter) -> Matter:
    """What was offered before a person came is offered anew: a yes to it may be hours old.

    Not so where an agent spoke in it: it waits until the customer raises it.
    """
    if not _is_open(matter):
        return matter
    # What was settled before the customer came back to it stays settled: nothing is paid twice.
    stage: Stage = "gathering" if matter.end is None else "ended"
    if stays_with_people(matter) or (matter.by_agent and matter.end is None):
        stage = "with_person"
    return replace(matter, stage=stage, picked=None, offer=())


def _closed(state: State) -> State:
    """A person ended the chat: what they held is settled, and the bot listens again.

    What staff refused meanwhile is not: what else is possible was never offered. It, or what is
    still on its way, is what a question after the end asks about.
    """
    told = {matter for matter, _ in state.news}
    undone = {matter for matter, what in state.news if what in UNDONE}
    unpaid = _unpaid(state)

    def settled(matter: Matter) -> Matter:
        if matter.id in unpaid:
            return replace(matter, stage="with_person")
        if not _is_open(matter):
            return matter
        if matter.id in undone and not stays_with_people(matter):
            return replace(matter, stage="gathering", picked=None, offer=())
        return replace(matter, stage="ended", end="resolved")

    state = each(state, lambda m: replace(settled(m), wished_of_agent=False))
    left = [m for m in state.matters if m.id in told or m.stage in {"approval", "executing"}]
    left.sort(key=lambda m: m.stage in TALKING)  # what is open comes before what is done
    return replace(
        state, owner="bot", owner_name="", active=left[-1].id if left else None, question=None,
        unanswered=None, resume=False, handed_back=True, given_back=min(unpaid, default=None),
        lost=None,
    )  # fmt: skip
