"""What happened in a conversation: frozen facts in the past tense, the only thing that is kept.

The state is replayed from them, and what a judgement looked at (the order's facts, the moment) is
part of them, so an old conversation replays to the same verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from nlp.normalise import simplified


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was understood of a burst of messages that was read together."""

    issues: tuple[str, ...] = ()
    confident: bool = False
    intent: str = "other"
    flags: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    seeming: tuple[str, ...] = ()  # those of the signs that only the classifier saw
    order_nos: tuple[str, ...] = ()
    phone_tail: str | None = None
    amount_fen: int | None = None
    quantity: int | None = None
    quantity_unit: str | None = None  # its measure word
    bad_share: float | None = None
    demand: str | None = None
    meanings: tuple[tuple[str, float], ...] = ()  # as an answer, likeliest first; see nlp.labels
    guess: str | None = None  # the likeliest issue where none is certain enough
    other_guesses: tuple[str, ...] = ()  # what else it may be, likeliest first
    unopened: bool | None = None  # seals and tags intact, where anything is said of them
    on_site: bool = False  # about what was taken at the door: fitting, material, stairs
    foreign: bool = False  # hardly any Chinese in it
    artefact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a message tells of one matter, where it tells of several."""

    text: str
    heard: Heard

    @property
    def plain(self) -> str:
        """The text in simplified characters."""
        return simplified(self.text)

    @property
    def issue(self) -> str:
        """What is wrong in this matter."""
        return self.heard.issues[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSpoke:
    """One or more messages of the customer, read together."""

    message_ids: tuple[int, ...]
    text: str
    choices: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()  # attachment ids
    coming: int = 0  # photos sent by then that were still on their way
    heard: Heard
    parts: tuple[Part, ...] = ()  # where it tells of several matters, each by itself

    @property
    def plain(self) -> str:
        """The text in simplified characters, as short answers are looked for in it."""
        return simplified(self.text)

    def heard_as(self, **changes: Any) -> CustomerSpoke:
        """Return the same words, heard otherwise; with issues told, none is guessed besides."""
        unguessed = {"guess": None, "other_guesses": ()} if "issues" in changes else {}
        return replace(self, heard=replace(self.heard, **{**unguessed, **changes}))


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySigned:
    """The shop vouched for who this is."""

    phone: str | None = None
    telegram_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersListed:
    """The known customer's orders were looked up, newest first."""

    orders: tuple[dict[str, Any], ...]  # [{order_no, title}]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChecked:
    """An order was looked up; `record` is None when there is none of that number."""

    order_no: str
    record: dict[str, Any] | None
    granted_fen: int = 0
    locked: bool = False  # too many wrong phone tails, in this or other chats
    history: tuple[str, ...] = ()  # what the order system has carried out, in Chinese
    # Disputes of other chats on it: {issue, state, kind, rule, hours}.
    contacts: tuple[dict[str, Any], ...] = ()
    # Remedies that stand: {kind, issue, sku, quantity, amount_fen, money, matter}; a matter of
    # another chat is "". Events of before tell neither pieces nor money.
    standing: tuple[dict[str, Any], ...] = ()
    own_returns: tuple[str, ...] = ()  # the record's returns that are among what stands


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipShown:
    """The customer showed that the order is theirs."""

    order_no: str
    by: str  # phone_tail | identity


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipFailed:
    """A wrong phone tail was given."""

    order_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The customer was asked for something; `options` are its buttons."""

    what: str
    matter: str | None = None
    options: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The customer was told something that asks for nothing."""

    about: str
    options: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The verdict's options were laid before the customer."""

    matter: str
    verdict: dict[str, Any]
    options: tuple[dict[str, Any], ...]  # [{id, label, kind, amount_fen, tier, detail, …}]
    issue: str = ""  # of the matter; older logs do not tell
    order_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPicked:
    """The customer picked an option and is asked to confirm it, with what it is to put right."""

    matter: str
    option_id: str
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDeclined:
    """The customer refused what was offered."""

    matter: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conceded:
    """The bot gave way by one step of the policy to a customer who asked for more."""

    matter: str
    step: int
    sums: tuple[dict[str, Any], ...]  # [{kind, from_fen, to_fen}]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyGranted:
    """A remedy was released, or sent for approval when it is above the bot's limit."""

    matter: str
    key: str  # the ledger's idempotency key
    option: dict[str, Any]
    verdict: dict[str, Any]
    needs_approval: str | None = None  # L1 | L2 | S
    issue: str = ""  # of the matter; older logs do not tell
    order_no: str = ""
    answer_by: str = ""  # the moment by which the approval was promised, as it was told
    told: str = ""  # what the customer had said about it by then, for whoever approves it
    beside: bool = False  # damages, which end nothing else; once they did, and such logs stay so
    by: str = ""  # who of the staff released it, or sent it for approval; empty: the bot
    reason: str = ""  # why they did, for whoever approves it


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyApproved:
    """A member of staff released a remedy."""

    matter: str
    key: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyRefused:
    """A member of staff refused a remedy."""

    matter: str
    key: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyWithdrawn:
    """The customer took a remedy back while it waited for approval."""

    matter: str
    key: str
    instead: bool = False  # something else is wanted in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyExpired:
    """Nobody released a remedy in time; its amount was given back."""

    matter: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken:
    """What was promised did not come in time; `what` is as the promise's row has it."""

    what: str
    matter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyFinished:
    """The order system answered: done, failed or uncertain."""

    matter: str
    key: str
    outcome: str
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantBlocked:
    """The ledger would not take a grant: it would have been the second, or above what was paid."""

    matter: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeWithdrawn:
    """The customer let the matter go, or took what settled the same piece in another."""

    matter: str
    settled_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The conversation went to the queue of people."""

    reason: str  # E1…E14
    level: str
    matter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft:
    """The customer waits for no person any more, and the bot goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChanged:
    """Somebody else speaks from here on: bot, agent, queue, or nobody (closed)."""

    owner: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentReplied:
    """A person answered; the bot reads it later but never speaks over it."""

    name: str
    message_id: int
    only_receives: bool = False  # greeted, asked to wait: nothing can have been agreed on
    remedy: str | None = None  # the one that they agreed to, in plain words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLost:
    """A reply may not have reached the customer: its channel gave no answer, or refused it."""

    message_id: int


Event = (
    CustomerSpoke
    | IdentitySigned
    | OrdersListed
    | OrderChecked
    | OwnershipShown
    | OwnershipFailed
    | Asked
    | Said
    | Offered
    | OptionPicked
    | OfferDeclined
    | Conceded
    | RemedyGranted
    | RemedyApproved
    | RemedyRefused
    | RemedyExpired
    | PromiseBroken
    | RemedyWithdrawn
    | RemedyFinished
    | GrantBlocked
    | DisputeWithdrawn
    | HandedOver
    | QueueLeft
    | OwnerChanged
    | AgentReplied
    | ReplyLost
)

_KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        CustomerSpoke, IdentitySigned, OrdersListed, OrderChecked, OwnershipShown,
        OwnershipFailed, Asked, Said, Offered, OptionPicked, OfferDeclined, Conceded,
        RemedyGranted, RemedyApproved, RemedyRefused, RemedyExpired, RemedyWithdrawn,
        PromiseBroken, RemedyFinished,
        GrantBlocked, DisputeWithdrawn, HandedOver, QueueLeft, OwnerChanged, AgentReplied,
        ReplyLost,
    )
}  # fmt: skip
_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Logged:
    """An event with its place and moment in the log."""

    event: Event
    at: datetime


def to_row(event: Event) -> tuple[str, dict[str, Any]]:
    """Return the event's kind and its JSON, as the table keeps them."""
    kind = type(event).__name__
    return kind, _ADAPTERS[kind].dump_python(event, mode="json")


def from_row(kind: str, data: dict[str, Any]) -> Event:
    """Return the event again; unknown keys of a newer release are left out."""
    known = {field.name for field in fields(_KINDS[kind])}
    event: Event = _ADAPTERS[kind].validate_python(
        {key: value for key, value in data.items() if key in known}
    )
    return event
