"""What a person who holds the chat may release in a matter: the policy's own options; pure.

The policy judges as it does for the bot. A person stands in only for what the bot must leave to
people: whether there is proof, and what was refused, or asked for beyond the price, before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.deciding.find_order import step_to_meant
from bot.conversation.deciding.given_before import articles_of, helped_before
from bot.conversation.deciding.judging import (
    counts_across_articles,
    judge_plainly,
    looked_up,
)
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import Matter, State
from bot.levels import LEVELS, Level
from bot.remedies.policy import Policy
from bot.remedies.verdict import NUDGES, TOLD, RemedyKind, RemedyOption, Verdict

WORDS_ONLY = TOLD | {RemedyKind.HANDOVER}  # a person says these themselves
UNKNOWN = {
    "item": "是哪一件商品",
    "quantity": "一共几件",
    "bad_share": "坏了多少",
    "correction": "要改成什么",
    "amount": "顾客看到的金额是多少",
}

NO_MATTER = "系统升级后认不出这件事了，不能从这里放行；请核对纠纷和方案记录，交主管处理"
NO_ORDER = "还不知道是哪笔订单，请先向顾客问清订单号"
NO_SUCH_ORDER = "订单系统里没有这笔订单，请先向顾客核对订单号"
NOT_OWNED = "还没有核对订单是顾客本人的，请顾客在会话里报下单或收货手机号的后四位"
UNDER_WAY = "这件事已有方案在办，办完或审批完之前不能再放行别的"
UNDER_WAY_HERE = "同一件商品已有别的方案在办，等有了结果再放行"
COUNTED_TOGETHER = "顾客把几样商品的件数合在一起说了，分不清各有几件，请先在会话里问清"
NO_RULE = "按政策没有现成的方案可以放行，要由人判断"
NOTHING_DUE = "按政策没有可以放行的方案。"
GIVEN_ALREADY = "政策允许的方案这件事都已经办过了，不会再办一次"
UNPROVEN = "顾客没有发照片，由您的判断代替凭证"
REFUSED_BEFORE = "这个方案之前审批时被拒绝过"
OTHER_GOODS = "顾客说的东西和这笔订单里的商品对不上，请先核对是不是这一单"
HELPED_BEFORE = "这笔订单为同一件事或同一件商品办过别的方案，请先核对，以免重复"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A remedy that may be released, on which verdict, and at which level at least.

    `beware` says what a person answers for with a reason.
    """

    option: RemedyOption
    verdict: Verdict
    level: Level
    beware: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """The remedies that may be released; or `why` there is none, as a Chinese sentence."""

    choices: tuple[Choice, ...] = ()
    reasons: tuple[str, ...] = ()  # the policy's sentences
    why: str | None = None


def releasable(
    state: State,
    matter: Matter,
    policy: Policy,
    now: datetime,
    under_way: Sequence[Mapping[str, Any]] = (),
) -> ByHand:
    """Return what may be released in the matter, whose order was just looked up.

    `under_way` are the remedies on their way on the order, from every chat: {mine, sku, skus}.
    """
    if why := _closed_to_people(state, matter, under_way):
        return ByHand(why=why)
    asked = replace(matter, declined=frozenset(), multiples=False)
    proven = replace(asked, has_photo=True)
    whole = judge_plainly(state, proven, policy, now)
    if whole.escalation is not None:
        return ByHand(why=f"{NO_RULE}。已核对：{'；'.join(whole.checked)}")
    skus = _articles(state, matter) if "item" in whole.missing else (matter.sku,)
    found = [
        (judge_plainly(state, replace(proven, sku=sku), policy, now),
         judge_plainly(state, replace(asked, sku=sku), policy, now))
        for sku in skus
    ]  # fmt: skip
    choices = [
        _choice(state, matter, verdict, plain, option)
        for verdict, plain in found
        for option in verdict.options
        if option.kind not in WORDS_ONLY and not _swaps_for_the_same(matter, option)
    ]
    reasons = tuple(dict.fromkeys(r for verdict, _ in found for r in verdict.reasons))
    missing = [what for verdict, _ in found for what in _unknown(matter, verdict)]
    if not choices and (missing or not skus):
        unknown = "、".join(dict.fromkeys(UNKNOWN[what] for what in missing or ["item"]))
        return ByHand(why=f"还不知道{unknown}，请先在会话里向顾客问清")
    fresh = [c for c in choices if not _is_repeated(state, matter, c.option)]
    free = [c for c in fresh if not _is_in_the_way(c.option, under_way)]
    why = None
    if not free:
        why = UNDER_WAY_HERE if fresh else GIVEN_ALREADY if choices else None
        why = why or f"{NOTHING_DUE}{''.join(reasons)}"
    return ByHand(choices=tuple(free), reasons=reasons, why=why)


def _closed_to_people(
    state: State, matter: Matter, under_way: Sequence[Mapping[str, Any]]
) -> str | None:
    """Return why nothing can be judged yet, or must not be given at the moment; or None."""
    known = state.order_of(matter)
    if known is None:
        return NO_ORDER
    if known.record is None:
        return NO_SUCH_ORDER
    if not known.owned:
        return NOT_OWNED
    if matter.stage in {"approval", "executing"} or any(one["mine"] for one in under_way):
        return UNDER_WAY
    return COUNTED_TOGETHER if counts_across_articles(matter, known) else None


def _unknown(matter: Matter, verdict: Verdict) -> tuple[str, ...]:
    """Return what is not known yet, though something may be given without it."""
    same = any(_swaps_for_the_same(matter, option) for option in verdict.options)
    return (*verdict.missing, *(("correction",) if same else ()))


def _swaps_for_the_same(matter: Matter, option: RemedyOption) -> bool:
    """Tell whether goods in order would be exchanged for nobody knows what: the same again."""
    sound = matter.issue in FAULTLESS and not matter.correction
    return sound and option.kind == RemedyKind.EXCHANGE


def _articles(state: State, matter: Matter) -> tuple[str | None, ...]:
    """Return the articles one of which may be meant: of no other was as much bought as told."""
    told, bought = matter.quantity or 0, dict[str | None, int]()
    for line in looked_up(state, matter).lines:
        bought[line["sku"]] = bought.get(line["sku"], 0) + line["quantity"]
    return tuple(sku for sku, pieces in bought.items() if pieces >= told)


def _choice(
    state: State, matter: Matter, verdict: Verdict, plain: Verdict, option: RemedyOption
) -> Choice:
    """Return the option with who may release it at least, and what to beware of."""
    levels = ["L1" if option.tier == "bot" else option.tier, _raised(matter)]
    beware = []
    if not any(_is_same(option, other) for other in plain.options):
        beware.append(UNPROVEN)
    if step_to_meant(state, matter) is not None:
        beware.append(OTHER_GOODS)
    refused = (r for r in matter.remedies if r.state == "refused")
    if any(r.option["kind"] == option.kind for r in refused):
        beware.append(REFUSED_BEFORE)
        levels.append("L2")
    if helped_before(state, matter, replace(verdict, options=(option,)), own=True):
        beware.append(HELPED_BEFORE)
        levels.append("L2")
    return Choice(
        option=option,
        verdict=verdict,
        level=LEVELS[max(map(_place, levels))],
        beware=tuple(beware),
    )


def _raised(matter: Matter) -> str:
    """Return how high up people were called for the matter, not for a sum asked for before."""
    by_sum = matter.escalated is not None and matter.escalated[0] == "E5" and not matter.multiples
    return "L1" if matter.escalated is None or by_sum else matter.escalated[1]


def _place(level: str) -> int:
    return [*LEVELS].index(level)  # type: ignore[arg-type]  # stored levels are plain words


def _is_same(one: RemedyOption, other: RemedyOption) -> bool:
    return (one.kind, one.amount_fen, one.detail) == (other.kind, other.amount_fen, other.detail)


def _is_repeated(state: State, matter: Matter, option: RemedyOption) -> bool:
    """Tell whether the matter was given just this kind before, for the article or for all."""
    sku = option.detail.get("sku")
    return option.kind not in NUDGES and any(
        given["matter"] == matter.id
        and given["kind"] == option.kind
        and (not sku or not articles_of(given) or sku in articles_of(given))
        for given in looked_up(state, matter).standing
    )


def _is_in_the_way(option: RemedyOption, under_way: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether another remedy is on its way for an article of the option's."""
    if option.kind in NUDGES:
        return False
    mine = {option.detail.get("sku"), *option.detail.get("skus", ())} - {None}
    return any(
        not mine or not articles_of(one) or bool(mine & articles_of(one)) for one in under_way
    )
