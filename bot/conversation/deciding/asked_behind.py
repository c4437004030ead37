"""The answer to what is asked behind the yes by which a remedy is granted; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.deciding import beside
from bot.conversation.shapes.state import State
from bot.conversation.shapes.steps import Grant, Say, Step
from bot.conversation.words.sentence.asked_behind import asked_behind_yes

_WHEN = re.compile(
    r"几[号天点]|哪天|多久|多长时间|(?:什么|啥)时候|何时|今天|明天|周末|快[点些]|尽快"
)


def with_answer(state: State, step: Step | None) -> Step | None:
    """Return the grant with the answer to what was asked behind its yes: 确认 几天到账."""
    question = asked_behind_yes(state.text) if isinstance(step, Grant) else ""
    if not isinstance(step, Grant) or not question:
        return step
    return replace(step, answer=_answer(state, step.matter, question))


def _answer(state: State, matter_id: str, question: str) -> Say:
    """Return what is said of the remedy that was just agreed to, and of no other."""
    matter, spoke = state.matter(matter_id), state.unanswered
    option = matter.offered(matter.picked) if matter else None
    if matter is None or option is None or spoke is None:
        return Say(about="remark", wording="asked_decided")
    agreed = replace(matter, offer=(option,))
    asked = replace(state.with_matter(agreed), unanswered=replace(spoke, text=question))
    told = None if _WHEN.search(question) else beside.answer_offer(asked, agreed)
    if isinstance(told, Say):
        return replace(told, options=())
    if _WHEN.search(question):
        facts = {"matter": matter_id, "topic": "when", "about": option["id"]}
        return Say(about="beside", wording="beside", facts=facts)
    return Say(about="remark", wording="asked_decided")
