"""What is said to who was asked for a new value, and said something else instead; pure."""

from __future__ import annotations

from bot.conversation.deciding.new_value import ask_city, leaves_city_open
from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.state import Matter, State
from bot.conversation.shapes.steps import Ask, HandOver, Say
from bot.conversation.words.answers.corrected import leaves_value_in_doubt
from bot.conversation.words.answers.invoices import form_asked, form_lacking, lacks_firm
from bot.conversation.words.sentence import consent, manner
from bot.remedies.verdict import Verdict

REMINDERS = 2  # of an offer or a question that stands; then a person is asked in


def remind_of_correction(state: State, matter: Matter, verdict: Verdict) -> Say | None:
    """Return the answer to what was said, and what is still waited for; None where it is not.

    A photo may show the new value, which is for a person to read.
    """
    asked = state.asked.get(f"{matter.id}:correction", 0)
    reminded = state.asked.get(f"{matter.id}:correction_reminder", 0)
    waited_for = "correction" in verdict.missing and asked and reminded < REMINDERS
    spoke = state.unanswered
    if not waited_for or (spoke and spoke.photos):
        return None
    heard = spoke.heard if spoke else Heard()
    asks = spoke is not None and heard.intent in {"ask_policy", "ask_product"}
    facts = {
        "matter": matter.id,
        "question": spoke.plain if spoke and asks else None,
        "reasons": verdict.reasons,
        "form": _form(matter, spoke.plain if spoke else ""),
    }
    return Say(about="correction_reminder", wording="correction_reminder", facts=facts)


def ask_right_value(state: State, matter: Matter) -> Ask | HandOver | None:
    """Ask for the whole value where that on offer is said to be wrong, and no other surely told.

    A person sees to what is unclear once it was asked for: what is known to be wrong is no offer.
    """
    spoke, asked = state.unanswered, state.question
    if spoke is None:
        return None
    facts = {"matter": matter.id, "correction": matter.correction}
    once_more = Ask(what="correction", wording="ask_right_value", facts=facts, matter=matter.id)
    doubt = leaves_value_in_doubt(matter, spoke)
    before = asked is not None and (asked.what, asked.matter) == ("correction", matter.id)
    times = state.asked.get(f"{matter.id}:correction", 0)
    if before and matter.correction and consent.consents(spoke.plain) and times < REMINDERS:
        return ask_city(state, matter) if leaves_city_open(state, matter) else once_more
    if before and matter.correction and (doubt or _tells_no_more(spoke)):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    return once_more if doubt else None


def _tells_no_more(spoke: CustomerSpoke) -> bool:
    """Tell whether something is told, and neither asked nor wished for."""
    tells = spoke.heard.intent not in {"ask_policy", "ask_product", "greet", "thank"}
    return tells and not (spoke.heard.demand or manner.asks(spoke.plain))


def _form(matter: Matter, text: str) -> str | None:
    """Return which kind of invoice is asked for, or what a special one lacks still."""
    asked = form_asked(matter, text)
    if asked in {None, "special"} and lacks_firm(matter):
        return form_lacking(matter)
    return asked
