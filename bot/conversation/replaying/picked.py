"""What the button changes that was pressed, or that the words stand for; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.replaying import other_article, other_order
from bot.conversation.replaying.anew import is_more_than_hurried, open_again
from bot.conversation.replaying.asked_of_own import fault_asked_of
from bot.conversation.replaying.details import take_details
from bot.conversation.replaying.matters import open_matter, reopen_or_open
from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import STATES_OF_GOODS
from bot.conversation.shapes.state import Button, Matter, State
from bot.conversation.words.answers.buttons import button_meant
from bot.conversation.words.sentence.manner import PARTICLES
from bot.conversation.words.things.articles import named_among, without_names, without_verb
from bot.conversation.words.wishes import demands, second_thoughts
from bot.remedies.wishes import DEMAND_OF, INTENT_OF
from nlp.quantities import PIECE

# What stands around the name of the article asked for: 换裤子, 我要退那条裤子吧.
_AROUND_NAME = re.compile(rf"(?:[我要想就是把给帮的那这退换货，,。.!！\s]|{PIECE}|[{PARTICLES}])*")


def take_choice(state: State, spoke: CustomerSpoke) -> State:
    """Return the state with what was picked; nothing is where something else is told of."""
    elsewhere = other_order.names_another(state, spoke) or other_order.names_several(state, spoke)
    button = None if elsewhere or tells_of_else(state, spoke) else button_meant(state, spoke)
    if button is None or _is_answered_already(state, button):
        return replace(state, stale_pick=bool(spoke.choices))
    state = replace(state, picked=button, wants_human=state.wants_human or button.kind == "human")
    matter = state.matter(button.matter)
    if button.kind == "order":
        return _pick_order_or_item(state, button)
    if button.value.startswith("issue:") and button.kind == "deny":
        return _take_wish_besides(state)
    if button.value.startswith("issue:") and button.kind == "confirm":
        return open_guessed(state, button.value.removeprefix("issue:"), spoke)
    if matter and button.value.startswith("goods:"):
        return _take_order_meant(state, matter, button)
    if matter and button.value == "no_photo":
        return state.with_matter(replace(matter, refused_evidence=True))
    if matter and is_more_than_hurried(matter, button):
        return replace(state.with_matter(open_again(matter)), active=matter.id)
    return state


def tells_of_else(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether a fault, or another article, is told of instead of picking anything."""
    current = state.current
    if current is None or spoke.choices:
        return False
    if other_order.settled_meant(state, spoke):
        return True
    fault = second_thoughts.fault_found(current, spoke)
    fault = None if _only_says_which(state, spoke) else fault
    return bool(fault) or other_article.speaks_of_other(state, current, spoke)


def _only_says_which(state: State, spoke: CustomerSpoke) -> bool:
    """Tell whether who was asked which article is meant says no more: 换裤子 is like no fault."""
    asked = state.question
    if asked is None or asked.what != "item" or spoke.heard.issues:
        return False
    titles = [button.label for button in asked.buttons[:-1]]
    text = without_verb(spoke.plain)
    only = _AROUND_NAME.fullmatch(without_names(text, titles)) is not None
    return only and bool(named_among(text, titles))


def open_guessed(state: State, issue: str, spoke: CustomerSpoke) -> State:
    """Open what the customer was asked about, with what they said when they were asked."""
    told = state.unplaced or spoke
    state = replace(state, unplaced=None)  # it is taken in below
    named = spoke.heard.order_nos
    heard = replace(told.heard, issues=(issue,), confident=True, order_nos=named)
    state = reopen_or_open(state, heard)
    return state if state.repeated else take_details(state, told)


def _take_wish_besides(state: State) -> State:
    """None of the issues asked about: the wish that was told with it is what is left."""
    told = state.unplaced
    if told is None or told.heard.signs:
        return state
    heard = told.heard
    wish = heard.intent if heard.intent in DEMAND_OF else INTENT_OF.get(heard.demand or "")
    if wish is None:
        return state
    heard = replace(heard, intent=wish, issues=())
    return take_details(open_matter(replace(state, unplaced=None), (), heard), told)


def _take_order_meant(state: State, matter: Matter, button: Button) -> State:
    """Keep that the order is meant, or let go of one whose number was given by mistake."""
    if button.kind == "confirm":
        order_no = button.value.removeprefix("goods:")
        return state.with_matter(replace(matter, order_meant=order_no))
    return replace(state.with_matter(replace(matter, order_no=None)), order_no=None)


def open_wish(state: State, wish: str, spoke: CustomerSpoke) -> State:
    """Open a matter of a wish, and of the fault that was told before it, if there was one."""
    heard = replace(spoke.heard, intent=wish, confident=False)
    fault = fault_asked_of(state, spoke) or _fault_shown(state, spoke)
    return open_matter(state, fault, heard)


def _fault_shown(state: State, spoke: CustomerSpoke) -> tuple[str, ...]:
    """Return the fault that a photo was sent of, in words not known, before a mere wish: 退吧.

    Which one it is was asked, and not answered; but that something is wrong with it was told.
    """
    asked, told = state.question, state.unplaced
    if asked is None or asked.what != "issue" or told is None or not state.loose_photo:
        return ()
    complains = told.heard.intent == "complain" or told.heard.issues or told.heard.guess
    taste = any(map(second_thoughts.tells_of_taste, (told.plain, spoke.plain)))
    if not complains or taste or demands.only_wishes(told.plain):
        return ()
    likely = [button.value.removeprefix("issue:") for button in asked.buttons]
    return (next((issue for issue in likely if issue in STATES_OF_GOODS), "defect"),)


def _is_answered_already(state: State, button: Button) -> bool:
    """A "是的" from long ago must not open the same dispute again, with remedies of its own.

    Nor may it stand for another order than the one that is talked of now.
    """
    asked = state.question.buttons if state.question else ()
    return button.value.startswith(("issue:", "goods:")) and button not in asked


def _pick_order_or_item(state: State, button: Button) -> State:
    matter = state.matter(button.matter) or state.current
    if button.value.startswith("sku:"):
        if matter is None:
            return state
        sku = button.value.removeprefix("sku:")
        return state.with_matter(replace(matter, sku=sku or None, whole_order=not sku))
    state = replace(state, order_no=button.value)
    if matter and matter.stage == "gathering":
        picked = replace(matter, order_no=button.value, order_meant=button.value)
        return state.with_matter(picked)
    return replace(state, wants_status=True)
