"""When what is said is of a matter on another order than the one talked about; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.state import OFFERED, SETTLED, TALKING, Matter, Question, State
from bot.conversation.words.sentence.clauses import clauses_of
from bot.conversation.words.things.articles import means_another, named_among
from bot.conversation.words.things.named import bare_number
from bot.remedies.wishes import DEMAND_OF

# 键盘先不管, 换成键盘: the other order's article is named, and not what is to be done next.
_NOT_NOW = re.compile(r"先不|不急|再说|等[会等下一]|先?放一?放|不管|不用管|晚点|[换改][成作为]")
# DD1先不管, 键盘DD1那单不用动: said of the very order whose number stands in the clause.
_PUT_ASIDE = re.compile(
    r"先(?:不|放|别)|不急|再说|等会儿?再|放一?放|(?<![们人家])不管(?=$|了)|不用[管动]|别[管动]|单不动|晚点"
)
# DD1不退了，这个退货退款: what is not wanted of the one is wanted of the other.
_NOT_OF_IT = re.compile(r"不退|不换|不用|不要动|不动|取消不")
_THIS_ONE = re.compile(r"这一?[单个笔]")


def without_put_aside(state: State, spoke: CustomerSpoke) -> CustomerSpoke:
    """Return what was said without the numbers of other orders that are not to be touched now."""
    current, heard = state.current, spoke.heard
    if current is None or current.order_no is None or current.stage not in TALKING:
        return spoke
    here = bare_number(current.order_no)
    kept = tuple(
        no for no in heard.order_nos
        if bare_number(no) == here or not puts_aside(spoke.plain, bare_number(no))
    )  # fmt: skip
    if kept == heard.order_nos:
        return spoke
    return spoke.heard_as(order_nos=kept)


def puts_aside(text: str, name: str = "") -> bool:
    """Tell whether a clause with that name leaves its order alone, maybe for this one's sake."""
    clauses = [bare_number(clause) for clause in clauses_of(text)]
    for at, clause in enumerate(clauses):
        if name.upper() not in clause:
            continue
        others = clauses[:at] + clauses[at + 1 :]
        instead = _NOT_OF_IT.search(clause) and any(map(_THIS_ONE.search, others))
        if _PUT_ASIDE.search(clause) or (instead and not _THIS_ONE.search(clause)):
            return True
    return False


def turn_to_meant(state: State, spoke: CustomerSpoke) -> State:
    """Return the state with the matter talked about that is named by its order or its goods.

    What is then called for is taken of its offer: 键盘换货 must not exchange the mouse.
    """
    meant = _meant(state, spoke)
    if meant is None:
        return state
    if meant.stage == "confirming":
        meant = replace(meant, stage="offered", picked=None)
    offered = meant.stage == "offered"
    buttons = tuple(state.buttons[str(option["id"])] for option in meant.offer) if offered else ()
    question = Question(what="offer", matter=meant.id, buttons=buttons) if offered else None
    return replace(
        state.with_matter(meant), active=meant.id, order_no=meant.order_no, question=question
    )


def settled_meant(state: State, spoke: CustomerSpoke) -> Matter | None:
    """Return the settled matter of another order whose goods are wished back, or None."""
    heard = spoke.heard
    if spoke.choices or heard.order_nos or heard.signs:
        return None
    if puts_aside(spoke.plain):
        return None
    if not (heard.issues or heard.demand or heard.intent in DEMAND_OF):
        return None
    order_no = _order_named(state, spoke.plain)
    settled = (
        m for m in reversed(state.matters)
        if m.order_no == order_no and m.stage in SETTLED and m.end != "withdrawn"
    )  # fmt: skip
    return next(settled, None) if order_no else None


def names_another(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether the number of another order is told beside an offer: nothing of it is meant."""
    current = state.current
    if current is None or current.stage not in OFFERED or spoke.choices:
        return False
    here = bare_number(current.order_no or "")
    return any(bare_number(no) != here for no in spoke.heard.order_nos)


def names_several(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether goods of several orders are named: what is wished is not of one alone."""
    return not spoke.choices and len(_orders_named(state, spoke.plain)) > 1


def _meant(state: State, spoke: CustomerSpoke) -> Matter | None:
    """Return the open matter of another order that is named, and no other with it; or None."""
    current, heard = state.current, spoke.heard
    if current is None or spoke.choices or heard.signs or heard.phone_tail:
        return None
    if heard.order_nos:
        numbers = {bare_number(no) for no in heard.order_nos}
        if len(numbers) > 1 or means_another(spoke.plain):
            return None
        found = [m for m in state.matters if m.order_no and bare_number(m.order_no) in numbers]
    elif _NOT_NOW.search(spoke.plain) or puts_aside(spoke.plain):
        return None
    else:
        order_no = _order_named(state, spoke.plain)
        found = [m for m in state.matters if order_no and m.order_no == order_no]
    if any(m.order_no == current.order_no for m in found):
        return None
    return next((m for m in reversed(found) if m.stage in TALKING), None)


def _order_named(state: State, text: str) -> str | None:
    """Return the only order, other than that talked about, whose goods are named; or None."""
    named, current = _orders_named(state, text), state.current
    if len(named) != 1 or current is None or current.order_no in named:
        return None
    known = state.order_of(current)
    seen = known is not None and known.owned
    # Of an order not yet shown to be theirs only what they told themselves is known.
    if not seen and named & _orders_named(state, current.told):
        return None
    return next(iter(named))


def _orders_named(state: State, text: str) -> set[str]:
    """Return the orders of the chat whose goods are named, by what is in no other's titles."""
    numbers = {m.order_no for m in state.matters if m.order_no}
    held = [
        (no, str(line["title"]))
        for no in sorted(numbers)
        if (known := state.orders.get(no)) and known.owned
        for line in known.lines
    ]
    if len(numbers) < 2:
        return set()
    return {held[at][0] for at in named_among(text, [name for _, name in held])}
