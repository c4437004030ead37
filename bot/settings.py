"""One frozen Settings, read from the environment; nobody else looks there."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.errors import SettingsError

TELEGRAM_API = "https://api.telegram.org/bot"
TELEGRAM_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")  # what setWebhook takes
# An origin as browsers spell it, so that it can neither fail to match nor end a header's line.
ORIGIN = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
)
TELEGRAM_TOKEN = re.compile(r"[\w:-]+", re.ASCII)  # it becomes part of an address
LOOPBACK = "127.0.0.0/8,::1"
DATA_DIR = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """How to reach Telegram; exists only when a token is set."""

    token: str
    api: str
    mode: Literal["webhook", "polling"]
    secret: str | None
    agent_group: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that may differ from one shop to the next."""

    home: Path
    database_url: str
    given_secret: str | None
    public_url: str | None
    rate_limited: bool
    # Whose word about a client's address is believed; everybody else can write what they like.
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    # Whose pages may show the chat in a frame, and hand a customer's identity into it.
    embed_origins: tuple[str, ...] = ()
    telegram: TelegramSettings | None

    @property
    def secret(self) -> str:
        """What signs customers' identities; the home's own is made when it is first asked for.

        Raises SettingsError when that one cannot be made or read.
        """
        return self.given_secret or _kept_secret(self.home)

    def check_secret(self) -> None:
        """Raise SettingsError when there is no secret that signs."""
        _ = self.secret


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read JIEFEN_* settings; raises SettingsError naming the variable that is wrong."""
    env = os.environ if environment is None else environment
    home = Path(env.get("JIEFEN_HOME", "var")).absolute()
    return Settings(
        home=home,
        database_url=_database_url(env, home),
        given_secret=env.get("JIEFEN_SECRET") or None,
        public_url=_public_url(env),
        rate_limited=_rate_limited(env),
        trusted_proxies=read_networks(env.get("JIEFEN_TRUSTED_PROXIES", LOOPBACK)),
        embed_origins=_embed_origins(env),
        telegram=_telegram(env),
    )


def read_networks(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Read proxies' addresses and networks, separated by commas; an empty list believes nobody."""
    names = [name.strip() for name in listed.split(",") if name.strip()]
    try:
        return tuple(ip_network(name) for name in names)
    except ValueError as error:
        raise SettingsError(f"JIEFEN_TRUSTED_PROXIES: {error}") from None


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of a process that shall work for the same shop."""
    return {
        **os.environ,
        "JIEFEN_HOME": str(settings.home),
        "JIEFEN_DATABASE_URL": settings.database_url,
    }


def _database_url(env: Mapping[str, str], home: Path) -> str:
    url = env.get("JIEFEN_DATABASE_URL")
    if not url:
        return f"sqlite:///{home / 'jiefen.db'}"
    wrong = _wrong_in_url(url)
    if wrong:  # the address itself is not shown: it may hold a password
        raise SettingsError(f"JIEFEN_DATABASE_URL: {wrong}")
    return url.replace("postgres://", "postgresql://", 1)


def _wrong_in_url(url: str) -> str | None:
    """Return what is wrong with a database's address; None when it can be tried."""
    scheme = url.partition(":")[0] if ":" in url else ""
    if scheme not in {"sqlite", "postgresql", "postgres"}:
        return f"{scheme!r} is not supported; use sqlite:/// or postgresql://"
    if scheme == "sqlite":
        if not url.startswith("sqlite:///"):
            return "write sqlite:///FILE, with three slashes"
        return "options after ? are not supported; write sqlite:///FILE" if "?" in url else None
    try:
        whole = url.startswith(f"{scheme}://") and urlsplit(url).port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        whole = False
    return None if whole else "write postgresql://USER:PASSWORD@HOST:PORT/NAME, PORT a number"


def _kept_secret(home: Path) -> str:
    """Return the home's own secret, made on first use, so that a demo needs no setting."""
    file = home / "secret"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make_secret(file)
        secret = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(f"JIEFEN_HOME: cannot write in {home}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: not ASCII; write another secret, or delete it") from None
    if not secret:
        raise SettingsError(f"{file}: is empty; write a secret, or delete it to have one made")
    return secret


def _make_secret(file: Path) -> None:
    """Make the secret whole at once: of two first starts, one's secret holds for both."""
    draft = file.with_name(f".secret.{os.getpid()}.new")
    draft.touch(mode=0o600)
    try:
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


def _rate_limited(env: Mapping[str, str]) -> bool:
    value = env.get("JIEFEN_RATE_LIMIT", "on").lower()
    if value not in {"on", "off"}:
        raise SettingsError(f"JIEFEN_RATE_LIMIT: {value!r} is neither 'on' nor 'off'")
    return value == "on"


def _public_url(env: Mapping[str, str]) -> str | None:
    """Return the shop's address, its scheme and host in the form that others compare with."""
    url = env.get("JIEFEN_PUBLIC_URL")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        named, parts = False, urlsplit("")
    more = parts.query or parts.fragment or any(c.isspace() for c in url)
    if parts.scheme not in {"https", "http"} or not named or more:
        raise SettingsError(f"JIEFEN_PUBLIC_URL: {url!r} is no address; write https://HOST")
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}{at}{host.lower()}").geturl()


def _embed_origins(env: Mapping[str, str]) -> tuple[str, ...]:
    names = (name.strip() for name in env.get("JIEFEN_EMBED_ORIGINS", "").split(","))
    return tuple(dict.fromkeys(_origin(name) for name in names if name))


def _origin(name: str) -> str:
    """Return an origin in the browsers' spelling: small letters, no port that https implies."""
    origin = name.lower()
    if not ORIGIN.fullmatch(origin):
        raise SettingsError(
            f"JIEFEN_EMBED_ORIGINS: {name!r} is no origin; write https://HOST, without a path "
            "(http:// only for localhost and 127.0.0.1)"
        )
    return origin.removesuffix(":443" if origin.startswith("https:") else ":80")


def _telegram_secret(env: Mapping[str, str]) -> str | None:
    secret = env.get("JIEFEN_TELEGRAM_SECRET")
    if secret and not TELEGRAM_SECRET.fullmatch(secret):  # which is not shown
        raise SettingsError("JIEFEN_TELEGRAM_SECRET: must be 1 to 256 of A-Z a-z 0-9 _ -")
    return secret or None


def _telegram(env: Mapping[str, str]) -> TelegramSettings | None:
    token = env.get("JIEFEN_TELEGRAM_TOKEN")
    if not token:
        return None
    if not TELEGRAM_TOKEN.fullmatch(token):  # which is not shown
        raise SettingsError("JIEFEN_TELEGRAM_TOKEN: must be NUMBER:SECRET, as BotFather gave it")
    return TelegramSettings(
        token=token,
        api=_telegram_api(env),
        mode=_telegram_mode(env),
        secret=_telegram_secret(env),
        agent_group=_agent_group(env),
    )


def _telegram_api(env: Mapping[str, str]) -> str:
    api = env.get("JIEFEN_TELEGRAM_API") or TELEGRAM_API
    if not api.endswith("/bot"):
        raise SettingsError(f"JIEFEN_TELEGRAM_API: {api!r} does not end in /bot")
    if not api.startswith(("https://", "http://")):
        raise SettingsError(f"JIEFEN_TELEGRAM_API: {api!r} is no address; write https://HOST/bot")
    return api


def _telegram_mode(env: Mapping[str, str]) -> Literal["webhook", "polling"]:
    # A secret is only of use to the webhook, so setting one says which mode is meant.
    default = "webhook" if env.get("JIEFEN_TELEGRAM_SECRET") else "polling"
    mode = env.get("JIEFEN_TELEGRAM_MODE") or default
    if mode == "webhook":
        if not env.get("JIEFEN_TELEGRAM_SECRET"):
            raise SettingsError("JIEFEN_TELEGRAM_SECRET: webhook mode needs a secret")
        return "webhook"
    if mode == "polling":
        return "polling"
    raise SettingsError(f"JIEFEN_TELEGRAM_MODE: {mode!r} is neither 'webhook' nor 'polling'")


def _agent_group(env: Mapping[str, str]) -> int | None:
    value = env.get("JIEFEN_TELEGRAM_AGENT_GROUP")
    if not value:
        return None
    try:
        group = int(value)
    except ValueError:
        group = 0
    if group >= 0:  # a group's is below zero, and a person's above
        raise SettingsError(f"JIEFEN_TELEGRAM_AGENT_GROUP: {value!r} is no group's chat id")
    return group
