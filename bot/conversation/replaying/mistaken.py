"""What was told by mistake is put right in the matter that it was told of; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke
from bot.conversation.shapes.issue_groups import FAULTS
from bot.conversation.shapes.state import TALKING, Matter, State
from bot.conversation.words.matters.mistaken import (
    article_instead,
    fault_instead,
    no_fault_after_all,
    only_fits_badly,
)
from bot.conversation.words.wishes.second_thoughts import tells_of_taste
from bot.remedies.wishes import DEMAND_OF, INTENT_OF
from nlp.labels import NONE

_GIVES_BACK = frozenset({"refund", "return_refund", "exchange", "cancel"})
_UNWANTED = re.compile(
    r"不(?:想|太想)?要|多余|买多|买重|重复|用不[上着到]|没地方|放不下|退|不想|闲置"
)


def put_right(state: State, spoke: CustomerSpoke) -> tuple[State, CustomerSpoke]:
    """Return the state with the article or fault meant instead, and what else is said with it."""
    matter = state.current
    plain = spoke.choices or spoke.heard.order_nos or spoke.heard.signs
    if matter is None or matter.stage not in TALKING or plain:
        return state, spoke
    if fault := fault_instead(matter.issue, spoke):
        anew = replace(
            matter, issue=fault, issues=(fault,), stage="gathering", picked=None, offer=(),
            verdict=None,
        )  # fmt: skip
        return replace(state.with_matter(anew), question=None), _without_issues(spoke)
    if _wants_it_gone(matter, spoke.plain) and no_fault_after_all(matter.issue, spoke):
        return replace(state.with_matter(_only_unwanted(matter)), question=None), _without_issues(
            spoke
        )
    order, own = state.order_of(matter), matter.article
    lines = order.lines if order and order.owned else ()
    skus = [str(line["sku"]) for line in lines]
    more = set(spoke.heard.issues) & FAULTS - {*matter.issues, "wrong_item"}
    if own not in skus or (more and spoke.heard.confident):
        return state, spoke
    at = article_instead(spoke.plain, [str(line["title"]) for line in lines], skus.index(own))
    if at is None:
        return state, spoke
    meant = replace(matter, sku=skus[at], whole_order=False)
    return state.with_matter(meant), _without_issues(spoke)


def _wants_it_gone(matter: Matter, text: str) -> bool:
    """Tell whether the goods are to go back: 耳机没毛病 是我电脑静音了 wants nothing any more."""
    badly = tells_of_taste(text) or only_fits_badly(text)
    return matter.demand in _GIVES_BACK or badly or bool(_UNWANTED.search(text))


def _only_unwanted(matter: Matter) -> Matter:
    """Return the matter as the mere wish that it is, with what is wished as far as it was told."""
    wish = INTENT_OF.get(matter.demand or "")
    intent = next((w for w in (matter.intent, wish) if w in DEMAND_OF), "want_return")
    return replace(
        matter, issue=NONE, issues=(NONE,), intent=intent, guessed=False, stage="gathering",
        picked=None, offer=(), verdict=None,
    )  # fmt: skip


def _without_issues(spoke: CustomerSpoke) -> CustomerSpoke:
    """It is the same complaint, and no second one beside it."""
    return spoke.heard_as(issues=(), confident=False)
