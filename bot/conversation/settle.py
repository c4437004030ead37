"""A dispute on its way from the facts to a decided end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import events as ev
from bot.conversation import phrases
from bot.conversation.articles import gives_up_some, named_among, names_gift, the_one
from bot.conversation.find_order import human_button, next_ids, step_to_meant, step_to_order
from bot.conversation.matters import DELAYS
from bot.conversation.other_article import without_their_returns
from bot.conversation.reminders import remind_of_correction
from bot.conversation.replay import TOLD
from bot.conversation.state import Button, KnownOrder, Matter, State
from bot.conversation.steps import Ask, Grant, HandOver, Note, Offer, Say, Step
from bot.order_record import OrderRecord
from bot.remedies.assess import assess
from bot.remedies.case import is_gift
from bot.remedies.claim import Claim
from bot.remedies.given import still_counted
from bot.remedies.policy import Policy
from bot.remedies.verdict import RemedyKind, RemedyOption, Verdict
from nlp.labels import TYPE_OF

# Remedies that bind nobody and move nothing need no "are you sure".
UNCONFIRMED = frozenset({"expedite", "trace", "explain", "reject"})
# Remedies that settle what becomes of an article: it gets one of them.
FOR_GOODS = frozenset(
    {"refund", "return_refund", "partial_refund", "exchange", "reship", "repair", "intercept",
     "cancel"}
)  # fmt: skip
NUDGING = UNCONFIRMED | {"handover"}
SAME_VISIT_HOURS = 0.5
ASKED_AT_MOST = 3  # missing items a matter, policy §2.5


def settle(state: State, matter: Matter, policy: Policy, now: datetime) -> Step:
    """Return the next step of a matter whose verdict is not yet laid before the customer."""
    step = step_to_order(state, matter.order_no, matter.id)
    if step is not None:
        return step
    if matter.blocked:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    step = step_to_meant(state, matter)
    if step is not None:
        return step
    if _counts_across_articles(matter, _order(state, matter)):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    verdict = judge(state, matter, policy, now)
    if verdict.escalation:
        return HandOver(
            reason=verdict.escalation.reason, level=verdict.escalation.level, matter=matter.id
        )
    if verdict.missing:
        return _ask_missing(state, matter, verdict)
    if all(option.kind == RemedyKind.HANDOVER for option in verdict.options):
        spent = bool(matter.declined)  # the ladder is at its end
        why = ("E6", "L2") if spent else ("E13", "L1")
        return HandOver(reason=why[0], level=why[1], matter=matter.id)
    if _helped_before(state, matter, verdict) or _came_before(state, matter, verdict):
        return HandOver(reason="E6", level="L2", matter=matter.id)
    if all(option.kind in TOLD for option in verdict.options):
        return Grant(matter=matter.id, verdict=verdict, option=verdict.options[0])
    return Offer(matter=matter.id, verdict=verdict, again=matter.stage != "gathering")


def needs_person(state: State, matter: Matter, policy: Policy, now: datetime) -> bool:
    """Tell whether what was said since the offer takes the matter out of the rules' hands."""
    unclear = _counts_across_articles(matter, _order(state, matter))
    return unclear or judge(state, matter, policy, now).escalation is not None


def _counts_across_articles(matter: Matter, order: KnownOrder) -> bool:
    """Tell whether pieces are counted of several articles at once: 碗和盘子各碎了一个."""
    lines = (order.record or {}).get("lines", ())
    bought = sum(line["quantity"] for line in lines)
    counted = matter.quantity is not None and matter.quantity < bought
    return matter.whole_order and len(lines) > 1 and counted


def judge(state: State, matter: Matter, policy: Policy, now: datetime) -> Verdict:
    """Return the policy's verdict on the matter, from the order's facts as looked up."""
    order = _order(state, matter)
    record = OrderRecord.model_validate(order.record)
    # What the order system has already paid back is missing from what it holds, so of our grants
    # only the rest still counts against that.
    paid_back = sum(p.amount_fen for p in record.payments if p.status == "refunded")
    granted_fen = max(0, order.granted_fen - paid_back)
    sku = matter.sku or _named_article(matter, record)
    record = without_their_returns(state, matter, record, sku)
    claim = _claim(state, matter, record)
    given = still_counted(order.standing, record.payments)
    verdict = assess(policy, record, claim, now, granted_fen, given)
    if "item" in verdict.missing and sku:
        claim = replace(claim, sku=sku)
        verdict = assess(policy, record, claim, now, granted_fen, given)
    if "correction" in verdict.missing and _wants_out(matter):
        claim = replace(claim, issue="none", issues=("none",), intent="want_cancel")
        return assess(policy, record, claim, now, granted_fen, given)
    return verdict


def _wants_out(matter: Matter) -> bool:
    """Tell whether the customer wants the order ended rather than put right."""
    out = {"want_cancel", "want_refund", "want_return"}
    return matter.intent in out or matter.demand in {"cancel", "refund", "return_refund"}


def _order(state: State, matter: Matter) -> KnownOrder:
    return state.orders[matter.order_no or ""]


def _named_article(matter: Matter, record: OrderRecord) -> str | None:
    """Return the only article that the customer's words name, so that nobody asks for it."""
    at = the_one(matter.told, [line.title for line in record.lines])
    if at is not None:
        return record.lines[at].sku
    gifts = [line.sku for line in record.lines if is_gift(line)]
    return gifts[0] if len(gifts) == 1 and names_gift(matter.told) else None


def _wants_part_only(matter: Matter, record: OrderRecord) -> bool:
    """Tell whether some of what was bought is given up, and the rest is still wanted."""
    bought = [line for line in record.lines if not is_gift(line)]
    if sum(line.quantity for line in bought) < 2:
        return False
    named = named_among(matter.told, [line.title for line in bought])
    pieces = sum(bought[at].quantity for at in named or range(len(bought)))
    # More than were bought are no pieces of it: a 四件套 is one.
    fewer = matter.quantity is not None and matter.quantity < pieces
    some = fewer or 0 < len(named) < len(bought)
    all_counted = matter.quantity == pieces and len(named) in {0, len(bought)}
    given_up = gives_up_some(matter.told) and not all_counted
    return given_up or (_wants_out(matter) and some)


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
        quantity=matter.quantity,
        bad_share=matter.bad_share,
        amount_fen=matter.amount_fen,
        correction=matter.correction,
        declined=matter.declined,
        multiples=matter.multiples,
        on_site=matter.on_site,
        unopened=matter.unopened,
        concessions=matter.concessions,
    )


def _passed_over(state: State, matter: Matter, what: str) -> bool:
    """Asked for, reminded of once, and still answered with something else."""
    reminded = state.asked.get(f"{matter.id}:{what}_reminder", 0)
    return bool(reminded) and not _goes_to_fetch(state)


def _goes_to_fetch(state: State) -> bool:
    text = state.unanswered.plain if state.unanswered else ""
    asked = state.question is not None and state.question.what == "photo"
    return asked and (phrases.says_yes(text) or phrases.goes_to_fetch(text))


def _ask_missing(state: State, matter: Matter, verdict: Verdict) -> Step:
    if "photo" in verdict.missing and _goes_to_fetch(state) and _asked(state, matter, "photo"):
        return Say(about="take_your_time", wording="take_your_time")
    if _needs_a_moment(state):
        return Say(about="take_your_time", wording="take_your_time")
    if "photo" in verdict.missing and _asked(state, matter, "photo"):
        return Say(about="photo_reminder", wording="photo_reminder",
                   options=_missing_buttons(state, matter, "photo"))  # fmt: skip
    if reminder := remind_of_correction(state, matter, verdict):
        return reminder
    fresh = [what for what in verdict.missing if not _asked(state, matter, what)]
    total = sum(_asked(state, matter, what) for what in MISSING_WORDING)
    if not fresh or total >= ASKED_AT_MOST:
        return HandOver(reason="E13", level="L1", matter=matter.id)
    what = fresh[0]
    return Ask(
        what=what,
        wording=_missing_wording(matter, what),
        facts={"matter": matter.id, "reasons": verdict.reasons},
        options=_missing_buttons(state, matter, what),
        matter=matter.id,
    )


def _needs_a_moment(state: State) -> bool:
    """Tell whether what was asked for is being looked up; whoever said so once is asked again."""
    text = state.unanswered.plain if state.unanswered else ""
    asked = state.question is not None and state.question.what in MISSING_WORDING
    once = not state.times_asked("take_your_time")
    return asked and once and phrases.says_nothing_yet(text)


def _missing_wording(matter: Matter, what: str) -> str:
    about_money = TYPE_OF[matter.issue] == "amount"
    return "ask_receipt" if what == "photo" and about_money else MISSING_WORDING[what]


MISSING_WORDING = {
    "photo": "ask_photo",
    "item": "ask_item",
    "quantity": "ask_quantity",
    "bad_share": "ask_bad_share",
    "correction": "ask_correction",
    "amount": "ask_amount",
}


def _asked(state: State, matter: Matter, what: str) -> int:
    return state.asked.get(f"{matter.id}:{what}", 0)


def _missing_buttons(state: State, matter: Matter, what: str) -> tuple[Button, ...]:
    if what == "photo":
        first, second = next_ids(state, 2)
        return (
            Button(id=first, label="上传照片", kind="evidence", matter=matter.id),
            Button(id=second, label="没有照片", kind="deny", matter=matter.id, value="no_photo"),
        )
    if what == "item":
        lines = (_order(state, matter).record or {})["lines"]
        *ids, last = next_ids(state, len(lines) + 1)
        whole = Button(id=last, label="整单都有", kind="order", matter=matter.id, value="sku:")
        articles = (
            Button(id=id_, label=line["title"], kind="order", matter=matter.id,
                   value=f"sku:{line['sku']}")
            for id_, line in zip(ids, lines, strict=True)
        )  # fmt: skip
        return (*articles, whole)
    return ()


def choice(state: State, policy: Policy, now: datetime) -> Step | None:
    """Return the step that a picked button leads to; None when it changed only the state."""
    button = state.picked
    if button is None:
        return _nothing_behind(state) if state.stale_pick else None
    matter = state.matter(button.matter)
    if button.kind == "deny" and button.value.startswith("issue:"):
        return Ask(what="matter", wording="ask_matter")
    if matter is None or button.kind in {"order", "human"} or button.value == "no_photo":
        return None
    if button.kind != "evidence" and matter.stage == "gathering" and matter.id == state.active:
        return None  # its offer has lapsed: the matter is looked at anew
    if button.kind == "evidence":
        return Say(about="send_photo", wording="send_photo")
    if button.kind in {"confirm", "deny"}:
        return _confirmed(state, matter, button, policy, now)
    return _remedy_picked(state, matter, button, policy, now)


def _nothing_behind(state: State) -> Step:
    matter = state.current
    options = remind(state, matter) if matter else ()
    return Say(about="stale_button", wording="stale_button", options=options)


def _confirmed(
    state: State, matter: Matter, button: Button, policy: Policy, now: datetime
) -> Step | None:
    if matter.stage != "confirming" or button.value != _to_confirm(matter):
        return Say(about="progress", wording="progress", facts={"matter": matter.id},
                   options=remind(state, matter))  # fmt: skip
    if button.kind == "deny":
        return settle(state, matter, policy, now)
    return _grant(state, matter, policy, now)


def _remedy_picked(
    state: State, matter: Matter, button: Button, policy: Policy, now: datetime
) -> Step:
    option = matter.offered(button.id)
    if option is None or matter.stage not in {"offered", "confirming"}:
        return Say(about="progress", wording="progress", facts={"matter": matter.id},
                   options=remind(state, matter))  # fmt: skip
    if button.kind == RemedyKind.HANDOVER:
        return HandOver(reason="E8", level="L1", matter=matter.id)
    if needs_person(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if matter.picked != button.id or _is_outdated(option, matter):
        return Note(
            event=ev.OptionPicked(
                matter=matter.id, option_id=button.id, correction=matter.correction
            )
        )
    if button.kind in UNCONFIRMED:
        return _grant(state, matter, policy, now)
    return Ask(
        what="confirm",
        wording="confirm",
        facts={"matter": matter.id, "option": option},
        matter=matter.id,
        options=confirm_buttons(state, matter),
    )


def confirm_buttons(state: State, matter: Matter) -> tuple[Button, Button]:
    """Return yes and no to what was picked, each good for just that."""
    yes, no = next_ids(state, 2)
    asked = _to_confirm(matter)
    return (
        Button(id=yes, label="确认", kind="confirm", matter=matter.id, value=asked),
        Button(id=no, label="再看看", kind="deny", matter=matter.id, value=asked),
    )


def _to_confirm(matter: Matter) -> str:
    """Return what a confirmation is of: an older one, of another address, confirms nothing."""
    option = matter.offered(matter.picked) or {"detail": {}}
    return f"{matter.picked} {option['detail'].get('correction', '')}".rstrip()


def _is_outdated(option: Mapping[str, Any], matter: Matter) -> bool:
    """Tell whether another address, size or title was named since the offer."""
    return bool(matter.correction) and option["detail"].get("correction") != matter.correction


def _grant(state: State, matter: Matter, policy: Policy, now: datetime) -> Step:
    """Look at the facts once more before granting: they may have changed since the offer."""
    step = step_to_order(state, matter.order_no, matter.id)
    if step is not None:
        return step
    verdict = judge(state, matter, policy, now)
    option = _same_option(verdict, matter.offered(matter.picked) or {})
    if option is None or _helped_before(state, matter, verdict):
        return settle(state, matter, policy, now)
    return Grant(matter=matter.id, verdict=verdict, option=option)


def _helped_before(state: State, matter: Matter, verdict: Verdict) -> bool:
    """Tell whether what is on offer was given before, in this chat or another (policy §4.3, E6).

    Money is counted by the ledger, but a second exchange, or a refund after one, is not.
    """
    offered = {str(option.kind) for option in verdict.options}
    sku = next((option.detail.get("sku") for option in verdict.options), None)
    return any(
        given["matter"] != matter.id
        and not (sku and given["sku"] and sku != given["sku"])  # another article
        and (
            (_is_same_trouble(given, matter) and not offered <= NUDGING)
            or (_settled_goods(given) and bool(offered & FOR_GOODS))
        )
        for given in _order(state, matter).standing
    )


def _is_same_trouble(given: Mapping[str, Any], matter: Matter) -> bool:
    """Tell whether it was given for the same: one delay has several names, and is paid once."""
    one_delay = {given["issue"], matter.issue} <= {*DELAYS, "not_received"}
    return bool(given["issue"] == matter.issue or (one_delay and given["kind"] == "compensation"))


def _settled_goods(given: Mapping[str, Any]) -> bool:
    """Tell whether a remedy settled what becomes of an article: a sum overpaid did not."""
    return given["kind"] in FOR_GOODS and TYPE_OF[given["issue"]] != "amount"


def _came_before(state: State, matter: Matter, verdict: Verdict) -> bool:
    """Tell whether another chat left the same matter unsolved (policy §4.3, E6)."""
    return any(_is_unsolved(c, matter, verdict) for c in _order(state, matter).contacts)


def _is_unsolved(contact: Mapping[str, Any], matter: Matter, verdict: Verdict) -> bool:
    if contact["issue"] != matter.issue:
        return False
    if contact["state"] in {"awaiting_approval", "executing", "with_person"}:
        return True
    if contact["state"] == "offered":  # another window of the same visit is no second one
        return bool(contact["hours"] >= SAME_VISIT_HOURS)
    if contact["kind"] in {"expedite", "trace"}:
        return matter.issue != "none"
    # Told before, and the facts still say the same.
    return contact["kind"] in TOLD and contact["rule"] == verdict.rule


def _same_option(verdict: Verdict, offered: Any) -> RemedyOption | None:
    return next(
        (
            option
            for option in verdict.options
            if option.kind == offered.get("kind")
            and option.amount_fen == offered.get("amount_fen")
            and option.return_freight == offered.get("return_freight")
            # Another article, number or address is another remedy, and has not been confirmed.
            and dict(option.detail) == offered.get("detail")
        ),
        None,
    )


def has_way_to_person(options: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether one of the options leads to a person already."""
    return any(option["kind"] == RemedyKind.HANDOVER for option in options)


def remind(state: State, matter: Matter) -> tuple[Button, ...]:
    """Return the buttons of the standing offer, as first shown; none when there is no offer."""
    if matter.stage not in {"offered", "confirming"}:
        return ()
    buttons = [state.buttons[str(option["id"])] for option in matter.offer]
    if has_way_to_person(matter.offer):
        return tuple(buttons)
    return (*buttons, human_button(state))
