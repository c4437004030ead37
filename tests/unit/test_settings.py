"""Settings that are wrong are named in one line, and no password is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hidden@127.0.0.1:notaport/db", "postgresql://u:hidden@[::1/db",
        "sqlite:/x",
        "sqlite://x", "SQLITE:///x", " sqlite:///x", "sqlite:///x.db?mode=ro",
        "mysql://u:hidden@h/d", "postgresql:/x", "hidden", "postgresql://u:hidden@h:99999/d",
    ],
)  # fmt: skip
def test_a_wrong_database_url_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_DATABASE_URL: ") as caught:
        read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_DATABASE_URL": url})
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////tmp/x.db", "sqlite:///x.db", "postgresql://u:p%40@h:5432/d?sslmode=require",
        "postgresql:///d", "postgresql://u@[::1]:5432/d", "postgresql://h/d",
    ],
)  # fmt: skip
def test_a_right_database_url_stands_as_it_is(tmp_path: Path, url: str) -> None:
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_DATABASE_URL": url})
    assert settings.database_url == url


@pytest.mark.parametrize("listed", ["proxy", "10.0.0.1/8", "10.0.0.0/8 ::1", "10.0.0.1:80"])
def test_a_proxy_that_is_no_address_is_refused(tmp_path: Path, listed: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_TRUSTED_PROXIES: "):
        read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_TRUSTED_PROXIES": listed})


@pytest.mark.parametrize("content", [b"", b" \n", "密".encode()])
def test_a_secret_that_signs_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    settings = read_settings({"JIEFEN_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match="secret: "):
        _ = settings.secret


def test_nothing_is_written_before_a_secret_is_asked_for(tmp_path: Path) -> None:
    settings = read_settings({"JIEFEN_HOME": str(tmp_path / "var")})
    assert list(tmp_path.iterdir()) == []
    assert len(settings.secret) > 32


def test_a_secret_that_is_given_is_written_nowhere(tmp_path: Path) -> None:
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_SECRET": "given"})
    assert settings.secret == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = read_settings({"JIEFEN_HOME": str(tmp_path)}).secret
    assert len(first) > 32
    assert read_settings({"JIEFEN_HOME": str(tmp_path)}).secret == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    "url",
    [
        "shop.example.com", "ftp://shop.example.com", "https://", "https://shop:port",
        "https://[::1", "//shop.example.com", "https://shop.example.com?x=1", "https://a b",
    ],
)  # fmt: skip
def test_a_public_url_that_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_PUBLIC_URL: "):
        read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_PUBLIC_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example.com", "https://shop.example.com:8443/a/", "http://localhost:8080",
        "http://192.168.1.5", "https://[::1]:8443",
    ],
)  # fmt: skip
def test_a_right_public_url_stands_as_it_is(tmp_path: Path, url: str) -> None:
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_PUBLIC_URL": url})
    assert settings.public_url == url


def test_a_public_url_is_kept_in_one_spelling(tmp_path: Path) -> None:
    given = "HTTPS://User@Shop.Example.COM:8443/Path"
    settings = read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_PUBLIC_URL": given})
    assert settings.public_url == "https://User@shop.example.com:8443/Path"


@pytest.mark.parametrize("secret", ["密码", "a b", "a.b", "x" * 257, "abc\n"])
def test_a_webhook_secret_that_telegram_would_refuse_is_refused(
    tmp_path: Path, secret: str
) -> None:
    env = {"JIEFEN_TELEGRAM_TOKEN": "1:a", "JIEFEN_TELEGRAM_SECRET": secret}
    with pytest.raises(SettingsError, match=r"^JIEFEN_TELEGRAM_SECRET: ") as caught:
        read_settings({"JIEFEN_HOME": str(tmp_path), **env})
    assert secret not in str(caught.value)


@pytest.mark.parametrize("group", ["客服群", "1.5", "12345", "@agents"])
def test_an_agents_group_that_is_none_is_refused(group: str) -> None:
    env = {"JIEFEN_TELEGRAM_TOKEN": "1:a", "JIEFEN_TELEGRAM_AGENT_GROUP": group}
    with pytest.raises(SettingsError, match=r"^JIEFEN_TELEGRAM_AGENT_GROUP: "):
        read_settings(env)


def test_an_agents_group_is_below_zero() -> None:
    env = {"JIEFEN_TELEGRAM_TOKEN": "1:a", "JIEFEN_TELEGRAM_AGENT_GROUP": "-1001234"}
    settings = read_settings(env)
    assert settings.telegram is not None
    assert settings.telegram.agent_group == -1001234


@pytest.mark.parametrize(
    "listed",
    [
        "*", "https://*.example.com", "shop.example.com", "https://", "https://a b",
        "http://shop.example.com", "http://localhost.example.com", "http://192.168.1.5",
        "https://shop.example.com/", "https://shop.example.com/a", "https://shop.example.com?x",
        "https://u:p@shop.example.com", "https://shop.example.com;script-src", "'self'", "null",
        "https://a.cn https://b.cn", "https://a.cn;https://b.cn", "https://店铺.example",
        "https://a.cn\nX: y", "https://a.cn:port", "https://a..cn", "https://a.cn,wrong",
    ],
)  # fmt: skip
def test_what_is_no_origin_may_not_embed(tmp_path: Path, listed: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_EMBED_ORIGINS: .* is no origin") as caught:
        read_settings({"JIEFEN_HOME": str(tmp_path), "JIEFEN_EMBED_ORIGINS": listed})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("listed", "origins"),
    [
        ("", ()),
        (" , ", ()),
        ("https://shop.example.com", ("https://shop.example.com",)),
        (" HTTPS://Shop.Example.COM:443 ,https://m.shop.cn:8443,https://shop.example.com",
         ("https://shop.example.com", "https://m.shop.cn:8443")),
        ("http://localhost:3000,http://127.0.0.1:80", ("http://localhost:3000", "http://127.0.0.1")),
        ("https://xn--pss25c.example", ("https://xn--pss25c.example",)),
    ],
)  # fmt: skip
def test_origins_are_kept_as_browsers_spell_them(
    tmp_path: Path, listed: str, origins: tuple[str, ...]
) -> None:
    env = {"JIEFEN_HOME": str(tmp_path), "JIEFEN_EMBED_ORIGINS": listed}
    assert read_settings(env).embed_origins == origins


@pytest.mark.parametrize("token", ["bad token", "1:a/x", "1:a?b", "密钥", "1:a\n"])
def test_a_token_that_is_none_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_TELEGRAM_TOKEN: ") as caught:
        read_settings({"JIEFEN_TELEGRAM_TOKEN": token})
    assert token not in str(caught.value)


@pytest.mark.parametrize("api", ["ftp://host/bot", "api.telegram.org/bot", "https://host/bots"])
def test_an_api_that_is_no_address_is_refused(api: str) -> None:
    with pytest.raises(SettingsError, match=r"^JIEFEN_TELEGRAM_API: "):
        read_settings({"JIEFEN_TELEGRAM_TOKEN": "1:a", "JIEFEN_TELEGRAM_API": api})
