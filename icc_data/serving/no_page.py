"""Addresses of no page: Streamlit answers them with the dashboard, which then opens at its first page.

Below such an address with a slash in it, the browser would not even find the dashboard's scripts, and show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icc_data.analysis.parameters import LANGUAGE
from icc_data.i18n import language, preferred, set_language
from icc_data.i18n import translate as _

Menu = Mapping[str, Sequence[tuple[str, str]]]
"""The names of groups of pages, and of each page its address below the atlas and its name."""

_STYLE = (
    "body{font:1rem/1.6 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark;"
    "color:light-dark(#1c2333,#e8ebf2);background:light-dark(#fff,#10151f)}a{color:light-dark(#4c43b0,#b3aef5)}"
    "h1{font-size:1.6rem}h2{font-size:1rem;margin:1rem 0 0}ul{margin:0;padding:0;list-style:none}"
    "li{display:inline-block;margin-right:1.5rem;min-height:1.5rem}"
)


class OnlyPages:
    """An application that says of an address of no page that there is none, with the pages that there are.

    Args:
        app: the application, which answers any address that it does not know with its page.
        base: the path below which it lies, as ``/atlas``, or nothing.
        pages: the addresses of all its pages below that.
        menu: gives the pages to offer, named in the language in use.
    """

    def __init__(self, app: ASGIApp, base: str, pages: Iterable[str], menu: Callable[[], Menu]) -> None:
        self._app, self._base, self._menu = app, base, menu
        self._pages = {base, *(f"{base}/{page}" for page in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer in the application's place where it would show its page for none."""
        if scope["type"] != "http" or scope["path"] in self._pages:
            await self._app(scope, receive, send)
            return
        refused = False

        async def sort(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_page(message):
                refused = True
                await self._refuse(scope, receive, send)
            elif not refused:
                await send(message)

        await self._app(scope, receive, sort)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1")).get(LANGUAGE, [""])[-1]
        set_language(preferred(asked, Headers(scope=scope).get("accept-language", "")))
        headers = {"cache-control": "no-cache", "vary": "Accept-Language"}
        await HTMLResponse(self._text(asked), 404, headers)(scope, receive, send)

    def _text(self, asked: str) -> str:
        query = f"?{LANGUAGE}={quote(asked)}" if asked == language() else ""
        links = "".join(
            f"<h2>{escape(group)}</h2><ul>"
            + "".join(f'<li><a href="{self._base}/{page}{query}">{escape(name)}</a></li>' for page, name in pages)
            + "</ul>"
            for group, pages in self._menu().items()
        )
        title, atlas = escape(_("There is no such page")), escape(_("Intercultural Cities Atlas"))
        advice = escape(_("This address is none of a page of the atlas. These are its pages:"))
        return (
            f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="robots" content="noindex"><title>{title} · {atlas}</title>'
            f'<link rel="icon" href="{self._base}/app/static/icon.svg"><style>{_STYLE}</style></head>'
            f"<body><main><h1>{title}</h1><p>{advice}</p><nav>{links}</nav></main></body></html>\n"
        )


def _is_page(start: Message) -> bool:
    return start["status"] < 300 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
