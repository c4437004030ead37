"""Whether a question is answered by what the customer was told already; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.conversation.words.sentence.manner import is_short

# What may be asked about beside an offer, by the word that names it.
_SUBJECT = re.compile(r"拒收|改派|拦|吊牌|包装|配件|赠品|运费险|预授权")
# What is asked of it, and what a sentence must hold to answer that.
_ASPECTS = (
    (re.compile(r"钱|费|付|谁出|我出|扣|贵|免费"), re.compile(r"费|\d元")),
    (
        re.compile(r"多久|几天|多长|什么时候|啥时候|几点|哪天|何时"),
        re.compile(r"\d(?:小时|天|日|个工作日)"),
    ),
    (
        re.compile(r"可以|能|行[吗不]|[吗么嘛?？]|要不要"),
        re.compile(r"可以|能|[拦收改]不|不保证|要"),
    ),
)
_SENTENCE_END = re.compile(r"[。；\n]")
_GROUND = re.compile(r"^依据：")
_NO_ANSWER = re.compile(r"回复“人工”|您希望的")  # ways on, not facts


def told_of(question: str, told: Iterable[str]) -> str | None:
    """Return the sentences among those told that answer a question; None where none does."""
    subjects = set(_SUBJECT.findall(question)) if is_short(question) else set()
    wanted = next((has for asks, has in _ASPECTS if asks.search(question)), None)
    if not subjects or wanted is None:
        return None
    sentences = (_GROUND.sub("", s) for text in told for s in _SENTENCE_END.split(text))
    found = [
        sentence
        for sentence in dict.fromkeys(sentences)
        if all(subject in sentence for subject in subjects)
        and wanted.search(sentence)
        and not _NO_ANSWER.search(sentence)
    ]
    return "；".join(found) or None
