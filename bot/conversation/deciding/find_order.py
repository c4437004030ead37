"""The way to the order's facts: which order, does it exist, is it this customer's, is it meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.saying.order_words import title
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.state import TALKING, Button, KnownOrder, Matter, State
from bot.conversation.shapes.steps import Ask, HandOver, ListOrders, LookUpOrder, Note, Say, Step
from bot.conversation.words.things import at_hand
from bot.conversation.words.things.goods import gives_up_other_goods, names_other_goods
from bot.conversation.words.things.named import lone_tail_in
from bot.conversation.words.things.way_back import asks_after_money
from bot.conversation.words.wishes.asked_if import asks_if
from bot.order_record import phone_key
from nlp.labels import NONE

TAIL_ATTEMPTS = 3
ORDER_ASKED_IN_VAIN = 3
ORDER_NOT_FOUND = 2  # asked so often of who says that there is no finding it
ORDER_ASKED_AT_MOST = 5
TELLING = frozenset(
    {"complain", "inform", "want_refund", "want_return", "want_exchange", "want_repair",
     "want_compensation", "want_correction", "want_expedite"}
)  # fmt: skip
ORDERS_SHOWN = 6
# What is wrong with goods; of the others many are told with goods that are not in the order.
OF_GOODS = frozenset({"defect", "damaged", "spoiled"})


def knows_which(state: State) -> bool:
    """Tell whether it is clear which order is meant, so that it need not be asked for again."""
    known = state.orders.get(state.order_no or "")
    return state.order_no is not None and (known is None or known.record is not None)


def next_ids(state: State, count: int) -> list[str]:
    """Return fresh option ids; an id is never used twice in a conversation."""
    start = len(state.buttons) + 1
    return [f"o{n}" for n in range(start, start + count)]


def human_button(state: State, *, offset: int = 0, label: str = "转人工") -> Button:
    """Return the button that leads to a person; `offset` counts the buttons before it."""
    return Button(id=next_ids(state, offset + 1)[-1], label=label, kind="human")


def look_anew(state: State, matter: Matter) -> LookUpOrder | None:
    """Look at the matter's order once more before people are called, if its record has aged.

    Whoever takes the chat over must not be shown as possible what no longer is.
    """
    known = state.order_of(matter)
    aged = known is not None and known.record is not None and known.checked_in_turn < state.turn
    return LookUpOrder(order_no=known.order_no) if known and aged else None


def step_to_order(state: State, order_no: str | None, matter: str | None) -> Step | None:
    """Return what is needed before the order's facts may be used; None when nothing is."""
    if order_no is None:
        return _ask_which(state, matter)
    order = state.orders.get(order_no)
    if order is None or order.checked_in_turn < state.turn:
        return LookUpOrder(order_no=order_no)
    if order.record is None:
        return _ask_again(state, order_no, matter)
    return None if order.owned else _step_to_ownership(state, order, matter)


def look_for_own(state: State) -> ListOrders | None:
    """Look for the goods of which it is asked whether they go back, or when they are paid."""
    unknown = state.identity is not None and state.my_orders is None
    calm = state.current is None or state.current.stage not in TALKING
    asked = asks_if(state.text) or asks_after_money(state.text)
    return ListOrders() if unknown and calm and asked else None


def _ask_which(state: State, matter: str | None) -> Step:
    if state.identity and state.my_orders is None:
        return ListOrders()
    if state.my_orders and not _only_one_let_go(state.my_orders, state):
        return _ask_from_list(state, matter)
    asked = state.asked.get(f"{matter}:order_no", 0)
    if asked == 0:
        return Ask(
            what="order_no", wording="ask_order_no", facts={"matter": matter}, matter=matter
        )
    # Who is still telling what happened is not one who cannot find the number.
    telling = _tells_more(state)
    text = state.text
    lost = at_hand.cannot_find(text) and not at_hand.goes_to_fetch(text)
    most = ORDER_NOT_FOUND if lost else ORDER_ASKED_IN_VAIN
    if asked >= (ORDER_ASKED_AT_MOST if telling and not lost else most):
        return HandOver(reason="E13", level="L1", matter=matter)
    wording = "ask_order_no_noted" if telling else "ask_order_no_help"
    return Ask(what="order_no", wording=wording, matter=matter, options=(human_button(state),))


def _only_one_let_go(orders: Sequence[Mapping[str, Any]], state: State) -> bool:
    """Tell whether the only order of theirs was looked at, and is said not to be meant."""
    return len(orders) == 1 and orders[0]["order_no"] in state.orders


def _tells_more(state: State) -> bool:
    """Tell whether the last message brought something, if not the order's number."""
    spoke = state.unanswered
    if spoke is None:
        return False
    heard = spoke.heard
    details = (heard.phone_tail, heard.demand, heard.quantity, heard.amount_fen, heard.bad_share)
    return bool(
        heard.issues or heard.guess or spoke.photos or heard.intent in TELLING or any(details)
    )


def _ask_from_list(state: State, matter: str | None) -> Step:
    asked = state.asked.get(f"{matter}:order_no", 0)
    if asked >= TAIL_ATTEMPTS:
        return HandOver(reason="E13", level="L1", matter=matter)
    orders = (state.my_orders or ())[:ORDERS_SHOWN]
    ids = next_ids(state, len(orders))
    buttons = tuple(
        Button(id=id_, label=f"{order['title']}（{order['order_no']}）", kind="order",
               matter=matter, value=str(order["order_no"]))
        for id_, order in zip(ids, orders, strict=True)
    )  # fmt: skip
    return Ask(
        what="order_no",
        wording="ask_order_pick",
        facts={"matter": matter},
        matter=matter,
        options=(*buttons, human_button(state, offset=len(buttons))),
    )


def _ask_again(state: State, order_no: str, matter: str | None) -> Step:
    asked = state.asked.get(f"{matter}:order_no", 0)
    if asked >= TAIL_ATTEMPTS:
        return HandOver(reason="E13", level="L1", matter=matter)
    named_now = state.unanswered is None or order_no in state.unanswered.heard.order_nos
    return Ask(
        what="order_no",
        wording="order_unknown" if named_now else "ask_order_no_noted",
        facts={"order_no": order_no},
        matter=matter,
        options=(human_button(state),),
    )


def _step_to_ownership(state: State, order: KnownOrder, matter: str | None) -> Step:
    if _vouched_for(state, order):
        return Note(event=ev.OwnershipShown(order_no=order.order_no, by="identity"))
    if order.locked or order.failures >= TAIL_ATTEMPTS:
        return Say(about="locked", wording="order_locked", facts={"order_no": order.order_no},
                   options=(human_button(state),))  # fmt: skip
    if state.tail:
        return Note(event=_compare(order, state.tail))
    if _shown_by_another(state, order):
        return Note(event=ev.OwnershipShown(order_no=order.order_no, by="phone_tail"))
    if tail := _tail_amid(state, order):
        return Note(event=_compare(order, tail))
    return _ask_tail(state, order, matter)


def step_to_ownership_told(state: State) -> Step | None:
    """Return what notes whose order it is, from what is told while a person is called or speaks.

    Nothing is asked or said, but a wrong tail counts as it does with the bot. None when nothing
    was told, or nothing is left to show.
    """
    order_no = state.current.order_no if state.current else state.order_no
    if order_no is None or not (state.tail or state.identity):
        return None
    order = state.orders.get(order_no)
    if order is None:
        return LookUpOrder(order_no=order_no)
    if order.owned or order.record is None:
        return None
    if _vouched_for(state, order):
        return Note(event=ev.OwnershipShown(order_no=order.order_no, by="identity"))
    if not state.tail or order.failures >= TAIL_ATTEMPTS:
        return None
    if order.checked_in_turn < state.turn:
        return LookUpOrder(order_no=order_no)  # wrong tails count over all chats
    return None if order.locked else Note(event=_compare(order, state.tail))


def _vouched_for(state: State, order: KnownOrder) -> bool:
    """Tell whether the identity that the shop or Telegram vouched for is the order's."""
    if not state.identity or order.record is None:
        return False
    owner = order.record["customer"]
    phone, telegram_id = state.identity.get("phone"), state.identity.get("telegram_id")
    known = owner.get("phone")
    same_phone = phone is not None and known is not None and phone_key(phone) == phone_key(known)
    return same_phone or (telegram_id is not None and telegram_id == owner.get("telegram_id"))


def _shown_by_another(state: State, order: KnownOrder) -> bool:
    """Tell whether the tail that showed another order of this chat would show this one too.

    It was of one of that order's numbers; only where all of them are this order's is it known
    to be of this one, and asking for it again would tell nothing new.
    """
    if order.failures:
        return False
    phones = _phones(order)
    shown = [o for o in state.orders.values() if o.owned and o.record is not None]
    return any(_phones(other) <= phones for other in shown)


def _phones(order: KnownOrder) -> set[str]:
    record = order.record or {}
    return {phone_key(record["customer"]["phone"]), phone_key(record["address"]["phone"])}


def _tail_amid(state: State, order: KnownOrder) -> str | None:
    """Return four lone digits amid the words that name the order: 针织衫色差 9103 我要退.

    They may be a price or a model, so it is looked at once; where they are wrong they count as
    a wrong tail, or anybody could guess on and on.
    """
    spoke = state.unanswered
    if spoke is None or not spoke.heard.order_nos or order.failures:
        return None
    return lone_tail_in(spoke.plain)


def _compare(order: KnownOrder, tail: str) -> ev.OwnershipShown | ev.OwnershipFailed:
    record = order.record or {}
    phones = (record["customer"]["phone"], record["address"]["phone"])
    if any(phone_key(phone).endswith(tail) for phone in phones):
        return ev.OwnershipShown(order_no=order.order_no, by="phone_tail")
    return ev.OwnershipFailed(order_no=order.order_no)


def _ask_tail(state: State, order: KnownOrder, matter: str | None) -> Step:
    facts = {
        "order_no": order.order_no,
        "left": TAIL_ATTEMPTS - order.failures,
        "matter": matter,
    }
    asked = state.asked.get(f"{matter}:phone_tail", 0)
    if asked > TAIL_ATTEMPTS:
        return HandOver(reason="E13", level="L1", matter=matter)
    wording = "ask_tail" if asked == 0 else "ask_tail_help"
    tried_now = state.unanswered is not None and state.unanswered.heard.phone_tail
    if order.failures and tried_now:
        wording = "tail_wrong"
    options = () if asked == 0 else (human_button(state),)
    return Ask(what="phone_tail", wording=wording, facts=facts, matter=matter, options=options)


def step_to_meant(state: State, matter: Matter) -> Step | None:
    """Return the question whether the order is meant where its goods are not those complained of.

    None when it may be judged. It is asked once: a person sees to what is not answered.
    """
    order_no = matter.order_no or ""
    if matter.issue not in {*OF_GOODS, NONE} or matter.verdict is not None:
        return None
    if matter.order_meant == order_no:
        return None
    if any(_asks_whether_meant(b, matter, order_no) for b in state.buttons.values()):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    record = state.orders[order_no].record or {}
    differ = gives_up_other_goods if matter.issue == NONE else names_other_goods
    if not differ(matter.told, [line["title"] for line in record["lines"]]):
        return None
    yes, no = next_ids(state, 2)
    asked = f"goods:{order_no}"
    return Ask(
        what="goods",
        wording="ask_goods",
        facts={"matter": matter.id, "order_no": order_no, "title": title(record)},
        matter=matter.id,
        options=(
            Button(id=yes, label="是这一单", kind="confirm", matter=matter.id, value=asked),
            Button(id=no, label="不是这一单", kind="deny", matter=matter.id, value=asked),
        ),
    )


def _asks_whether_meant(button: Button, matter: Matter, order_no: str) -> bool:
    return button.matter == matter.id and button.value == f"goods:{order_no}"
