"""A dispute's dossier: everything on record about it, read at one moment."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.conversation import store
from bot.conversation.shapes.events import (
    Event,
    HandedOver,
    Logged,
    Offered,
    OrderChecked,
    OwnerChanged,
    QueueLeft,
    RemedyGranted,
)
from bot.desk import cases, promises, transcript
from bot.desk.masking import hidden_in, masked
from bot.remedies.policy import Policy
from bot.reports.timeline import words_of
from models import attachment, audit, dispute, message, order_key, remedy, staff

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is on record; all times are ISO 8601 in UTC, all sums in fen."""

    made_at: str
    dispute: Json  # as the HTTP contract shows it
    order: Json | None  # the record as last looked up
    timeline: list[Json]  # [{at, text}]
    messages: list[Json]  # with every earlier text of an edited one
    verdicts: list[Json]  # [{at, rule, policy_version, reasons, checked, options}]
    remedies: list[Json]  # the ledger's rows
    evidence: list[Json]  # [{message_id, mime, size, sha256, from, at, photo}]; photo: data URI
    promises: list[Json]
    audit: list[Json]  # [{at, who, deed, subject, data}]

    def without_personal_data(self) -> Dossier:
        """Return the dossier as those see it who do not serve the customer.

        Photos are left out: a label or a room may be on them.
        """
        orders = [self.order] if self.order else []
        corrections = [one["detail"].get("correction") for one in self.remedies if one["detail"]]
        told = replace(self, evidence=[{**one, "photo": None} for one in self.evidence])
        hidden = {
            field.name: hidden_in(getattr(told, field.name), orders, corrections)
            for field in fields(self)
            if field.name != "order"
        }
        return replace(self, **hidden, order=masked(self.order) if self.order else None)


def read_dossier(
    connection: Connection, dispute_id: int, policy: Policy, now: datetime
) -> Dossier | None:
    """Return the dispute's dossier, with all personal data in it, or None."""
    found = cases.dispute_detail(connection, dispute_id)
    if found is None:
        return None
    conversation_id = int(found["conversation_id"])
    matter = connection.execute(
        select(dispute.c.matter).where(dispute.c.id == dispute_id)
    ).scalar_one()
    log = [
        logged
        for logged in store.read_log(connection, conversation_id)
        if getattr(logged.event, "matter", None) in {None, matter}
    ]
    remedies = _remedies(connection, dispute_id)
    return Dossier(
        made_at=now.isoformat(),
        dispute=found,
        order=_order(log, found["order_no"]),
        timeline=_timeline(log, policy),
        messages=_messages(connection, conversation_id),
        verdicts=_verdicts(log),
        remedies=remedies,
        evidence=_evidence(connection, conversation_id),
        promises=promises.of_dispute(connection, dispute_id, now),
        audit=_audit(
            connection,
            f"dispute:{dispute_id}",
            f"conversation:{conversation_id}",
            *(f"remedy:{one['id']}" for one in remedies),
        ),
    )


def _order(log: list[Logged], order_no: str | None) -> Json | None:
    checked = (one.event for one in reversed(log) if isinstance(one.event, OrderChecked))
    records = (event.record for event in checked if event.record)
    key = order_key(order_no or "")
    return next((record for record in records if order_key(record["order_no"]) == key), None)


def _timeline(log: list[Logged], policy: Policy) -> list[Json]:
    lines: list[Json] = []
    speaker: Event | None = None  # what last changed who speaks
    for one in log:
        if isinstance(one.event, OwnerChanged | HandedOver | QueueLeft):
            if isinstance(one.event, OwnerChanged) and one.event == speaker:
                continue  # the bot hears of its return as well
            speaker = one.event
        if text := words_of(one.event, policy.kind_names):
            lines.append({"at": one.at.isoformat(), "text": text})
    return lines


def _verdicts(log: list[Logged]) -> list[Json]:
    return [
        {**one.event.verdict, "at": one.at.isoformat()}
        for one in log
        if isinstance(one.event, Offered | RemedyGranted)
    ]


def _messages(connection: Connection, conversation_id: int) -> list[Json]:
    page = transcript.for_staff(connection, conversation_id)
    found = page
    while len(page) == transcript.PAGE:
        page = transcript.for_staff(connection, conversation_id, after=page[-1]["id"])
        found = found + page
    return found


def _remedies(connection: Connection, dispute_id: int) -> list[Json]:
    r = remedy.c
    rows = connection.execute(
        select(remedy, staff.c.name.label("decided_by"))
        .join(staff, staff.c.id == r.approved_by, isouter=True)
        .where(r.dispute_id == dispute_id)
        .order_by(r.id)
    )
    names = (
        "id", "kind", "amount_fen", "return_freight", "state", "rule", "policy_version", "money",
        "payee", "detail", "decided_by", "reason",
    )  # fmt: skip
    return [
        {name: getattr(row, name) for name in names}
        | {"created_at": row.created_at.isoformat(), "updated_at": row.updated_at.isoformat()}
        for row in rows
    ]


def _evidence(connection: Connection, conversation_id: int) -> list[Json]:
    a, m = attachment.c, message.c
    rows = connection.execute(
        select(m.id, m.sender, m.kind, m.at, a.mime, a.size, a.sha256, a.content)
        .join(attachment, a.id == m.attachment_id)
        .where(m.conversation_id == conversation_id)
        .order_by(m.id)
    )
    return [
        {
            "message_id": row.id,
            "from": row.sender,
            "kind": row.kind,
            "mime": row.mime,
            "size": row.size,
            "sha256": row.sha256,
            "at": row.at.isoformat(),
            "photo": _photo(row.mime, row.content),
        }
        for row in rows
    ]


def _photo(mime: str, content: bytes) -> str | None:
    """Return a picture as a data URI, so that the file needs nothing else to show it."""
    if not mime.startswith("image/"):
        return None
    return f"data:{mime};base64,{b64encode(content).decode('ascii')}"


def _audit(connection: Connection, *subjects: str) -> list[Json]:
    a = audit.c
    rows = connection.execute(
        select(audit, staff.c.name)
        .join(staff, staff.c.id == a.staff_id, isouter=True)
        .where(a.subject.in_(subjects))
        .order_by(a.id)
    )
    return [
        {"at": row.at.isoformat(), "who": row.name, "deed": row.deed, "subject": row.subject,
         "data": row.data}
        for row in rows
    ]  # fmt: skip
