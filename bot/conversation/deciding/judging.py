"""What the policy says to a matter, from the order's facts and all that was said; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.deciding.new_value import leaves_city_open, value_wanted
from bot.conversation.replaying.other_article import without_their_returns
from bot.conversation.shapes.state import KnownOrder, Matter, State, is_left
from bot.conversation.words.answers.invoices import lacks_firm
from bot.conversation.words.sentence import yes_no
from bot.conversation.words.things import at_hand
from bot.conversation.words.things.articles import (
    all_named,
    all_of_one,
    given_up_among,
    gives_up_some,
    means_another,
    named_among,
    names_gift,
    the_one,
)
from bot.conversation.words.things.dispatch import is_remark
from bot.conversation.words.things.how_many import changes_number
from bot.conversation.words.things.intact import is_in_shards, is_spoilt, keeps_gift
from bot.conversation.words.things.parcels import has_refused_parcel
from bot.conversation.words.things.parts import lacks_part
from bot.conversation.words.things.sums import asks_fee_unpaid
from bot.conversation.words.wishes.all_back import each_goes_back, wishes_all_back
from bot.conversation.words.wishes.demands import wants_all
from bot.order_record import OrderRecord
from bot.remedies.assess import assess
from bot.remedies.case import is_gift
from bot.remedies.claim import Claim
from bot.remedies.given import still_counted
from bot.remedies.policy import Policy
from bot.remedies.verdict import MONEY_BACK, NUDGES, TOLD, RemedyKind, RemedyOption, Verdict
from bot.remedies.wishes import SERVES
from nlp.normalise import normalise
from nlp.quantities import counts_roughly


def needs_person(state: State, matter: Matter, policy: Policy, now: datetime) -> bool:
    """Tell whether what was said since the offer takes the matter out of the rules' hands."""
    unclear = counts_across_articles(matter, looked_up(state, matter))
    return unclear or judge(state, matter, policy, now).escalation is not None


def counts_across_articles(matter: Matter, order: KnownOrder) -> bool:
    """Tell whether pieces are counted of several articles at once: 碗和盘子各碎了一个."""
    lines = order.lines
    bought = sum(line["quantity"] for line in lines)
    counted = matter.quantity is not None and matter.quantity < bought
    return matter.whole_order and len(lines) > 1 and counted


def judge(state: State, matter: Matter, policy: Policy, now: datetime) -> Verdict:
    """Return the policy's verdict; what an agent may have given in words, a person releases."""
    verdict = judge_plainly(state, matter, policy, now)
    of_order = [m for m in state.matters if m.order_no == matter.order_no and is_left(m)]
    if not matter.by_agent and not of_order:
        return verdict
    return replace(verdict, options=tuple(map(_released_by_agent, verdict.options)))


def only_people_can_give(matter: Matter, verdict: Verdict) -> bool:
    """Tell whether nothing is on offer, or not what an agent agreed to and is called for."""
    kinds = {str(option.kind) for option in verdict.options}
    agreed = matter.agreed if matter.agreed == matter.demand else None
    if agreed is not None and not kinds & {agreed, *SERVES.get(agreed, ())}:
        return True
    return kinds <= {str(RemedyKind.HANDOVER)}


def _released_by_agent(option: RemedyOption) -> RemedyOption:
    gives_nothing = option.kind in TOLD | NUDGES | {RemedyKind.HANDOVER}
    alone = option.tier == "bot" and not gives_nothing
    return replace(option, tier="L1") if alone else option


def judge_plainly(state: State, matter: Matter, policy: Policy, now: datetime) -> Verdict:
    """Return the policy's verdict on the matter, from the order's facts as looked up."""
    order = looked_up(state, matter)
    record = OrderRecord.from_stored(order.record)
    # What the order system has already paid back is missing from what it holds, so of our grants
    # only the rest still counts against that.
    paid_back = sum(p.amount_fen for p in record.payments if p.status == "refunded")
    granted_fen = max(0, order.granted_fen - paid_back)
    named = None if matter.whole_order else _named_article(matter, record)
    sku = matter.sku or named or _offered_article(matter)
    record = without_their_returns(state, matter, record, sku)
    claim = _claim(state, matter, record)
    if record.returns and named:  # of which article a return is tells nothing of the others
        claim = replace(claim, sku=sku)
    given, own = still_counted(order.standing, record.payments), frozenset(order.own_returns)
    verdict = assess(policy, record, claim, now, granted_fen, given, own)
    if "item" in verdict.missing and (sku or _names_all(matter, record)):
        claim = replace(claim, sku=sku, whole_order=sku is None)
        verdict = assess(policy, record, claim, now, granted_fen, given, own)
    if "correction" in verdict.missing and _wants_out(matter):
        claim = replace(claim, issue="none", issues=("none",), intent="want_cancel")
        return assess(policy, record, claim, now, granted_fen, given, own)
    if lacks_firm(matter) and any(option.kind == "invoice" for option in verdict.options):
        return replace(verdict, missing=("correction",))  # the one on record is of another kind
    if leaves_city_open(state, matter) and verdict.options:
        return replace(verdict, missing=("correction",))
    return verdict


def judge_offered(state: State, matter: Matter, policy: Policy, now: datetime) -> Verdict:
    """Return the verdict for the demand that the standing offer was made for.

    退款 may bring a parcel's interception on the table: whoever names that, or anything else of
    the offer, asks for nothing that would take it off again.
    """
    return judge(state, replace(matter, demand=matter.offered_for), policy, now)


def _wants_out(matter: Matter) -> bool:
    """Tell whether the customer wants the order ended rather than put right."""
    out = {"want_cancel", "want_refund", "want_return"}
    return matter.intent in out or matter.demand in MONEY_BACK


def looked_up(state: State, matter: Matter) -> KnownOrder:
    """Return the order of the matter as it was looked up last."""
    return state.orders[matter.order_no or ""]


def _named_article(matter: Matter, record: OrderRecord) -> str | None:
    """Return the only article that the customer's words name, so that nobody asks for it."""
    titles = [line.title for line in record.lines]
    told = at_hand.without_lack(matter.told)
    at = the_one(told, titles)
    if at is None:
        at = all_of_one(told, titles, [line.quantity for line in record.lines])
    if at is not None:
        return record.lines[at].sku
    gifts = [line.sku for line in record.lines if is_gift(line)]
    return gifts[0] if len(gifts) == 1 and names_gift(matter.told) else None


def _names_all(matter: Matter, record: OrderRecord) -> bool:
    """Tell whether every article is named as meant, so that nobody asks which one it is."""
    titles = [line.title for line in record.lines]
    lines = [line for line in record.lines if not is_gift(line)]
    bought, pieces = [line.title for line in lines], sum(line.quantity for line in lines)
    back = matter.issue == "none" and _wants_out(matter)
    if back and wishes_all_back(matter.told, pieces, titles):
        return True
    each = matter.issue == "none" and each_goes_back(matter.told, bought)
    return matter.quantity is None and (each or all_named(matter.told, titles))


def _offered_article(matter: Matter) -> str | None:
    """Return the article that the standing offer is for, unless another was said to be meant.

    A word about the others beside it, 牛仔裤挺好的, puts it in no doubt; nor does any once the
    customer was asked to confirm what is for this article.
    """
    picked = matter.offered(matter.picked)
    skus = {option["detail"].get("sku") for option in ((picked,) if picked else matter.offer)}
    certain = picked is not None or not means_another(matter.told)
    return skus.pop() if len(skus) == 1 and certain else None


def _wants_part_only(matter: Matter, record: OrderRecord) -> bool:
    """Tell whether some of what was bought is given up, and the rest is still wanted."""
    bought = [line for line in record.lines if not is_gift(line)]
    if sum(line.quantity for line in bought) < 2:
        return False
    titles = [line.title for line in bought]
    named = given_up_among(matter.told, titles) or named_among(matter.told, titles)
    pieces = sum(bought[at].quantity for at in named or range(len(bought)))
    # More than were bought are no pieces of it: a 四件套 is one.
    fewer = matter.quantity is not None and matter.quantity < pieces
    some = fewer or (not matter.whole_order and 0 < len(named) < len(bought))
    all_counted = matter.quantity == pieces and len(named) in {0, len(bought)}
    given_up = gives_up_some(matter.told) and not all_counted
    return given_up or (_wants_out(matter) and some)


def _changes_number(matter: Matter, record: OrderRecord) -> bool:
    """Tell whether the order is to go on with another number of pieces in it."""
    ends = matter.demand is not None and matter.demand in MONEY_BACK
    return not ends and changes_number(matter.told, [line.title for line in record.lines])


def _keeps_gift(matter: Matter, record: OrderRecord) -> bool:
    gifts = [line.title for line in record.lines if is_gift(line)]
    bought = [line.title for line in record.lines if not is_gift(line)]
    return keeps_gift(matter.told, gifts, bought)


def _claim(state: State, matter: Matter, record: OrderRecord) -> Claim:
    return Claim(
        issue=matter.issue,
        issues=matter.issues,
        intent=matter.intent,
        demand=matter.demand,
        has_photo=matter.has_photo,
        refused_evidence=matter.refused_evidence or _passed_over(state, matter, "photo"),
        sku=matter.sku,
        whole_order=matter.whole_order,
        part_only=_wants_part_only(matter, record),
        number_changed=_changes_number(matter, record),
        quantity=matter.quantity,
        quantity_unit=matter.quantity_unit,
        uncounted=counts_roughly(normalise(matter.told).text),
        bad_share=matter.bad_share,
        amount_fen=matter.amount_fen,
        correction=value_wanted(state, matter),
        refused_parcel=any(
            has_refused_parcel(m.told) for m in state.matters if m.order_no == matter.order_no
        ),
        remark=matter.intent == "want_correction" and is_remark(matter.told),
        worthless=is_in_shards(matter.told),
        all_back=wants_all(matter.told),
        lacks_part=_lacks_part(matter, record),
        declined=matter.declined,
        multiples=matter.multiples,
        fee_wanted=asks_fee_unpaid(matter.told),
        on_site=matter.on_site,
        keeps_gift=_keeps_gift(matter, record),
        spoilt=is_spoilt(matter.told),
        unopened=matter.unopened,
        concessions=matter.concessions,
    )


def _lacks_part(matter: Matter, record: OrderRecord) -> bool:
    """Tell whether only a part of an article is missing; what came free may be an article."""
    if matter.issue != "missing_item" or any(map(is_gift, record.lines)):
        return False
    return lacks_part(matter.told, [line.title for line in record.lines])


def _passed_over(state: State, matter: Matter, what: str) -> bool:
    """Asked for, reminded of once, and still answered with something else."""
    reminded = state.asked.get(f"{matter.id}:{what}_reminder", 0)
    return bool(reminded) and not goes_to_fetch(state)


def goes_to_fetch(state: State) -> bool:
    """Tell whether a photo was asked for, and is about to be taken."""
    text = state.text
    asked = state.question is not None and state.question.what == "photo"
    return asked and (yes_no.says_yes(text) or at_hand.goes_to_fetch(text))
