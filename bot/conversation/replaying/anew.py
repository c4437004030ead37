"""A matter that is over is looked at anew where something else is wished for its order; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.conversation.shapes.issue_groups import WAITS
from bot.conversation.shapes.state import Button, Matter
from bot.conversation.words.answers import asked_beside, of_the_offer
from bot.conversation.words.sentence import manner, yes_no
from bot.conversation.words.wishes import afterthoughts, exclusions
from bot.conversation.words.wishes.demands import DEMANDED
from bot.conversation.words.wishes.told import told_wish
from bot.remedies.verdict import MONEY_BACK, NUDGES, TOLD
from bot.remedies.wishes import DEMAND_OF

# Remedies that leave the order to go on.
FOR_THE_WAIT = frozenset({"expedite", "trace", "compensation"})
# Remedies that may still be wanted once the order was hurried on.
STILL_WANTED = frozenset(
    {"refund", "return_refund", "partial_refund", "compensation", "cancel", "reship", "exchange",
     "goodwill", "coupon"}
)  # fmt: skip
# Sums that leave the parcel where it is, and by what demand they are wished for.
FOR_THE_TROUBLE = frozenset({"compensation", "goodwill", "coupon"})
BESIDES = NUDGES | {"compensation", "coupon"}
DEMANDED_BY = {**DEMAND_OF, "want_compensation": "compensation"}
CARRIED_OUT = frozenset({"executing", "uncertain", "done"})
# 没拦住, 还是送来了: the parcel that was to be stopped has come.
_NOT_STOPPED = re.compile(
    r"没有?(?:被)?拦[住下截到]|拦截?(?:失败|不[住下])|(?<![没会])[送派](?:来|到|过来|货)了(?![吗么])"
)

# 催一下退款: money on its way is to come faster, and not the parcel.
_OF_MONEY = re.compile(r"钱|款|账|赔|补|券|票")

# 送到了 我拒收了: it came, and went back.
_SENT_BACK = re.compile(r"(?<!没)(?<!没法)(?<!没有)拒[收签](?!不|失败)|退回")


def looked_at_anew(matter: Matter, spoke: CustomerSpoke) -> Matter | None:
    """Return a matter that is over as what is said takes it up again; None where it does not."""
    heard, text = spoke.heard, spoke.plain
    other_order = bool(heard.order_nos) and heard.order_nos[-1] != matter.order_no
    if matter.stage != "ended" or heard.signs or other_order:
        return None
    if _has_waited_enough(matter, heard, text) or _was_not_stopped(matter, text):
        return open_again(matter)
    if besides := _stood_beside(matter, heard, text):
        return replace(open_again(matter), demand=besides)
    wish = (DEMANDED_BY.get(heard.intent) and heard.intent) or told_wish(text)
    if wish is None or _wishes_nothing(text) or _tells_of_else(matter, heard):
        return None
    if matter.issue == "none" and wish not in DEMAND_OF:
        return None  # nothing is wrong for which there were something to pay
    demand = DEMANDED_BY[wish]
    refused = matter.end == "rejected" and not _is_same(matter, demand)
    if matter.end != "withdrawn" and not refused:
        return None
    intent = wish if matter.issue == "none" else matter.intent
    return replace(open_again(matter), intent=intent, demand=demand, verdict=None)


def is_more_than_hurried(matter: Matter, button: Button) -> bool:
    """Tell whether another remedy is pressed after the order was only hurried on or traced.

    Who was paid for the wait may have it hurried on, too.
    """
    return button.kind in _wanted_besides(matter)


def _wanted_besides(matter: Matter) -> frozenset[str]:
    """Return the remedies that go with all that was given, and were not given yet."""
    given = {str(remedy.option["kind"]) for remedy in matter.remedies}
    if matter.stage != "ended" or matter.end != "resolved" or not given:
        return frozenset()
    if given <= NUDGES:
        return STILL_WANTED - given
    return NUDGES if given <= FOR_THE_TROUBLE else frozenset()


def _stood_beside(matter: Matter, heard: Heard, text: str) -> str | None:
    """Return what is wished besides, where it stood beside what was given: 催一下, 还要补偿.

    催一下退款 is of the sum on its way, and 加急有用吗 only asks. Money back has rules of its own.
    """
    if heard.demand not in BESIDES or matter.issue == "none" or heard.order_nos:
        return None
    shown = {str(option["kind"]) for option in (matter.verdict or {}).get("options", ())}
    left = shown & _wanted_besides(matter)
    if not left.intersection(DEMANDED[heard.demand]):
        return None
    hurries = heard.demand in NUDGES
    if hurries and (_OF_MONEY.search(text) or of_the_offer.only_inquires(text)):
        return None
    if _tells_of_else(matter, heard) or _wishes_nothing(text):
        return None
    return heard.demand


def open_again(matter: Matter) -> Matter:
    """The same matter with what is still due; what was carried out is not given twice."""
    given = {str(r.option["kind"]) for r in matter.remedies if r.state in CARRIED_OUT}
    given -= TOLD
    return replace(matter, stage="gathering", end=None, declined=matter.declined | given)


def _has_waited_enough(matter: Matter, heard: Heard, text: str) -> bool:
    """Tell whether who was hurried on, or paid for the wait, now wants the money back instead.

    退款什么时候到 asks after the sum that was paid.
    """
    remedy = matter.remedy
    settled = matter.end == "resolved" and remedy is not None
    delay = matter.issue in WAITS
    waits = delay and remedy is not None and remedy.option["kind"] in FOR_THE_WAIT
    out = heard.demand in MONEY_BACK and not heard.order_nos
    return bool(settled and waits and out) and not afterthoughts.asks_after(text)


def _was_not_stopped(matter: Matter, text: str) -> bool:
    """Tell whether a parcel came that was to be stopped on its way."""
    remedy = matter.remedy
    stopped = remedy is not None and remedy.option["kind"] == "intercept"
    done = stopped and matter.end == "resolved"
    if asked_beside.fails_of(text, {"intercept"}, granted=True):
        return False  # 拦不下来怎么办: it may still be stopped
    came = manner.is_short(text) and _NOT_STOPPED.search(text) and not _SENT_BACK.search(text)
    return bool(done and came)


def _wishes_nothing(text: str) -> bool:
    """Tell whether what is named is not wanted, or only asked about: 不退了, 退款多久到账."""
    if afterthoughts.lets_go(text) or exclusions.ruled_out(text):
        return True
    return afterthoughts.asks_after(text) or yes_no.says_no(text)


def _tells_of_else(matter: Matter, heard: Heard) -> bool:
    """Tell whether something else is found wrong, which gets a matter of its own."""
    return heard.confident and bool(set(heard.issues) - set(matter.issues))


def _is_same(matter: Matter, demand: str) -> bool:
    """Tell whether what is wished was refused already: 那退款 after a refused return."""
    before = matter.demand or DEMAND_OF.get(matter.intent)
    return before == demand or {before, demand} <= MONEY_BACK
