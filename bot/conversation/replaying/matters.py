"""A complaint opens a matter, joins the one talked about, or takes up a settled one; pure."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.replaying.details import stop_sign
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import DELAYS, WAITS
from bot.conversation.shapes.state import SETTLED, TALKING, Matter, State
from bot.conversation.words.matters.guessed import gives_way
from bot.conversation.words.matters.several import are_apart
from bot.conversation.words.wishes.said_again import dealt_with
from bot.order_record import TO_COME
from bot.remedies.verdict import TOLD
from nlp.labels import TYPE_OF

VAGUE = "overcharge"  # any sum too much, until it is said which
# What a wait for an answer may be called; beside a threat it is the wait for what was promised.
OF_THE_WAIT = WAITS | {"no_response", "refund_delay", "refused", "none"}
# A remedy in one of these is waited for.
AWAITED = frozenset({"awaiting_approval", "uncertain"})


def take_issues(state: State, heard: Heard, *, adds: bool = False) -> State:
    """Merge what is said into the open matter, or open another when it is another matter.

    What a customer says to bring up besides is another, however unsure its name.
    """
    current = state.current
    sure = heard.confident or adds
    known = _known_to(current)
    new = tuple(issue for issue in heard.issues if issue not in known)
    other_order = bool(
        current and heard.order_nos and current.order_no not in {None, heard.order_nos[-1]}
    )
    if current is None or current.stage not in TALKING or other_order:
        return _open_apart(state, heard)
    if not new:
        return state
    if new == ("courier",) and _offers_more_than_words(current):
        return state.with_matter(_with_issues(current, new))  # told along with the wait
    if waiting := _waiting(state, current, new):
        return replace(state, active=waiting.id)
    # Whom a danger brings looks at all of it, so it is no dispute beside the one talked of.
    if current.stage == "gathering" and sure and are_apart(current.issue, new[0]):
        return _put_by(state, new, heard)
    if current.stage == "gathering" and heard.confident and _was_left_unanswered(current, new):
        return state.with_matter(_led_by(current, new))
    if current.stage == "gathering" or stop_sign(heard.signs):
        return state.with_matter(_with_issues(current, new))
    if {current.issue, *new} <= _one_wait(state, current):
        return state  # the same wait by another name
    # A clear new complaint while an offer lies on the table is a second dispute; a vague one is
    # most likely a remark about the offer.
    return open_matter(state, new, heard) if sure else state


def _was_left_unanswered(matter: Matter, new: tuple[str, ...]) -> bool:
    """Tell whether it is said now what nobody had answered: 客服没人回, then 台灯不亮了."""
    return matter.issue == "no_response" and TYPE_OF[new[0]] != TYPE_OF["no_response"]


def _led_by(matter: Matter, new: tuple[str, ...]) -> Matter:
    """Let the matter be what is told now: the silence about it comes behind (taxonomy)."""
    behind = (issue for issue in matter.issues if issue not in new)
    return replace(matter, issue=new[0], issues=(*new, *behind), guessed=False)


def _offers_more_than_words(matter: Matter) -> bool:
    """Tell whether more stands for a parcel that is waited for than can be done to its courier."""
    kinds = {str(option["kind"]) for option in matter.offer}
    return matter.issue in WAITS and bool(kinds - TOLD - {"expedite"})


def _one_wait(state: State, matter: Matter) -> frozenset[str]:
    """Return what the wait for the matter's parcel may be called: 没收到, too, while it is out."""
    known = state.order_of(matter)
    record = (known.record if known else None) or {}
    came = any(parcel.get("delivered_at") for parcel in record.get("shipments", ()))
    return WAITS if record.get("status") in TO_COME and not came else DELAYS


def _known_to(current: Matter | None) -> set[str]:
    """Return the issues of a matter; once it has an offer, only those which that is for."""
    if current is None:
        return set()
    return set(current.issues) if current.stage == "gathering" else dealt_with(current)


def take_surer(state: State, spoke: CustomerSpoke) -> State | None:
    """Let what is told clearly replace what was only guessed; None where nothing gives way.

    What was offered for the guess lapses with it.
    """
    current, heard = state.current, spoke.heard
    if current is None or not current.guessed or current.stage not in TALKING:
        return None
    if not heard.issues or not heard.confident or heard.issues[0] == current.issue:
        return None
    if heard.order_nos and current.order_no not in {None, heard.order_nos[-1]}:
        return None
    if not gives_way(current.issue, current.told, heard.issues[0], spoke.plain):
        return None
    surer = replace(
        current, issue=heard.issues[0], issues=heard.issues, guessed=False, stage="gathering",
        picked=None, offer=(), verdict=None,
    )  # fmt: skip
    return state.with_matter(surer)


def turn_to_threatened(state: State, heard: Heard) -> State | None:
    """Turn to the matter whose remedy is waited for, where a stop sign is told of no other.

    再不批我去12315: who decides on the remedy must know, and no empty dispute stands beside it.
    """
    if stop_sign(heard.signs) is None:
        return None
    order_no = heard.order_nos[-1] if heard.order_nos else state.order_no
    waiting = [
        m for m in state.matters
        if m.order_no == order_no and m.remedy and m.remedy.state in AWAITED
        and set(heard.issues) <= {*m.issues, *OF_THE_WAIT}
    ]  # fmt: skip
    mine = [m for m in waiting if m.id == state.active]
    meant = next(iter(mine or reversed(waiting)), None)
    return replace(state, active=meant.id) if meant else None


def _waiting(state: State, current: Matter, new: tuple[str, ...]) -> Matter | None:
    """Return the matter told along with the current one that is spoken of now, and waits."""
    return next(
        (m for m in state.matters
         if m.id != current.id and m.stage in TALKING and m.issue in new
         and m.order_no == current.order_no),
        None,
    )  # fmt: skip


def _open_apart(state: State, heard: Heard) -> State:
    """Open what is complained of; matters of their own wait until the first is settled."""
    first, *others = heard.issues
    apart = tuple(i for i in others if heard.confident and are_apart(first, i))
    rest = tuple(i for i in heard.issues if i not in apart)
    state = reopen_or_open(state, replace(heard, issues=rest))
    return state if state.repeated else _put_by(state, apart, heard)


def _put_by(state: State, issues: tuple[str, ...], heard: Heard) -> State:
    """Open matters that wait behind the one talked about."""
    first = state.active
    for issue in reversed(issues):  # the one opened last is taken up first
        state = open_matter(state, (issue,), heard)
    return replace(state, active=first)


def take_fault(state: State, fault: str) -> State:
    """Let the wish without a reason have one: what was offered for the mere wish lapses."""
    current = state.current
    if current is None:
        return state
    found = replace(_with_issues(current, (fault,)), stage="gathering", picked=None, offer=())
    return state.with_matter(replace(found, verdict=None))


def _with_issues(matter: Matter, new: tuple[str, ...]) -> Matter:
    known = tuple(i for i in matter.issues if i != "none")
    # "扣多了", then "扣了两次": what was said first was the vaguer word for it.
    vague = known[:1] == (VAGUE,) and TYPE_OF[new[0]] == TYPE_OF[VAGUE]
    issues = (*new, *known) if vague else (*known, *new)
    return replace(matter, issue=issues[0], issues=issues)


def reopen_or_open(state: State, heard: Heard) -> State:
    """Take up the same matter that was settled before, or open it."""
    order_no = heard.order_nos[-1] if heard.order_nos else state.order_no
    for matter in reversed(state.matters):
        same = matter.order_no == order_no and _is_same(matter, heard.issues[0])
        if same and matter.stage in SETTLED and matter.end != "withdrawn":
            return replace(state, repeated=matter.id, active=matter.id)
    return open_matter(state, heard.issues, heard)


def _is_same(matter: Matter, issue: str) -> bool:
    """Tell whether a complaint is the matter's: one wait has several names, and is paid once."""
    paid = matter.granted_kind == "compensation"
    return matter.issue == issue or (paid and {matter.issue, issue} <= DELAYS)


def open_matter(state: State, issues: tuple[str, ...], heard: Heard) -> State:
    """Open a matter of these issues, or of a mere wish, with what was said before it was clear."""
    matter = Matter(
        id=str(len(state.matters) + 1),
        issue=issues[0] if issues else "none",
        issues=issues or ("none",),
        intent=heard.intent,
        guessed=bool(issues) and not heard.confident,
        order_no=heard.order_nos[-1] if heard.order_nos else state.order_no,
        told=state.unplaced.plain if state.unplaced else "",
        has_photo=state.loose_photo,
    )
    return replace(
        state,
        matters=(*state.matters, matter),
        active=matter.id,
        loose_photo=False,
        wants_status=False,
    )


def turn_to_photo_asked(state: State, spoke: CustomerSpoke) -> State:
    """Turn from a matter on its way to the one whose photo comes now; it was asked for before."""
    current = state.current
    alone = spoke.photos and not spoke.text.strip()
    if not alone or (current is not None and current.stage in TALKING):
        return state
    asked = [
        matter for matter in state.matters
        if matter.stage == "gathering" and f"{matter.id}:photo" in state.asked
    ]  # fmt: skip
    return replace(state, active=asked[-1].id) if asked else state
