"""What each role may do."""

from __future__ import annotations

import re

import pytest

from bot.desk.permissions import (
    ALLOWED,
    Permission,
    Role,
    check_may,
    check_may_approve,
    may,
)
from bot.errors import NotAllowed


def test_each_role_may_do_what_the_one_below_may() -> None:
    assert ALLOWED[Role.AGENT] < ALLOWED[Role.SUPERVISOR] < ALLOWED[Role.ADMIN]
    assert ALLOWED[Role.ADMIN] == frozenset(Permission)


def test_permissions_are_scope_resource_action() -> None:
    assert all(re.fullmatch(r"[a-z]+:[a-z]+:[a-z_]+", p) for p in Permission)


def test_a_refusal_is_a_sentence_for_the_page() -> None:
    assert not may(Role.AGENT, Permission.ARTEFACT_PROMOTE)
    with pytest.raises(NotAllowed, match="权限不足"):
        check_may(Role.AGENT, Permission.ARTEFACT_PROMOTE)


@pytest.mark.parametrize(
    ("role", "level", "allowed"),
    [
        ("agent", "L1", True),
        ("agent", "L2", False),
        ("agent", "S", False),
        ("supervisor", "L2", True),
        ("supervisor", "S", True),
        ("admin", "S", True),
    ],
)
def test_the_level_decides_who_may_approve(role: str, level: str, allowed: bool) -> None:
    if allowed:
        check_may_approve(Role(role), level)
    else:
        with pytest.raises(NotAllowed, match="需由主管审批"):
            check_may_approve(Role(role), level)
