"""The JSON that staff's routes take and give; the contract's fields, and what the page needs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.desk.permissions import Role
from bot.http.bodies import Said, Words
from bot.http.routes import MESSAGE_AT_MOST
from bot.messages import is_blank
from bot.remedies.rulebook import Party

# Why staff did something, which stays on record: nothing but blanks is no reason.
Reason = Annotated[Said, AfterValidator(str.strip), Field(min_length=1, max_length=500)]


def _seen(text: str) -> str:
    """Return what can be seen of a text: of nothing but blanks, nothing."""
    return "" if is_blank(text) else text.strip()


ConversationState = Literal["bot", "queued", "with_person", "closed"]


class _Given(BaseModel):
    """Read models may know more than the contract names; it is passed on."""

    model_config = ConfigDict(extra="allow", serialize_by_alias=True, populate_by_name=True)


class Owner(_Given):
    """Who speaks."""

    kind: Literal["bot", "agent", "queue"]


class Option(_Given):
    """A button under a message."""

    id: str
    label: str
    kind: str


class Attachment(BaseModel):
    """The file that came with a message: where to fetch it, and its fingerprint."""

    url: str
    mime: str
    size: int
    sha256: str


class StaffMessage(_Given):
    """A message as staff see it: notes too, and what became of it."""

    id: int
    sender: Annotated[str, Field(alias="from")]
    kind: str
    text: str
    options: list[Option]
    attachment_id: int | None = None
    attachment: Attachment | None = None
    at: str


class Remedy(_Given):
    """A remedy; `amount_fen` is what the customer gets.

    One that staff refused is `declined`, and has also `refused`: {by, reason}. In a conversation
    one that waits has also `approver` and `may_decide`, as where all that wait are listed.
    """

    id: int
    kind: str
    amount_fen: int
    return_freight: Literal["shop", "customer", "none"]
    state: str
    rule: str
    policy_version: str


class Escalated(_Given):
    """Why people must look at it, and how high up."""

    reason: str
    level: str | None


class Liability(BaseModel):
    """The sentence that says who answers for it; `by` is who overruled the policy, if anybody."""

    reason: str | None
    by: str | None


class Dispute(_Given):
    """One order, one matter."""

    id: int
    conversation_id: int
    order_no: str | None
    type: str
    issue: str
    issues: list[str]
    wish: str | None  # what is wished for where nothing is wrong (issue none), if anything
    state: str
    liable: str | None
    cost_bearer: str | None
    cause: str | None
    liability: Liability
    remedy: Remedy | None
    remedies: list[Remedy]
    escalated: Escalated | None


class OrderAtAGlance(BaseModel):
    """The order that a chat is about, as it was looked up last."""

    order_no: str
    goods: str | None = Field(description="the first article, with 等 where there are more")
    known: bool = Field(description="whether the shop has an order of that number")


class Conversation(_Given):
    """A line in the list.

    `undelivered` counts the messages to the customer that may not have arrived and that
    neither an agent's words, nor the bot's while it has the chat, nor its end has dealt with.
    Personal data is hidden in it from who neither holds the chat nor may read that of all.
    """

    id: int
    state: ConversationState
    owner: Owner
    undelivered: int
    order: OrderAtAGlance | None
    answer_by: str | None = Field(description="by when the customer was promised an answer")


class ConversationDetail(Conversation):
    """A conversation with all that is needed to take it over."""

    messages: list[StaffMessage]
    disputes: list[Dispute]
    orders: list[dict[str, Any]] = Field(
        description="orders of the disputes, and those shown to be the customer's; "
        "personal data masked as `masked` says"
    )
    masked: bool = Field(
        description="whether phones, mails, names and addresses are hidden in all of it, and its "
        "files refused: so for who neither holds the chat nor may read personal data of all"
    )


class Conversations(BaseModel):
    """The latest touched first; in the queue, the longest waiting first."""

    conversations: list[Conversation]


class Disputes(BaseModel):
    """The oldest first."""

    disputes: list[Dispute]


class Article(BaseModel):
    """An article of the order, and how many pieces of it are meant."""

    title: str
    quantity: int


class Grounds(BaseModel):
    """What a remedy rests on, as its order was looked up last."""

    articles: list[Article] = Field(
        description="what it is for; all of the order if it names none"
    )
    goods_fen: int | None = Field(
        description="what was paid for the pieces that it names; null where it names none"
    )
    photo: bool = Field(description="whether the customer sent a photo in this chat")
    paid_fen: int | None
    granted_fen: int | None = Field(description="what else was granted on the order, in any chat")
    signed_at: str | None = Field(description="when the last parcel was signed for")
    reasons: list[str] = Field(description="the policy's sentences, as the customer was told")
    told: str = Field(description="the customer's words about it, a line a message")
    asked_by: str | None = Field(description="who of the staff asks for it, and why, if they do")
    answer_by: str | None = Field(description="by when the customer was promised an answer")


class WaitingRemedy(Remedy):
    """A remedy that waits for a member of staff.

    In its `detail` a correction is *** for who does not see personal data of the chat, and in
    its `grounds` what is personal.
    """

    order_no: str
    dispute_id: int
    conversation_id: int
    payee: str | None
    issue: str
    approver: Role = Field(description="the lowest role that may approve or refuse it")
    may_decide: bool = Field(description="whether whoever asks may")
    wish: str | None = Field(description="what was wished where nothing was wrong")
    escalated: Escalated | None
    expires_at: str | None
    grounds: Grounds


class Remedies(BaseModel):
    """The oldest first."""

    remedies: list[WaitingRemedy]


class WhichConversations(BaseModel):
    """All, or those in one state; `skip` passes over the first, as a list has at most 200."""

    state: ConversationState | None = None
    q: Annotated[
        Words,
        AfterValidator(_seen),
        Field(
            max_length=64,
            description="only those in which it is found, the latest touched first: an order's "
            "number or its end, the customer's name as it is shown, a phone's last digits, or "
            "words that were said; but for order numbers, in the 5000 chats touched last. "
            "What is hidden from whoever asks finds nothing",
        ),
    ] = ""
    skip: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class After(BaseModel):
    """Only messages after this id."""

    after: Annotated[int, Field(ge=0, le=MESSAGE_AT_MOST)] = 0


class WhichDisputes(BaseModel):
    """The disputes of one order."""

    order_no: Annotated[Words, Field(min_length=1, max_length=64)]


class WhichRemedies(BaseModel):
    """Only those that wait for approval can be listed."""

    state: Literal["awaiting_approval"] = "awaiting_approval"


class Reply(BaseModel):
    """An answer to the customer; `seen` is the last message the page showed."""

    text: Annotated[Said, Field(min_length=1, max_length=10_000)]
    client_id: Annotated[Words | None, Field(max_length=64)] = None
    seen: Annotated[int | None, Field(ge=0, le=MESSAGE_AT_MOST)] = None


class Closing(BaseModel):
    """The end of a chat; `seen` is the last message the page showed: a newer one stops it."""

    seen: Annotated[int | None, Field(ge=0, le=MESSAGE_AT_MOST)] = None


class Note(BaseModel):
    """A remark that only staff see."""

    text: Annotated[Said, Field(min_length=1, max_length=10_000)]
    client_id: Annotated[Words | None, Field(max_length=64)] = None


class Approval(BaseModel):
    """What the approver saw; given, a remedy that is another by now is not released."""

    kind: str | None = None
    amount_fen: Annotated[int | None, Field(ge=0, le=10**12)] = None
    payee: Annotated[Words | None, Field(max_length=96)] = None


class LiabilityJudged(BaseModel):
    """Who answers to the customer, who pays at last, why, and the sentence that says so."""

    liable: Party
    cost_bearer: Party
    cause: Annotated[Words, Field(min_length=1, max_length=64)]
    reason: Reason


class MultipleGranted(BaseModel):
    """Damages beyond the price, in fen, and why the law grants them."""

    amount_fen: Annotated[int, Field(ge=1, le=10**12)]
    reason: Reason


class Releasable(BaseModel):
    """A remedy that may be released; all of it goes back to be released just so."""

    choice: str = Field(
        description="a mark of all that is released with it; another by any change"
    )
    kind: str
    amount_fen: int
    return_freight: Literal["shop", "customer", "none"]
    rule: str
    label: str = Field(description="the remedy in Chinese: for which article, how much, freight")
    within: str
    beware: list[str] = Field(description="why its release needs a reason; often nothing")
    approver: Role | None = Field(
        description="who must approve it, the lowest role; null: whoever asks may release it"
    )


class Releasables(BaseModel):
    """What the policy allows in the dispute now; `why` says why nothing can be released."""

    options: list[Releasable]
    reasons: list[str]
    why: str | None


class Released(BaseModel):
    """What is to be released as it was seen; it stays so, or nothing is.

    `client_id` makes a repeated press the same one; `seen` is the last message the page showed.
    """

    choice: Annotated[Words, Field(min_length=1, max_length=64)]
    kind: Annotated[Words, Field(min_length=1, max_length=24)]
    amount_fen: Annotated[int, Field(ge=0, le=10**12)]
    return_freight: Literal["shop", "customer", "none"]
    reason: Annotated[Said, AfterValidator(_seen), Field(max_length=500)] = ""
    client_id: Annotated[Words | None, Field(max_length=64)] = None
    seen: Annotated[int | None, Field(ge=0, le=MESSAGE_AT_MOST)] = None


class Refusal(BaseModel):
    """Why a remedy is refused; the customer is told. The console asks for it."""

    reason: Annotated[Words, AfterValidator(_seen), Field(max_length=500)] = ""


class MessageId(BaseModel):
    """Where the message stands in its conversation."""

    id: int


class Text(BaseModel):
    """A customer's words; `explain` asks for the words that weighed most."""

    text: Words
    explain: bool = False


class Classified(_Given):
    """What the program understands of a text, as `jiefen classify --jsonl` prints it.

    When asked to explain: also `explanation`, the weightiest words first as {word, weight}.
    """

    text: str
    issues: list[dict[str, Any]]
    primary: str
    primary_type: str
    probability: float
    confident: bool
    intent: str
    flags: list[str]
    slots: dict[str, Any]
