"""Orders out of rows that share an order number: gathered, completed, checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard

from bot.order_record import OrderRecord
from bot.orders.cells import Value, cell_text, plain
from bot.orders.columns import LISTS, Column
from bot.orders.findings import Location, OrderFile
from bot.orders.problems import MISSING, check_json
from bot.orders.sheets import Report, Row
from models.base import order_key

NUMBER_OF = {"payments": "id", "shipments": "tracking_no", "returns": "no"}


@dataclass(slots=True)
class Draft:
    """An order while its rows are read; remembers the row that each part came from."""

    first_row: int
    parts: dict[str, dict[str, Value]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    rows: dict[Location, int] = field(default_factory=dict)

    @property
    def order_no(self) -> Value:
        """The order's number as its first row has it."""
        return self.parts["order"]["order_no"]


def gather(
    columns: Sequence[Column | None], rows: Iterator[Row], file: OrderFile, now: datetime
) -> Iterator[tuple[int, OrderRecord]]:
    """Yield each order with its first row; reports every mistake, and yields no order with one."""
    drafts: dict[str, Draft] = {}
    spoilt: set[str] = set()
    for number, cells in rows:
        if any(_texts(cells[len(columns) :])):
            # Its cells stand under wrong headers, so a closer look would only confuse.
            file.report(
                number, "row", f"has more cells than the {len(columns)} headers; quote commas"
            )
            continue
        values, unread = _read_row(columns, number, cells, file.report)
        key = order_key(str(values.get("order", {}).get("order_no", "")))
        if not key:
            if "order_no" not in unread:
                file.report(
                    number,
                    file.name(("order_no",)),
                    "is missing; repeat it on each line of the order",
                )
            continue
        draft = drafts.setdefault(key, Draft(number))
        if not _add(draft, number, values, file) or unread:
            spoilt.add(key)
    for key, draft in drafts.items():
        record = _finish(draft, file, now, spoilt=key in spoilt)
        if record is not None:
            yield draft.first_row, record


def _read_row(
    columns: Sequence[Column | None], number: int, cells: Sequence[object], report: Report
) -> tuple[dict[str, dict[str, Value]], set[str]]:
    """Return the values by their part, and the fields that could not be read."""
    values: dict[str, dict[str, Value]] = {}
    unread: set[str] = set()
    # Fewer cells than headers are no mistake: Excel leaves out trailing commas now and then.
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            text = cell_text(cell)
            value = column.read(text) if plain(text) else ""
            if value != "":
                values.setdefault(column.part, {})[column.field] = value
        except ValueError as error:
            report(number, column.name, str(error))
            unread.add(column.field)
    return values, unread


def _texts(cells: Sequence[object]) -> Iterator[str]:
    return (str(cell).strip() for cell in cells if cell is not None)


def _add(draft: Draft, number: int, values: dict[str, dict[str, Value]], file: OrderFile) -> bool:
    agreed = True
    for part, fields in values.items():
        if part == "line":
            agreed &= _add_line(draft, fields, number, file.report)
        elif part in LISTS:
            _add_to_list(draft, LISTS[part], fields, number)
        else:
            agreed &= _add_to_part(draft, part, fields, number, file)
    return agreed


def _add_line(draft: Draft, fields: dict[str, Value], number: int, report: Report) -> bool:
    """Add an article; one told twice may be two bought, or one written twice: none may guess."""
    lines = draft.lists.setdefault("lines", [])
    if fields in lines:
        first, sku = draft.rows["lines", lines.index(fields)], fields.get("sku")
        text = (
            f"order {draft.order_no!r}: the article (sku {sku!r}) is on line {first} already, "
            "alike in every cell; if more of it were bought, raise the quantity there; "
            "if this row is for a parcel or payment, leave the article's cells blank"
        )
        report(number, "row", text)
        return False
    _append(draft, "lines", fields, number)
    return True


def _add_to_list(draft: Draft, name: str, fields: dict[str, Value], number: int) -> None:
    """Add a payment, parcel, discount or return, unless it is one above, told again.

    In part it is told again only by its number: of two payments alike one may be the second.
    """
    for known in draft.lists.get(name, []):
        shared = known.keys() & fields.keys()
        agree = all(known[key] == fields[key] for key in shared)
        if known == fields or (NUMBER_OF.get(name) in shared and agree):
            known.update(fields)
            return
    _append(draft, name, fields, number)


def _append(draft: Draft, name: str, fields: dict[str, Value], number: int) -> None:
    items = draft.lists.setdefault(name, [])
    draft.rows[name, len(items)] = number
    items.append(fields)


def _add_to_part(
    draft: Draft, part: str, fields: dict[str, Value], number: int, file: OrderFile
) -> bool:
    known = draft.parts.setdefault(part, {})
    agreed = True
    for name, value in fields.items():
        if name != "order_no" and known.setdefault(name, value) != value:
            text = f"{value!r} here, {known[name]!r} on line {draft.first_row} of the same order"
            file.report(number, file.name((name,) if part == "order" else (part, name)), text)
            agreed = False
        known.setdefault(name, value)
    return agreed


def _finish(draft: Draft, file: OrderFile, now: datetime, *, spoilt: bool) -> OrderRecord | None:
    twice = [name for name in draft.lists if name in draft.parts.get("order", {})]
    for name in twice:
        file.report(
            draft.first_row, name, "is given as JSON and in columns of its own; choose one"
        )
    if twice:
        return None
    found = check_json(json.dumps(_record(draft), ensure_ascii=False), now, file.name)
    if isinstance(found, OrderRecord):
        return None if spoilt else found
    for problem in found:
        # What could not be read has been reported; that it is therefore missing is no news.
        if spoilt and problem.text.startswith(MISSING):
            continue
        row = draft.rows.get(problem.location[:2], draft.first_row)
        file.report(row, file.name(problem.location), problem.text)
    return None


def _record(draft: Draft) -> dict[str, Value]:
    """Return the record that the rows describe, with what a flat file may leave unsaid."""
    order, customer = draft.parts.get("order", {}), draft.parts.get("customer", {})
    # The order's own name and phone are the consignee's, unless the file tells them apart.
    person = {k: customer[k] for k in ("name", "phone") if k in customer}
    # Where they have none, that is the mistake: that the consignee has none is no news.
    empty: dict[str, Value] = dict.fromkeys(("name", "phone", "province", "city", "district"), "")
    record: dict[str, Value] = {
        "freight_fen": 0,
        "free_shipping": False,
        "goods_fen": _goods_fen(draft.lists.get("lines", [])),
        "customer": customer,
        "address": empty | person | draft.parts.get("address", {}),
    }
    record.update(draft.lists)
    record.update(order)
    if "invoice" in draft.parts:
        record["invoice"] = {"state": "none", "kind": "", **draft.parts["invoice"]}
    _number(record)
    return record


def _number(record: dict[str, Value]) -> None:
    """Give payments and discounts in columns what they may leave out."""
    payments, discounts = record.get("payments", []), record.get("discounts", [])
    if _are_objects(payments):
        for i, payment in enumerate(payments, start=1):
            payment.setdefault("id", f"{record.get('order_no')}-{i}")
            payment.setdefault("method", "")
            payment.setdefault("status", "success")
            if "paid_at" in record:
                payment.setdefault("at", record["paid_at"])
    if _are_objects(discounts):
        for discount in discounts:
            discount.setdefault("applied", True)


def _are_objects(value: Value) -> TypeGuard[list[dict[str, Value]]]:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _goods_fen(lines: list[dict[str, Value]]) -> int:
    total = 0
    for line in lines:
        price, quantity = line.get("unit_price_fen"), line.get("quantity")
        if isinstance(price, int) and isinstance(quantity, int) and quantity > 0:
            total += price * quantity
    return total
