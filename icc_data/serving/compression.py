"""Texts travel compressed; what is compressed already, or asked for in parts, travels as it is.

Most of what a first visit loads are Streamlit's scripts and the base map. The names of the scripts change with what is
in them, and the base map stays as it is while a server runs, so each is compressed once, and closely, and kept for
everybody who comes after. A browser that has the base map or the letters of headings keeps them for an hour, and
then is told that they have not changed: Streamlit says neither, and a map would fetch them again at every click.
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
_STAYS = re.compile(r"/app/static/(?:(?:land|borders|graticule)\.geojson|map-(?:light|dark)\.json|heading\.woff2)$")
# Two seconds of the processor for a third less; whoever asks first does not wait for it.
_QUALITY_OF_WHAT_STAYS = 11
_HOUR = "max-age=3600"
_MOST_KEPT = 16 * 1024**2
"""Bytes of compressed files that are kept; all of Streamlit's front end takes two fifths of it."""


def takes(accepted: str, coding: str) -> bool:
    """Whether a reader takes a coding (RFC 9110, 12.5.3): one that is named with the weight 0 is refused.

    Args:
        accepted: what the reader's ``Accept-Encoding`` says.
        coding: as ``gzip``.
    """
    for part in accepted.lower().split(","):
        name, *weights = (piece.strip() for piece in part.split(";"))
        if name == coding:
            return not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", weight) for weight in weights)
    return False


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


def _of_nobody() -> Receive:
    """What a request brings that nobody has sent: no body, and then nothing at all, as nobody goes away.

    An answer that listens for its reader to leave while it is sent has to wait there: told the same again and again it
    would never let go of the server.
    """
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    return receive


class Compressed:
    """An application whose texts are compressed; Streamlit leaves its scripts, most of what a visit loads, as they are.

    Args:
        app: the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, minimum_size=_SMALLEST, compresslevel=_LEVEL)
        self._kept: dict[str, tuple[Message, bytes]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or not (scope["path"].endswith(_TEXTS) or _STAYS.search(scope["path"])):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accepted = headers.get("accept-encoding", "")
        brotli_is_read = takes(accepted, "br")
        if "gzip" in accepted and not takes(accepted, "gzip"):
            # Starlette looks for the name alone, and would send it to whoever refuses it by name.
            kept = [(name, text) for name, text in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        if "range" in headers:
            await self._app(scope, receive, send)
        elif scope["method"] == "GET" and brotli_is_read and _STAYS.search(scope["path"]):
            await self._what_stays(scope, receive, send)
        elif (
            scope["method"] == "GET"
            and "if-none-match" not in headers
            and brotli_is_read
            and _NEVER_CHANGES.search(scope["path"])
        ):
            await self._once(scope, receive, send)
        else:
            await self._compressed(scope, receive, send)

    async def _what_stays(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file that stays as it is; compressed less closely until it has been compressed closely."""
        path = scope["path"]
        kept = self._kept.get(path)
        if kept is None:
            if path not in self._at_work:
                self._at_work[path] = asyncio.create_task(self._prepare(scope))
            await self._compressed(scope, receive, send)
            return
        start, body = kept
        mark = Headers(raw=start["headers"]).get("etag")
        if mark and Headers(scope=scope).get("if-none-match") == mark:
            headers = [(name, text) for name, text in start["headers"] if name in (b"etag", b"cache-control", b"vary")]
            start, body = {"type": "http.response.start", "status": 304, "headers": headers}, b""
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _prepare(self, scope: Scope) -> None:
        try:
            answer = _Whole()
            await self._app({**scope, "headers": []}, _of_nobody(), answer.take)
            if answer.start and answer.complete and answer.start["status"] == 200:
                start = {**answer.start, "headers": list(answer.start["headers"])}
                headers = MutableHeaders(raw=start["headers"])
                headers["Cache-Control"] = _HOUR
                if mark := headers.get("etag"):
                    # The same file, of other bytes than those that the mark was made of.
                    headers["ETag"] = mark if mark.startswith("W/") else f"W/{mark}"
                await self._keep(scope["path"], start, bytes(answer.body), _QUALITY_OF_WHAT_STAYS)
        finally:
            del self._at_work[scope["path"]]

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

    async def _keep(self, path: str, start: Message, content: bytes, quality: int = _QUALITY) -> tuple[Message, bytes]:
        body = await asyncio.to_thread(brotli.compress, content, quality=quality)
        start = {**start, "headers": list(start["headers"])}
        headers = MutableHeaders(raw=start["headers"])
        if len(body) < len(content):
            headers["Content-Encoding"] = "br"
        else:
            # A font is compressed within.
            body = content
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        if sum(len(other) for _, other in self._kept.values()) + len(body) <= _MOST_KEPT:
            self._kept[path] = start, body
        return start, body
