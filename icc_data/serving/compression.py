"""Texts travel compressed; what is compressed already, or asked for in parts, travels as it is."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_TEXTS = (".js", ".css", ".json", ".geojson", ".svg", ".csv", ".html")
_SMALLEST = 1000
# Level 6 of 9 takes a third of the time, for scripts that are larger by a hundredth.
_LEVEL = 6


class Compressed:
    """An application whose texts are compressed; Streamlit leaves its scripts, most of what a visit loads, as they are.

    Args:
        app: the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, minimum_size=_SMALLEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        chosen = scope["type"] == "http" and scope["path"].endswith(_TEXTS) and "range" not in Headers(scope=scope)
        await (self._compressed if chosen else self._app)(scope, receive, send)
