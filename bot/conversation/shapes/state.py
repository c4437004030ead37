"""Where a conversation stands: shapes only; `replay` fills them from the events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.conversation.shapes.events import CustomerSpoke, Heard
from bot.remedies.wishes import DEMAND_OF
from nlp.labels import NONE

Stage = Literal[
    "gathering", "offered", "confirming", "approval", "executing", "with_person", "ended"
]
# A matter in one of these still waits for the customer or for facts.
TALKING = frozenset({"gathering", "offered", "confirming"})
# In one of these an offer stands.
OFFERED = frozenset({"offered", "confirming"})
# Once in one of these, the same complaint about the same order is no new dispute but a failed one.
SETTLED = frozenset({"ended", "executing", "approval"})
# Questions that a yes answers; behind an answer to something else it must be an express one.
CONFIRMING = frozenset({"confirm", "confirm_expressly"})
# Said of a yes to several options: the first of them is named, and asked for.
WHICH_ONE = "which_one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An option as the customer saw it, and what picking it means."""

    id: str
    label: str
    kind: str  # of the contract: a remedy kind, confirm, deny, order, evidence, human
    matter: str | None = None
    value: str = ""  # order number, "sku:…", "goods:…", or an issue, by the question it answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the customer was asked last, and is expected to answer."""

    what: str
    matter: str | None = None
    buttons: tuple[Button, ...] = ()
    named: str | None = None  # the one option that was named since, to which a mere yes is one


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    """An order that came up; `record` is None when there is no such order."""

    order_no: str
    record: Mapping[str, Any] | None
    checked_in_turn: int
    owned: bool = False
    failures: int = 0
    locked: bool = False
    granted_fen: int = 0
    history: tuple[str, ...] = ()
    standing: tuple[Mapping[str, Any], ...] = ()  # what was granted on it, in any chat
    own_returns: tuple[str, ...] = ()  # the record's returns that are among these
    contacts: tuple[Mapping[str, Any], ...] = ()  # disputes of other chats on it

    @property
    def shown(self) -> Mapping[str, Any] | None:
        """The record, once the order was shown to be the customer's; None before."""
        return self.record if self.owned else None

    @property
    def lines(self) -> tuple[Mapping[str, Any], ...]:
        """Its articles, as far as there is such an order."""
        return tuple((self.record or {}).get("lines", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The remedy that was granted in a matter."""

    key: str
    option: Mapping[str, Any]
    # awaiting_approval | executing | done | failed | uncertain | refused | expired | withdrawn
    state: str
    reference: str = ""
    note: str = ""
    answer_by: str = ""  # the moment that was promised for the approval
    by: str = ""  # who of the staff released it while they held the chat; empty: the bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A dispute as the conversation knows it."""

    id: str
    issue: str  # the primary one, or "none"
    issues: tuple[str, ...]
    intent: str
    guessed: bool = False  # the issue was read into unclear words, and nobody confirmed it
    stage: Stage = "gathering"
    end: str | None = None  # resolved | rejected | withdrawn
    order_no: str | None = None
    order_meant: str | None = None  # said to be meant, though its goods sound like others
    told: str = ""  # the customer's words about it, a line a message
    demand: str | None = None
    sku: str | None = None
    whole_order: bool = False  # every article of it is meant
    quantity: int | None = None
    quantity_unit: str | None = None  # its measure word
    bad_share: float | None = None
    amount_fen: int | None = None
    correction: str | None = None
    has_photo: bool = False
    refused_evidence: bool = False
    multiples: bool = False
    on_site: bool = False
    unopened: bool | None = None
    concessions: int = 0
    declined: frozenset[str] = frozenset()
    verdict: Mapping[str, Any] | None = None
    offer: tuple[Mapping[str, Any], ...] = ()
    offered_for: str | None = None  # the demand that the offer was made for
    picked: str | None = None  # the option waiting to be confirmed
    unwanted: frozenset[str] = frozenset()  # kinds ruled out since: no mere yes is one to them
    remedies: tuple[Remedy, ...] = ()
    damages: tuple[Remedy, ...] = ()  # statutory multiples: on top of any remedy, and no end of it
    escalated: tuple[str, str] | None = None  # reason, level
    blocked: str | None = None  # why the ledger would not take the last grant
    # Something else was wished of an agent in place of what awaited approval.
    wished_of_agent: bool = False
    by_agent: bool = False  # an agent has spoken in it: what they agreed on is in words alone
    agreed: str | None = None  # the remedy that the agent's last words plainly agreed to

    @property
    def remedy(self) -> Remedy | None:
        """The latest remedy, or None."""
        return self.remedies[-1] if self.remedies else None

    @property
    def article(self) -> str | None:
        """The sku of the article that it is about, by what was granted or offered; or None."""
        options = [self.remedy.option] if self.remedy else self.offer
        skus = {option["detail"].get("sku") for option in options}
        return skus.pop() if len(skus) == 1 else self.sku

    @property
    def granted_kind(self) -> str | None:
        """What kind of remedy was granted last, or None."""
        return str(self.remedy.option["kind"]) if self.remedy else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the verdict gave as its reasons, as the customer was told them."""
        return tuple((self.verdict or {}).get("reasons", ()))

    @property
    def wish(self) -> str | None:
        """What is wished for where nothing is wrong: want_return and the like."""
        return self.intent if self.issue == NONE and self.intent in DEMAND_OF else None

    @property
    def next_key(self) -> str:
        """The key of whatever is granted next; the conversation's id is put before it."""
        return f"{self.id}-{len(self.remedies) + len(self.damages) + 1}"

    def offered(self, option_id: str | None) -> Mapping[str, Any] | None:
        """Return the offered option of that id, or None when it is not on offer now."""
        return next((option for option in self.offer if option["id"] == option_id), None)


def is_left(matter: Matter) -> bool:
    """Tell whether an agent spoke in a matter, and it is undecided still."""
    return matter.by_agent and matter.stage == "with_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything `decide` may look at."""

    turn: int = 0  # grows whenever what was looked up before may no longer hold
    owner: str = "bot"  # bot | agent | queue
    owner_name: str = ""
    queued_for: tuple[str, str] | None = None  # reason and level of the last call for a person
    noted_in_queue: frozenset[str] = frozenset()  # lines said to who waits, since the call
    new_in_queue: bool = False  # the message that waits brought a matter before the person called
    matters: tuple[Matter, ...] = ()
    active: str | None = None
    orders: Mapping[str, KnownOrder] = field(default_factory=dict)
    order_no: str | None = None  # the order spoken of last
    identity: Mapping[str, Any] | None = None
    my_orders: tuple[Mapping[str, Any], ...] | None = None  # None: not looked up yet
    presumed: str | None = None  # their only order, taken without being named; not told yet
    tail: str | None = None  # a phone tail that was given and not yet compared
    question: Question | None = None
    buttons: Mapping[str, Button] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)  # "matter:what" → times
    unanswered: CustomerSpoke | None = None
    picked: Button | None = None
    stale_pick: bool = False  # picked a button that means nothing any more
    wants_human: bool = False
    wants_status: bool = False
    declining: bool = False
    letting_go: bool = False
    repeated: str | None = None  # a matter that ended, raised again
    unplaced: CustomerSpoke | None = None  # said before it was clear what is wrong
    loose_photo: bool = False  # a photo came before any matter
    photos_coming: int = 0  # sent, and not here yet when the customer was heard last
    photo_late: bool = False  # all that is new: one of those has come, and nobody spoke
    abuse: int = 0
    has_spoken: bool = False  # the bot, at any time
    news: tuple[tuple[str, str], ...] = ()  # (matter, what): results not yet told
    resume: bool = False  # another matter waits to be taken up again
    given_back: str | None = None  # a matter that an agent returned and only people may decide
    handed_back: bool = False  # nobody has spoken since a person gave the chat back
    lost: str | None = None  # a matter of the log that today's rules did not open
    reply_lost: bool = False  # a reply of the bot's may not have arrived, and nobody knows yet

    def matter(self, matter_id: str | None) -> Matter | None:
        """Return the matter of that id, or None."""
        return next((m for m in self.matters if m.id == matter_id), None)

    @property
    def current(self) -> Matter | None:
        """The matter being talked about, or None."""
        return self.matter(self.active)

    @property
    def text(self) -> str:
        """What the customer said last and nobody answered, in simplified characters."""
        return self.unanswered.plain if self.unanswered else ""

    @property
    def heard(self) -> Heard:
        """What was understood of that."""
        return self.unanswered.heard if self.unanswered else Heard()

    @property
    def left(self) -> Matter | None:
        """The matter talked about where an agent spoke in it, and gave it back undecided."""
        left = self.current if self.owner == "bot" else None
        return left if left and is_left(left) else None

    @property
    def shown_order(self) -> KnownOrder | None:
        """The order spoken of last where it was shown to be the customer's, or None."""
        known = self.orders.get(self.order_no or "")
        return known if known and known.shown else None

    def order_of(self, matter: Matter | None) -> KnownOrder | None:
        """Return the order of that matter as it was looked up last, or None."""
        return self.orders.get(matter.order_no or "") if matter else None

    def lines_of(self, matter: Matter | None) -> tuple[Mapping[str, Any], ...]:
        """Return the articles of that matter's order as far as it is known."""
        known = self.order_of(matter)
        return known.lines if known else ()

    def shown_of(self, matter: Matter | None) -> Mapping[str, Any] | None:
        """Return the record of that matter's order, once shown to be the customer's; or None."""
        known = self.order_of(matter)
        return known.shown if known else None

    def with_matter(self, changed: Matter) -> State:
        """Return the state with that matter replaced."""
        matters = tuple(changed if m.id == changed.id else m for m in self.matters)
        return replace(self, matters=matters)

    def with_changes(self, matter_id: str, **changes: Any) -> State:
        """Return the state with fields of that matter changed; unchanged where there is none."""
        matter = self.matter(matter_id)
        return self if matter is None else self.with_matter(replace(matter, **changes))

    def answered(self) -> State:
        """Return the state with nothing left of what the customer said last."""
        return replace(
            self,
            unanswered=None,
            picked=None,
            stale_pick=False,
            wants_status=False,
            wants_human=False,
            declining=False,
            letting_go=False,
            repeated=None,
            resume=False,
            handed_back=False,
        )

    def with_order(self, order: KnownOrder) -> State:
        """Return the state with what is known of that order."""
        return replace(self, orders={**self.orders, order.order_no: order})

    def times_asked(self, what: str) -> int:
        """How often this was asked in the current matter."""
        return self.asked.get(f"{self.active}:{what}", 0)
