"""Everything that is no dispute: greetings, thanks, questions of policy, unclear messages."""

from __future__ import annotations

from bot.conversation.events import Heard
from bot.conversation.find_order import human_button, next_ids
from bot.conversation.settle import remind
from bot.conversation.state import Button, State
from bot.conversation.steps import Ask, HandOver, Say, Step
from nlp.labels import ISSUE_NAMES

UNCLEAR_BEFORE_PERSON = 2
# A wish or a complaint that does not say what is wrong.
UNNAMED = frozenset({"complain", "want_compensation", "want_repair", "want_correction"})


def small_talk(state: State) -> Step:
    """Return an answer to a message that belongs to no matter; there always is one."""
    heard = state.unanswered.heard if state.unanswered else Heard()
    text = state.unanswered.text.strip() if state.unanswered else ""
    matter = state.current
    options = remind(state, matter) if matter else ()
    if heard.intent in {"ask_policy", "ask_product"}:
        beside = matter is not None and (matter.stage != "ended" or matter.remedy is not None)
        return Say(about=heard.intent, wording=heard.intent,
                   facts={"question": text, "beside": beside},
                   options=options or (human_button(state),))  # fmt: skip
    if state.unanswered and state.unanswered.photos:
        return Ask(what="matter", wording="photo_alone")
    if heard.guess and not state.asked.get("None:issue"):
        return _ask_issue(state, (heard.guess, *heard.other_guesses))
    if heard.intent in UNNAMED:
        return _ask_matter(state)
    if heard.intent in {"greet", "thank"}:
        return Say(about=heard.intent, wording=heard.intent, options=options)
    if matter and matter.remedy and heard.intent in {"confirm", "deny", "inform"}:
        return Say(about="afterwards", wording="afterwards", facts={"matter": matter.id})
    return _unclear(state, text)


def _open_matter(state: State) -> str | None:
    matter = state.current
    return matter.id if matter and matter.stage != "ended" else None


def _ask_issue(state: State, guesses: tuple[str, ...]) -> Step:
    """Lay the likeliest issues before the customer, once, rather than guess at money."""
    *ids, last = next_ids(state, len(guesses) + 1)
    meant = (
        Button(id=id_, label=ISSUE_NAMES[issue], kind="confirm", value=f"issue:{issue}")
        for id_, issue in zip(ids, guesses, strict=True)
    )
    none = Button(id=last, label="都不是", kind="deny", value="issue:")
    return Ask(what="issue", wording="ask_issue", options=(*meant, none))


def _ask_matter(state: State) -> Step:
    asked = state.asked.get("None:matter", 0)
    if asked >= UNCLEAR_BEFORE_PERSON:
        return HandOver(reason="E13", level="L1", matter=_open_matter(state))
    wording = "ask_matter" if asked == 0 else "ask_matter_help"
    return Ask(what="matter", wording=wording, options=(human_button(state),) if asked else ())


def _unclear(state: State, text: str) -> Step:
    if not text:
        return Say(about="empty", wording="empty")
    if state.asked.get(f"{state.active}:unclear", 0) >= UNCLEAR_BEFORE_PERSON:
        return Say(about="unclear", wording="unclear_again", options=(human_button(state),))
    return Say(about="unclear", wording="unclear")
