"""A dispute on its way from the facts to a decided end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.conversation.deciding.awaiting import (
    clear_the_way,
    is_out_of_date,
    leaves_out_undecided,
)
from bot.conversation.deciding.confirming import (
    confirm_buttons,
    confirmation_of,
    how_to_confirm,
    is_mere_yes,
)
from bot.conversation.deciding.find_order import (
    human_button,
    knows_which,
    step_to_meant,
    step_to_order,
)
from bot.conversation.deciding.given_before import (
    NUDGING,
    UNCONFIRMED,
    articles_of,
    helped_before,
)
from bot.conversation.deciding.judging import (
    counts_across_articles,
    judge,
    judge_offered,
    looked_up,
    needs_person,
    only_people_can_give,
)
from bot.conversation.deciding.missing import ask_missing
from bot.conversation.deciding.new_value import ask_city, leaves_city_open, value_wanted
from bot.conversation.deciding.reckoned_anew import reckons_anew
from bot.conversation.shapes import events as ev
from bot.conversation.shapes.issue_groups import FAULTLESS
from bot.conversation.shapes.state import OFFERED, Button, Matter, State
from bot.conversation.shapes.steps import Ask, Grant, HandOver, Note, Offer, Say, Step
from bot.conversation.words.answers.corrected import correcting
from bot.conversation.words.things.sizes import leaves_it_open
from bot.conversation.words.wishes.demands import DEMANDED
from bot.remedies.policy import Policy
from bot.remedies.verdict import NUDGES, TOLD, RemedyKind, RemedyOption, Verdict
from bot.remedies.wishes import DEMAND_OF, SERVES

SAME_VISIT_HOURS = 0.5
WANTED_ASKED = 2  # times that it is asked for what goods are to be exchanged


def settle(state: State, matter: Matter, policy: Policy, now: datetime) -> Step:
    """Return the next step of a matter whose verdict is not yet laid before the customer."""
    step = step_to_order(state, matter.order_no, matter.id)
    if step is not None:
        return step
    if why := _kept_for_people(matter):
        return HandOver(reason=why[0], level=why[1], matter=matter.id)
    step = step_to_meant(state, matter)
    if step is not None:
        return step
    if counts_across_articles(matter, looked_up(state, matter)):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    verdict = judge(state, matter, policy, now)
    if verdict.escalation:
        return HandOver(
            reason=verdict.escalation.reason, level=verdict.escalation.level, matter=matter.id
        )
    if verdict.missing:
        return ask_missing(state, matter, verdict)
    if only_people_can_give(matter, verdict):  # with all declined, the ladder is at its end
        why = ("E6", "L2") if matter.declined else ("E13", "L1")
        return HandOver(reason=why[0], level=why[1], matter=matter.id)
    tried = helped_before(state, matter, verdict) or _came_before(state, matter, verdict)
    if tried and not _pays_the_rest(state, matter, verdict):
        return HandOver(reason="E6", level="L2", matter=matter.id)
    if told := _only_told(state, matter, verdict) or _hurried_besides(matter, verdict):
        return Grant(matter=matter.id, verdict=verdict, option=told)
    return Offer(matter=matter.id, verdict=verdict, again=matter.stage != "gathering")


def _kept_for_people(matter: Matter) -> tuple[str, str] | None:
    """Return why only people can go on: the ledger's refusal, or that of what is owed."""
    if matter.blocked:
        return "E13", "L1"
    return ("E6", "L2") if _right_refused(matter) else None


def _right_refused(matter: Matter) -> bool:
    """Tell whether staff have just refused what the policy says is owed: people go on with it.

    The bot would say in one breath that it is due, and that it is not to be had.
    """
    remedy, why = matter.remedy, matter.escalated
    refused = remedy is not None and remedy.state == "refused"
    by_right = refused and remedy is not None and remedy.option["money"] == "statutory"
    return by_right and why is not None and why[0] == "E5"


def choice(state: State, policy: Policy, now: datetime) -> Step | None:
    """Return the step that a picked button leads to; None when it changed only the state."""
    button = state.picked
    if button is None:
        return _nothing_behind(state) if state.stale_pick else None
    matter = state.matter(button.matter)
    if button.kind == "deny" and button.value.startswith("issue:"):
        if state.current is not None and state.current.stage == "gathering":
            return None  # what was wished when they were asked
        return Ask(what="matter", wording="ask_what" if knows_which(state) else "ask_matter")
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
    """A yes or no means the one remedy that it was shown for, whatever was said since.

    While another waits to be confirmed it means nothing, for only one of them is wanted.
    """
    if matter.stage not in OFFERED:
        return Say(about="progress", wording="progress", facts={"matter": matter.id})
    waits = matter.stage == "confirming"
    option = matter.offered(matter.picked) if waits else _lapsed_option(state, matter, button)
    if option is None or button.value != confirmation_of(option):
        return Say(about="stale_button", wording="stale_button", options=remind(state, matter))
    if button.kind == "deny":
        return settle(state, matter, policy, now)
    if not waits:
        return Note(event=ev.OptionPicked(matter=matter.id, option_id=str(option["id"])))
    return _ask_wanted(state, matter, option) or _grant(state, matter, policy, now)


def _lapsed_option(state: State, matter: Matter, button: Button) -> Mapping[str, Any] | None:
    """Return what a remark kept from being confirmed, if it is on offer just as it was shown."""
    option = matter.offered(button.value.partition(" ")[0])
    return None if option is None or _is_outdated(state, option, matter) else option


def _remedy_picked(
    state: State, matter: Matter, button: Button, policy: Policy, now: datetime
) -> Step:
    button = _as_offered_now(state, matter, button)
    option = matter.offered(button.id)
    if option is None or matter.stage not in OFFERED:
        return _not_on_offer(state, matter)
    if button.kind == RemedyKind.HANDOVER:
        return HandOver(reason="E8", level="L1", matter=matter.id)
    if needs_person(state, matter, policy, now) or reckons_anew(state, matter, policy, now):
        return settle(state, matter, policy, now)
    if leaves_out_undecided(option):
        if step := clear_the_way(state, matter):
            return step
        if is_out_of_date(state, matter, option, policy, now):
            return settle(state, matter, policy, now)
    if unsized := _ask_wanted(state, matter, option):
        return unsized
    if matter.picked != button.id or _is_outdated(state, option, matter):
        value = value_wanted(state, matter)
        return Note(event=ev.OptionPicked(matter=matter.id, option_id=button.id, correction=value))
    if button.kind in UNCONFIRMED and not is_mere_yes(state, button):
        return _grant(state, matter, policy, now)
    return Ask(
        what=how_to_confirm(state, matter),
        wording="confirm",
        facts={"matter": matter.id, "option": option},
        matter=matter.id,
        options=confirm_buttons(state, matter),
    )


def _not_on_offer(state: State, matter: Matter) -> Say:
    """Say that an old button stands for nothing on offer; without an offer, how the matter is."""
    if matter.stage in OFFERED:
        return Say(about="stale_button", wording="stale_button", options=remind(state, matter))
    return Say(about="progress", wording="progress", facts={"matter": matter.id})


def _as_offered_now(state: State, matter: Matter, button: Button) -> Button:
    """Return the button of the standing offer for what an older one reads: the same by its label.

    The label holds the sum and who bears the freight.
    """
    now = (state.buttons[str(option["id"])] for option in matter.offer)
    same = (b for b in now if (b.kind, b.label) == (button.kind, button.label))
    return button if matter.offered(button.id) else next(same, button)


def _ask_wanted(state: State, matter: Matter, option: Mapping[str, Any]) -> Step | None:
    """Ask for what goods in order are to be exchanged; the same again would help nobody.

    A person sees to what is left to the shop, or was asked for in vain. So is the city of a new
    address asked for, where it was named since the offer.
    """
    if option["kind"] in correcting(matter) and leaves_city_open(state, matter):
        return ask_city(state, matter)
    if option["kind"] != RemedyKind.EXCHANGE or matter.issue not in FAULTLESS or matter.correction:
        return None
    asked = state.asked.get(f"{matter.id}:correction", 0)
    left_open = state.unanswered is not None and leaves_it_open(state.unanswered.plain)
    if asked >= WANTED_ASKED or (asked and left_open):
        return HandOver(reason="E13", level="L1", matter=matter.id)
    return Ask(what="correction", wording="ask_wanted", matter=matter.id)


def _is_outdated(state: State, option: Mapping[str, Any], matter: Matter) -> bool:
    """Tell whether another address, size or title was named since the offer."""
    value = value_wanted(state, matter)
    return bool(value) and option["detail"].get("correction") != value


def _grant(state: State, matter: Matter, policy: Policy, now: datetime) -> Step:
    """Look at the facts once more before granting: they may have changed since the offer."""
    step = step_to_order(state, matter.order_no, matter.id)
    if step is not None:
        return step
    verdict = judge_offered(state, matter, policy, now)
    option = _same_option(verdict, matter.offered(matter.picked) or {})
    tried = helped_before(state, matter, verdict)
    if option is None or (tried and not _pays_the_rest(state, matter, verdict)):
        return settle(state, matter, policy, now)
    return Grant(matter=matter.id, verdict=verdict, option=option)


def _only_told(state: State, matter: Matter, verdict: Verdict) -> RemedyOption | None:
    """Return the explanation or refusal that ends the matter; None where there is more."""
    if all(option.kind in TOLD for option in verdict.options):
        return verdict.options[0]
    return _given_already(state, matter, verdict)


def _hurried_besides(matter: Matter, verdict: Verdict) -> RemedyOption | None:
    """Return what hurries the order on for whom was paid for the wait, and asks for just that."""
    if matter.remedy is None or matter.demand not in NUDGES:
        return None
    kinds = DEMANDED[matter.demand]
    found = (option for kind in kinds for option in verdict.options if option.kind == kind)
    return next(found, None)


def _given_already(state: State, matter: Matter, verdict: Verdict) -> RemedyOption | None:
    """Return the explanation that ends a mere wish which was granted before, in another chat.

    Nothing more is due, so the matter must not stand open until somebody is called for it.
    """
    kinds = {str(option.kind) for option in verdict.options}
    if matter.issue != "none" or matter.demand == "expedite" or not kinds <= NUDGING:
        return None
    told = next((o for o in verdict.options if o.kind == RemedyKind.EXPLAIN), None)
    order = looked_up(state, matter)
    one, sku = len((order.record or {})["lines"]) == 1, told and told.detail.get("sku")
    wish = matter.demand or DEMAND_OF.get(matter.intent, "")
    serves = {wish, *SERVES.get(wish, ())}
    given = any(
        not g["matter"] and g["kind"] in serves and (one or (sku and sku in articles_of(g)))
        for g in order.standing
    )
    return told if given else None


def _pays_the_rest(state: State, matter: Matter, verdict: Verdict) -> bool:
    """Tell whether no more is on offer than the last of the money for an order that is over."""
    record = looked_up(state, matter).record or {}
    sums = [option for option in verdict.options if option.amount_fen]
    rest = bool(sums) and all("before_fen" in option.detail for option in sums)
    return record["status"] == "cancelled" and rest


def _came_before(state: State, matter: Matter, verdict: Verdict) -> bool:
    """Tell whether another chat left the same matter unsolved (policy §4.3, E6)."""
    return any(_is_unsolved(c, matter, verdict) for c in looked_up(state, matter).contacts)


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
    if matter.stage not in OFFERED:
        return ()
    buttons = [state.buttons[str(option["id"])] for option in matter.offer]
    if has_way_to_person(matter.offer):
        return tuple(buttons)
    return (*buttons, human_button(state))
