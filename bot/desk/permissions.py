"""What each role of the staff may do; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import NotAllowed
from bot.money import yuan


class Role(StrEnum):
    """Who somebody of the staff is; each may do what the one before may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that may be allowed: scope:resource:action."""

    CONVERSATION_READ = "desk:conversation:read"
    CONVERSATION_TAKE = "desk:conversation:take"
    CONVERSATION_REPLY = "desk:conversation:reply"
    CONVERSATION_TAKE_OVER = "desk:conversation:take_over"  # from another agent
    DISPUTE_READ = "desk:dispute:read"
    DISPUTE_JUDGE = "desk:dispute:judge"  # who is liable, against what the policy found
    PERSONAL_READ = "desk:personal:read"  # of customers whom one does not serve
    REMEDY_GRANT = "desk:remedy:grant"  # in a chat that one holds, as the policy allows
    REMEDY_APPROVE = "desk:remedy:approve"  # as far as the level allows: `check_may_approve`
    MULTIPLE_GRANT = "desk:multiple:grant"  # damages beyond the price, with a reason
    TEXT_CLASSIFY = "nlp:text:classify"
    EXAMPLE_SUGGEST = "nlp:example:suggest"
    EXAMPLE_LABEL = "nlp:example:label"  # decides what is learnt
    ARTEFACT_PROMOTE = "nlp:artefact:promote"


_AGENT = frozenset(
    {
        Permission.CONVERSATION_READ,
        Permission.CONVERSATION_TAKE,
        Permission.CONVERSATION_REPLY,
        Permission.DISPUTE_READ,
        Permission.DISPUTE_JUDGE,
        Permission.REMEDY_GRANT,
        Permission.REMEDY_APPROVE,
        Permission.TEXT_CLASSIFY,
        Permission.EXAMPLE_SUGGEST,
    }
)
_SUPERVISOR = _AGENT | {
    Permission.CONVERSATION_TAKE_OVER,
    Permission.PERSONAL_READ,
    Permission.MULTIPLE_GRANT,
    Permission.EXAMPLE_LABEL,
}
ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.AGENT: _AGENT,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: frozenset(Permission),
}
# Who may approve a remedy of a level (policy §3.5).
_APPROVERS: Mapping[str, frozenset[Role]] = {
    "L1": frozenset(Role),
    "L2": frozenset({Role.SUPERVISOR, Role.ADMIN}),
    "S": frozenset({Role.SUPERVISOR, Role.ADMIN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLimits:
    """How much each role may release in one remedy, in fen; an admin may release any sum."""

    agent_fen: int
    supervisor_fen: int
    supervisor_statutory_fen: int  # money that the order's record proves to be owed


def may(role: Role, permission: Permission) -> bool:
    """Return whether the role has the permission."""
    return permission in ALLOWED[role]


def check_may(role: Role, permission: Permission) -> None:
    """Raise NotAllowed unless the role has the permission."""
    if not may(role, permission):
        raise NotAllowed("您的权限不足，请联系主管或管理员")


def check_may_approve(role: Role, level: str) -> None:
    """Raise NotAllowed unless the role may approve a remedy of that level (L1, L2 or S)."""
    if role not in _APPROVERS[level]:
        raise NotAllowed("该方案超出您的审批权限，需由主管审批")


def check_may_release(
    role: Role, amount_fen: int, money: str | None, limits: ReleaseLimits
) -> None:
    """Raise NotAllowed when the sum is above what the role may release."""
    limit = _release_limit(role, money, limits)
    if limit is None or amount_fen <= limit:
        return
    above = "主管" if role is Role.AGENT and amount_fen <= limits.supervisor_fen else "管理员"
    raise NotAllowed(
        f"该方案金额 {yuan(amount_fen)}，超过您的审批上限 {yuan(limit)}，请交{above}审批"
    )


def approvers(level: str, amount_fen: int, money: str | None, limits: ReleaseLimits) -> list[Role]:
    """Return who may approve or refuse a remedy of that level and sum, the lowest role first."""
    return [role for role in Role if _may_decide(role, level, amount_fen, money, limits)]


def _may_decide(
    role: Role, level: str, amount_fen: int, money: str | None, limits: ReleaseLimits
) -> bool:
    limit = _release_limit(role, money, limits)
    return role in _APPROVERS[level] and (limit is None or amount_fen <= limit)


def _release_limit(role: Role, money: str | None, limits: ReleaseLimits) -> int | None:
    match role:
        case Role.AGENT:
            return limits.agent_fen
        case Role.SUPERVISOR:
            statutory = money == "statutory"
            return limits.supervisor_statutory_fen if statutory else limits.supervisor_fen
        case Role.ADMIN:
            return None
