"""Headers on every answer: what a browser may do with our pages."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.http.origin import is_https

RULES = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
POLICY = f"{RULES}; frame-ancestors 'none'"
EVERYWHERE = {
    "Server": "Jiefen",  # versions are nobody's business
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"
FRAMED = web.ResponseKey("framed", bool)


def let_frame(response: web.StreamResponse, origins: Sequence[str]) -> None:
    """Let the pages of these origins, and nobody else's, show the answer in a frame."""
    if origins:
        response[FRAMED] = True
        response.headers["Content-Security-Policy"] = (
            f"{RULES}; frame-ancestors {' '.join(origins)}"
        )


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add what the handler did not set itself; connected to `on_response_prepare`."""
    for name, value in EVERYWHERE.items():
        # Framing for some origins cannot be told in the older header, only in the policy.
        if name != "X-Frame-Options" or FRAMED not in response:
            response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if is_https(request):
        response.headers.setdefault("Strict-Transport-Security", HSTS)
