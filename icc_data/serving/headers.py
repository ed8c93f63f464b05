"""The headers of every answer, and addresses that are closed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Tells anybody who asks how many sessions there are and what they hold.
METRICS = "/_stcore/metrics"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_YEAR = 365 * 24 * 3600


def inline_scripts(page: str) -> list[str]:
    """What a Content-Security-Policy has to name for the scripts that stand within a page: the digest of each.

    Args:
        page: HTML.

    Returns:
        Source expressions, as of https://www.w3.org/TR/CSP3/#grammardef-hash-source.
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def policy(scripts: Iterable[str], embedding: str) -> str:
    """The Content-Security-Policy: as strict as Streamlit's front end lets it be.

    Args:
        scripts: source expressions of the scripts within its page.
        embedding: the sites that may show the atlas within a page of theirs, as a list of sources.
    """
    return "; ".join(
        (
            "default-src 'none'",
            # The map has parts in WebAssembly; the expressions of charts are interpreted, so that no text becomes code.
            " ".join(("script-src 'self' 'wasm-unsafe-eval'", *scripts)),
            # The front end writes its styles as it goes.
            "style-src 'self' 'unsafe-inline'",
            # The map is drawn by a worker made from a blob; its pictures, and those of charts, are blobs and data.
            "worker-src blob:",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {embedding}",
        )
    )


class Guarded:
    """An application whose answers carry headers that tell the browser what it may do with them.

    Args:
        app: the application.
        policy: the Content-Security-Policy.
        secure: whether people reach the atlas by TLS alone: cookies and later visits keep to it.
        metrics: whether Streamlit's figures on itself are open.
    """

    def __init__(self, app: ASGIApp, policy: str, *, secure: bool = False, metrics: bool = False) -> None:
        self._app, self._secure, self._metrics = app, secure, metrics
        self._headers = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            # Addresses hold what somebody searched for.
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "cross-origin-opener-policy": "same-origin",
        }
        if secure:
            self._headers["strict-transport-security"] = f"max-age={_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), secure=self._secure or scope["scheme"] == "https")
            await send(message)

        closed = not self._metrics and scope["path"].endswith(METRICS)
        app: ASGIApp = PlainTextResponse("There is nothing here.", 404) if closed else self._app
        await app(scope, receive, add)

    def _add(self, headers: MutableHeaders, *, secure: bool) -> None:
        for name, value in self._headers.items():
            headers[name] = value
        if "vary" in headers:
            # Each application within this one that compresses answers, or would, says so.
            said = [part.strip() for line in headers.getlist("vary") for part in line.split(",")]
            headers["vary"] = ", ".join({part.lower(): part for part in said}.values())
        if not secure:
            return
        cookies = headers.getlist("set-cookie")
        del headers["set-cookie"]
        for cookie in cookies:
            marked = cookie if re.search(r";\s*secure\s*(;|$)", cookie, re.IGNORECASE) else f"{cookie}; Secure"
            headers.append("set-cookie", marked)
