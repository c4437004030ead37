"""Finding a chat by what an agent has of it: order number, customer's name, phone tail, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Select, literal_column, or_, select

from bot.desk import personal
from bot.desk.masking import shown_name
from bot.desk.staff import Staff
from models import conversation, customer, dispute, event, message, order_key, shown_order

# Chats in which names, phones and words are looked for, the latest touched: so a search ends,
# however much was ever said. An order's number is found in all that there were.
LOOKED_AT = 5000
TAIL = 4  # digits of a phone that anybody of the staff may read
_CHECKED_AT_ONCE = 200  # chats
_LOOKED_UP = "OrderChecked"  # the event that holds an order's record
_TAIL_NAMED = re.compile(r"^(?:手机|电话|订单|单号)?尾号\s*")
_NAMELESS = re.compile(r"^(?:顾客|会话)\s*(\d{1,9})$")  # how the console calls who has no name


def found(
    connection: Connection, staff: Staff, wanted: str, *, state: str | None, most: int
) -> list[int]:
    """Return the chats in which it is found as this person reads them, the latest touched first.

    What is hidden from them finds nothing, or else a search would tell it letter by letter.
    """
    text = _TAIL_NAMED.sub("", wanted.strip()) or wanted.strip()
    c = conversation.c
    in_state = [] if state is None else [c.state == state]
    candidates = connection.execute(
        select(c.id)
        .where(or_(*(c.id.in_(one) for one in _places(text, in_state))), *in_state)
        .order_by(c.updated_at.desc(), c.id.desc())
    ).scalars()
    right: list[int] = []
    while len(right) < most and (some := candidates.fetchmany(_CHECKED_AT_ONCE)):
        right += _readable(connection, staff, some, text)
    return right[:most]


def _places(text: str, in_state: Sequence[ColumnElement[bool]]) -> Iterator[Select[tuple[int]]]:
    """Yield where it may stand, each as the chats in which it does."""
    c, e, m = conversation.c, event.c, message.c
    recent = (
        select(c.id)
        .where(*in_state)
        .order_by(c.updated_at.desc(), c.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    lately = select(recent.c.id).scalar_subquery()
    yield from _by_order(text)
    if named := _NAMELESS.match(text):
        yield select(c.id).where(c.id == int(named[1]))
    name = text.rstrip("*") or text
    who = [customer.c.name.icontains(name, autoescape=True)]
    if _is_tail(text):
        who.append(customer.c.phone.endswith(text))
        looked_up = e.data[("record", "customer", "phone")].as_string().endswith(text)
        yield select(e.conversation_id).where(
            e.conversation_id.in_(lately), e.kind == _LOOKED_UP, looked_up
        )
    yield (
        select(c.id)
        .join(customer, customer.c.id == c.customer_id)
        .where(c.id.in_(lately), or_(*who))
    )
    yield select(m.conversation_id).where(
        m.conversation_id.in_(lately), m.kind != "signal", m.text.icontains(text, autoescape=True)
    )


def _by_order(text: str) -> Iterator[Select[tuple[int]]]:
    """Yield the chats about an order of that number, or of one that ends so."""
    key = order_key(text)
    if len(key) < TAIL or not re.fullmatch(r"[A-Z0-9_-]+", key):
        return
    for table, number in ((dispute, dispute.c.order_key), (shown_order, shown_order.c.order_no)):
        ends_so = _as_text(number).endswith(key, autoescape=True)
        yield select(table.c.conversation_id).where(or_(number == key, ends_so))


def _as_text(number: ColumnElement[str]) -> ColumnElement[str]:
    """Return the key as plain text: as a key, the pattern itself would be spelt anew."""
    return literal_column("''").concat(number)


def _is_tail(text: str) -> bool:
    return text.isascii() and text.isdigit() and TAIL <= len(text) <= 11


def _readable(connection: Connection, staff: Staff, chats: Sequence[int], text: str) -> list[int]:
    """Return those of the chats in which it stands where this person may read it."""
    hidden = personal.hidden_chats(connection, staff, chats)
    if not hidden:
        return list(chats)
    open_to_all = _by_open_facts(connection, hidden, text)
    unsure = hidden - open_to_all
    said = _said_openly(connection, unsure, text)
    return [chat for chat in chats if chat not in unsure or chat in said]


def _by_open_facts(connection: Connection, chats: set[int], text: str) -> set[int]:
    """Return the chats that an order's number, a phone's tail or the name as shown leads to."""
    c, e = conversation.c, event.c
    right: set[int] = set()
    for place in _by_order(text):
        right |= chats & set(connection.execute(place).scalars())
    named = _NAMELESS.match(text)
    right |= chats & {int(named[1])} if named else set()
    people = connection.execute(
        select(c.id, customer.c.name, customer.c.phone)
        .join(customer, customer.c.id == c.customer_id)
        .where(c.id.in_(chats))
    )
    is_tail = _is_tail(text) and len(text) == TAIL
    for row in people:
        if text in shown_name(row.name) or (is_tail and (row.phone or "").endswith(text)):
            right.add(row.id)
    if is_tail:
        phone = e.data[("record", "customer", "phone")].as_string()
        right |= set(
            connection.execute(
                select(e.conversation_id).where(
                    e.conversation_id.in_(chats), e.kind == _LOOKED_UP, phone.endswith(text)
                )
            ).scalars()
        )
    return right


def _said_openly(connection: Connection, chats: set[int], text: str) -> set[int]:
    """Return the chats in which it was said and is no part of what is personal there."""
    m = message.c
    known = personal.known_in(connection, chats)
    rows = connection.execute(
        select(m.conversation_id, m.text).where(
            m.conversation_id.in_(chats),
            m.kind != "signal",
            m.text.icontains(text, autoescape=True),
        )
    )
    return {
        chat for chat, said in rows if text.casefold() in known[chat].hidden_in(said).casefold()
    }
