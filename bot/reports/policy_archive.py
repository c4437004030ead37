"""The policies that were ever in service, whole: what a verdict was given under can be read again.

Files change; what was decided under them must stay explicable. A text is kept once, under the
digest that every verdict carries.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.errors import PolicyError
from bot.remedies.policy import Policy, policy_from
from models import policy_text
from models.insert import insert_once


def keep_policy(connection: Connection, policy: Policy, now: datetime) -> None:
    """Keep the texts of every edition of the policy; those already kept stay as they are."""
    for edition in (policy, *policy.others):
        row = {
            "digest": edition.digest,
            "version": edition.version,
            "platform": edition.platform,
            "valid_from": edition.valid_from,
            "files": dict(edition.files),
            "kept_at": now,
        }
        insert_once(connection, policy_text, row, policy_text.c.digest)


def kept_policy(connection: Connection, digest: str) -> Policy | None:
    """Return the edition of that digest as it was.

    None when it was never kept, or when this program refuses what an older one read.
    """
    query = select(policy_text.c.files).where(policy_text.c.digest == digest)
    files = connection.execute(query).scalar_one_or_none()
    try:
        return None if files is None else policy_from(files)
    except PolicyError:
        return None
