"""Staff accounts: passwords, API tokens and sessions, none of which is kept in the clear.

Passwords are slow to check on purpose (argon2), so signing in is done on a read connection, where
it holds nobody up. Tokens are long and random: their sha256 is enough.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.desk import audit
from bot.desk.permissions import Role
from bot.errors import NotAllowed
from models.staff import staff, staff_session

SESSION_LASTS = timedelta(hours=12)
API_TOKEN = "API token"  # noqa: S105  its name, not a secret
WAYS_IN = ("password", "its sessions", API_TOKEN)

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody of the staff."""

    id: int
    name: str
    role: Role


def add(connection: Connection, name: str, role: Role, now: datetime) -> tuple[Staff, str]:
    """Add an account; return it with its first password, which is shown once and not kept.

    Raises NotAllowed when the name is taken.
    """
    password = secrets.token_urlsafe(12)
    values = {"name": name, "role": role.value, "password_hash": _hasher.hash(password)}
    try:
        with connection.begin_nested():
            query = insert(staff).values(**values, created_at=now).returning(staff.c.id)
            staff_id = connection.execute(query).scalar_one()
    except IntegrityError as error:
        raise NotAllowed(f"已有名为「{name}」的员工") from error
    return Staff(id=staff_id, name=name, role=role), password


def add_token(connection: Connection, staff_id: int) -> str:
    """Give the account a new API token, which replaces the earlier one and is not kept."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        update(staff).where(staff.c.id == staff_id).values(token_hash=hash_token(token))
    )
    return token


def set_password(connection: Connection, staff_id: int, password: str) -> None:
    """Change a password and end every session that the old one opened."""
    hashed = _hasher.hash(password)
    connection.execute(update(staff).where(staff.c.id == staff_id).values(password_hash=hashed))
    close_sessions(connection, staff_id)


def renew_password(connection: Connection, staff_id: int, now: datetime) -> str:
    """Give the account a new one-time password, which is not kept, and return it; on record.

    Whoever needs a new one may have lost more than the old one: the API token ends with it.
    """
    password = secrets.token_urlsafe(12)
    set_password(connection, staff_id, password)
    connection.execute(update(staff).where(staff.c.id == staff_id).values(token_hash=None))
    audit.record(connection, None, "staff.password_renewed", f"staff:{staff_id}", {}, now)
    return password


def set_telegram(
    connection: Connection, account: Staff, telegram_id: int | None, now: datetime
) -> None:
    """Say who somebody of the staff is in the agents' group, or nobody, on record.

    Raises NotAllowed when a colleague is known by that number, or when they have left.
    """
    if telegram_id is not None and not ways_in(connection, account.id):
        raise NotAllowed(f"{account.name} 已停用，请先用 staff add 恢复")
    try:
        with connection.begin_nested():
            connection.execute(
                update(staff).where(staff.c.id == account.id).values(telegram_id=telegram_id)
            )
    except IntegrityError as error:
        raise NotAllowed(f"Telegram 编号 {telegram_id} 已登记给另一位同事") from error
    data = {"telegram_id": telegram_id}
    audit.record(connection, None, "staff.telegram_set", f"staff:{account.id}", data, now)


def disable(connection: Connection, staff_id: int, now: datetime) -> None:
    """Take every way in from somebody who has left, on record; the name stays on what they did."""
    nothing = {"password_hash": None, "token_hash": None, "telegram_id": None}
    connection.execute(update(staff).where(staff.c.id == staff_id).values(**nothing))
    close_sessions(connection, staff_id)
    audit.record(connection, None, "staff.disabled", f"staff:{staff_id}", {}, now)


def ways_in(connection: Connection, staff_id: int) -> tuple[str, ...]:
    """Return what somebody has to be let in by."""
    of_theirs = staff_session.c.staff_id == staff_id
    sessions = select(func.count()).select_from(staff_session).where(of_theirs)
    query = select(staff.c.password_hash, sessions.scalar_subquery(), staff.c.token_hash)
    row = connection.execute(query.where(staff.c.id == staff_id)).one()
    return tuple(name for name, there in zip(WAYS_IN, row, strict=True) if there)


def is_last_admin(connection: Connection, account: Staff) -> bool:
    """Tell whether no other admin has a way in; the admins' rows are held until the end."""
    ways_in = staff.c.password_hash.is_not(None) | staff.c.token_hash.is_not(None)
    admins = (staff.c.role == Role.ADMIN.value, ways_in)
    let_in = connection.execute(select(staff.c.id).where(*admins).with_for_update()).scalars()
    return set(let_in) == {account.id}


def sign_in(connection: Connection, name: str, password: str) -> Staff | None:
    """Return whose password it is, or None; an unknown name takes as long as a wrong password."""
    row = connection.execute(select(staff).where(staff.c.name == name)).one_or_none()
    known_hash = row.password_hash if row is not None else None
    is_right = _verify(known_hash or _nobodys_hash(), password)
    if row is None or known_hash is None or not is_right:
        return None
    return Staff(id=row.id, name=row.name, role=Role(row.role))


def open_session(connection: Connection, staff_id: int, now: datetime) -> str:
    """Open a session and return its token; sessions that have run out are swept away."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(staff_session).where(staff_session.c.expires_at <= now))
    connection.execute(
        insert(staff_session).values(
            token_hash=hash_token(token),
            staff_id=staff_id,
            created_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    return token


def close_session(connection: Connection, token: str) -> None:
    """End a session; one that does not exist is ended already."""
    this_one = staff_session.c.token_hash == hash_token(token)
    connection.execute(delete(staff_session).where(this_one))


def close_sessions(connection: Connection, staff_id: int) -> None:
    """End every session of an account."""
    connection.execute(delete(staff_session).where(staff_session.c.staff_id == staff_id))


def staff_by_session(connection: Connection, token: str, now: datetime) -> Staff | None:
    """Return whose session it is, or None when it has run out or never was."""
    sessions = select(staff_session.c.staff_id).where(
        staff_session.c.token_hash == hash_token(token), staff_session.c.expires_at > now
    )
    return _find(connection, staff.c.id.in_(sessions))


def staff_by_token(connection: Connection, token: str) -> Staff | None:
    """Return whose API token it is, or None."""
    return _find(connection, staff.c.token_hash == hash_token(token))


def staff_by_telegram(connection: Connection, telegram_id: int) -> Staff | None:
    """Return who of the staff is known by that number in the agents' group, or None."""
    return _find(connection, staff.c.telegram_id == telegram_id)


def staff_by_name(connection: Connection, name: str) -> Staff | None:
    """Return the account of that name, or None."""
    return _find(connection, staff.c.name == name)


def hash_token(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _find(connection: Connection, which: ColumnElement[bool]) -> Staff | None:
    columns = (staff.c.id, staff.c.name, staff.c.role)
    row = connection.execute(select(*columns).where(which)).one_or_none()
    return None if row is None else Staff(id=row.id, name=row.name, role=Role(row.role))


def _verify(known_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(known_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(12))
