"""Whether what was just said of the matter makes the sums on offer other ones; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.articles import means_another, named_among
from bot.conversation.judging import judge, order_of
from bot.conversation.state import Matter, State
from bot.remedies.policy import Policy
from bot.remedies.verdict import RemedyOption


def reckons_anew(state: State, matter: Matter, policy: Policy, now: datetime) -> bool:
    """Tell whether other pieces, another share, sum or article than offered for was just told.

    少了4包 beside an offer for two: whoever reads the old sums again would confirm a wrong one.
    """
    if matter.stage not in {"offered", "confirming"} or not _tells_how_much(state, matter):
        return False
    return not same_options(judge(state, matter, policy, now).options, matter.offer)


def same_options(judged: Sequence[RemedyOption], shown: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether these are the remedies that were shown, whatever the customer added to one."""
    ours = [
        repr((str(o.kind), o.amount_fen, o.return_freight, _of_goods(o.detail))) for o in judged
    ]
    theirs = [
        repr((str(o["kind"]), o["amount_fen"], o["return_freight"], _of_goods(o["detail"])))
        for o in shown
    ]
    # What is wished for comes first, and may have been wished since.
    return sorted(ours) == sorted(theirs)


def _of_goods(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {key: detail.get(key) for key in ("sku", "quantity")}


def _tells_how_much(state: State, matter: Matter) -> bool:
    """Tell whether the message counts, names a sum, or says that another article is meant."""
    spoke = state.unanswered
    if state.picked is not None and state.picked.value.startswith("sku:"):
        return True
    if spoke is None or spoke.choices:
        return False
    heard = spoke.heard
    if any(told is not None for told in (heard.quantity, heard.bad_share, heard.amount_fen)):
        return True
    if not means_another(spoke.plain):
        return False  # 牛仔裤挺好的 beside an offer for the shirt asks for nothing
    lines = (order_of(state, matter).record or {}).get("lines", ())
    return bool(named_among(spoke.plain, [line["title"] for line in lines]))
