"""Pages and what they load, with types that browsers trust and nothing beyond the folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.console import pages
from tests.integration.http.conftest import problem


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "static"
    for name, text in {
        "shop/index.html": "<title>店铺</title>",
        "shop/talk.html": "<section></section>",
        "console/index.html": "<title>客服台</title>",
        "shared/main.js": "export {}",
        "shared/a.css": "a{}",
        "shared/mark.svg": "<svg/>",
        "shared/字体.woff2": "font",
    }.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(pages, "STATIC", site)


@pytest.mark.parametrize(
    ("path", "title"), [("/", "店铺"), ("/console", "客服台"), ("/console/", "客服台")]
)
async def test_a_page_is_served(client: TestClient[Any, Any], path: str, title: str) -> None:
    response = await client.get(path)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert title in await response.text()
    assert (await client.head(path)).status == 200


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("main.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
        ("字体.woff2", "font/woff2"),
    ],
)
async def test_an_asset_has_its_type_and_is_asked_for_again(
    client: TestClient[Any, Any], name: str, mime: str
) -> None:
    response = await client.get(f"/static/shared/{name}")
    assert response.headers["Content-Type"] == mime
    assert response.headers["Cache-Control"] == "no-cache"
    assert (await client.head(f"/static/shared/{name}")).status == 200
    again = await client.get(
        f"/static/shared/{name}", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status == 304


@pytest.mark.parametrize(
    "path",
    ["nothing.js", "shared", "shared/", "..%2Fsecret.txt", "shared/..%2F..%2Fsecret.txt",
     "%2Fetc%2Fpasswd", "shared%00", "a" * 300],
)  # fmt: skip
async def test_nothing_beyond_the_folder_is_served(
    client: TestClient[Any, Any], path: str
) -> None:
    await problem(await client.get(f"/static/{path}"), 404)
