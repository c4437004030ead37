"""Whether what was just said of the matter makes the sums on offer other ones; pure."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.deciding.judging import judge_offered, looked_up
from bot.conversation.shapes.state import OFFERED, Matter, State
from bot.conversation.shapes.verdicts import same_options
from bot.conversation.words.answers.corrected import correcting
from bot.conversation.words.answers.corrections import named_correction
from bot.conversation.words.things.articles import means_another, named_among
from bot.conversation.words.things.intact import is_in_shards
from bot.remedies.policy import Policy


def reckons_anew(state: State, matter: Matter, policy: Policy, now: datetime) -> bool:
    """Tell whether other pieces, another share, sum or article than offered for was just told.

    少了4包 beside an offer for two: whoever reads the old sums again would confirm a wrong one.
    """
    if matter.stage not in OFFERED or not _tells_how_much(state, matter):
        return False
    return not same_options(judge_offered(state, matter, policy, now).options, matter.offer)


def _tells_how_much(state: State, matter: Matter) -> bool:
    """Tell whether the message counts, names a sum, or says that another article is meant."""
    spoke = state.unanswered
    if state.picked is not None and state.picked.value.startswith("sku:"):
        return True
    if spoke is None or spoke.choices:
        return False
    if matter.issue == "damaged" and is_in_shards(spoke.plain):
        return True  # nothing of it is to be sent back
    heard = spoke.heard
    kinds = {str(option["kind"]) for option in matter.offer}
    if not kinds & {*correcting(matter)} and named_correction(matter, spoke):
        return True  # nothing on offer writes down what is to stand in the order instead
    if any(told is not None for told in (heard.quantity, heard.bad_share, heard.amount_fen)):
        return True
    if not means_another(spoke.plain):
        return False  # 牛仔裤挺好的 beside an offer for the shirt asks for nothing
    lines = looked_up(state, matter).lines
    return bool(named_among(spoke.plain, [line["title"] for line in lines]))
