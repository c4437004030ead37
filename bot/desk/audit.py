"""The audit log: one row for each sensitive deed, in the transaction of the deed itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from models.staff import audit


def record(
    connection: Connection,
    staff_id: int | None,
    deed: str,
    subject: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write down who did what to what; a `staff_id` of None is the bot or the command line.

    `deed` is dotted (remedy.approved), `subject` names a row (remedy:7).
    """
    connection.execute(
        insert(audit).values(
            at=now, staff_id=staff_id, deed=deed, subject=subject, data=dict(data)
        )
    )
