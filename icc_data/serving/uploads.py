"""What visitors send is kept in memory while their pages are open: of one page, and of all, only so much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from icc_data.i18n import preferred, set_language
from icc_data.i18n import translate as _

MOST_OF_ONE = 48_000_000
"""Bytes that one open page may keep."""
MOST_OF_ALL = 256_000_000
"""Bytes that all open pages together may keep."""

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?")


class Uploads:
    """An application that takes no more files than fit; Streamlit keeps whatever is sent to an open page's address.

    Args:
        app: the application.
        largest: bytes that a file may have: so much is set aside for each that is on its way.
        kept: how many bytes are kept of a session, and of all.
    """

    def __init__(self, app: ASGIApp, largest: int, kept: Callable[[str], tuple[int, int]]) -> None:
        self._app, self._largest, self._kept = app, largest, kept
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is a file for which there is no room."""
        sent = _UPLOAD.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if sent is None:
            await self._app(scope, receive, send)
            return
        session = sent[1]
        of_one, of_all = self._kept(session)
        of_one += (self._coming[session] + 1) * self._largest
        of_all += (self._coming.total() + 1) * self._largest
        if of_one > MOST_OF_ONE or of_all > MOST_OF_ALL:
            set_language(preferred("", Headers(raw=scope.get("headers", [])).get("Accept-Language", "")))
            words = _("There is no room for another file: load the page again, or come back later.")
            await PlainTextResponse(words, 413)(scope, receive, send)
            return
        self._coming[session] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= 1
            self._coming += Counter()
