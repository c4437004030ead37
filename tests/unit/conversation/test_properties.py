"""Whatever comes in whatever order: an end in each turn, no money unasked, signs obeyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.deciding.settle import UNCONFIRMED
from bot.conversation.replaying.details import STOPS, stop_sign
from bot.conversation.replaying.replay import MOVING, replay
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import Grant, HandOver, LookUpOrder, Note, Wait
from bot.conversation.words.sentence import yes_no
from bot.remedies.wishes import DEMAND_OF
from nlp.labels import ISSUES
from tests.unit.conversation.talk import ORDERS, TAILS, UNKNOWN, Talk, spoke

ORDER_NOS = [*ORDERS, UNKNOWN]
INTENTS = [
    "complain", "inform", "confirm", "deny", "greet", "thank", "other", "order_status",
    "ask_policy", "ask_product", "want_human", "want_expedite", "want_compensation",
    "want_repair", "want_correction", *DEMAND_OF,
]  # fmt: skip
TEXTS = [
    "", "好的", "确认", "不", "第一个", "2", "不同意", "太少了", "算了", "没有照片", "稍等",
    "再多点", "算了不要了", "改成L码", "收到了", "人工", "加急处理", "……", "{0}", "快点" * 30,
    "手机充不进电", "是这一单", "不是这一单",
]  # fmt: skip
DEMANDS = ["refund", "return_refund", "exchange", "reship", "compensation", "cancel", "coupon"]


@dataclass(frozen=True)
class Press:
    """Press one of the buttons shown so far, counted from the latest; of one kind, if there is."""

    back: int
    kind: str = ""


@dataclass(frozen=True)
class Outcome:
    """Let the order system or a supervisor answer about the latest remedy."""

    what: str


def mostly(usual: Any, *seldom: Any) -> st.SearchStrategy[Any]:
    """Return the usual nine times in ten: what ends a talk must not end each at once."""
    return st.integers(0, 9).flatmap(
        lambda n: st.sampled_from(seldom) if n == 9 else st.just(usual)
    )


HEARD: dict[str, st.SearchStrategy[Any]] = {
    "issues": st.lists(st.sampled_from(list(ISSUES)), max_size=2, unique=True).map(tuple),
    "confident": st.booleans(),
    "intent": st.sampled_from(INTENTS),
    "flags": mostly((), ("abuse",), ("anger",)),
    "signs": mostly((), ("human",), *((sign,) for sign in STOPS)),
    "order_nos": st.lists(st.sampled_from(ORDER_NOS), max_size=1).map(tuple),
    "phone_tail": st.sampled_from([None, "0000", *sorted(set(TAILS.values()))]),
    "amount_fen": st.sampled_from([None, 0, 5000, 10**9]),
    "quantity": st.sampled_from([None, 0, 1, 99]),
    "bad_share": st.sampled_from([None, 0.0, 0.3, 1.0]),
    "demand": st.sampled_from([None, None, *DEMANDS]),
    "guess": st.sampled_from([None, None, "slow", "damaged"]),
    "foreign": mostly(False, True),
}
WORDS = st.builds(
    spoke,
    text=st.sampled_from(TEXTS),
    photos=st.sampled_from([(), (), (1,)]),
    choices=st.sampled_from([(), (), (), ("o1",), ("o99",)]),
    **HEARD,
)
COMPLAINTS = st.builds(
    spoke,
    issues=st.sampled_from(list(ISSUES)).map(lambda issue: (issue,)),
    confident=st.just(True),
    intent=st.just("complain"),
    order_nos=st.sampled_from(list(ORDERS)).map(lambda no: (no,)),
    photos=st.sampled_from([(), (1,)]),
)
STAFF = (
    ev.OwnerChanged(owner="agent", name="小王"),
    ev.OwnerChanged(owner="bot"),
    ev.OwnerChanged(owner="closed"),
    ev.AgentReplied(name="小王", message_id=1),
)
PAYING = ["refund", "return_refund", "partial_refund", "compensation", "exchange", "goodwill"]
MOVES = st.one_of(
    WORDS,
    COMPLAINTS,
    st.builds(Press, st.integers(0, 5)),
    st.builds(Press, st.integers(0, 1), st.sampled_from(PAYING)),
    st.builds(Press, st.integers(0, 1), st.sampled_from(["confirm", "confirm", "deny"])),
    st.builds(Outcome, st.sampled_from(["done", "failed", "uncertain", "approved", "refused"])),
    mostly(Press(0, "confirm"), *STAFF),
)
# Signed in or not; every tail is known, so that random talks get past the door.
STARTS = st.sampled_from([(), *((ev.IdentitySigned(phone=p),) for p in ("13800001024", "1"))])


def event_of(move: Any, state: State) -> ev.Event | None:
    """Return the event that a move means now; None when there is nothing to move."""
    if isinstance(move, Press):
        alike = [b.id for b in state.buttons.values() if b.kind == move.kind]
        buttons = alike or list(state.buttons)
        if not buttons:
            return None
        return spoke("", choices=(buttons[-1 - move.back % len(buttons)],))
    if isinstance(move, Outcome):
        return _answer_of(move.what, state)
    event: ev.Event = move
    return event


def _answer_of(what: str, state: State) -> ev.Event | None:
    matter = next((m for m in reversed(state.matters) if m.remedy), None)
    remedy = matter.remedy if matter else None
    if matter is None or remedy is None:
        return None
    place = {"matter": matter.id, "key": remedy.key}
    if remedy.state == "awaiting_approval":
        if what == "refused":
            return ev.RemedyRefused(**place, by="李主管", reason="不符合")
        return ev.RemedyApproved(**place, by="李主管")
    if remedy.state in {"executing", "uncertain"} and what in {"done", "failed", "uncertain"}:
        return ev.RemedyFinished(**place, outcome=what)
    return None


def is_confirmed(before: State, event: ev.CustomerSpoke, grant: Grant) -> bool:
    """Tell whether the customer said yes, in this very turn, to exactly this remedy."""
    matter = before.matter(grant.matter)
    if matter is None or matter.stage not in {"offered", "confirming"}:
        return False
    asked = before.question
    in_words = asked is not None and asked.what == "confirm" and yes_no.says_yes(event.text)
    pressed = [before.buttons[choice] for choice in event.choices if choice in before.buttons]
    confirmed = [b.value for b in pressed if b.kind == "confirm" and b.matter == matter.id]
    meant = [value.split(" ")[0] for value in confirmed] or [matter.picked] * in_words
    if not meant or matter.picked not in {None, *meant}:
        return False
    option = matter.offered(meant[0]) or {"detail": None, "kind": None, "amount_fen": None}
    same_detail = option["detail"] == dict(grant.option.detail)
    sum_of = (option["kind"], option["amount_fen"])
    return same_detail and sum_of == (grant.option.kind, grant.option.amount_fen)


def check_turn(before: State, talk: Talk, event: ev.Event) -> None:
    """Check one turn; `Talk` itself fails when a turn does not end."""
    assert talk.next_step() == Wait()
    for matter in talk.state.matters:
        assert len([r for r in matter.remedies if r.state in MOVING]) <= 1
    grants = [step for step in talk.steps if isinstance(step, Grant)]
    for grant in grants:
        if grant.option.kind not in UNCONFIRMED:
            assert isinstance(event, ev.CustomerSpoke)
            assert is_confirmed(before, event, grant)
    if isinstance(event, ev.CustomerSpoke) and stop_sign(event.heard.signs):
        assert talk.state.owner != "bot"
        # Behind the hand-over the tail that came with it may be compared, without a word.
        done = [step for step in talk.steps if not isinstance(step, LookUpOrder | Note)]
        assert before.owner != "bot" or isinstance(done[-1], HandOver)
        assert grants == []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=STARTS, moves=st.lists(MOVES, min_size=1, max_size=14))
def test_every_turn_ends_and_no_money_goes_without_a_yes_to_it(
    start: tuple[ev.Event, ...], moves: list[Any]
) -> None:
    talk = Talk().hear(*start)
    for move in moves:
        event = event_of(move, talk.state)
        if event is not None:
            before = talk.state
            talk.hear(event)
            check_turn(before, talk, event)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    order_no=st.sampled_from(list(ORDERS)),
    issue=st.sampled_from(list(ISSUES)),
    moves=st.lists(MOVES, min_size=1, max_size=12),
)
def test_the_same_holds_from_any_complaint_of_the_orders_owner(
    order_no: str, issue: str, moves: list[Any]
) -> None:
    talk = Talk().hear(spoke(photos=(1,)))
    talk.say(issues=(issue,), confident=True, order_nos=(order_no,), phone_tail=TAILS[order_no])
    for move in moves:
        event = event_of(move, talk.state)
        if event is not None:
            before = talk.state
            talk.hear(event)
            check_turn(before, talk, event)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=st.lists(MOVES, min_size=1, max_size=12))
def test_a_log_replays_to_the_state_that_wrote_it(moves: list[Any]) -> None:
    talk = Talk()
    for move in moves:
        if event := event_of(move, talk.state):
            talk.hear(event)
    rows = [ev.to_row(event) for event in talk.events]
    assert replay(ev.from_row(kind, data) for kind, data in rows) == talk.state
