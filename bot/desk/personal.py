"""Who of the staff sees a customer's personal data, and what the others see in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from bot.desk.grounds import latest
from bot.desk.masking import hidden_in, shown_name
from bot.desk.permissions import Permission, may
from bot.desk.staff import Staff
from models import attachment, conversation, event, remedy

Json = dict[str, Any]
TAKE_FIRST = "接待后可查看"
WORDS_AT_MOST = 200  # characters of the customer's latest message, in a list
_LOOKED_UP = "OrderChecked"  # the event that holds an order's record
_TOLD_IN = ("detail", "grounds")  # where a remedy holds what a customer told


def sees_personal(staff: Staff, owner_staff_id: int | None) -> bool:
    """Tell whether this person reads a chat's personal data: they hold it, or may anyway."""
    return may(staff.role, Permission.PERSONAL_READ) or owner_staff_id == staff.id


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to be personal in a chat: its orders, and what they are to be changed to."""

    records: list[Mapping[str, Any]] = field(default_factory=list)
    corrections: list[Any] = field(default_factory=list)

    def hidden_in(self, data: Any) -> Any:
        """Return JSON values without it."""
        return hidden_in(data, self.records, self.corrections)

    def in_line(self, row: Mapping[str, Any]) -> Json:
        """Return a conversation's line in the list without it."""
        texts = {name: self.hidden_in(row[name]) for name in ("last_message", "summary")}
        return {**row, **texts, "customer_name": shown_name(row["customer_name"])}

    def in_whole(self, found: Mapping[str, Any]) -> Json:
        """Return a whole conversation without it; a file is named, and not to be had."""
        return {
            **self.in_line(found),
            "messages": [self._in_message(one) for one in found["messages"]],
            "disputes": self.hidden_in(found["disputes"]),
        }

    def _in_message(self, one: Mapping[str, Any]) -> Json:
        options = [{**o, "label": self.hidden_in(o["label"])} for o in one["options"]]
        texts = {name: self.hidden_in(one[name]) for name in ("text", "edits", "error")}
        return {**one, **texts, "options": options}


def hidden_chats(connection: Connection, staff: Staff, chats: Collection[int]) -> set[int]:
    """Return those of the chats whose personal data this person does not see."""
    c = conversation.c
    owners = connection.execute(select(c.id, c.owner_staff_id).where(c.id.in_(set(chats))))
    return {row.id for row in owners if not sees_personal(staff, row.owner_staff_id)}


def known_in(connection: Connection, chats: Iterable[int]) -> dict[int, Known]:
    """Return what is known to be personal in each of the chats, by what was looked up in it."""
    found = {chat: Known() for chat in chats}
    e, r = event.c, remedy.c
    looked_up = (
        select(e.conversation_id, e.data)
        .where(e.conversation_id.in_(found), e.kind == _LOOKED_UP)
        .order_by(e.conversation_id, e.seq)
    )
    for chat, data in connection.execute(looked_up):
        record = data.get("record")
        if record and record not in found[chat].records:
            found[chat].records.append(record)
    wanted = select(r.conversation_id, r.detail).where(r.conversation_id.in_(found))
    for chat, detail in connection.execute(wanted):
        if correction := (detail or {}).get("correction"):
            found[chat].corrections.append(correction)
    return found


def lines_for(connection: Connection, staff: Staff, rows: list[Json]) -> list[Json]:
    """Return the conversations' lines as this person may read them."""
    hidden = hidden_chats(connection, staff, [row["id"] for row in rows])
    known = known_in(connection, hidden)
    shown = [known[row["id"]].in_line(row) if row["id"] in hidden else row for row in rows]
    return [row | {"last_message": _beginning(row["last_message"])} for row in shown]


def _beginning(last: Json | None) -> Json | None:
    """Return the latest message as a list shows it: cut after what is personal was hidden."""
    text = last and last["text"]
    return {**last, "text": text[:WORDS_AT_MOST]} if last and text else last


def remedies_for(connection: Connection, staff: Staff, rows: list[Json]) -> list[Json]:
    """Return the remedies as this person may read them, with the customer's latest words."""
    hidden = hidden_chats(connection, staff, [row["conversation_id"] for row in rows])
    known = known_in(connection, hidden)
    shown = [
        row | {key: known[row["conversation_id"]].hidden_in(row[key]) for key in _TOLD_IN}
        if row["conversation_id"] in hidden
        else row
        for row in rows
    ]
    return [
        row | {"grounds": row["grounds"] | {"told": latest(row["grounds"]["told"])}}
        for row in shown
    ]


def sees_file(connection: Connection, staff: Staff, attachment_id: int) -> bool:
    """Tell whether this person may open the file; one that there is not hides nothing."""
    chat = select(attachment.c.conversation_id).where(attachment.c.id == attachment_id)
    return not hidden_chats(connection, staff, connection.execute(chat).scalars().all())
