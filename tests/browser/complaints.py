"""What goes wrong on the pages of a test: errors in the console, calls to other hosts, exceptions in the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, WebSocket

# Opened at a page other than the first, Streamlit's front end asks first whether the app lives below that address.
_PROBES = re.compile(r"(/[^/]+)+/_stcore/(health|host-config)")
# How a logged exception and Streamlit's own warnings with a stack begin.
_STACK = re.compile(r"(Traceback|Stack) \(most recent call last\)")


def _misuse(written: str) -> Iterator[str]:
    """What stands before each stack in the log: an exception's own message comes after it, so say both."""
    lines = written.splitlines()
    for number, line in enumerate(lines):
        if _STACK.search(line):
            after = next((text for text in lines[number + 1 :] if not text.startswith(" ")), "")
            yield f"{lines[number - 1] if number else ''} … {after}"


# What a map says in a browser without WebGL; the page says it in words.
_NO_WEBGL = "Failed to create WebGL context"


class Complaints:
    """What went wrong on the pages of a test: errors in the console, uncaught exceptions, calls to other hosts.

    Args:
        server: the address of the dashboard.
        maps: whether the browser draws maps.
    """

    def __init__(self, server: str, *, maps: bool = True) -> None:
        self.server = urlsplit(server).netloc
        self._maps = maps
        self.look = ""
        self.found: list[str] = []

    def _add(self, what: str) -> None:
        if not self._maps and _NO_WEBGL in what:
            return
        self.found.append(f"{self.look}: {what}" if self.look else what)

    def _console(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        if message.type == "error" and not _PROBES.fullmatch(urlsplit(url).path):
            self._add(f"console error: {message.text} ({url}:{message.location.get('lineNumber')})")

    def read_log(self, written: str) -> None:
        """Look for exceptions and misuse of Streamlit in what the server wrote."""
        self.found += [f"the server: {line}" for line in _misuse(written)]

    def _request(self, request: Request) -> None:
        self._call(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._call(socket.url)

    def _call(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.server:
            self._add(f"call to another host: {url}")

    def _exception(self, error: Error) -> None:
        self._add(f"uncaught exception: {error}")

    def listen(self, page: Page) -> None:
        """Write down what goes wrong on this page from now on."""
        page.context.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", self._exception)
        page.on("websocket", self._socket)

    def listen_no_more(self, page: Page) -> None:
        """Leave alone what happens on this page from now on."""
        page.context.remove_listener("request", self._request)
        page.remove_listener("console", self._console)
        page.remove_listener("pageerror", self._exception)
        page.remove_listener("websocket", self._socket)
