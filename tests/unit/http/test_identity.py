"""A signed identity proves who and until when, and nothing that was changed passes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.identity import check_identity, sign_identity
from bot.http.problems import Problem
from tests.factories import NOW

SECRET = "s"
SIGNED = sign_identity(SECRET, "13800001234", "韩梅梅", NOW + timedelta(hours=1))


def test_what_was_signed_is_known_again() -> None:
    identity = check_identity(SECRET, SIGNED, NOW)
    assert (identity.phone, identity.name) == ("13800001234", "韩梅梅")


def sign_by_the_book(payload: bytes, *, padded: bool) -> str:
    """Sign as any shop's program may, from the written format alone."""
    encoded = base64.urlsafe_b64encode(payload).decode()
    encoded = encoded if padded else encoded.rstrip("=")
    return f"{encoded}.{hmac.new(SECRET.encode(), encoded.encode(), hashlib.sha256).hexdigest()}"


@pytest.mark.parametrize("padded", [True, False])
def test_another_program_may_sign(padded: bool) -> None:
    expires = int(NOW.timestamp()) + 60
    payload = json.dumps({"phone": "13800001234", "exp": expires}).encode()
    identity = check_identity(SECRET, sign_by_the_book(payload, padded=padded), NOW)
    assert (identity.phone, identity.name) == ("13800001234", "")


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b"\xff", b'{"phone": "1", "exp": 1}'])
def test_a_right_signature_under_nonsense_is_refused(payload: bytes) -> None:
    with pytest.raises(Problem) as refused:
        check_identity(SECRET, sign_by_the_book(payload, padded=True), NOW)
    assert refused.value.details.status == 401


def test_at_its_expiry_it_has_expired() -> None:
    check_identity(SECRET, SIGNED, NOW + timedelta(minutes=59))
    with pytest.raises(Problem) as refused:
        check_identity(SECRET, SIGNED, NOW + timedelta(hours=1))
    assert "过期" in (refused.value.details.detail or "")


@given(st.integers(0, len(SIGNED) - 1), st.characters(codec="ascii"))
def test_no_changed_sign_passes(place: int, sign: str) -> None:
    changed = SIGNED[:place] + sign + SIGNED[place + 1 :]
    if changed != SIGNED:
        with pytest.raises(Problem):
            check_identity(SECRET, changed, NOW)
