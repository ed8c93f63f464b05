"""The language of the page around the dashboard: Streamlit's own says that it is English, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = "spoken.js"
_ENGLISH, _END = b'<html lang="en">', b"</head>"
# As Streamlit names its own scripts: from the page's address.
_TAG = f'  <script defer src="./{SCRIPT}"></script>\n  '.encode()
_FOLLOW = (Path(__file__).parent / SCRIPT).read_bytes()


async def script(request: Request) -> Response:
    """The script that lets the page follow the language of the dashboard, and names what Streamlit does not name."""
    return Response(_FOLLOW, media_type="text/javascript")


class Spoken:
    """An application whose pages say which language they are in.

    Args:
        app: the application.
        preferred: gives the language for what the address asks for and the browser prefers.
    """

    def __init__(self, app: ASGIApp, preferred: Callable[[str, str], str]) -> None:
        self._app, self._preferred = app, preferred

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write the language into a page that comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
        language = self._preferred(asked, Headers(scope=scope).get("accept-language", ""))
        held: list[Message] = []
        parts: list[bytes] = []

        async def write(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                # Its length is known only with its text.
                held.append(message)
                return
            if not held:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            spoken = f'<html lang="{language}">'.encode()
            page = b"".join(parts).replace(_ENGLISH, spoken, 1).replace(_END, _TAG + _END, 1)
            await send(_with_headers(held[0], len(page)))
            await send({"type": "http.response.body", "body": page})

        await self._app(_uncompressed(scope), receive, write)


def _uncompressed(scope: Scope) -> Scope:
    """The request, where it may be for a page, such that its text comes as text and whole; pages have no ending."""
    if "." in scope["path"].rpartition("/")[2]:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"range")]
    return {**scope, "headers": headers}


def _is_page(message: Message) -> bool:
    return Headers(scope=message).get("content-type", "").startswith("text/html")


def _with_headers(start: Message, length: int) -> Message:
    headers = MutableHeaders(scope=start)
    if length:
        headers["content-length"] = str(length)
    else:
        # Asked for without its text, whose length is that of another one.
        del headers["content-length"]
    headers.add_vary_header("Accept-Language")
    # They are those of the page in English, and parts of it are not given.
    for name in ("etag", "last-modified", "accept-ranges"):
        del headers[name]
    return start
