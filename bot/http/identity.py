"""A customer's identity as the shop signs it into the chat: who they are, until when."""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from bot.http.bodies import Words
from bot.http.problems import Problem


class Identity(BaseModel):
    """What the shop vouches for."""

    phone: Annotated[Words, Field(min_length=3, max_length=32)]
    name: Annotated[Words, Field(max_length=128)] = ""
    exp: Annotated[int, Field(description="Unix seconds")]


def sign_identity(secret: str, phone: str, name: str, expires: datetime) -> str:
    """Return the signed identity that a shop's page hands to `POST /chat/sessions`."""
    identity = Identity(phone=phone, name=name, exp=int(expires.timestamp()))
    payload = urlsafe_b64encode(identity.model_dump_json().encode()).rstrip(b"=").decode()
    return f"{payload}.{_signature(secret, payload)}"


def check_identity(secret: str, signed: str, now: datetime) -> Identity:
    """Return who it is, or refuse with 401; wrong and expired are told apart."""
    payload, _, signature = signed.rpartition(".")
    expected = _signature(secret, payload)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass")):
        raise Problem(401, "身份签名不正确。")
    try:
        identity = Identity.model_validate_json(_decode(payload))
    except (ValidationError, binascii.Error, ValueError):
        raise Problem(401, "身份签名的内容有误。") from None
    if identity.exp <= now.astimezone(UTC).timestamp():
        raise Problem(401, "身份签名已过期，请刷新页面。")
    return identity


def _signature(secret: str, payload: str) -> str:
    message = payload.encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _decode(payload: str) -> bytes:
    return urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
