"""What a customer's words change in the state; nothing is answered here."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.replaying import closed, other_article, other_order
from bot.conversation.replaying.anew import looked_at_anew
from bot.conversation.replaying.apart import open_several, opens_several
from bot.conversation.replaying.as_answer import as_answer
from bot.conversation.replaying.asked_of_own import asked_of_own, open_asked
from bot.conversation.replaying.beyond_told import wishes_beyond_told
from bot.conversation.replaying.details import stop_sign, take_details
from bot.conversation.replaying.given_up import gives_up_beside, put_wish_by, without_wish
from bot.conversation.replaying.in_context import ORDER_QUESTIONS, in_context
from bot.conversation.replaying.matters import (
    open_matter,
    take_fault,
    take_issues,
    take_surer,
    turn_to_photo_asked,
    turn_to_threatened,
)
from bot.conversation.replaying.mistaken import put_right
from bot.conversation.replaying.of_each import take_wish_of_each
from bot.conversation.replaying.of_money import would_not_have
from bot.conversation.replaying.order_kept import is_of_other_wish
from bot.conversation.replaying.other_piece import tells_of_rest
from bot.conversation.replaying.owners import taken_up_anew, tells_new_trouble, turn_to_named
from bot.conversation.replaying.picked import open_guessed, open_wish, take_choice, tells_of_else
from bot.conversation.replaying.which_order import take_order_no, with_order_named
from bot.conversation.replaying.wished import wished
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import AWAITS_PARCEL, OF_OUR_ANSWER
from bot.conversation.shapes.state import OFFERED, SETTLED, TALKING, Matter, State
from bot.conversation.words.answers import sum_doubted
from bot.conversation.words.answers.bids import has_bargained
from bot.conversation.words.answers.corrected import only_asks_of_terms
from bot.conversation.words.matters import traced
from bot.conversation.words.matters.facts_changed import facts_changed
from bot.conversation.words.matters.mistaken import was_never_told
from bot.conversation.words.sentence import manner
from bot.conversation.words.sentence.unreadable import cannot_be_read
from bot.conversation.words.things.at_hand import cannot_recall, goes_to_fetch
from bot.conversation.words.wishes import (
    afterthoughts,
    bargaining,
    called_off,
    demands,
    exclusions,
    second_thoughts,
)
from bot.conversation.words.wishes.asked_if import INVOICE
from bot.conversation.words.wishes.disputed import disputes_grant
from bot.conversation.words.wishes.said_again import speaks_of_settled, was_not_mended
from bot.conversation.words.wishes.undone import wants_return_undone
from bot.remedies.wishes import DEMAND_OF, INTENT_OF
from nlp.labels import TYPE_OF

# Sums for goods that stay: 不退货了 takes none of them back.
MONEY_FOR_KEPT = frozenset({"partial_refund", "compensation", "goodwill", "price_difference"})
# What 催一下 complains of, by the order's state.
WAITED_FOR = {"paid": "not_shipped", "shipped": "slow"}


def take_in(state: State, spoke: CustomerSpoke) -> State:
    """Return the state after the customer spoke: choice first, then order, matter and details."""
    if cannot_be_read(spoke.plain) and not (spoke.choices or spoke.photos):
        return replace(state, turn=state.turn + 1, unanswered=spoke, repeated=None)
    spoke = with_order_named(state, other_order.without_put_aside(state, spoke))
    state = turn_to_photo_asked(other_order.turn_to_meant(state, spoke), spoke)
    state, spoke = put_right(state, in_context(state, spoke))
    state, spoke = take_wish_of_each(state, as_answer(state, spoke))
    state = turn_to_named(state, spoke.heard)
    state = replace(
        state,
        turn=state.turn + 1,
        unanswered=spoke,
        picked=None,
        stale_pick=False,
        wants_human=spoke.heard.intent == "want_human" or "human" in spoke.heard.signs,
        wants_status=_wants_status(state, spoke),
        declining=False,
        letting_go=False,
        repeated=None,
        abuse=state.abuse + ("abuse" in spoke.heard.flags),
        tail=spoke.heard.phone_tail or state.tail,
        photos_coming=spoke.coming,
        photo_late=_only_comes_late(state, spoke),
        new_in_queue=False,
    )
    doubted = _picks_nothing(state, spoke)
    if not doubted:
        apart = tells_new_trouble(state, spoke)
        anew = state if apart else taken_up_anew(state, spoke.plain, spoke.choices)
        state = take_choice(anew, spoke)
    state = take_order_no(state, spoke.heard, spoke.plain)
    if not state.picked and not doubted and opens_several(state, spoke):
        return open_several(state, spoke)
    if not state.picked and not doubted:
        state = _take_matter(state, spoke)
    if gives_up_beside(state, spoke):
        state, spoke = put_wish_by(state, spoke), without_wish(spoke)
    if state.current is None or state.current.stage == "ended":
        if state.repeated:
            state = replace(state, unplaced=None)
        elif spoke.text.strip() and not _only_greets(state, spoke):
            # A button, or 在吗 in between, adds nothing to what was said before it.
            state = replace(state, unplaced=spoke)
        return replace(state, loose_photo=state.loose_photo or bool(spoke.photos))
    asked = state.question is not None and state.question.what == "issue"
    if asked and state.unplaced is not None:
        # Said what it is in other words: how many was told before.
        state = take_details(state, state.unplaced)
    return replace(take_details(state, spoke), unplaced=None)


def _picks_nothing(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether the offer's sum is asked about, or something is wished besides or beyond it."""
    doubted = state.current is not None and sum_doubted.is_about(state.current, spoke)
    return doubted or gives_up_beside(state, spoke) or wishes_beyond_told(state, spoke)


def _only_comes_late(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether it is but a photo whose words were heard before it was here."""
    alone = bool(spoke.photos) and not spoke.text.strip() and not spoke.choices
    return alone and spoke.coming < state.photos_coming


def _only_greets(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether nothing is added to what was said before: 在吗, 我找一下单号."""
    if state.unplaced is None:
        return False
    return spoke.heard.intent == "greet" or goes_to_fetch(spoke.plain)


def _wants_status(state: State, spoke: CustomerSpoke) -> bool:
    heard = spoke.heard
    if heard.issues or wished(state, spoke):
        return False
    if heard.intent in {"order_status", "want_expedite"}:
        return True
    asked = state.question
    answering = asked and asked.matter is None and asked.what in ORDER_QUESTIONS
    named = bool(heard.order_nos)
    nothing_open = state.current is None or state.current.stage not in TALKING
    if answering and (named or heard.phone_tail or _still_owes_answer(spoke)):
        return True
    return named and nothing_open and heard.intent not in {"complain", "want_compensation"}


def _still_owes_answer(spoke: CustomerSpoke) -> bool:
    """Tell whether nothing was brought but that the number asked for is not at hand."""
    heard = spoke.heard
    other = heard.guess or heard.demand or heard.signs or spoke.photos or spoke.choices
    return not other and cannot_recall(spoke.plain)


def _take_matter(state: State, spoke: CustomerSpoke) -> State:
    if closed.is_asked_of_people(state, spoke):
        return state
    if again := closed.asked_what_comes_of_it(state, spoke):
        return again
    if state.current is None:
        return _take_with_none_open(state, spoke)
    if _is_of_left(state, spoke):
        return replace(state, letting_go=afterthoughts.lets_go(spoke.plain))
    return _take_beside(state, state.current, spoke)


def _take_beside(state: State, current: Matter, spoke: CustomerSpoke) -> State:
    """Take in what is said where a matter is known: of it, or of another."""
    heard = spoke.heard
    if traced.fears_in_vain(current, spoke) or was_not_mended(current, spoke):
        return replace(state, repeated=current.id)
    dropped = _lets_go(current, spoke) and not is_of_other_wish(state, current, spoke)
    if dropped or _wants_other(state, current, spoke):
        return replace(state, letting_go=True)
    if facts_changed(current, spoke):
        return replace(state, repeated=current.id)
    if anew := looked_at_anew(current, spoke):
        return state.with_matter(anew)
    if tells_of_else(state, spoke):
        return _take_else(state, current, spoke)
    if of_settled := _take_of_settled(state, current, spoke):
        return of_settled
    if _waits_for_person(current, heard):
        return state
    if current.stage in OFFERED:
        heard = _without_refusal(heard)
        too_little = has_bargained(current) and bargaining.wants_more(spoke.plain)
        new_complaint = bool(heard.issues) and heard.confident and not too_little
        asks = only_asks_of_terms(current, spoke)
        if not (new_complaint or asks) and would_not_have(current, spoke):
            return replace(state, declining=True)
    return _take_up(state, heard, spoke)


def _take_of_settled(state: State, current: Matter, spoke: CustomerSpoke) -> State | None:
    """Take in what belongs to what was settled; an invoice that is asked for then is new."""
    besides = current.stage in SETTLED and INVOICE not in current.issues
    if besides and asked_of_own(state, spoke) == INVOICE:
        return open_asked(state, INVOICE, spoke)
    return replace(state, repeated=current.id) if _is_of_settled(state, current, spoke) else None


def _wants_other(state: State, current: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what awaits approval, or is under way, is not what is wanted."""
    if second_thoughts.wants_other(current, spoke) or disputes_grant(current, spoke):
        return True
    sole = sum(line["quantity"] for line in state.lines_of(current)) == 1
    instead = second_thoughts.wants_other_instead(current, spoke, sole=sole)
    return instead and not tells_of_else(state, spoke)


def _is_of_left(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether it is said of what an agent left undecided, and opens nothing: 券呢."""
    heard, left = spoke.heard, state.left
    if left is None or (heard.order_nos and heard.order_nos[-1] != left.order_no):
        return False
    if tells_new_trouble(state, spoke):
        return False
    besides = bool(heard.issues) and heard.confident and manner.adds(spoke.plain)
    return not besides or manner.asks(spoke.plain)


def _is_of_settled(state: State, matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether what is said belongs to what was agreed on, or is for people beside it."""
    return (
        tells_of_rest(state, matter, spoke)
        or second_thoughts.wants_goods_besides(matter, spoke)
        or speaks_of_settled(matter, spoke)
        or second_thoughts.waits_and_sees(matter, spoke)
    )


def _take_with_none_open(state: State, spoke: CustomerSpoke) -> State:
    if state.matters and _says_unsolved(spoke):
        last = state.matters[-1].id
        return replace(state, repeated=last, active=last)
    return _take_up(state, spoke.heard, spoke)


def _take_else(state: State, current: Matter, spoke: CustomerSpoke) -> State:
    if settled := other_order.settled_meant(state, spoke):
        return replace(state, repeated=settled.id)
    if other_article.speaks_of_other(state, current, spoke):
        return other_article.take_it_up(state, current, spoke)
    fault = second_thoughts.fault_found(current, spoke)
    return take_fault(state, fault) if fault else state


def _take_up(state: State, heard: Heard, spoke: CustomerSpoke) -> State:
    """Open or go on with what is complained of, guessed or wished for."""
    current = state.current
    if (
        current
        and current.stage not in {"gathering", "with_person"}
        and (wish := second_thoughts.returned_for_taste(spoke))
    ):
        return open_matter(state, (), replace(heard, intent=wish))
    if turned := take_surer(state, spoke) or turn_to_threatened(state, heard):
        return turned
    if heard.issues:
        return take_issues(state, heard, adds=_adds(spoke))
    if guessed := _silently_guessed(state, heard):
        return _go_on(state, guessed, spoke)
    if current and current.stage in TALKING:
        return _take_wish(state, heard, current)
    if waited_for := _hurries(state, heard):
        return take_issues(state, replace(heard, issues=(waited_for,)))
    named = bool(heard.order_nos) and heard.demand == INVOICE and not heard.guess
    if named or asked_of_own(state, spoke) == INVOICE:
        return take_issues(state, replace(heard, issues=("invoice",)))
    if wish := wished(state, spoke):
        again = closed.taken_up_again(state, wish, spoke)
        return again or open_wish(state, wish, spoke)
    if stop_sign(heard.signs) or _asks_person_about_order(heard):
        return open_matter(state, (), heard)
    return state


def _adds(spoke: CustomerSpoke) -> bool:
    """Tell whether a complaint is brought up besides; 还有运费谁出 is none."""
    asks = manner.asks(spoke.plain) or exclusions.speaks_of_freight(spoke.plain)
    return manner.adds(spoke.plain) and not asks


def _without_refusal(heard: Heard) -> Heard:
    """What is said to an offer: "不赔就差评" haggles over it, and tells of no other refusal."""
    if heard.order_nos:
        return heard
    return replace(heard, issues=tuple(issue for issue in heard.issues if issue != "refused"))


def _says_unsolved(spoke: CustomerSpoke) -> bool:
    """Tell whether what a person closed is not over for the customer: 还没解决."""
    heard = spoke.heard
    clearly_else = bool(heard.issues) and heard.confident
    return not heard.order_nos and not clearly_else and afterthoughts.is_unsolved(spoke.plain)


def _hurries(state: State, heard: Heard) -> str | None:
    """Return what an order that was looked at waits for, where it is asked to be hurried on."""
    known = state.shown_order
    if heard.demand != "expedite" or known is None or known.record is None:
        return None
    return WAITED_FOR.get(str(known.record["status"]))


def _waits_for_person(matter: Matter, heard: Heard) -> bool:
    """Tell whether it is said to the person who was called: no dispute of its own."""
    if matter.stage != "with_person":
        return False
    if heard.order_nos and heard.order_nos[-1] != matter.order_no:
        return False
    told = set(heard.issues) - OF_OUR_ANSWER  # 凭什么不退 is said of what was refused here
    others = {TYPE_OF[i] for i in told} - {TYPE_OF[i] for i in matter.issues}
    return not (others and heard.confident)


def _go_on(state: State, guessed: str, spoke: CustomerSpoke) -> State:
    """Open what was meant by one who was asked, and named the order instead of answering."""
    before = _wished_before(state, spoke.heard)
    if before is None or state.unplaced is None:
        return open_guessed(state, guessed, spoke)
    return take_details(open_matter(replace(state, unplaced=None), (), before), state.unplaced)


def _wished_before(state: State, heard: Heard) -> Heard | None:
    """Return what was said before the question which issue it is, where that was a mere wish.

    "钢笔退", then the order's number: nobody said that anything is wrong with it.
    """
    bare = state.unplaced is not None and demands.only_wishes(state.unplaced.plain)
    told = state.unplaced.heard if state.unplaced and bare else None
    wish = told and (told.intent if told.intent in DEMAND_OF else INTENT_OF.get(told.demand or ""))
    if told is None or not wish or wish == "want_exchange":
        return None
    return replace(told, intent=wish, order_nos=heard.order_nos)


def _silently_guessed(state: State, heard: Heard) -> str | None:
    """Return the likeliest issue when the customer was asked, and went on with order or tail."""
    asked = state.question
    if asked is None or asked.what != "issue" or not asked.buttons:
        return None
    went_on = bool(heard.order_nos or heard.phone_tail)
    return asked.buttons[0].value.removeprefix("issue:") if went_on else None


def _lets_go(matter: Matter, spoke: CustomerSpoke) -> bool:
    """Tell whether the matter is dropped, or what was agreed on in it is wished undone."""
    text = spoke.plain
    if matter.stage == "approval" and (
        second_thoughts.still_wants_it(matter, spoke) or afterthoughts.only_if(text)
    ):
        return False
    if matter.stage == "approval" and _takes_back(matter, text):
        return True
    if (
        second_thoughts.is_under_way(matter)
        and afterthoughts.undoes(text)
        and not _is_new(matter, spoke.heard)
    ):
        return True
    if matter.issue == "none" and matter.stage in TALKING and wants_return_undone(text):
        return True  # what was only offered is dropped: 取消退货吧
    if second_thoughts.parcel_turned_up(matter, spoke) or traced.is_found(matter, spoke):
        return True
    never_told = matter.stage in TALKING and was_never_told(matter.issue, spoke)
    if never_told or second_thoughts.wants_order_back(matter, spoke):
        return True
    off = called_off.calls_off(matter, text) or called_off.drops_offer(matter, text)
    if off and not spoke.heard.order_nos:
        return True
    if matter.stage not in {*TALKING, "approval", "executing"} or not afterthoughts.lets_go(text):
        return False
    if exclusions.drops_only_an_option(matter, text):
        return False
    # "收到了" ends the wait for a parcel; to a broken cup it is an answer like any other.
    waits = matter.stage in TALKING and matter.issue in AWAITS_PARCEL
    return waits or not afterthoughts.only_arrived(text)


def _takes_back(matter: Matter, text: str) -> bool:
    """Tell whether what awaits approval is no longer wanted, and not only the way back."""
    stays = matter.granted_kind in MONEY_FOR_KEPT and afterthoughts.only_keeps_goods(text)
    return afterthoughts.takes_back(text) and not stays


def _is_new(matter: Matter, heard: Heard) -> bool:
    """Tell whether another order, danger or complaint is spoken of, not the remedy agreed on."""
    kind = matter.granted_kind
    other = heard.demand not in {None, kind, "cancel"}
    return bool(heard.order_nos or heard.signs or (heard.issues and heard.confident) or other)


def _asks_person_about_order(heard: Heard) -> bool:
    """A person is wanted for a named order: the dispute is on record even without a matter."""
    return heard.intent == "want_human" and bool(heard.order_nos)


def _take_wish(state: State, heard: Heard, current: Matter) -> State:
    """Let a customer who has not yet said what is wrong say what they want instead."""
    if current.issue == "none" and current.stage == "gathering" and heard.intent in DEMAND_OF:
        return state.with_matter(replace(current, intent=heard.intent))
    return state
