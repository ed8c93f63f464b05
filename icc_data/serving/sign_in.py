"""Signing in, but for the page that asks for it: tables are for those who did, and they come back where they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COOKIE = "atlas_return"
_SECONDS = 600
# A browser keeps cookies of up to 4 kB; whoever comes from a longer address starts at the first page.
_LONGEST = 3000
# An address of this server: neither one of another host nor anything that a header cannot hold.
_HERE = re.compile(r"/(?![/\\])[\x21-\x7e]*")


class SigningIn:
    """An application whose folders of files are closed to who has not signed in.

    Streamlit sends whoever has signed in to the first page. As all that somebody chose stands in the address, the one
    that they came from is kept in a cookie while they are away.

    Args:
        app: the application.
        base: the path below which it lies, as ``/atlas``, or nothing.
        has_signed_in: whether these cookies are those of somebody who has.
    """

    def __init__(self, app: ASGIApp, base: str, has_signed_in: Callable[[Mapping[str, str]], bool]) -> None:
        self._app, self._base, self._has_signed_in = app, base, has_signed_in
        # Files that lie in it directly are those of the pages; below it, in folders, lie the tables.
        # Files below the page of the data are tables too.
        path = re.escape(base)
        self._closed = re.compile(rf"{path}/+app/+static/+[^/]+/.*|{path}/+data/+[^/]*\.[^/]*", re.DOTALL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        if self._closed.fullmatch(scope["path"]) and not self._has_signed_in(asked.cookies):
            refusal = {"errors": [{"message": "Sign in to the atlas first."}]}
            await JSONResponse(refusal, 403)(scope, receive, send)
            return
        cookie = location = ""
        if scope["path"] == f"{self._base}/auth/login":
            if came_from := self._address(asked.headers):
                cookie = f"{_COOKIE}={quote(came_from, safe='')}; Max-Age={_SECONDS}"
        elif scope["path"] == f"{self._base}/oauth2callback" and _COOKIE in asked.cookies:
            location = self._here(unquote(asked.cookies[_COOKIE]))
            cookie = f"{_COOKIE}=; Max-Age=0"

        async def add(message: Message) -> None:
            if cookie and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", f"{cookie}; Path={self._base or '/'}; HttpOnly; SameSite=Lax")
                if location and headers.get("location") == f"{self._base}/":
                    headers["location"] = location
            await send(message)

        await self._app(scope, receive, add)

    def _address(self, headers: Mapping[str, str]) -> str:
        """The page that a request comes from, where that is one of this server."""
        parts = urlsplit(headers.get("referer", ""))
        if parts.netloc != headers.get("host"):
            return ""
        return self._here(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def _here(self, address: str) -> str:
        fits = _HERE.fullmatch(address) and address.startswith(f"{self._base}/") and len(address) <= _LONGEST
        return address if fits else ""
