"""Texts travel compressed; what is compressed already, or asked for in parts, travels as it is.

Most of what a first visit loads are Streamlit's scripts. Their names change with what is in them, so each is compressed
once, and closely, and kept for everybody who comes after.
"""

from __future__ import annotations

import asyncio
import re

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TEXTS = (".js", ".css", ".json", ".geojson", ".svg", ".csv", ".html")
_SMALLEST = 1000
# Level 6 of 9 takes a third of the time, for scripts that are larger by a hundredth.
_LEVEL = 6

# A name that holds a digest of what is in the file, as those of Streamlit's front end do.
_NEVER_CHANGES = re.compile(r"/static/(?:js|css)/[\w.-]+\.[\w-]{8}\.(?:js|css)$")
# Of 11: one more takes five times as long for a thirtieth less.
_QUALITY = 9
_MOST_KEPT = 16 * 1024**2
"""Bytes of compressed files that are kept; all of Streamlit's front end takes two fifths of it."""


class _Whole:
    """An answer that is waited for to its end.

    Attributes:
        start: its first message, None before it comes.
        body: what it holds.
        complete: whether its end has come; whoever went away does not get it.
    """

    def __init__(self) -> None:
        self.start: Message | None = None
        self.body = bytearray()
        self.complete = False

    async def take(self, message: Message) -> None:
        """Take the next message of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")
            self.complete = not message.get("more_body", False)


def _is_worth_it(start: Message, body: bytearray) -> bool:
    return len(body) >= _SMALLEST and "set-cookie" not in Headers(raw=start["headers"])


class Compressed:
    """An application whose texts are compressed; Streamlit leaves its scripts, most of what a visit loads, as they are.

    Args:
        app: the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, minimum_size=_SMALLEST, compresslevel=_LEVEL)
        self._kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or not scope["path"].endswith(_TEXTS):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "range" in headers:
            await self._app(scope, receive, send)
        elif (
            scope["method"] == "GET"
            and "if-none-match" not in headers
            and "br" in re.split(r"[\s,;]+", headers.get("accept-encoding", ""))
            and _NEVER_CHANGES.search(scope["path"])
        ):
            await self._once(scope, receive, send)
        else:
            await self._compressed(scope, receive, send)

    async def _once(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file that never changes, compressed by whoever asks for it first."""
        kept = self._kept.get(scope["path"])
        if kept is None:
            answer = _Whole()
            await self._app(scope, receive, answer.take)
            if answer.start is None:
                return
            kept = answer.start, bytes(answer.body)
            if answer.complete and answer.start["status"] == 200 and _is_worth_it(answer.start, answer.body):
                kept = await self._keep(scope["path"], *kept)
        start, body = kept
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _keep(self, path: str, start: Message, content: bytes) -> tuple[Message, bytes]:
        body = await asyncio.to_thread(brotli.compress, content, quality=_QUALITY)
        start = {**start, "headers": list(start["headers"])}
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Encoding"] = "br"
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        if sum(len(other) for _, other in self._kept.values()) + len(body) <= _MOST_KEPT:
            self._kept[path] = start, body
        return start, body
